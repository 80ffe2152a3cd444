// Who wins the race: newer folds say more, and the mean of learners wins unless another is better beyond chance.
import { describe, expect, test } from '@jest/globals';
import { newTable, type FeatureTable } from '../../../src/domain/outcomes/feature-table.ts';
import { probabilityOf, type Learner } from '../../../src/domain/outcomes/learners/learner.ts';
import { rateTableLearner } from '../../../src/domain/outcomes/learners/rate-table.ts';
import { runRace, type Entrants, type RaceFold } from '../../../src/domain/outcomes/race.ts';
import { seeded } from '../../../src/domain/outcomes/seeded.ts';

const ROWS = 1200;

/** Believes one column of the table, as log-odds. */
function believer(column: number): Learner {
    return {
        key: `column ${column}`,
        fit: () => ({
            logits: (table, rows) => Float64Array.from(rows, (row) => table.columns[column]![row]!),
            contributions: () => 0,
            save: () => null
        })
    };
}

function tableOf(columns: ((row: number) => number)[]): FeatureTable {
    const table = newTable(
        columns.map((_, i) => ({ key: `column ${i}`, group: `column ${i}`, kind: 'number' as const })),
        ROWS,
        1
    );
    columns.forEach((valueOf, i) =>
        table.columns[i]!.set(Float32Array.from({ length: ROWS }, (_, r) => valueOf(r)))
    );
    return table;
}

/** Two folds of equal size, the second one newer and saying `saysOfNewer` times as much. */
function foldsOf(
    table: FeatureTable,
    label: Uint8Array,
    saysOfNewer: number,
    learntFrom = label
): RaceFold[] {
    const rows = Int32Array.from({ length: ROWS }, (_, row) => row);
    const weight = new Float64Array(ROWS).fill(1);
    return [0, 1].map((f): RaceFold => {
        const testRows = rows.filter((row) => row % 2 === f);
        return {
            label: `fold ${f}`,
            lesson: { table, rows, label: learntFrom, weight, rowsPerDeal: 1 },
            testRows,
            testLabel: label.filter((_, row) => row % 2 === f),
            testWeight: new Float64Array(testRows.length).fill(1),
            testDeal: testRows,
            says: f === 0 ? 1 : saysOfNewer
        };
    });
}

function entrantsOf(steady: string | null): Entrants {
    const parts = ['column 0', 'column 1'];
    return {
        learners: [rateTableLearner('baseRate'), believer(0), believer(1)],
        candidates: [
            { key: 'baseRate', parts: ['baseRate'], isBaseline: true },
            ...parts.map((key) => ({ key, parts: [key], isBaseline: false })),
            { key: 'mean', parts, isBaseline: false }
        ],
        steady
    };
}

describe('the race', () => {
    const random = seeded(11);
    const truth = Float64Array.from({ length: ROWS }, () => (random() - 0.5) * 6);
    const label = Uint8Array.from(truth, (logit) => (random() < probabilityOf(logit) ? 1 : 0));
    const noise = Float64Array.from({ length: ROWS }, () => (random() - 0.5) * 20);

    test('a model that is right of late beats one that was right before, as newer folds say more', () => {
        const table = tableOf([
            (row) => (row % 2 === 0 ? truth[row]! : 0),
            (row) => (row % 2 === 1 ? truth[row]! : 0)
        ]);
        const entrants = entrantsOf(null);
        entrants.candidates.pop();
        expect(runRace(table, foldsOf(table, label, 4), entrants).winner).toBe('column 1');
        expect(runRace(table, foldsOf(table, label, 0.25), entrants).winner).toBe('column 0');
    });

    test('the mean of two equally good learners wins, whichever was luckier', () => {
        const table = tableOf([(row) => truth[row]!, (row) => truth[row]! + 0.01 * noise[row]!]);
        expect(runRace(table, foldsOf(table, label, 2), entrantsOf('mean')).winner).toBe('mean');
    });

    test('one learner alone wins when the other only spoils the mean', () => {
        const table = tableOf([(row) => truth[row]!, (row) => noise[row]!]);
        expect(runRace(table, foldsOf(table, label, 2), entrantsOf('mean')).winner).toBe('column 0');
    });

    test('learners that know nothing leave the base rate', () => {
        const table = tableOf([(row) => noise[row]!, (row) => 0.2 * noise[ROWS - 1 - row]!]);
        const record = runRace(table, foldsOf(table, label, 2), entrantsOf('mean'));
        expect(record.winner).toBe('baseRate');
        expect(record.hasSignal).toBe(false);
    });

    test('a base rate that moved is no signal: drawing scores towards one half does not count', () => {
        const mostlyYes = Uint8Array.from(label, (_, row) => (row % 5 === 0 ? 0 : 1));
        const table = tableOf([(row) => 1.4 + 0.01 * noise[row]!, (row) => 1.4 + 0.02 * noise[row]!]);
        const record = runRace(table, foldsOf(table, label, 2, mostlyYes), entrantsOf('mean'));
        expect(record.winner).toBe('baseRate');
        expect(record.hasSignal).toBe(false);
    });
});
