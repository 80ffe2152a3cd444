// Decisions to ask back what a published line paid, of a component or of an adjustment: they go to the engine as rows of the input,
// which owes them to the ledger of the plan's step clawback and recovers them from later pay. What is deferred and vested is asked
// back in award-decisions.ts.
import type { Plan } from '../incentives/plan.ts';
import type { Problem } from '../problem.ts';
import { isOfPaidLine, refusal } from './award-decisions.ts';
import { sumOf } from '../ratio.ts';
import { ADJUSTMENTS } from './adjustments.ts';
import { amountOf } from './figures.ts';
import type { AdjustmentFact, PayFacts, PublishedLine } from './pay-facts.ts';
import type { Stretch } from './plan-timeline.ts';

/** Kinds of lines by which components pay. */
const PAYING = new Set(['Earning', 'TrueUp', 'PoolShare', 'Release']);
/** Kinds of adjustments that stand on statements as lines of their own. */
const LINED = new Set<AdjustmentFact['kind']>(['Manual', 'Dispute']);

type Row = Readonly<Record<string, string>> & { payee: string };

/** For the input of a version: decisions of its periods, and those before, which limit what is left. */
export function clawbackRows(facts: PayFacts, { version, plan, periods }: Stretch): Row[] {
    const last = periods.at(-1)!.start;
    const begun = new Map(facts.periods.filter(({ start }) => start <= last).map((one) => [one.key, one]));
    return decided(facts, version.planKey)
        .filter(({ periodKey }) => begun.has(periodKey))
        .flatMap((one): Row[] => {
            const line = lineOf(facts, one);
            const award = line && begun.get(line.periodKey);
            if (!award || whyNot(line, plan, version.key) !== null) return [];
            return [
                {
                    payee: one.payeeId,
                    ...whatPaid(facts, line, one),
                    award: award.key,
                    dueOn: award.end,
                    form: 'cash',
                    period: one.periodKey,
                    ...(one.decidedOn === '' ? {} : { on: one.decidedOn }),
                    amount: amountOf(one.amount ?? '0')
                        .negated()
                        .toString(),
                    reason: one.reason,
                    requestedBy: one.requestedBy,
                    approvedBy: one.approvedBy
                }
            ];
        });
}

/** Of the period that is calculated; what the engine refuses it tells itself. */
export function refusedClawbacks(facts: PayFacts, { version, plan }: Stretch): Problem[] {
    return decided(facts, version.planKey)
        .filter(({ periodKey }) => periodKey === facts.period.key)
        .flatMap((one) => {
            const fix = whyNot(lineOf(facts, one), plan, version.key);
            return fix === null
                ? []
                : [refusal('CLAWBACK_NOT_VALID', one, one.corrects, `Nothing is asked back. ${fix}`)];
        });
}

function decided({ adjustments }: PayFacts, planKey: string): AdjustmentFact[] {
    return adjustments.filter((one) => one.planKey === planKey && isOfPaidLine(one));
}

function lineOf({ publishedLines }: PayFacts, { corrects, payeeId, planKey }: AdjustmentFact) {
    return publishedLines.find(
        (line) => line.key === corrects && line.payeeId === payeeId && line.planKey === planKey
    );
}

function whyNot(line: PublishedLine | undefined, plan: Plan, versionKey: string): string | null {
    if (!line) return 'Name a published line of the payee under the plan.';
    if (!plan.payout.some(({ kind }) => kind === 'clawback'))
        return `${versionKey} has no step clawback that says how long and how it is recovered: make a version with it, or an adjustment of kind Manual.`;
    const isPaying = plan.components.some(({ key, pays }) => pays && key === line.component);
    return (isPaying && PAYING.has(line.kind)) || isDecided(line)
        ? null
        : `${line.title} is not what a component of ${versionKey} or an adjustment paid: name the scheduled payment of a tranche, or make an adjustment of kind Manual.`;
}

/** What people decided outside the plan; late data is what a component should have paid, and its line is of the component. */
function isDecided({ component, kind }: PublishedLine): boolean {
    return component === ADJUSTMENTS && (kind === 'Adjustment' || kind === 'Correction');
}

/** Of an adjustment: what it paid, less what others had taken off it when this was decided. */
function whatPaid(
    { adjustments, periods }: PayFacts,
    line: PublishedLine,
    { periodKey }: AdjustmentFact
): Record<string, string> {
    const { component, transaction, key, amount } = line;
    if (!isDecided(line)) return { component, ...(transaction === '' ? {} : { transaction }) };
    const startOf = (period: string): string => periods.find((one) => one.key === period)?.start ?? '';
    const off = adjustments
        .filter(({ kind, corrects }) => LINED.has(kind) && corrects === key)
        .filter((one) => startOf(one.periodKey) <= startOf(periodKey))
        .map((one) => amountOf(one.amount ?? '0'))
        .filter(({ sign }) => sign < 0);
    return { adjustment: key, paid: sumOf([amountOf(amount), ...off]).toString() };
}
