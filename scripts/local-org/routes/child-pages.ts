// Child subqueries in answers: a list longer than a page is cut, and the rest is read through a locator of its own.
import type { CallContext, QueriedRecord } from '../org.ts';
import type { QueryCursor } from '../queries.ts';

interface ChildList {
    totalSize: number;
    done: boolean;
    records: QueriedRecord[];
}

export interface ChildPages {
    /** The record as it is now for the caller; undefined when it is gone or hidden. */
    reread(caller?: CallContext): QueriedRecord | undefined;
    /** The URL under which `children` goes on at `next`. */
    locate(children: QueryCursor, next: number): string;
}

export function cutChildren(record: QueriedRecord, pageSize: number, pages: ChildPages): QueriedRecord {
    const cut: QueriedRecord = { ...record };
    for (const [key, value] of Object.entries(record)) {
        if (isChildList(value)) cut[key] = cutList(value, key, pageSize, pages);
    }
    return cut;
}

function cutList(list: ChildList, key: string, pageSize: number, pages: ChildPages): object {
    const { totalSize } = list;
    const page = (offset: number, size: number, caller?: CallContext): QueriedRecord[] => {
        const now = pages.reread(caller)?.[key];
        return isChildList(now) ? now.records.slice(offset, offset + size) : [];
    };
    const records = list.records
        .slice(0, pageSize)
        .map((child, index) =>
            cutChildren(child, pageSize, { ...pages, reread: (caller) => page(index, 1, caller)[0] })
        );
    if (totalSize <= pageSize) return { ...list, records };
    return { totalSize, done: false, nextRecordsUrl: pages.locate({ totalSize, page }, pageSize), records };
}

function isChildList(value: unknown): value is ChildList {
    return typeof value === 'object' && value !== null && 'records' in value;
}
