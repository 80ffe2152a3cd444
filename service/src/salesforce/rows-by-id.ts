// Rows gathered by the record they belong to.
import { textOf } from './map-rows.ts';

/** To the list of this id. */
export function addTo<T>(lists: Map<string, T[]>, id: unknown, one: T): void {
    const list = lists.get(textOf(id)) ?? [];
    list.push(one);
    lists.set(textOf(id), list);
}
