// Which actions fit into the time there is and are worth most together: at most one for each deal (a knapsack with choices). Exact, in
// steps of five minutes; of equal worth the one that takes less time, then the one of earlier deals.

export interface Choice {
    /** actions with the same group exclude each other */
    group: string;
    key: string;
    minutes: number;
    /** whole number, above 0 */
    worth: number;
}

const STEP_MINUTES = 5;

/** Order of the choices given does not matter. */
export function pickWithin(choices: readonly Choice[], capacityMinutes: number): Choice[] {
    const slots = Math.max(0, Math.floor(capacityMinutes / STEP_MINUTES));
    const groups = [...Map.groupBy(choices, ({ group }) => group)]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([, own]) => [...own].sort((a, b) => a.minutes - b.minutes || (a.key < b.key ? -1 : 1)));
    // worth[s]: most worth within s slots, groups up to this one.
    let worth = new Float64Array(slots + 1);
    const taken = groups.map((group) => {
        const next = Float64Array.from(worth);
        const choice = new Int32Array(slots + 1).fill(-1);
        for (const [index, one] of group.entries()) {
            const cost = slotsOf(one);
            for (let slot = cost; slot <= slots; slot++) {
                const sum = worth[slot - cost]! + one.worth;
                if (sum > next[slot]!) {
                    next[slot] = sum;
                    choice[slot] = index;
                }
            }
        }
        worth = next;
        return choice;
    });
    let slot = worth.indexOf(worth[slots]!);
    const picked: Choice[] = [];
    for (let at = groups.length - 1; at >= 0; at--) {
        const index = taken[at]![slot]!;
        if (index < 0) continue;
        const one = groups[at]![index]!;
        picked.push(one);
        slot -= slotsOf(one);
    }
    return picked.reverse();
}

const slotsOf = ({ minutes }: Choice): number => Math.ceil(minutes / STEP_MINUTES);
