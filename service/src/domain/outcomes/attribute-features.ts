// Features of a table with one row per opportunity and its attributes as text. Owns which columns may be used and how
// their values become numbers; columns that would tell the outcome are left out, each with its reason.
import { newTable, type Feature, type FeatureTable } from './feature-table.ts';

export interface AttributeColumn {
    name: string;
    /** one value per training row, '' for none */
    values: string[];
}

export type ColumnUse =
    | { name: string; use: 'number' }
    | { name: string; use: 'levels'; levels: string[] }
    | { name: string; use: 'none'; why: string };

/** What a training row is: won, lost, or still open. */
export type Standing = 'won' | 'lost' | 'open';

const MOST_LEVELS = 60;
const FEWEST_ROWS_OF_LEVEL = 3;
const LEVEL_SHARE = 0.005;
const FEWEST_DISTINCT_NUMBERS = 13;
const TELLS_OUTCOME = 0.98;

export function useOfColumns(columns: AttributeColumn[], standing: Standing[]): ColumnUse[] {
    return columns.map((column) => useOf(column, standing));
}

function useOf({ name, values }: AttributeColumn, standing: Standing[]): ColumnUse {
    const none = (why: string): ColumnUse => ({ name, use: 'none', why });
    if (/^clos/i.test(name)) return none('its name says that it is known only when the deal closes');
    if (isKnownOnlyWhenClosed(values, standing))
        return none('it is filled for closed deals and empty for open ones');
    const counts = new Map<string, number>();
    values.forEach((value, row) => {
        if (standing[row] !== 'open') counts.set(value, (counts.get(value) ?? 0) + 1);
    });
    if (counts.size < 2) return none('it has one value only');
    if (values.every((value) => value === '' || /^\d{4}-\d\d-\d\d/.test(value))) return none('it is a date');
    if (tellsOutcome(values, standing))
        return none('it alone tells the outcome: it was filled in afterwards');
    const isNumber = values.every((value) => value === '' || Number.isFinite(Number(value)));
    if (isNumber && counts.size >= FEWEST_DISTINCT_NUMBERS) return { name, use: 'number' };
    const fewest = Math.max(FEWEST_ROWS_OF_LEVEL, LEVEL_SHARE * values.length);
    const levels = [...counts]
        .filter(([, count]) => count >= fewest)
        .map(([level]) => level)
        .sort();
    if (levels.length === 0) return none('nearly every row has a value of its own');
    if (levels.length > MOST_LEVELS) return none(`it has more than ${MOST_LEVELS} values`);
    return { name, use: 'levels', levels };
}

function isKnownOnlyWhenClosed(values: string[], standing: Standing[]): boolean {
    let closed = 0;
    let closedFilled = 0;
    let open = 0;
    let openFilled = 0;
    values.forEach((value, row) => {
        const filled = value === '' ? 0 : 1;
        if (standing[row] === 'open') {
            open++;
            openFilled += filled;
        } else {
            closed++;
            closedFilled += filled;
        }
    });
    return open >= 20 && openFilled <= 0.01 * open && closedFilled >= 0.9 * closed;
}

/** Share of closed rows that the most common outcome of their value gets right, where values repeat. */
function tellsOutcome(values: string[], standing: Standing[]): boolean {
    const cells = new Map<string, [number, number]>();
    let closed = 0;
    values.forEach((value, row) => {
        if (standing[row] === 'open') return;
        closed++;
        const cell = cells.get(value) ?? [0, 0];
        cell[standing[row] === 'won' ? 1 : 0]++;
        cells.set(value, cell);
    });
    const base = Math.max(
        ...[0, 1].map((kind) => [...cells.values()].reduce((sum, cell) => sum + cell[kind]!, 0))
    );
    const right = [...cells.values()].reduce((sum, cell) => sum + Math.max(...cell), 0);
    return cells.size <= closed / 10 && right >= TELLS_OUTCOME * closed && base < 0.9 * closed;
}

export function attributeFeatures(uses: ColumnUse[]): Feature[] {
    return uses.flatMap((use): Feature[] => {
        if (use.use === 'none') return [];
        if (use.use === 'number') return [{ key: use.name, group: use.name, kind: 'number' }];
        return use.levels.map((level) => ({ key: `${use.name} = ${level}`, group: use.name, kind: 'flag' }));
    });
}

/** `columnOf` answers the values of a column by name, one per row. */
export function fillAttributes(
    uses: ColumnUse[],
    rowCount: number,
    columnOf: (name: string) => string[]
): FeatureTable {
    const table = newTable(attributeFeatures(uses), rowCount, 1);
    let at = 0;
    for (const use of uses) {
        if (use.use === 'none') continue;
        const values = columnOf(use.name);
        if (use.use === 'number') {
            const column = table.columns[at++]!;
            values.forEach((value, row) => (column[row] = Number(value) || 0));
            continue;
        }
        for (const level of use.levels) {
            const column = table.columns[at++]!;
            values.forEach((value, row) => (column[row] = value === level ? 1 : 0));
        }
    }
    return table;
}
