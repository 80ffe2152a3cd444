// The pay of a period: read, one pure calculation, write what differs. A kill at any point is harmless: rows are compared by hash
// with those in the org, so whatever was written is not written again, and the link in the chain of runs is made last.
import { chainEntry, CHAIN_START, type Json } from '../domain/hash-chain.ts';
import type { PayProblem } from '../domain/pay/calculate-pay.ts';
import type { PayCheck } from '../domain/pay/check-pay.ts';
import { amountOf, cents } from '../domain/pay/figures.ts';
import { isClosed, type PayFacts, type PayPeriod } from '../domain/pay/pay-facts.ts';
import { sealOf } from '../domain/pay/row-seal.ts';
import type { SealedStatement } from '../domain/pay/seal-statements.ts';
import { PAY_STEPS, type PayAnswer, type PayStep } from '../domain/pay/work-out-pay.ts';
import { sumOf } from '../domain/ratio.ts';
import { report } from './assess-pipeline.ts';
import type { RunDeps } from './assess-pipeline.ts';
import type { Calculation, EarlierCalculations, PlanTotals, WorkOutPay } from './ports/pay.ts';
import type { RunRecord } from './ports/runs.ts';
import { NoteBook } from './run-notes.ts';
import { noSuchPeriod, RunRefused } from './run-refused.ts';

export type PayDeps = Pick<RunDeps, 'org' | 'engineVersion' | 'onProgress' | 'checkStop'> & {
    now: () => Date;
    workOutPay: WorkOutPay;
};

/** So many differences of the check are named; all are counted. */
const NAMED_DIFFERENCES = 50;
const COMPUTING = { from: 20, to: 50 };

export async function calculatePeriod(run: RunRecord, deps: PayDeps): Promise<void> {
    const { pay } = deps.org;
    const warnings = new NoteBook();
    const failures = new NoteBook();
    report(run, deps, 'Reading', 0);
    run.scope = 'Full';
    const read = await pay.read(run.period ?? '');
    if (!read) throw noSuchPeriod(run.period);
    const { facts } = read;
    refuseClosed(facts.period);
    run.dataAsOf = new Date(read.nowMs).toISOString();
    run.counts.read = read.rowCount;

    const worked = await deps.workOutPay(facts, {
        onStep: (step) => report(run, deps, 'Computing', percentAt(step)),
        checkStop: deps.checkStop
    });
    const answer = { ...worked, problems: [...worked.problems, ...differencesOf(worked.check)] };
    const { statements, problems } = answer;
    run.counts.computed = statements.length;
    if (answer.unpaidCredits > 0)
        warnings.add(
            'CREDIT_NOT_PAID',
            'Credits of people who are on no plan are not paid.',
            answer.unpaidCredits
        );
    for (const { code } of problems)
        warnings.add(code, 'Problems of the calculation; the calculation run in Salesforce names each.');

    report(run, deps, 'Writing', COMPUTING.to);
    const saved = await pay.save({
        runKey: run.runKey,
        dataAsOf: run.dataAsOf,
        period: facts.period,
        statements,
        people: facts.people,
        note: warnings.add,
        fail: failures.add,
        checkStop: deps.checkStop,
        onProgress: (counts, fraction) => {
            Object.assign(run.counts, counts);
            report(run, deps, 'Writing', COMPUTING.to + Math.floor(45 * fraction));
        }
    });
    Object.assign(run.counts, saved);
    run.warnings = warnings.list();
    run.errors = failures.list();
    // Figures that are only partly in the org are no calculation anybody may review.
    if (saved.failed > 0) {
        run.status = 'Failed';
        return;
    }
    const earlier = await pay.calculations(facts.period.key, run.runKey);
    const refused = await pay.savePayeeResults({
        runKey: run.runKey,
        periodKey: facts.period.key,
        sequence: sequenceAfter(earlier),
        results: answer.results,
        fail: failures.add,
        checkStop: deps.checkStop
    });
    if (refused > 0) {
        run.errors = failures.list();
        run.counts.failed += refused;
        run.status = 'Failed';
        return;
    }
    await pay.saveCalculation(calculationOf(run, facts, answer, earlier, deps));
    await pay.markCalculated(facts.period, run.dataAsOf);
    run.status = problems.length === 0 ? 'Succeeded' : 'Partial';
}

function percentAt(step: PayStep): number {
    const part = PAY_STEPS.indexOf(step) / PAY_STEPS.length;
    return Math.floor(COMPUTING.from + (COMPUTING.to - COMPUTING.from) * part);
}

/** What keeps the period from being reviewed: Salesforce refuses it while the check differs. */
function differencesOf({ differences }: PayCheck): PayProblem[] {
    return differences.slice(0, NAMED_DIFFERENCES).map((one) => ({
        ...one,
        code: 'CHECK_DIFFERS',
        fix: 'Calculate the period again. If it differs again, do not pay by it: tell support the number of this run.'
    }));
}

function refuseClosed(period: PayPeriod): void {
    if (!isClosed(period)) return;
    const isFinal = period.status === 'Published' || period.status === 'Locked';
    throw new RunRefused(
        'PERIOD_CLOSED',
        `${period.name} is ${period.status}, so its figures stay as they are.`,
        isFinal
            ? 'Calculate an open period: late data of this one becomes lines there.'
            : 'Send the period back to Open first.'
    );
}

/** The next place in the chain of calculations. */
function sequenceAfter({ last }: EarlierCalculations): number {
    return (last?.sequence ?? 0) + 1;
}

function calculationOf(
    run: RunRecord,
    facts: PayFacts,
    answer: PayAnswer,
    earlier: EarlierCalculations,
    { engineVersion, now }: PayDeps
): Calculation {
    const { statements, problems, check } = answer;
    const content = {
        runKey: run.runKey,
        periodKey: facts.period.key,
        status: problems.length === 0 ? ('Succeeded' as const) : ('Partial' as const),
        sequence: sequenceAfter(earlier),
        inputHash: answer.inputHash,
        counts: {
            payees: new Set(statements.map(({ statement }) => statement.payeeId)).size,
            transactions: facts.sales.length,
            credits: countOf(statements, ({ credits }) => credits),
            statements: statements.length,
            lines: countOf(statements, ({ lines }) => lines),
            problems: problems.length
        },
        problems: problems.map(({ code, where, value, fix, payeeId }) => ({
            code,
            where,
            value,
            message: `${where}: ${value}`,
            fix,
            payeeId
        })),
        totals: totalsOf(statements, facts, earlier),
        check: { status: check.status, differenceCount: check.differences.length }
    };
    const sealed = {
        ...content,
        engineVersion,
        statements: statements.map(({ statement }) => [statement.key, statement.hash])
    };
    const { hash, previous } = chainEntry(sealed as unknown as Json, earlier.last?.hash ?? CHAIN_START);
    const times = {
        startedAt: run.startedAt ?? run.requestedAt,
        finishedAt: now().toISOString(),
        dataAsOf: run.dataAsOf!
    };
    return { ...content, ...times, kind: answer.kind, hash, previousHash: previous };
}

function countOf(
    statements: readonly SealedStatement[],
    rows: (one: SealedStatement) => readonly object[]
): number {
    return statements.reduce((sum, one) => sum + rows(one).length, 0);
}

/** One row for each plan; those with a problem are counted and have no figures. */
function totalsOf(
    sealed: readonly SealedStatement[],
    { versions }: PayFacts,
    { payouts }: EarlierCalculations
): PlanTotals[] {
    return [...Map.groupBy(sealed, ({ statement }) => statement.versionKey)].map(([versionKey, ofPlan]) => {
        const version = versions.find(({ key }) => key === versionKey)!;
        const list = ofPlan.map(({ statement }) => statement);
        const payments = ofPlan.flatMap((one) => one.payments);
        const figures = list.filter(({ total }) => total !== null);
        const payout = cents(sumOf(figures.map((one) => amountOf(one.payout!))));
        const previousPayout = payouts.get(version.planKey) ?? null;
        return {
            planKey: version.planKey,
            planVersion: versionKey.slice(version.planKey.length + 1),
            planName: version.planName,
            currency: list[0]!.currency,
            payeeCount: list.length,
            statementCount: figures.length,
            earned: cents(sumOf(figures.map((one) => amountOf(one.total!)))),
            payout,
            scheduled: cents(sumOf(payments.map(({ amount }) => amountOf(amount)))),
            statementSeal: sealOf(list.map(({ hash }) => hash)),
            scheduleSeal: sealOf(payments.map(({ hash }) => hash)),
            previousPayout,
            payoutChange:
                previousPayout === null ? null : cents(amountOf(payout).minus(amountOf(previousPayout)))
        };
    });
}
