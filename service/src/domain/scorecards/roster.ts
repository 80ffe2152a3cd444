// People over time as rows and segments. A row is one person in one role, whatever days they hold it; a segment is a run of days of one
// person with the same role and the same manager. Facts find the row of their person, and of the manager of the day, through them.
import type { DayNumber } from '../pipeline/types.ts';
import type { Problem } from '../problem.ts';
import { formatDay } from '../calendar.ts';
import type { Dated, Person, RoleKey } from './types.ts';

export const NO_ROW = -1;
const FOR_EVER = 2_000_000;

export interface Roster {
    people: readonly Person[];
    indexOf: ReadonlyMap<string, number>;
    rowPerson: Int32Array;
    rowRole: readonly RoleKey[];
    /** rows of person p are from firstRow[p] to firstRow[p + 1] */
    firstRow: Int32Array;
    /** segments of person p are from segmentStart[p] to segmentStart[p + 1], in the order of their days */
    segmentStart: Int32Array;
    segments: readonly Segment[];
}

export interface Segment {
    from: DayNumber;
    to: DayNumber;
    row: number;
    manager: string | null;
    /** row of the manager in the role they have on these days, NO_ROW without */
    managerRow: number;
}

type Stint = Dated & { to: DayNumber; role: RoleKey };

export function rosterOf(people: readonly Person[]): { roster: Roster; problems: Problem[] } {
    const problems: Problem[] = [];
    const indexOf = new Map(people.map(({ id }, index) => [id, index]));
    const stints = people.map((person) => stintsOf(person, problems));
    const rowRole: RoleKey[] = [];
    const rowPerson: number[] = [];
    const firstRow = new Int32Array(people.length + 1);
    stints.forEach((own, person) => {
        for (const role of new Set(own.map(({ role }) => role))) {
            rowRole.push(role);
            rowPerson.push(person);
        }
        firstRow[person + 1] = rowRole.length;
    });
    const rowAt = (person: number, day: DayNumber): number => {
        const stint = stints[person]!.find(({ from, to }) => from <= day && day < to);
        if (!stint) return NO_ROW;
        for (let row = firstRow[person]!; row < firstRow[person + 1]!; row++)
            if (rowRole[row] === stint.role) return row;
        return NO_ROW;
    };
    const segments: Segment[] = [];
    const segmentStart = new Int32Array(people.length + 1);
    people.forEach((person, index) => {
        segments.push(...segmentsOf(person, index, { stints, indexOf, rowAt, problems }));
        segmentStart[index + 1] = segments.length;
    });
    const rows = Int32Array.from(rowPerson);
    const roster = { people, indexOf, rowPerson: rows, rowRole, firstRow, segmentStart, segments };
    return { roster, problems };
}

/** Roles within the days with the firm; where two overlap, the one that begins later holds. */
function stintsOf(person: Person, problems: Problem[]): Stint[] {
    const end = person.left === null ? FOR_EVER : person.left + 1;
    const ordered = person.roles.toSorted((a, b) => a.from - b.from);
    if (ordered.length === 0)
        problems.push({
            code: 'ROLE_MISSING',
            where: `person ${person.id}`,
            value: '',
            fix: 'Give the person a role with its first day; until then there is no scorecard.'
        });
    return ordered.flatMap(({ role, from, to }, index) => {
        const next = ordered[index + 1]?.from ?? FOR_EVER;
        if (to !== null && to > next && next < FOR_EVER)
            problems.push({
                code: 'ROLES_OVERLAP',
                where: `person ${person.id}, role ${role}`,
                value: formatDay(to),
                fix: `End it by ${formatDay(next)}; from there on the next role is counted.`
            });
        const last = Math.min(to ?? FOR_EVER, next, end);
        const first = Math.max(from, person.joined);
        return first < last ? [{ role, from: first, to: last }] : [];
    });
}

interface Surroundings {
    stints: readonly Stint[][];
    indexOf: ReadonlyMap<string, number>;
    rowAt(person: number, day: DayNumber): number;
    problems: Problem[];
}

function segmentsOf(person: Person, index: number, around: Surroundings): Segment[] {
    const { stints, indexOf, rowAt } = around;
    const managers = managersOf(person, around);
    const bounds = new Set<DayNumber>();
    const addBounds = ({ from, to }: Dated): void => void bounds.add(from).add(to ?? FOR_EVER);
    stints[index]!.forEach(addBounds);
    managers.forEach(addBounds);
    for (const { manager } of managers) stints[indexOf.get(manager)!]!.forEach(addBounds);
    const days = [...bounds].sort((a, b) => a - b);
    const segments: Segment[] = [];
    days.slice(0, -1).forEach((from, at) => {
        const row = rowAt(index, from);
        if (row === NO_ROW) return;
        const manager = managers.findLast((one) => one.from <= from && from < (one.to ?? FOR_EVER));
        const managerRow = manager ? rowAt(indexOf.get(manager.manager)!, from) : NO_ROW;
        const last = segments.at(-1);
        if (last?.to === from && last.row === row && last.manager === (manager?.manager ?? null))
            if (last.managerRow === managerRow) return void (last.to = days[at + 1]!);
        segments.push({ from, to: days[at + 1]!, row, manager: manager?.manager ?? null, managerRow });
    });
    return segments;
}

function managersOf(person: Person, { indexOf, problems }: Surroundings): Person['managers'][number][] {
    const known = person.managers.filter(({ manager }) => {
        const isKnown = indexOf.has(manager) && manager !== person.id;
        if (!isKnown)
            problems.push({
                code: manager === person.id ? 'OWN_MANAGER' : 'MANAGER_UNKNOWN',
                where: `person ${person.id}`,
                value: manager,
                fix: 'Name a manager who is among the people; until then nobody is counted as the manager.'
            });
        return isKnown;
    });
    return known.toSorted((a, b) => a.from - b.from);
}

/** Segment of a person on a day, or null when they have no role then. */
export function segmentAt(
    { segmentStart, segments }: Roster,
    person: number,
    day: DayNumber
): Segment | null {
    for (let at = segmentStart[person]!; at < segmentStart[person + 1]!; at++) {
        const segment = segments[at]!;
        if (segment.from <= day && day < segment.to) return segment;
    }
    return null;
}
