// Where somebody stands among comparable people, told without telling who they are: only in groups of at least five with the person, and
// never so that what is left of all when a group is taken away is fewer than five.

export const LEAST_GROUP = 5;

export interface Peer {
    person: string;
    /** null: no unit of its own */
    unit: string | null;
    /** higher is better */
    value: number;
}

export interface Standing {
    /** share of the others who are below, equal ones counted half, in whole percent */
    percentile: number;
    /** the others in the group */
    peers: number;
}

/** Of everybody who may be told theirs. */
export function standings(peers: readonly Peer[]): Map<string, Standing> {
    const told = new Map<string, Standing>();
    for (const group of groupsToTell(peers)) {
        const sorted = Float64Array.from(group, ({ value }) => value).sort();
        for (const { person, value } of group) {
            const below = firstAtLeast(sorted, value);
            const equal = firstAbove(sorted, value) - below - 1;
            const others = group.length - 1;
            told.set(person, {
                percentile: Math.round((100 * (2 * below + equal)) / (2 * others)),
                peers: others
            });
        }
    }
    return told;
}

/** Units of at least five; those that are smaller are compared together. When all of them together are still fewer than five, the
 *  smallest of the others joins them, because all less the units told would tell about them. */
export function groupsToTell(peers: readonly Peer[]): Peer[][] {
    const units = [...Map.groupBy(peers, ({ unit }) => unit ?? '').entries()]
        .sort(([a, one], [b, other]) => one.length - other.length || (a < b ? -1 : 1))
        .map(([, members]) => members);
    const together: Peer[] = [];
    const told: Peer[][] = [];
    for (const members of units) {
        const mustJoin =
            members.length < LEAST_GROUP || (together.length > 0 && together.length < LEAST_GROUP);
        if (mustJoin) together.push(...members);
        else told.push(members);
    }
    return together.length < LEAST_GROUP ? told : [...told, together];
}

function firstAtLeast(sorted: Float64Array, value: number): number {
    return firstWhere(sorted, (one) => one >= value);
}

function firstAbove(sorted: Float64Array, value: number): number {
    return firstWhere(sorted, (one) => one > value);
}

function firstWhere(sorted: Float64Array, holds: (value: number) => boolean): number {
    let [from, to] = [0, sorted.length];
    while (from < to) {
        const middle = (from + to) >> 1;
        if (holds(sorted[middle]!)) to = middle;
        else from = middle + 1;
    }
    return from;
}
