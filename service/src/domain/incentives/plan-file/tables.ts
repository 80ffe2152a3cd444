// Rate tables of a plan file.
import type { RateTable, TableMode, TableRow } from '../plan.ts';
import { TABLE_MODES } from '../vocabulary.ts';
import type { PartReader } from './part-reader.ts';
import { readExpression } from './part-reader.ts';

export function readTable(part: PartReader, key: string): RateTable {
    const mode = part.needChoice('mode', TABLE_MODES, 'marginal');
    return {
        key,
        mode,
        boundary: part.choice('boundary', ['lower', 'upper'], 'lower'),
        scale: part.expression('scale'),
        rows: part.needParts('rows', '[{ from: 0, value: 6% }]', (row) => readRow(row, mode)),
        columns: part.parts('columns', (column) => ({
            from: column.needExpression('from', '0'),
            to: column.expression('to')
        }))
    };
}

function readRow(row: PartReader, mode: TableMode): TableRow {
    const values = valuesOf(row);
    if (mode === 'interpolated') return { from: row.needExpression('at', '100%'), to: null, values };
    return { from: row.needExpression('from', '0'), to: row.expression('to'), values };
}

function valuesOf(row: PartReader): TableRow['values'] {
    if (!row.has('values')) return [row.needExpression('value', '6%')];
    if (row.has('value'))
        row.report('VALUE_TWICE', 'value', row.text('value') ?? '', 'Keep value or values, not both.');
    return row.list('values', (tree, place) => readExpression(tree, place, row.reading));
}
