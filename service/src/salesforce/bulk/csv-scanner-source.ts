// Writes the source of a scanner for one list of columns, and compiles it.
//
// Why generated code: the loop over seventeen million rows must not ask at each field which kind it is, and must hand
// the values to the sink as plain arguments. A loop over a list of columns measured 1.6 times slower, a tree of closures
// about ten times (PERFORMANCE.md 2 and 4). The text is made from column positions and kinds alone: names and data of
// the org never become part of it, so nothing that is read can be run. `new Function` needs no file and no build step.
import { fixedLength, type ColumnKind, type RowSink } from './columns.ts';
import { OTHER_FORM, dayAt, instantAt } from './csv-values.ts';
import type { FieldReader } from './field-reader.ts';
import type { WordTable } from './word-table.ts';

/** A column of the file: what to make of it, and as which value (0-based) it goes to the sink. */
export interface FileColumn {
    kind: ColumnKind;
    /** first argument it fills; -1 when nobody wants it */
    argument: number;
}

/** What the compiled loop works with. */
export interface ScannerParts {
    reader: FieldReader;
    words: (WordTable | null)[];
    /** careful reading of a value from [reader.start, reader.end) */
    careful: (column: number, bytes: Uint8Array, view: DataView) => number;
    sink: RowSink;
}

/** Scans rows from `from` and returns where the first unfinished one begins. */
export type Scan = (bytes: Uint8Array, view: DataView, from: number, length: number) => number;

export function compileScan(
    columns: readonly FileColumn[],
    argumentCount: number,
    blanks: readonly number[],
    parts: ScannerParts
): Scan {
    const make = new Function('parts', 'dayAt', 'instantAt', scanSource(columns, argumentCount, blanks)) as (
        parts: ScannerParts,
        readDay: typeof dayAt,
        readInstant: typeof instantAt
    ) => Scan;
    return make(parts, dayAt, instantAt);
}

function scanSource(
    columns: readonly FileColumn[],
    argumentCount: number,
    blanks: readonly number[]
): string {
    const values = Array.from({ length: argumentCount }, (_, i) => `v${i}`);
    return `'use strict';
const { reader, words, careful, sink } = parts;
${columns.map((column, i) => (column.kind === 'word' && column.argument >= 0 ? `const words${i} = words[${i}];` : '')).join('\n')}
return function scan(bytes, view, from, length) {
    let p = from, q = 0, c = 0, h = 0;
    let m = 0, s = 0, n = 0;
    ${values.map((value, i) => `let ${value} = ${literal(blanks[i]!)};`).join(' ')}
    while (p < length) {
        const rowStart = p;
${columns.map((column, i) => fieldSource(column, i, blanks[column.argument] ?? 0, i === columns.length - 1)).join('\n')}
        sink.row(${['view', ...values].join(', ')});
        reader.row++;
    }
    return p;
};`;
}

function literal(value: number): string {
    return Number.isNaN(value) ? 'NaN' : String(value);
}

/** `blankValue` is what a blank field of this column gives. */
function fieldSource(column: FileColumn, index: number, blankValue: number, isLast: boolean): string {
    const separator = isLast ? 10 : 44;
    /** a quote and the separator, as a number of two bytes */
    const ending = (34 << 8) | separator;
    const wanted = column.argument >= 0;
    const value = `v${column.argument}`;
    const length = fixedLength(column.kind);
    const blank = `p + 2 < length && bytes[p + 1] === 34 && bytes[p] === 34 && bytes[p + 2] === ${separator}`;
    const careful = `p = reader.read(bytes, p, length, ${index}); if (p < 0) return rowStart;
            ${carefulSource(column, index)}`;
    if (length > 0 && wanted) {
        const end = `view.getUint16(p + ${length + 1}) === ${ending}`;
        // A blank followed by other blanks can show quotes at the right places too: the content is looked at as well.
        const content = column.kind === 'id' ? ID_CONTENT : 'bytes[p] === 34 && bytes[p + 1] !== 34';
        const guard = `p + ${length + 2} < length && ${end} && ${content}`;
        return `        if (${guard}) { ${fixedSource(column, index)} p += ${length + 3}; } else if (${blank}) {
            ${value} = ${literal(blankValue)}; p += 3;
        } else {
            ${careful}
        }`;
    }
    if (column.kind === 'amount' && wanted) return amountSource(value, separator, careful);
    if (column.kind === 'amountAt' && wanted) return amountAtSource(value, separator, careful);
    if (column.kind === 'boolean' && wanted) return booleanSource(value, separator, careful);
    const hashing = column.kind === 'word' && wanted;
    const found =
        column.kind === 'word'
            ? `${value} = words${index}.code(bytes, view, p + 1, q, h);`
            : column.kind === 'filled'
              ? `${value} = q > p + 1 ? 1 : 0;`
              : column.kind === 'span'
                ? `${value} = p + 1; v${column.argument + 1} = q;`
                : '';
    // Numbers have no fast way: nothing in the pipeline reads many of them.
    if (column.kind === 'number' && wanted) return `        ${careful}`;
    const skip = hashing
        ? 'while (q < length && (c = bytes[q]) !== 34) { h = (Math.imul(h, 31) + c) | 0; q++; }'
        : skipSource('view.getInt32(q, true) ^ 0x22222222', 0x01, 'bytes[q] !== 34');
    const scanned = `q = p + 1; h = 0;
        if (bytes[p] === 34) { ${skip} }
        if (q + 1 < length && bytes[p] === 34 && bytes[q] === 34 && bytes[q + 1] === ${separator}) { ${wanted ? found : ''} p = q + 2; } else {
            ${careful}
        }`;
    if (!hashing) return `        ${scanned}`;
    return `        if (${blank}) { ${value} = ${literal(blankValue)}; p += 3; } else if (bytes[p] === 34 && (q = words${index}.match(view, p + 1, length, ${ending})) !== 0) { ${value} = words${index}.found; p = q + 2; } else {
        ${scanned}
        }`;
}

/** A filled value of known length begins at p + 1. */
function fixedSource({ kind, argument }: FileColumn, index: number): string {
    const value = `v${argument}`;
    if (kind !== 'date' && kind !== 'datetime') return `${value} = p + 1;`;
    const read = kind === 'date' ? 'dayAt' : 'instantAt';
    return `${value} = ${read}(view, p + 1);
            if (${value} === ${OTHER_FORM}) { reader.start = p + 1; reader.end = p + ${fixedLength(kind) + 1}; ${value} = careful(${index}, bytes, view); }`;
}

/** A quote, then 18 bytes that have bit 6 (letters) or bit 4 (digits), which quotes, commas and line breaks lack: four bytes
 *  are asked at a time. */
const ID_CONTENT = `((((c = view.getInt32(p)) | (c << 2)) & 0x404040 | c & 0xff000000) === 0x22404040) && (${[
    4, 8, 12, 15
]
    .map((at) => `((c = view.getInt32(p + ${at})) | (c << 2))`)
    .join(' & ')} & 0x40404040) === 0x40404040`;

function carefulSource(column: FileColumn, index: number): string {
    if (column.argument < 0) return '';
    const value = `v${column.argument}`;
    if (column.kind === 'span') return `${value} = reader.start; v${column.argument + 1} = reader.end;`;
    if (column.kind === 'filled') return `${value} = reader.end > reader.start ? 1 : 0;`;
    return `${value} = careful(${index}, bytes, view);`;
}

/** Moves q to the first byte that, changed as in `word`, is less than `least`; `passes` says the same of a single byte. Four
 *  bytes are asked at a time. What shows in m beyond its lowest mark may be a mistake, so the first byte is the lowest. */
function skipSource(word: string, least: number, passes: string): string {
    return `while (q + 4 <= length && (m = ((c = ${word}) - ${least * 0x01010101}) & ~c & 0x80808080) === 0) q += 4;
            if (q + 4 <= length) q += (31 - Math.clz32(m & -m)) >>> 3;
            else while (q < length && ${passes}) q++;`;
}

/** Up to twelve digits and up to two decimals; everything else the careful way. */
function amountSource(value: string, separator: number, careful: string): string {
    return `        q = p + 1; n = 0;
        if (bytes[p] === 34 && bytes[q] === 45) { q++; n = 1; }
        m = q; s = 0;
        while (q < length && (c = bytes[q] - 48) >= 0 && c <= 9) { s = s * 10 + c; q++; }
        m = q - m;
        s *= 100;
        if (q + 1 < length && bytes[q] === 46 && (c = bytes[q + 1] - 48) >= 0 && c <= 9) {
            s += c * 10; q += 2;
            if (q < length && (c = bytes[q] - 48) >= 0 && c <= 9) { s += c; q++; }
        }
        if (m > 0 && m <= 12 && q + 1 < length && bytes[p] === 34 && bytes[q] === 34 && bytes[q + 1] === ${separator}) {
            ${value} = n === 1 && s !== 0 ? -s : s; p = q + 2;
        } else {
            ${careful}
        }`;
}

/** Only where it stands and that it ends: the sink reads it when it is needed. */
function amountAtSource(value: string, separator: number, careful: string): string {
    return `        q = p + 1;
        ${skipSource('view.getInt32(q, true)', 45, 'bytes[q] > 44')}
        if (q + 1 < length && bytes[p] === 34 && bytes[q] === 34 && bytes[q + 1] === ${separator}) {
            ${value} = q === p + 1 ? -1 : p + 1; p = q + 2;
        } else {
            ${careful}
        }`;
}

/** `"true"` and `"false"` with their separator, as words of four bytes: `"tru` and `e",` after it, `"fals` and `e",`. */
function booleanSource(value: string, separator: number, careful: string): string {
    const truth = wordsOf('"true"', separator);
    const falsehood = wordsOf('"false"', separator);
    return `        if (p + 8 <= length && (c = view.getInt32(p)) === ${truth[0]} && view.getInt32(p + 3) === ${truth[1]}) {
            ${value} = 1; p += 7;
        } else if (p + 8 <= length && c === ${falsehood[0]} && view.getInt32(p + 4) === ${falsehood[1]}) {
            ${value} = 0; p += 8;
        } else {
            ${careful}
        }`;
}

/** The first four and the last four bytes of a quoted word and its separator. */
function wordsOf(quoted: string, separator: number): [number, number] {
    const bytes = Buffer.from(`${quoted}${String.fromCharCode(separator)}`);
    return [bytes.readInt32BE(0), bytes.readInt32BE(bytes.length - 4)];
}
