// The fast engine against the reference, against itself made from text, and against itself run anew. More sets of the same kind:
// npm run bench -- --only "pay proof" --sets 1000000
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { calculate } from '../../../../src/domain/incentives/calculate.ts';
import { creditsOf, figuresOf } from '../../../../src/domain/incentives/columnar/figures-of.ts';
import { generatedKernel } from '../../../../src/domain/incentives/columnar/kernel.ts';
import { LiveRun } from '../../../../src/domain/incentives/columnar/live-run.ts';
import { load, publishedKernel, runLoaded } from '../../../../src/domain/incentives/columnar/load.ts';
import { operatorKernel } from '../../../../src/domain/incentives/columnar/operators.ts';
import { layoutOf } from '../../../../src/domain/incentives/columnar/layout.ts';
import { fitting } from '../../../../src/domain/incentives/columnar/does-not-fit.ts';
import type { Counts } from '../../../../src/domain/incentives/columnar/credits-of-row.ts';
import { Pool } from '../../../../src/domain/incentives/columnar/pool.ts';
import { Run } from '../../../../src/domain/incentives/columnar/run.ts';
import { differences, hasProblems } from './differences.ts';
import { changed, changesArbitrary, fittingArbitrary, type Fitting } from './fitting-arbitrary.ts';
import { differingBits, exactText } from './same-bits.ts';

const RUNS = { seed: 20261121, numRuns: 400 };

function runOf({ plan, input }: Fitting): Run | null {
    const { value } = load(plan, input);
    return value && runLoaded(value).value;
}

describe('plans that fit', () => {
    test('pay what the reference engine pays, with the same credits, lines and tranches', () => {
        let compared = 0;
        let exact = 0;
        fc.assert(
            fc.property(fittingArbitrary, (set) => {
                const run = runOf(set);
                if (!run) return;
                compared++;
                if (run.exact.size > 0) exact++;
                expect(differences(calculate(set.plan, set.input), run)).toEqual([]);
            }),
            RUNS
        );
        expect(compared).toBeGreaterThan(RUNS.numRuns / 2);
        expect(exact).toBeGreaterThan(RUNS.numRuns / 20);
    });

    test('give the same figures in fractions of any size as in whole numbers', () => {
        let compared = 0;
        fc.assert(
            fc.property(fittingArbitrary, (set) => {
                const run = runOf(set);
                if (!run) return;
                const { payeeIds, context } = run.program.people;
                for (const payee of payeeIds.keys()) {
                    if (run.exact.has(payee)) continue;
                    const whole = context.periods.map((_, period) =>
                        exactText(figuresOf(run, payee, period))
                    );
                    run.calculateExactly(payee);
                    compared++;
                    expect(
                        context.periods.map((_, period) => exactText(figuresOf(run, payee, period)))
                    ).toEqual(whole);
                }
            }),
            RUNS
        );
        expect(compared).toBeGreaterThan(RUNS.numRuns / 2);
    });

    test('are left to the reference engine where it finds a problem', () => {
        let withProblems = 0;
        fc.assert(
            fc.property(fittingArbitrary, (set) => {
                if (!hasProblems(calculate(set.plan, set.input))) return;
                withProblems++;
                expect(runOf(set)).toBeNull();
            }),
            RUNS
        );
        expect(withProblems).toBeGreaterThan(RUNS.numRuns / 20);
    });

    test('give the same bits from generated code as from operators, every line included', () => {
        let compared = 0;
        fc.assert(
            fc.property(fittingArbitrary, ({ plan, input }) => {
                const loaded = load(plan, input).value;
                const operators = loaded && runLoaded(loaded).value;
                if (!operators) return;
                compared++;
                const generated = runLoaded(loaded, generatedKernel(publishedKernel(plan).value!)).value!;
                expect(differingBits(operators, generated)).toEqual([]);
                if (operators.exact.size > 0) return;
                for (const name of ['credit', 'before', 'worth', 'bands'] as const)
                    expect(generated.frame[name]).toEqual(operators.frame[name]);
            }),
            RUNS
        );
        expect(compared).toBeGreaterThan(RUNS.numRuns / 2);
    });

    test('give the same bits shared among threads by ranges of rows and of payees', () => {
        fc.assert(
            fc.property(fittingArbitrary, fc.nat(12), ({ plan, input }, cut) => {
                const loaded = load(plan, input).value;
                const whole = loaded && runLoaded(loaded).value;
                if (!whole) return;
                const shared = fitting(() => inTwoRanges(whole, cut)).value!;
                expect(differingBits(whole, shared)).toEqual([]);
                if (whole.exact.size > 0) return;
                for (const name of ['credit', 'before', 'worth', 'bands'] as const)
                    expect(shared.frame[name]).toEqual(whole.frame[name]);
            }),
            RUNS
        );
    });
});

/** Two runs stand for two threads that share what comes out: each adds up its own range, and starts the second pass where the
 *  one before ends. */
function inTwoRanges(whole: Run, cut: number): Run {
    const { loaded } = whole;
    const { count } = loaded.columns;
    const middle = Math.min(cut, count);
    const kernel = operatorKernel(layoutOf(loaded.shape));
    const runs = [new Run(loaded, kernel), new Run(loaded, kernel)] as const;
    const [first, second] = runs;
    for (const name of ['credit', 'before', 'worth', 'bands'] as const)
        Object.assign(second.frame, { [name]: first.frame[name] });
    const [start, next] = first.startsOf([0, middle]) as [Counts, Counts];
    first.firstPass(0, middle, start);
    second.firstPass(middle, count, next);
    const totals = runs.map(({ frame: { total, below } }) => ({ total, below }));
    for (const [place, run] of runs.entries()) {
        run.addTotals([totals[1 - place]!], new Pool(), 0, loaded.people.payeeIds.length);
        run.openCells();
    }
    first.startSecondPass([]);
    second.startSecondPass([totals[0]!.total]);
    const check = first.secondPass(0, middle, start) + second.secondPass(middle, count, next);
    first.addValues([second.frame.value]);
    first.checkLines(check);
    first.closePayees(0, 1);
    first.closePayees(1, loaded.people.payeeIds.length);
    return first;
}

describe('a run that follows changes', () => {
    test('equals a full run after every change, bit for bit, with the lines of every cell', () => {
        let followed = 0;
        fc.assert(
            fc.property(fittingArbitrary, changesArbitrary, ({ plan, input }, changes) => {
                const loaded = load(plan, input).value;
                if (!loaded) return;
                const kernel = operatorKernel(layoutOf(loaded.shape));
                const live = fitting(() => new LiveRun(loaded, kernel)).value;
                if (!live) return;
                const rows = new Map(
                    Array.from({ length: loaded.columns.count }, (_, row) => [loaded.columns.idOf(row), row])
                );
                let now = input;
                for (const [number, change] of changes.entries()) {
                    const next = changed(change, number, plan, now);
                    if (!next) continue;
                    now = next.input;
                    const { value: row, reason } = live.change(rows.get(next.id) ?? null, next.transaction);
                    const anew = load(plan, now).value;
                    const full = anew && fitting(() => new LiveRun(anew, kernel)).value;
                    // What does not fit now is refused; what fits may need new codes or scales, and is then run anew.
                    if (reason !== null) return;
                    expect(full).not.toBeNull();
                    rows.set(next.id, row!);
                    expectSame(live, full!);
                    followed++;
                }
            }),
            RUNS
        );
        expect(followed).toBeGreaterThan(RUNS.numRuns / 2);
    });
});

function expectSame(live: LiveRun, full: LiveRun): void {
    const scales = ({ run }: LiveRun): string =>
        [...run.program.grains, ...run.program.walkParts, run.program.holding.parts].join();
    // Another scale counts the same amounts in other whole numbers.
    if (scales(live) === scales(full)) expect(differingBits(live.run, full.run)).toEqual([]);
    const { people } = live.run.program;
    for (const payee of people.payeeIds.keys())
        for (const period of people.context.periods.keys()) {
            const text = (one: LiveRun): string =>
                creditsOf(one.run, payee, period)
                    .map(
                        ({ row, rule, amount, lines }) =>
                            `${one.run.loaded.columns.idOf(row)} ${rule} ${amount} ${lines.map((line) => Object.values(line).join(' '))}`
                    )
                    .join('\n');
            expect(text(live)).toBe(text(full));
            if (live.run.exact.has(payee) || scales(live) !== scales(full)) continue;
            expect(live.linesOf(payee, period)).toEqual(full.linesOf(payee, period));
        }
}
