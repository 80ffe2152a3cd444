// What earlier runs scheduled, as the input gives it: what falls due from the first period on is entered among what is due, unless a
// step of the plan pays it; everything is told again.
import type { Account, Scheduled } from './account.ts';
import { asNumber, asText, wordOf, type Table } from './data.ts';
import { negative } from './exact.ts';
import type { Review } from './review.ts';
import type { Sale } from './sales.ts';

export function enterOpenParts(review: Review, account: Account): void {
    const { input, plan } = review;
    const deferring = new Set(
        plan.payout.filter(([, step]) => step['deferral'] !== undefined).map(([key]) => key)
    );
    const byPayee = review.noted('scheduled by payee', () =>
        Map.groupBy(input.list('scheduled'), (row) => asText(row['payee']))
    );
    for (const row of byPayee.get(account.payee) ?? []) {
        const entry = entryOf(row);
        account.scheduled.push(entry);
        const isPaidByStep = entry.kind === 'tranche' && deferring.has(entry.source);
        if (!isPaidByStep && entry.form === 'cash') enter(review, account, entry);
    }
}

function enter(review: Review, account: Account, entry: Scheduled): void {
    const { periods } = review.input;
    const { booked } = review;
    const sales = review.noted('sales by id', () => new Map(booked.sales.map((one) => [one.id, one])));
    const sale = sales.get(entry.transaction) ?? null;
    // Told as due on the day of its event, at the earliest on the first day: it is paid here and by no later calculation.
    const { from } = periods[0]!;
    const happened = eventOf(sale, entry.event);
    entry.dueOn ??= happened !== null && happened < from ? from : happened;
    const day = entry.dueOn;
    if (day !== null && day < from) return;
    const index = day === null ? -1 : periods.findIndex(({ to }) => to >= day);
    const { source: component, amount } = entry;
    account.dues[index === -1 ? periods.length : index]!.push({ component, sale, amount, scheduled: entry });
    // Part of what the input says was paid for the sale, but not before it falls due.
    if (sale) account.paidFor.add(component, sale.root, negative(amount));
}

function eventOf(sale: Sale | null, event: string): string | null {
    return sale ? wordOf(sale.row['events'], event) : null;
}

function entryOf(row: Table): Scheduled {
    const day = (field: string): string | null => asText(row[field] ?? null) || null;
    return {
        period: asText(row['period']),
        source: asText(row['component']),
        transaction: asText(row['transaction']),
        kind: asText(row['kind']),
        dueOn: day('dueOn'),
        event: asText(row['event']),
        form: asText(row['form']),
        amount: asNumber(row['amount'], 'scheduled'),
        cancelled: [],
        clawbackUntil: day('clawbackUntil')
    };
}
