// One fact after another changed in a process of its own: what each costs, what a full pass costs, and what differs in the end from a full
// pass over the changed rows.
import { changeFacts } from '../../../service/src/domain/scorecards/columns/change-facts.ts';
import { emptyColumns, type FactColumns } from '../../../service/src/domain/scorecards/columns/fact-table.ts';
import { mix } from '../pay/workload.ts';
import { fullPass, type Worked } from './ours.ts';
import { definitions, peopleFor, rawFacts, tagsOf } from './workload.ts';

export interface ChangeFigures {
    /** CPU of one full pass, in the middle */
    fullMs: number;
    middleMs: number;
    slowMs: number;
    changes: number;
    /** names of figures that are not those of a full pass */
    different: string[];
}

const FULL_PASSES = 3;
const WARM_UP = 200;
const CHANGES = 2000;

const rows = Number(process.argv[2]);
process.send!(measure(), () => process.exit(0));

function measure(): ChangeFigures {
    const all = definitions();
    const tags = tagsOf(all.signals);
    const facts = rawFacts(rows, all.signals, tags);
    const count = peopleFor(rows);
    const full: number[] = [];
    let live: Worked | null = null;
    for (let pass = 0; pass < FULL_PASSES; pass++) {
        const before = process.cpuUsage();
        live = fullPass(all, facts, tags, count);
        const { user, system } = process.cpuUsage(before);
        full.push((user + system) / 1000);
    }
    const rowsOf = rowsByPerson(facts, count);
    const times: number[] = [];
    for (let change = 0; change < WARM_UP + CHANGES; change++) {
        const row = mix(change, 40) % rows;
        facts.value[row] = facts.value[row]! + 10_000 * (1 + (change % 7));
        const person = facts.person[row]!;
        const started = performance.now();
        changeFacts(live!, person, factsOf(facts, rowsOf, person));
        if (change >= WARM_UP) times.push(performance.now() - started);
    }
    times.sort((a, b) => a - b);
    const anew = fullPass(all, facts, tags, count, live!.cohorts.length);
    return {
        fullMs: full.toSorted((a, b) => a - b)[1]!,
        middleMs: times[CHANGES / 2]!,
        slowMs: times[Math.floor(CHANGES * 0.99)]!,
        changes: CHANGES,
        different: differing(live!, anew)
    };
}

/** Rows of each person in the order they came in, as a full pass has them. */
function rowsByPerson({ person, count }: FactColumns, people: number): Int32Array[] {
    const sizes = new Int32Array(people);
    for (let row = 0; row < count; row++) sizes[person[row]!]!++;
    const lists = Array.from(sizes, (size) => new Int32Array(size));
    sizes.fill(0);
    for (let row = 0; row < count; row++) lists[person[row]!]![sizes[person[row]!]!++] = row;
    return lists;
}

function factsOf(facts: FactColumns, rowsOf: readonly Int32Array[], person: number): FactColumns {
    const own = rowsOf[person]!;
    const columns = emptyColumns(own.length);
    own.forEach((row, at) => {
        columns.signal[at] = facts.signal[row]!;
        columns.person[at] = person;
        columns.day[at] = facts.day[row]!;
        columns.value[at] = facts.value[row]!;
        columns.n[at] = facts.n[row]!;
        columns.subject[at] = facts.subject[row]!;
        columns.tag[at] = facts.tag[row]!;
    });
    return columns;
}

function differing(live: Worked, anew: Worked): string[] {
    const isSame = (a: Float64Array, b: Float64Array): boolean =>
        a.every((value, at) => Object.is(value, b[at]));
    const { metricIds } = live.book.registry;
    const metrics = metricIds.filter(
        (_, index) =>
            !isSame(live.book.values[index]!, anew.book.values[index]!) ||
            !isSame(live.book.counts[index]!, anew.book.counts[index]!)
    );
    return isSame(live.scores.scores, anew.scores.scores) ? metrics : [...metrics, 'scores'];
}
