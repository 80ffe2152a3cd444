// Rows of one call that change the same record: Salesforce refuses them all, since it would not say which one wins.
import { isRecordId, to18 } from '../ids.ts';
import type { InputRow } from '../org.ts';
import { rowError } from './row-error.ts';

/** Gives a check that throws for the ids that several of the rows have. */
export function repeatedIds(rows: InputRow[], idOf: (row: InputRow) => unknown): (id: string) => void {
    const counts = new Map<string, number>();
    for (const row of rows) {
        const id = idOf(row);
        if (typeof id === 'string' && isRecordId(id)) counts.set(to18(id), (counts.get(to18(id)) ?? 0) + 1);
    }
    return (id) => {
        const isRepeated = isRecordId(id) && (counts.get(to18(id)) ?? 0) > 1;
        if (isRepeated) throw rowError('DUPLICATE_VALUE', `Duplicate id specified: ${id}`, ['Id']);
    };
}
