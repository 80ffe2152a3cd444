// What a calculation came to for each payee, and what that rested on as far as it is the payee's own: kept for each calculation that
// changed it, so that any two calculations of a period can be compared and the reason told. Owns what is compared, not how it is kept.
import { hashOf, type Json } from '../hash-chain.ts';
import { sumOf } from '../ratio.ts';
import { amountOf, cents } from './figures.ts';
import type { PayFacts } from './pay-facts.ts';
import type { Statement, StatementCredit } from './statement.ts';

/** Day, what counts for pay, what counts for the quota. */
export type CreditedDeal = [date: string, payable: string, quota: string];

export interface PayeeInputs {
    planVersion: string;
    /** of the text of the plan */
    definition: string;
    /** of dates, target incentive and terms */
    assignment: string;
    quotas: Record<string, string>;
    /** by transaction; null where there are too many to name */
    credits: Record<string, CreditedDeal> | null;
    creditCount: number;
    creditHash: string;
    /** by id */
    adjustments: Record<string, string>;
    /** sum of the lines of late data */
    late: string;
    /** by ledger and scope */
    openings: Record<string, string>;
}

export interface PayeeResult {
    /** period, plan and payee */
    statementKey: string;
    periodKey: string;
    versionKey: string;
    payeeId: string;
    currency: string;
    total: string | null;
    payout: string | null;
    inputs: PayeeInputs;
    hash: string;
}

/** More deals than this are counted and hashed, not named: what is kept of one payee stays bounded. */
const NAMED_DEALS = 400;
const SHORT_HASH = 16;

export function payeeResults(statements: readonly Statement[], facts: PayFacts): PayeeResult[] {
    const definitions = new Map(facts.versions.map(({ key, definition }) => [key, shortHash(definition)]));
    return statements.map((statement) => {
        const { key, periodKey, versionKey, payeeId, currency, total, payout } = statement;
        const inputs = inputsOf(statement, facts, definitions.get(versionKey) ?? '');
        const content = { periodKey, versionKey, payeeId, currency, total, payout, inputs };
        return { statementKey: key, ...content, hash: hashOf(content as unknown as Json) };
    });
}

function inputsOf(statement: Statement, facts: PayFacts, definition: string): PayeeInputs {
    const { planKey, payeeId, versionKey, lines, balances, measures } = statement;
    const assignments = facts.assignments.filter((one) => one.planKey === planKey && one.payeeId === payeeId);
    const credits = dealsOf(statement.credits);
    const count = Object.keys(credits).length;
    const late = lines.filter(({ key }) => key.startsWith('late:'));
    return {
        planVersion: versionKey,
        definition,
        assignment: shortHash(assignments as unknown as Json),
        quotas: Object.fromEntries(
            measures.flatMap(({ measure, quota }) => (quota === null ? [] : [[measure, quota]]))
        ),
        credits: count > NAMED_DEALS ? null : credits,
        creditCount: count,
        creditHash: shortHash(credits as unknown as Json),
        adjustments: Object.fromEntries(
            lines
                .filter(({ adjustment }) => adjustment !== '')
                .map(({ adjustment, amount }) => [adjustment, amount])
        ),
        late: cents(sumOf(late.map(({ amount }) => amountOf(amount)))),
        openings: Object.fromEntries(
            balances.map(({ ledger, scope, opening }) => [scope ? `${ledger} ${scope}` : ledger, opening])
        )
    };
}

/** What several rules give of one deal is one entry. */
function dealsOf(credits: readonly StatementCredit[]): Record<string, CreditedDeal> {
    const byDeal = Map.groupBy(credits, ({ transaction }) => transaction);
    const entries = [...byDeal].map(([transaction, list]): [string, CreditedDeal] => [
        transaction,
        [
            list[0]!.date,
            cents(sumOf(list.map(({ payable }) => amountOf(payable)))),
            cents(sumOf(list.map(({ quota }) => amountOf(quota))))
        ]
    ]);
    return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function shortHash(content: Json): string {
    return hashOf(content).slice(0, SHORT_HASH);
}
