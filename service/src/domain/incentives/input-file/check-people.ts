// What rows about people say together: ids twice, unknown people, circles of managers, overlapping assignments, facts given
// twice. Each problem names whom it concerns.
import type { Problem } from '../../problem.ts';
import type { CalculationInput, PeriodDates, QuotaAmount } from '../input.ts';
import { didYouMean } from '../nearest.ts';
import type { Plan } from '../plan.ts';
import { EVERYBODY } from './people.ts';

interface Finding {
    problem: Problem;
    concerned: string[] | 'all';
}

export function checkPeople(input: CalculationInput, plan: Plan): Finding[] {
    return [
        ...payeesTwice(input),
        ...unknownPeople(input),
        ...managers(input, plan),
        ...overlappingAssignments(input),
        ...overlappingQuotas(input),
        ...facts(input, plan)
    ];
}

function payeesTwice({ payees }: CalculationInput): Finding[] {
    const seen = new Set<string>();
    return payees.flatMap(({ id }) => {
        if (id !== '' && seen.has(id))
            return [
                finding('PAYEE_TWICE', `payee ${id}, id`, id, 'Keep one of the payees with this id.', [id])
            ];
        seen.add(id);
        return [];
    });
}

function unknownPeople(input: CalculationInput): Finding[] {
    const known = new Set(input.payees.map(({ id }) => id));
    const named: [string, string][] = [
        ...input.assignments.map(({ payeeId }): [string, string] => ['assignment of', payeeId]),
        ...input.quotas.map(({ payeeId }): [string, string] => ['quota of', payeeId]),
        ...input.facts.map(({ payeeId }): [string, string] => ['fact of', payeeId]),
        ...input.openings.map(({ payeeId }): [string, string] => ['opening of', payeeId]),
        ...input.paid.map(({ payeeId }): [string, string] => ['paid to', payeeId]),
        ...input.scheduled.map(({ payeeId }): [string, string] => ['scheduled for', payeeId]),
        ...input.malus.map(({ kind, payeeId }): [string, string] => [`${kind} of`, payeeId]),
        ...input.exceptions.map(({ payeeId }): [string, string] => ['exception of', payeeId])
    ];
    return named.flatMap(([about, id]) => {
        if (id === '' || id === EVERYBODY || known.has(id)) return [];
        const fix = `${didYouMean(id, known)}Add the payee to payees, or correct the id.`;
        return [finding('PAYEE_UNKNOWN', `${about} ${id}, payee`, id, fix, [])];
    });
}

/** Managers stand with the payees, or with an assignment from its first day on. */
function managers(input: CalculationInput, plan: Plan): Finding[] {
    const { payees, assignments } = input;
    const known = new Set(payees.map(({ id }) => id));
    const paysManagers = plan.crediting.some(({ to }) => to.kind === 'manager');
    const given = [
        ...payees.map(({ id, managerId }) => ({ about: `payee ${id}`, id, managerId, day: '' })),
        ...assignments.map(({ payeeId: id, from, fields }) => ({
            about: `assignment of ${id}`,
            id,
            managerId: String(fields['manager'] ?? ''),
            day: from
        }))
    ];
    const above = aboveIn(input);
    const seen = new Set<string>();
    return given.flatMap(({ about, id, managerId, day }) => {
        const where = `${about}, manager`;
        if (managerId === '' || seen.has(where)) return [];
        if (paysManagers && !known.has(managerId)) {
            seen.add(where);
            const fix = 'Add the manager to payees: overrides are paid to them.';
            return [finding('PAYEE_UNKNOWN', where, managerId, fix, [])];
        }
        if (!isInCircle(above, id, managerId, day)) return [];
        seen.add(where);
        const fix = 'Nobody can be above themselves: correct the manager.';
        return [finding('MANAGER_CIRCLE', where, managerId, fix, [id])];
    });
}

type Above = (payeeId: string, day: string) => string;

/** Whom somebody reports to on a day; '' is before all assignments. */
function aboveIn({ payees, assignments }: CalculationInput): Above {
    const own = new Map(payees.map(({ id, managerId }) => [id, managerId]));
    const terms = Map.groupBy(assignments, ({ payeeId }) => payeeId);
    return (payeeId, day) => {
        const inForce = terms.get(payeeId)?.find(({ from, to }) => from <= day && (to === null || day <= to));
        return String(inForce?.fields['manager'] ?? own.get(payeeId) ?? '');
    };
}

function isInCircle(above: Above, id: string, managerId: string, day: string): boolean {
    const passed = new Set<string>();
    for (let next = managerId; next !== '' && !passed.has(next); next = above(next, day)) {
        if (next === id) return true;
        passed.add(next);
    }
    return false;
}

function overlappingAssignments({ assignments }: CalculationInput): Finding[] {
    const byPayee = Map.groupBy(assignments, ({ payeeId }) => payeeId);
    return [...byPayee.values()].flatMap((terms) => {
        const sorted = terms.toSorted((a, b) => (a.from < b.from ? -1 : 1));
        return sorted.slice(1).flatMap(({ payeeId, from }, index) => {
            const { to } = sorted[index]!;
            if (to !== null && to < from) return [];
            const fix = `The one before ${to === null ? 'has no last day' : `ends on ${to}`}: end it before ${from}.`;
            return [finding('ASSIGNMENTS_OVERLAP', `assignment of ${payeeId}, from`, from, fix, [payeeId])];
        });
    });
}

/** A goal for months inside one for the year is meant; two that overlap in any other way would be added or chosen by chance. */
function overlappingQuotas({ quotas }: CalculationInput): Finding[] {
    const byGoal = Map.groupBy(quotas, ({ payeeId, measure }) => JSON.stringify([payeeId, measure]));
    return [...byGoal.values()].flatMap((rows) => {
        const sorted = rows.toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
        return sorted.slice(1).flatMap((row, index) => {
            const other = sorted.slice(0, index + 1).find((one) => isClash(one, row));
            if (!other) return [];
            const fix = `Another goal for ${row.measure} holds from ${other.from} to ${other.to}: keep one, or let one lie inside the other.`;
            const value = `${row.from} to ${row.to}`;
            return [finding('QUOTAS_OVERLAP', `quota of ${row.payeeId}, from`, value, fix, [row.payeeId])];
        });
    });
}

function isClash(a: QuotaAmount, b: QuotaAmount): boolean {
    if (a.to < b.from || b.to < a.from) return false;
    const isSame = a.from === b.from && a.to === b.to;
    const isInside = (a.from <= b.from && b.to <= a.to) || (b.from <= a.from && a.to <= b.to);
    return isSame || !isInside;
}

function facts({ facts: given, periods }: CalculationInput, plan: Plan): Finding[] {
    const seen = new Set<string>();
    return given.flatMap(({ name, payeeId, period }) => {
        const concerned = payeeId === '' ? ('all' as const) : [payeeId];
        const key = JSON.stringify([name, payeeId, period]);
        if (seen.has(key))
            return [
                finding(
                    'FACT_TWICE',
                    `fact ${name}, name`,
                    name,
                    'It is given twice for the same payee and period: keep one.',
                    concerned
                )
            ];
        seen.add(key);
        if (period === '' || mayBePeriod(period, periods, plan)) return [];
        const keys = periods.map((one) => one.key);
        const fix = `${didYouMean(period, keys)}Write the key of a period, e.g. ${keys.slice(0, 4).join(', ')}.`;
        return [finding('PERIOD_UNKNOWN', `fact ${name}, period`, period, fix, concerned)];
    });
}

const KEY_FORMS: Record<Plan['period'], RegExp> = {
    week: /^\d{4}-W\d{2}$/,
    month: /^\d{4}-\d{2}$/,
    quarter: /^\d{4}-Q[1-4]$/,
    'half-year': /^\d{4}-H[12]$/,
    year: /^\d{4}$/,
    plan: /^plan$/
};

/** Facts may be given for periods that are not calculated this time. */
function mayBePeriod(key: string, periods: PeriodDates[], plan: Plan): boolean {
    return periods.some((period) => period.key === key) || KEY_FORMS[plan.period].test(key);
}

function finding(
    code: string,
    where: string,
    value: string,
    fix: string,
    concerned: Finding['concerned']
): Finding {
    return { problem: { code, where, value, fix }, concerned };
}
