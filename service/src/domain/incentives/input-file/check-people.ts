// What rows about people say together: ids twice, unknown people, circles of managers, overlapping assignments, facts given
// twice. Each problem names whom it concerns.
import type { Problem } from '../../problem.ts';
import type { CalculationInput, PeriodDates } from '../input.ts';
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
        ...input.malus.map(({ payeeId }): [string, string] => ['malus of', payeeId]),
        ...input.exceptions.map(({ payeeId }): [string, string] => ['exception of', payeeId])
    ];
    return named.flatMap(([about, id]) => {
        if (id === '' || id === EVERYBODY || known.has(id)) return [];
        const fix = `${didYouMean(id, known)}Add the payee to payees, or correct the id.`;
        return [finding('PAYEE_UNKNOWN', `${about} ${id}, payee`, id, fix, [])];
    });
}

function managers({ payees }: CalculationInput, plan: Plan): Finding[] {
    const byId = new Map(payees.map((payee) => [payee.id, payee]));
    const paysManagers = plan.crediting.some(({ to }) => to.kind === 'manager');
    return payees.flatMap(({ id, managerId }) => {
        if (managerId === '') return [];
        if (paysManagers && !byId.has(managerId))
            return [
                finding(
                    'PAYEE_UNKNOWN',
                    `payee ${id}, manager`,
                    managerId,
                    'Add the manager to payees: overrides are paid to them.',
                    []
                )
            ];
        const seen = new Set<string>();
        for (let next = managerId; next !== '' && !seen.has(next); next = byId.get(next)?.managerId ?? '') {
            seen.add(next);
            if (next === id)
                return [
                    finding(
                        'MANAGER_CIRCLE',
                        `payee ${id}, manager`,
                        managerId,
                        'Nobody can be above themselves: correct the manager.',
                        [id]
                    )
                ];
        }
        return [];
    });
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
