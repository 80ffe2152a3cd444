import { describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { formatDay } from '../../../src/domain/calendar.ts';
import { minorUnits } from '../../../src/domain/money.ts';
import { NONE } from '../../../src/domain/pipeline/types.ts';
import { kindOfFieldType, spanText, type Column } from '../../../src/salesforce/bulk/columns.ts';
import { CsvScanner, scanCsv } from '../../../src/salesforce/bulk/csv-scanner.ts';

const COLUMNS: Column[] = [
    { name: 'Id', kind: 'id' },
    { name: 'CloseDate', kind: 'date' },
    { name: 'CreatedDate', kind: 'datetime' },
    { name: 'Amount', kind: 'amount' },
    { name: 'Probability', kind: 'number' },
    { name: 'IsClosed', kind: 'boolean' },
    { name: 'StageName', kind: 'word' },
    { name: 'NextStep', kind: 'filled' },
    { name: 'Name', kind: 'span' }
];
const NAMES = COLUMNS.map(({ name }) => name);

type Values = (string | number | boolean | null)[];

/** Rows as plain values, so that they can be compared. */
function scan(csv: string | Uint8Array, columns = COLUMNS, chunkSizes: number[] = []): Values[] {
    const words: string[] = [];
    const rows: Values[] = [];
    const ready = columns.map((column): Column =>
        column.kind === 'word' ? { ...column, codeOf: (word) => words.push(word) - 1 } : column
    );
    const scanner = new CsvScanner(ready, {
        row: (view, ...values) => {
            let at = 0;
            rows.push(
                columns.map(({ kind }) => {
                    const value = values[at++]!;
                    if (kind === 'id') return value < 0 ? '' : spanText(view, value, value + 18);
                    if (kind === 'date') return formatDay(value);
                    if (kind === 'datetime') return Number.isNaN(value) ? '' : new Date(value).toISOString();
                    if (kind === 'word') return words[value]!;
                    if (kind === 'span') return spanText(view, value, values[at++]!);
                    return Number.isNaN(value) ? null : value;
                })
            );
        }
    });
    const bytes = typeof csv === 'string' ? Buffer.from(csv) : csv;
    let from = 0;
    for (let i = 0; from < bytes.length; i++) {
        const size = chunkSizes.length > 0 ? chunkSizes[i % chunkSizes.length]! : bytes.length;
        scanner.push(bytes.subarray(from, from + size));
        from += size;
    }
    expect(scanner.finish()).toBe(rows.length);
    return rows;
}

const quoted = (values: string[]): string =>
    values.map((value) => `"${value.replaceAll('"', '""')}"`).join(',');
const csvOf = (rows: string[][], lineEnd = '\n'): string =>
    [NAMES, ...rows].map(quoted).join(lineEnd) + lineEnd;

const ROW = [
    '006000000000001AAA',
    '2026-11-21',
    '2026-11-21T13:45:59.123Z',
    '1234.5',
    '20.0',
    'true',
    'Proposal',
    'Call',
    'Acme'
];
const READ = [
    '006000000000001AAA',
    '2026-11-21',
    '2026-11-21T13:45:59.123Z',
    123450,
    20,
    1,
    'Proposal',
    1,
    'Acme'
];
const with_ = (changes: Record<string, string>): string[] => NAMES.map((name, i) => changes[name] ?? ROW[i]!);

describe('a row', () => {
    test('gives a value of each kind', () => {
        expect(scan(csvOf([ROW]))).toEqual([READ]);
    });

    test('of nulls gives blanks', () => {
        expect(scan(csvOf([NAMES.map(() => '')]))).toEqual([['', '', '', null, null, -1, '', 0, '']]);
        expect(scan(`${NAMES.join(',')}\n,,,,,,,,\n`)).toEqual([['', '', '', null, null, -1, '', 0, '']]);
    });

    test('may be blank almost everywhere without its quotes being taken for those of an id', () => {
        expect(
            scan(
                csvOf([
                    with_({
                        Id: '',
                        CloseDate: '',
                        CreatedDate: '',
                        Amount: '',
                        Probability: '',
                        IsClosed: '',
                        StageName: ''
                    })
                ])
            )
        ).toEqual([['', '', '', null, null, -1, '', 1, 'Acme']]);
        expect(() => scan(csvOf([with_({ Id: 'abcde', CloseDate: 'fghijklmno' })]))).toThrow('ID_INVALID');
    });

    test('may hold commas, quotes, line breaks, emoji and right-to-left text', () => {
        const name = 'O"Neil, "Söhne"\r\n& 🚀 \u202bمرحبا';
        expect(scan(csvOf([with_({ Name: name, StageName: name }), ROW]))).toEqual([
            [...READ.slice(0, 6), name, 1, name],
            READ
        ]);
    });

    test('may end in CRLF, and the last one in nothing', () => {
        expect(scan(csvOf([ROW, ROW], '\r\n'))).toEqual([READ, READ]);
        expect(scan(csvOf([ROW]).trimEnd())).toEqual([READ]);
    });

    test('is read in any order of columns, and columns nobody wants are passed over', () => {
        const header = '"Extra","Name","Id","Other"';
        expect(
            scan(`${header}\n"a ""b""\n","Acme","006000000000001AAA",""\n`, [COLUMNS[0]!, COLUMNS[8]!])
        ).toEqual([['006000000000001AAA', 'Acme']]);
    });

    test('without an optional column gives its blank', () => {
        const columns: Column[] = [
            COLUMNS[8]!,
            ...COLUMNS.slice(0, 8).map((column) => ({ ...column, isOptional: true }))
        ];
        expect(scan('"Name"\n"Acme"\n', columns)).toEqual([['Acme', '', '', '', null, null, -1, '', 0]]);
    });

    test.each([
        ['-0.01', -1],
        ['.5', 50],
        ['-5', -500],
        ['1.2345678E7', 1_234_567_800],
        ['0', 0],
        ['-0', 0],
        ['999999999999.99', 99_999_999_999_999],
        ['8999999999999', 899_999_999_999_900],
        ['1.005', 101],
        ['12.', 1200]
    ])('has the exact amount %s', (text, minor) => {
        expect(scan(csvOf([with_({ Amount: text })]))[0]![3]).toBe(minor);
    });

    test.each([
        ['1969-12-31', '1969-12-30'],
        ['0001-01-01', '0001-01-01'],
        ['9999-12-31', '9999-12-31'],
        ['2024-02-29', '2024-02-29'],
        ['1900-01-01', '1900-01-01']
    ])('has the date %s', (text, day) => {
        expect(scan(csvOf([with_({ CloseDate: text })]))[0]![1]).toBe(day);
        expect(NONE).toBe(-1);
    });

    test('may write its instants with another zone offset', () => {
        expect(scan(csvOf([with_({ CreatedDate: '2026-11-21T13:45:59.123+0000' })]))).toEqual([READ]);
    });
});

describe('what is wrong', () => {
    test.each([
        ['too few columns', [...ROW.slice(0, 8)], 'CSV_ROW_MALFORMED at data row 2, column 8'],
        ['too many columns', [...ROW, 'x'], 'CSV_ROW_MALFORMED at data row 2, column 9'],
        ['an id of another length', with_({ Id: '006' }), 'ID_INVALID at data row 2, Id'],
        [
            'a date that does not exist',
            with_({ CloseDate: '2026-02-29' }),
            'DATE_INVALID at data row 2, CloseDate'
        ],
        ['a date with letters', with_({ CloseDate: '2026-1a-01' }), 'DATE_INVALID'],
        ['another way to write dates', with_({ CloseDate: '21/11/2026' }), 'DATE_INVALID'],
        [
            'an hour that does not exist',
            with_({ CreatedDate: '2026-11-21T24:45:59.123Z' }),
            'DATETIME_INVALID at data row 2, CreatedDate'
        ],
        ['an amount that is too large', with_({ Amount: '1e15' }), 'AMOUNT_TOO_LARGE at data row 2, Amount'],
        ['an amount with two points', with_({ Amount: '1.2.3' }), 'AMOUNT_INVALID'],
        ['a number that is none', with_({ Probability: 'high' }), 'NUMBER_INVALID'],
        ['a boolean that is none', with_({ IsClosed: 'yes' }), 'BOOLEAN_INVALID']
    ])('%s is named with its row', (_what, row, message) => {
        expect(() => scan(csvOf([ROW, row, ROW]))).toThrow(message);
    });

    test('text around quotes is refused', () => {
        expect(() => scan(csvOf([ROW]) + `x${quoted(ROW)}\n`)).toThrow('a quote inside an unquoted field');
        expect(() => scan(csvOf([ROW]) + quoted(ROW).replace('"Acme"', '"Acme" ') + '\n')).toThrow(
            'text after the closing quote'
        );
    });

    test('a quote that is never closed is refused at the end of the file, and after 8 MB', () => {
        expect(() => scan(csvOf([ROW]) + '"006')).toThrow('a quote is never closed');
        expect(() => scan(csvOf([ROW]) + `"${'x'.repeat(9_000_000)}`)).toThrow('a row longer than 8 MB');
    });

    test('a file that was cut off in a row is refused', () => {
        expect(() => scan(csvOf([ROW, ROW]).slice(0, -40))).toThrow('CSV_ROW_MALFORMED at data row 2');
    });

    test('a header without a wanted column, or with one twice, is refused', () => {
        expect(() => scan('"Id"\n')).toThrow('CSV_HEADER_UNEXPECTED');
        expect(() => scan('"Id","Id"\n', [COLUMNS[0]!])).toThrow('CSV_HEADER_UNEXPECTED');
    });

    test('an empty file is refused, a header alone is no rows', async () => {
        expect(() => scan('')).toThrow('CSV_EMPTY');
        expect(scan(quoted(NAMES))).toEqual([]);
        const sink = { row: () => expect('a row').toBe('none') };
        await expect(
            scanCsv([Buffer.from('"Id"\n')] as unknown as AsyncIterable<Uint8Array>, [COLUMNS[0]!], sink)
        ).resolves.toBe(0);
    });
});

test('kinds follow the field types of describe', () => {
    expect(['reference', 'currency', 'picklist', 'datetime', 'textarea'].map(kindOfFieldType)).toEqual([
        'id',
        'amount',
        'word',
        'datetime',
        'span'
    ]);
});

test('more words than fit at first are kept apart', () => {
    const rows = Array.from({ length: 500 }, (_, i) => with_({ StageName: `Stage ${(i * 7) % 250}` }));
    expect(scan(csvOf(rows)).map((row) => row[6])).toEqual(rows.map((row) => row[6]));
});

test('words that begin alike are kept apart, in any order and of any length', () => {
    const words = [
        'Closed Won',
        'Closed Lost',
        'Closed Wonder',
        'Closed',
        'Clos',
        'Clo',
        'Closed "Won"',
        'Closed Won'.repeat(5),
        'Propose',
        'Proposal'
    ];
    fc.assert(
        fc.property(fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 60 }), (stages) => {
            expect(scan(csvOf(stages.map((StageName) => with_({ StageName })))).map((row) => row[6])).toEqual(
                stages
            );
        }),
        { numRuns: 50 }
    );
});

// Any file, cut anywhere, read as csv-parse reads it.

const text = fc.oneof(
    fc.string({ maxLength: 8 }),
    fc
        .array(fc.constantFrom('"', ',', '\n', '\r\n', 'a', 'é', '🚀', ' '), { maxLength: 6 })
        .map((parts) => parts.join('')),
    fc.constantFrom('', 'Proposal', 'Closed Won')
);
const orNull = (value: fc.Arbitrary<string>): fc.Arbitrary<string> =>
    fc.oneof({ weight: 4, arbitrary: value }, fc.constant(''));
const isoDay = fc
    .integer({ min: -25_567, max: 100_000 })
    .filter((day) => day !== -1)
    .map(formatDay);
const anyRow = fc.tuple(
    orNull(fc.string({ unit: fc.constantFrom(...'0aZ9'), minLength: 18, maxLength: 18 })),
    orNull(isoDay),
    orNull(fc.integer({ min: 0, max: 4e12 }).map((ms) => new Date(ms).toISOString())),
    orNull(fc.integer({ min: -1e14, max: 1e14 }).map((minor) => (minor / 100).toFixed(Math.abs(minor) % 3))),
    orNull(fc.double({ noNaN: true, noDefaultInfinity: true }).map(String)),
    orNull(fc.constantFrom('true', 'false')),
    text,
    text,
    text
);
/** Fields that need no quotes may go without them. */
const anyFile = fc
    .tuple(
        fc.array(anyRow, { maxLength: 6 }),
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        fc.infiniteStream(fc.boolean())
    )
    .map(([rows, lineEnd, endsWithLine, unquoted]) => {
        const line = (values: string[]): string =>
            values
                .map((value) =>
                    /^[^",\r\n]+$/.test(value) && unquoted.next().value ? value : quoted([value])
                )
                .join(',');
        return [line(NAMES), ...rows.map(line)].join(lineEnd) + (endsWithLine ? lineEnd : '');
    });

function asParsed(csv: string): Values[] {
    return (parse(csv, { columns: true, relax_quotes: false }) as Record<string, string>[]).map((row) => {
        const v = (name: string): string => row[name]!;
        return [
            v('Id'),
            v('CloseDate'),
            v('CreatedDate'),
            minorUnits(v('Amount'), 'Amount'),
            v('Probability') === '' ? null : Number(v('Probability')),
            { true: 1, false: 0, '': -1 }[v('IsClosed')]!,
            v('StageName'),
            v('NextStep') === '' ? 0 : 1,
            v('Name')
        ];
    });
}

test('any file is read as csv-parse reads it, wherever the chunks are cut', () => {
    fc.assert(
        fc.property(
            anyFile,
            fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 5 }),
            (csv, chunkSizes) => {
                const expected = asParsed(csv);
                expect(scan(csv)).toEqual(expected);
                expect(scan(csv, COLUMNS, chunkSizes)).toEqual(expected);
            }
        ),
        { numRuns: 500 }
    );
});
