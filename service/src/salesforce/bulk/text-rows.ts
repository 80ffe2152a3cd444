// Bulk rows as objects of text, for readers of few columns that have no compiled sink of their own. '' stands for none.
import type { RawRow } from '../query.ts';
import { spanText } from './columns.ts';
import type { FeatureTable } from './feature-columns.ts';

/** `onRow` may not keep the row: the same object is filled again. */
export function textRows(fields: readonly string[], onRow: (row: RawRow) => void): FeatureTable {
    const row: RawRow = {};
    return {
        columns: fields.map((name) => ({ name, kind: 'span' })),
        sink: {
            row(view, ...offsets) {
                fields.forEach((name, at) => {
                    row[name] = spanText(view, offsets[2 * at]!, offsets[2 * at + 1]!);
                });
                onRow(row);
            }
        }
    };
}
