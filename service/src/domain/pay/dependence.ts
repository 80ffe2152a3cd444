// On whose facts the pay of each payee may rest besides their own, by the reach of the plans they are on (incentives/reach.ts) and by
// who reported to whom on any day. Rather too many than too few: whoever is left out is not calculated when one of them changes.
import type { Reach } from '../incentives/reach.ts';
import { reachesFurther } from '../incentives/reach.ts';
import type { AssignmentFact, PayFacts } from './pay-facts.ts';

type Facts = Pick<PayFacts, 'assignments' | 'people'>;
type People = ReadonlySet<string>;

const NOBODY: People = new Set();

export class Dependence {
    readonly #plansOf: ReadonlyMap<string, readonly string[]>;
    readonly #onPlan: ReadonlyMap<string, People>;
    readonly #reaches: ReadonlyMap<string, Reach>;
    readonly #managers: ReadonlyMap<string, People>;
    readonly #reports: ReadonlyMap<string, People>;
    readonly #below = new Map<string, People>();

    /** @param reaches by plan, none of them `all` */
    constructor({ assignments, people }: Facts, reaches: ReadonlyMap<string, Reach>) {
        this.#reaches = reaches;
        this.#onPlan = grouped(assignments.map(({ planKey, payeeId }) => [planKey, payeeId]));
        this.#plansOf = new Map(
            [...grouped(assignments.map(({ planKey, payeeId }) => [payeeId, planKey]))].map(
                ([payeeId, keys]) => [payeeId, [...keys].filter((key) => reaches.has(key)).sort()]
            )
        );
        const lines = [
            ...[...people.values()].map(({ id, managerId }): [string, string] => [id, managerId]),
            ...assignments.map((one): [string, string] => [one.payeeId, managerIn(one)])
        ].filter(([, managerId]) => managerId !== '');
        this.#managers = grouped(lines);
        this.#reports = grouped(lines.map(([id, managerId]) => [managerId, id]));
    }

    /** Several sets, shared by all who rest on the same people; the payee may be among them. */
    of(payeeId: string): People[] {
        const plans = this.#plansOf.get(payeeId) ?? [];
        return plans.flatMap((planKey) => {
            const reach = this.#reaches.get(planKey)!;
            if (!reachesFurther(reach, 'own')) return [];
            if (reach.kind === 'plan') return [this.#onPlan.get(planKey)!];
            return [this.#belowOf(payeeId, reach.kind === 'creditsBelow' ? reach.levels : Infinity)];
        });
    }

    /** They and whoever they reported to, up to the top. */
    withManagers(payeeIds: Iterable<string>): Set<string> {
        const found = new Set(payeeIds);
        for (const id of found) for (const managerId of this.#managers.get(id) ?? []) found.add(managerId);
        return found;
    }

    #belowOf(payeeId: string, levels: number): People {
        const key = `${levels} ${payeeId}`;
        const known = this.#below.get(key);
        if (known) return known;
        const found = new Set<string>();
        let last: People = new Set([payeeId]);
        for (let level = 1; level <= levels && last.size > 0; level++) {
            const next = [...last].flatMap((id) => [...(this.#reports.get(id) ?? NOBODY)]);
            last = new Set(next.filter((id) => !found.has(id)));
            for (const id of last) found.add(id);
        }
        this.#below.set(key, found);
        return found;
    }
}

/** A term of the assignment stands before the manager of the person. */
function managerIn({ terms }: AssignmentFact): string {
    return String(terms['manager'] ?? '');
}

function grouped(pairs: readonly (readonly [string, string])[]): Map<string, Set<string>> {
    const groups = new Map<string, Set<string>>();
    for (const [key, value] of pairs) groups.set(key, (groups.get(key) ?? new Set()).add(value));
    return groups;
}
