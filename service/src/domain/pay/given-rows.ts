// What a calculation is given about people besides deals, targets and balances: facts the plan asks for, gates that were waived, and
// what is asked back of what was paid. The same rows are kept with the statement of each payee, for the page that asks what if.
import { factRows } from './conduct-facts.ts';
import { clawbackRows } from './paid-clawbacks.ts';
import type { PayFacts } from './pay-facts.ts';
import type { Stretch } from './plan-timeline.ts';

type Row = Readonly<Record<string, string>>;
type RowOf = Row & { payee: string };

/** Lists of the input, by their names there. */
const LISTS = ['facts', 'exceptions', 'clawback'] as const;
type Lists<T> = Record<(typeof LISTS)[number], T[]>;

/** Of one payee, in the form of the input: rows do not name the payee. Lists without a row are left out. */
export type Given = Partial<Lists<Row>>;

export function givenRows(facts: PayFacts, stretch: Stretch, payeeIds: ReadonlySet<string>): Lists<RowOf> {
    const { version, periods } = stretch;
    const keys = new Set(periods.map(({ key }) => key));
    return {
        facts: factRows(facts.conduct, version.definition, payeeIds, periods).map((row) => ({ ...row })),
        clawback: clawbackRows(facts, stretch).filter(({ payee }) => payeeIds.has(payee)),
        exceptions: facts.adjustments
            .filter(
                (one) => one.kind === 'Waiver' && one.planKey === version.planKey && keys.has(one.periodKey)
            )
            .map(({ payeeId, gate, periodKey, reason, requestedBy, approvedBy }) => ({
                payee: payeeId,
                gate,
                period: periodKey,
                reason,
                requestedBy,
                approvedBy
            }))
    };
}

export function givenByPayee(rows: Lists<RowOf>): Map<string, Given> {
    const given = new Map<string, Given>();
    for (const list of LISTS)
        for (const [payeeId, own] of Map.groupBy(rows[list], ({ payee }) => payee))
            given.set(payeeId, {
                ...given.get(payeeId),
                [list]: own.map(({ payee: _, ...row }) => row)
            });
    return given;
}
