// Transactions of an input file. One with something wrong stays in the list with its problem: the engine leaves it out and
// tells nothing of those it concerns.
import type { Transaction } from '../input.ts';
import { OWN_WORDS } from '../plan-check/known-names.ts';
import type { Ratio } from '../../ratio.ts';
import type { Plan } from '../plan.ts';
import type { RowReader } from './row-reader.ts';

export function readTransaction(row: RowReader, plan: Plan): Transaction {
    const transaction = {
        id: row.needText('id'),
        date: row.needDay('date'),
        amount: row.figure('amount'),
        currency: row.text('currency'),
        owner: row.text('owner'),
        splits: row.figuresByWord('splits').map(([payeeId, share]) => ({ payeeId, share })),
        team: withoutPrototype(row.textsByWord('team')),
        owners: row.rows('owners', (owner) => ({
            payeeId: owner.needText('payee'),
            from: owner.day('from'),
            to: owner.day('to'),
            stages: owner.figure('stages'),
            share: owner.figure('share')
        })),
        touches: row.rows('touches', (touch) => ({
            payeeId: touch.needText('payee'),
            at: touch.needDay('at')
        })),
        coalitions: withoutPrototype(
            row.figuresByWord('coalitions').map(([ids, worth]) => [inOrder(ids), worth])
        ),
        events: withoutPrototype(row.daysByWord('events')),
        reverses: row.text('reverses'),
        amends: row.text('amends'),
        fields: row.otherFields(Object.keys(OWN_WORDS))
    };
    check(transaction, row, plan);
    const [problem] = row.problems;
    return problem ? { ...transaction, problem } : transaction;
}

function check(
    { amount, currency, reverses, amends, owners, splits }: Transaction,
    row: RowReader,
    plan: Plan
): void {
    if (currency !== '' && !/^[A-Z]{3}$/.test(currency))
        row.report(
            'CURRENCY_INVALID',
            'currency',
            currency,
            'Write the three capital letters of ISO 4217, e.g. USD.'
        );
    if (reverses !== '' && amends !== '')
        row.report('LINKS_TWICE', 'amends', amends, 'A transaction reverses or amends another, not both.');
    const isLinked = reverses !== '' || amends !== '';
    if (amount && amount.sign < 0 && !isLinked && plan.negativeAmounts === 'refused')
        row.report(
            'AMOUNT_NEGATIVE',
            'amount',
            amount.toString(),
            'Say what it takes back ("reverses": the id, or "amends"), or write negativeAmounts: allowed in the plan.'
        );
    for (const { payeeId, share } of owners) checkShare(row, `owners.${payeeId}`, share);
    for (const { payeeId, from, to } of owners)
        if (from !== '' && to !== '' && to < from)
            row.report(
                'DATES_TURNED',
                'owners',
                `${payeeId} ${from} to ${to}`,
                'Write the earlier day in from.'
            );
    for (const { payeeId, share } of splits) checkShare(row, `splits.${payeeId}`, share);
}

function checkShare(row: RowReader, place: string, share: Ratio | null): void {
    if (share === null || share.sign >= 0) return;
    row.report('SHARE_NEGATIVE', place, share.toString(), 'Write a share of 0 % or more.');
}

/** The same set of payees has the same name, however it was written. */
function inOrder(ids: string): string {
    return ids
        .split(',')
        .map((id) => id.trim())
        .sort()
        .join(',');
}

/** So that no word of the input finds what every JavaScript object has. */
export function withoutPrototype<T>(entries: [string, T][]): Record<string, T> {
    return Object.assign(Object.create(null) as Record<string, T>, Object.fromEntries(entries));
}
