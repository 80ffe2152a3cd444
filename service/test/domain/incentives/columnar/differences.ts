// Whether a run of the fast engine tells the same as the reference engine: every earning, sum, credit, line, tranche and payout
// of every payee and period.
import {
    figuresOf,
    creditsOf,
    type PeriodFigures
} from '../../../../src/domain/incentives/columnar/figures-of.ts';
import { atCell } from '../../../../src/domain/incentives/columnar/holding.ts';
import type { Run } from '../../../../src/domain/incentives/columnar/run.ts';
import type { CalculationResult, PayeePeriod } from '../../../../src/domain/incentives/result.ts';
import { ProblemError } from '../../../../src/domain/problem.ts';
import { sumOf, type Ratio } from '../../../../src/domain/ratio.ts';

/** Places that differ, with both figures; empty when all is the same. */
export function differences(reference: CalculationResult, run: Run): string[] {
    const found = reference.problems.map(
        ({ code, where }) => `the reference has a problem: ${code} ${where}`
    );
    for (const [payee, { payeeId, periods, problems }] of reference.payees.entries()) {
        found.push(...problems.map(({ code, where }) => `the reference has a problem: ${code} ${where}`));
        for (const [period, { key }] of reference.periods.entries()) {
            const theirs = periods.find((one) => one.period === key);
            const place = `${payeeId} ${key}`;
            const ours = figuresOf(run, payee, period);
            found.push(...(theirs ? compare(place, theirs, ours, run, payee, period) : silent(place, ours)));
            found.push(...tranchesDiffer(place, reference, run, payeeId, key, ours));
        }
    }
    return found;
}

function silent(place: string, { due, paid }: PeriodFigures): string[] {
    return due.isZero && paid.isZero ? [] : [`${place}: nothing and ${due}, ${paid}`];
}

function compare(
    place: string,
    theirs: PayeePeriod,
    ours: PeriodFigures,
    run: Run,
    payee: number,
    period: number
): string[] {
    const { shape } = run.program;
    const pairs: [string, Ratio | undefined, Ratio | undefined][] = [
        ['due', theirs.due, ours.due],
        ['paid', theirs.paid, ours.paid]
    ];
    for (const [index, { component }] of shape.components.entries())
        pairs.push([
            `earning.${component.key}`,
            theirs.components.find((one) => one.component === component.key)?.earning,
            ours.earning[index]
        ]);
    for (const [index, { key }] of shape.sums.entries()) {
        const measure = theirs.measures.find((one) => one.measure === key);
        if (key === '' || !measure) continue;
        pairs.push([`inPeriod.${key}`, measure.inPeriod, ours.added[index]]);
        pairs.push([`measure.${key}`, measure.toDate, ours.opening[index]!.plus(ours.added[index]!)]);
    }
    for (const { key, after } of theirs.payout)
        pairs.push([`payout.${key}`, after, ours.after[shape.payout.findIndex((step) => step.key === key)]]);
    const different = pairs.filter(([, a, b]) => !a || !b || !a.equals(b));
    return [
        ...different.map(([what, a, b]) => `${place} ${what}: ${a} and ${b}`),
        ...linesDiffer(place, theirs, run, payee, period)
    ];
}

/** Each line the reference shows of a credit is a line here, with the same amount; and there are no others. */
function linesDiffer(place: string, theirs: PayeePeriod, run: Run, payee: number, period: number): string[] {
    const { program, loaded } = run;
    const cell = payee * program.people.periods + period;
    const lines = creditsOf(run, payee, period).flatMap(({ row, rule, lines: own }) =>
        own.map(({ component, worth }) => {
            const held = atCell(program.holding.components[component]!, cell);
            const isRounded = program.shape.plan.rounding.at === 'line';
            const amount =
                held instanceof ProblemError ? null : isRounded ? worth : worth.times(held.multiplier);
            const credit = `${loaded.columns.idOf(row)}/${program.shape.rules[rule]!.rule.key}`;
            return `${program.shape.components[component]!.component.key} ${credit} ${amount}`;
        })
    );
    const expected = theirs.components.flatMap(({ component, lines: own }) =>
        own
            .filter(({ credit }) => credit !== '')
            .map(({ credit, amount }) => `${component} ${credit.split('/').slice(0, 2).join('/')} ${amount}`)
    );
    const [a, b] = [expected.sort().join('; '), lines.sort().join('; ')];
    return a === b ? [] : [`${place} lines: ${a} and ${b}`];
}

function tranchesDiffer(
    place: string,
    { scheduled }: CalculationResult,
    run: Run,
    payeeId: string,
    key: string,
    ours: PeriodFigures
): string[] {
    const deferral = run.program.shape.payout.find(({ kind }) => kind === 'deferral');
    if (!deferral) return [];
    const own = scheduled.filter(
        (one) => one.payeeId === payeeId && one.period === key && one.source === deferral.key
    );
    return (['cash', 'instrument'] as const).flatMap((form, which) => {
        const theirs = own.filter((one) => one.form === form).map(({ amount }) => amount);
        const mine = ours.tranches.map((forms) => forms[which]!).filter((amount) => !amount.isZero);
        const isSame = theirs.join() === mine.join() && sumOf(theirs).equals(sumOf(mine));
        return isSame ? [] : [`${place} ${form} tranches: ${theirs.join()} and ${mine.join()}`];
    });
}

export function hasProblems({ payees, problems }: CalculationResult): boolean {
    return problems.length > 0 || payees.some((payee) => payee.problems.length > 0);
}
