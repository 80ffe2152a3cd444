// The ids of a large result, 18 bytes each: a cursor over a million rows keeps 18 MB, not a million strings.

export interface IdList {
    length: number;
    slice(start: number, end: number): string[];
}

const WIDTH = 18;

export function createIdList(ids: Iterable<string>): IdList {
    let bytes = Buffer.alloc(WIDTH * 256);
    let length = 0;
    for (const id of ids) {
        if ((length + 1) * WIDTH > bytes.length) bytes = Buffer.concat([bytes, Buffer.alloc(bytes.length)]);
        bytes.write(id, length * WIDTH, WIDTH, 'latin1');
        length += 1;
    }
    return {
        length,
        slice(start, end) {
            const count = Math.max(0, Math.min(end, length) - start);
            return Array.from({ length: count }, (_, index) => {
                const at = (start + index) * WIDTH;
                return bytes.toString('latin1', at, at + WIDTH);
            });
        }
    };
}
