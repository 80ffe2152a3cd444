// Things in a list that must differ, and do not.
import type { PartReader } from '../../incentives/plan-file/part-reader.ts';

/** Reports every id that was there before. */
export function repeatedIds(part: PartReader, list: string, items: readonly { id: string }[]): void {
    const seen = new Set<string>();
    items.forEach(({ id }, index) => {
        if (seen.has(id))
            part.report('ID_TWICE', `${list}[${index + 1}].id`, id, 'Keep one of the two, or rename one.');
        seen.add(id);
    });
}
