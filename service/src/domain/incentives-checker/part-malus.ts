// Malus on parts of a component's schedule that are not paid yet, in the period it takes effect in; any decision that is not as it must
// be changes nothing.
import type { Due } from './account.ts';
import type { Turn } from './components.ts';
import { asNumber, asText, type Table } from './data.ts';
import { least, negative, subtract, total } from './exact.ts';
import { isApproved, isWithin, peopleOf } from './malus.ts';
import { Working } from './working.ts';
import type { Line } from './written.ts';

/** Lines of what it takes; what falls due is less by it. */
export function takenByMalus(turn: Turn): Line[] {
    const { review, payee, period, key } = turn;
    const now = review.input.periods[period]!.key;
    const rows = review.input
        .list('malus')
        .filter((row) => asText(row['payee']) === payee && asText(row['period']) === now);
    return rows.filter((row) => asText(row['component']) === key).flatMap((row) => taken(turn, row));
}

function taken(turn: Turn, row: Table): Line[] {
    const { review, account, period, key } = turn;
    const open = account.dues
        .slice(period)
        .flat()
        .filter((due) => isMeant(due, row));
    const part = total(open.map(({ amount }) => amount));
    const malus = asNumber(row['amount'], 'malus');
    if (open.length === 0 || !isWithin(malus, part, turn) || !isApproved(row, { review })) return [];
    let rest = malus;
    for (const due of open) {
        const off = least(rest, due.amount);
        due.amount = subtract(due.amount, off);
        due.scheduled!.cancelled.push({ period, amount: off });
        rest = subtract(rest, off);
    }
    const working = new Working();
    const [reason, requestedBy, approvedBy] = peopleOf(row);
    const [award, event] = [asText(row['award']), asText(row['event'] ?? null)];
    const when: Record<string, string> = event === '' ? { dueOn: asText(row['dueOn']) } : { event };
    const inputs = { award, ...when, part, malus, reason, requestedBy, approvedBy };
    const amount = working.step(`components.${key}.schedule`, inputs, negative(malus));
    return [{ kind: 'malus', transaction: asText(row['transaction'] ?? null), amount, bands: [], working }];
}

function isMeant({ component, scheduled }: Due, row: Table): boolean {
    if (!scheduled || component !== asText(row['component'])) return false;
    const { kind, period, transaction, event, dueOn } = scheduled;
    const isSame = (value: string, field: string): boolean => value === asText(row[field] ?? null);
    return (
        (kind === 'instalment' || kind === 'release') &&
        isSame(period, 'award') &&
        isSame(transaction, 'transaction') &&
        isSame(event, 'event') &&
        (event !== '' || isSame(dueOn ?? '', 'dueOn'))
    );
}
