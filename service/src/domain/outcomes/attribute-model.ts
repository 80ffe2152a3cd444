// Won or lost from attributes alone: folds, race and final fit for a table with one row per opportunity. Owns the folds:
// forward in time where rows have dates, repeated splits where they have none, identical rows always on one side.
import type { FeatureTable } from './feature-table.ts';
import { FEWEST_DEALS_OF_A_KIND, type OutcomeModel } from './outcome-model.ts';
import { attributeEntrants, runRace, type RaceFold } from './race.ts';
import { hashText } from './seeded.ts';

export interface AttributeLesson {
    table: FeatureTable;
    /** closed rows only */
    won: Uint8Array;
    /** moment each row began, NaN when the table has no dates */
    began: Float64Array;
}

const REPEATS = 5;
const PARTS = 10;
const FORWARD_CUTS = [0.4, 0.55, 0.7, 0.85, 1];
const MANY_ROWS = 2000;

export function trainAttributeModel({ table, won, began }: AttributeLesson): OutcomeModel {
    const yes = won.reduce((sum, each) => sum + each, 0);
    const no = won.length - yes;
    if (Math.min(yes, no) < FEWEST_DEALS_OF_A_KIND)
        return {
            status: 'notEnoughHistory',
            key: 'win',
            why: `${yes} won and ${no} lost; at least ${FEWEST_DEALS_OF_A_KIND} of each are needed`
        };
    const group = identicalRows(table);
    const hasDates = began.every((at) => !Number.isNaN(at));
    const folds = hasDates ? forwardFolds(table, won, began, group) : repeatedFolds(table, won, group);
    const entrants = attributeEntrants(won.length > MANY_ROWS ? 100 : 400);
    const record = runRace(table, folds, entrants);
    const winner = entrants.candidates.find(({ key }) => key === record.winner)!;
    const lesson = lessonOf(table, won, group, [...won.keys()]);
    const parts = winner.parts.map((part) => entrants.learners.find(({ key }) => key === part)!.fit(lesson));
    return { status: record.hasSignal ? 'ready' : 'noSignal', key: 'win', parts, record };
}

/** A number per set of attributes; rows with the same one never stand on both sides of a split. */
function identicalRows(table: FeatureTable): Int32Array {
    const seen = new Map<string, number>();
    return Int32Array.from({ length: table.rowCount }, (_, row) => {
        const text = table.columns.map((column) => column[row]).join(' ');
        const held = seen.get(text) ?? seen.size;
        seen.set(text, held);
        return held;
    });
}

function lessonOf(
    table: FeatureTable,
    label: Uint8Array,
    group: Int32Array,
    rows: number[]
): RaceFold['lesson'] {
    return {
        table,
        rows: Int32Array.from(rows),
        label,
        weight: new Float64Array(table.rowCount).fill(1),
        rowsPerDeal: Math.min(2, rows.length / new Set(rows.map((row) => group[row])).size)
    };
}

function foldOf(
    label: string,
    table: FeatureTable,
    won: Uint8Array,
    group: Int32Array,
    trainRows: number[],
    testRows: number[]
): RaceFold {
    return {
        label,
        lesson: lessonOf(table, won, group, trainRows),
        testRows: Int32Array.from(testRows),
        testLabel: Uint8Array.from(testRows, (row) => won[row]!),
        testWeight: new Float64Array(testRows.length).fill(1),
        testDeal: Int32Array.from(testRows, (row) => group[row]!),
        says: 1
    };
}

function repeatedFolds(table: FeatureTable, won: Uint8Array, group: Int32Array): RaceFold[] {
    const rows = [...won.keys()];
    const repeats = won.length > MANY_ROWS ? 1 : REPEATS;
    return Array.from({ length: repeats * PARTS }, (_, f) => {
        const repeat = Math.floor(f / PARTS);
        const isTest = (row: number): boolean => hashText(`${repeat} ${group[row]!}`) % PARTS === f % PARTS;
        const test = rows.filter(isTest);
        return foldOf(
            `repeat ${repeat + 1}, part ${(f % PARTS) + 1}`,
            table,
            won,
            group,
            rows.filter((row) => !isTest(row)),
            test
        );
    }).filter(({ testRows }) => testRows.length > 0);
}

/** Identical attributes at different times are different deals here: a firm sells the same product again. */
function forwardFolds(
    table: FeatureTable,
    won: Uint8Array,
    began: Float64Array,
    group: Int32Array
): RaceFold[] {
    const order = [...won.keys()].sort((a, b) => began[a]! - began[b]! || a - b);
    const cuts = FORWARD_CUTS.map((share) => Math.floor(share * order.length));
    return cuts.slice(0, -1).map((cut, i) => {
        const from = new Date(began[order[cut]!]!).toISOString().slice(0, 10);
        return foldOf(from, table, won, group, order.slice(0, cut), order.slice(cut, cuts[i + 1]));
    });
}
