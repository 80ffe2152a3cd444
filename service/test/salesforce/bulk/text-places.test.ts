import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { spanText } from '../../../src/salesforce/bulk/columns.ts';
import { CsvScanner } from '../../../src/salesforce/bulk/csv-scanner.ts';

/** The bytes that stand where the scanner says a text begins, up to its length; '' where it says blank. */
function placesOf(texts: readonly string[], kind: 'amountAt' | 'span', chunkSizes: number[]): string[] {
    const found: string[] = [];
    const written = texts.map((one) => one.replaceAll('"', '""'));
    const scanner = new CsvScanner([{ name: 'Text', kind }], {
        row: (view, at) => {
            const { length } = Buffer.from(written[found.length]!);
            found.push(at! < 0 ? '' : spanText(view, at!, at! + length));
        }
    });
    const bytes = Buffer.from(`"Text"\n${written.map((one) => `"${one}"\n`).join('')}`);
    for (let from = 0, i = 0; from < bytes.length; i++) {
        const size = chunkSizes[i % chunkSizes.length]!;
        scanner.push(bytes.subarray(from, from + size));
        from += size;
    }
    scanner.finish();
    return found;
}

test('the place of an amount or of any text is found, whatever it says and wherever the chunks are cut', () => {
    const anyByte = fc.oneof(
        fc.string({ unit: fc.integer({ min: 0, max: 0x7f }).map((code) => String.fromCharCode(code)) }),
        fc.string({ unit: 'binary' }),
        fc.constantFrom('#"', '!"#', '-12.5', '1234567.25', '1,000', '')
    );
    fc.assert(
        fc.property(
            fc.array(anyByte, { minLength: 1, maxLength: 8 }),
            fc.constantFrom('amountAt' as const, 'span' as const),
            fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 }),
            (texts, kind, chunkSizes) => {
                expect(placesOf(texts, kind, chunkSizes)).toEqual(texts);
            }
        ),
        { numRuns: 500 }
    );
});
