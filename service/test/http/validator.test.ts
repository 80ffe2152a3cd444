import { describe, expect, test } from '@jest/globals';
import { FactBatchSchema } from '../../src/http/fact-schemas.ts';
import { RunRequestSchema } from '../../src/http/schemas.ts';
import { validatorCompiler } from '../../src/http/validator.ts';

type Checked = { value?: unknown; error?: { instancePath: string }[] };
const compiled = (schema: unknown) =>
    validatorCompiler({ schema, httpPart: 'body', method: 'POST', url: '/' } as never) as (
        value: unknown
    ) => Checked;
const placeIn = (schema: unknown) => {
    const check = compiled(schema);
    return (value: unknown) => check(value).error?.map(({ instancePath }) => instancePath);
};

const FACT = { signal: 's', person: '005000000000001AAA', day: '2026-11-01', value: '1', sourceId: '1' };
const BATCH = {
    batch: 'b',
    source: 's',
    extractedAt: '2026-11-20T08:00:00Z',
    stated: { count: 1, total: '1' },
    facts: [FACT]
};

describe('what is wrong with a body', () => {
    const place = placeIn(FactBatchSchema);

    test('nothing, when it has the shape', () => {
        expect(compiled(FactBatchSchema)(BATCH)).toEqual({ value: BATCH });
    });

    test.each([
        ['the value itself', 7, ''],
        ['a part', { ...BATCH, batch: 1 }, '/batch'],
        ['a part of a part', { ...BATCH, stated: { count: -1, total: '1' } }, '/stated/count'],
        ['a row', { ...BATCH, facts: [FACT, FACT, 9] }, '/facts/2'],
        ['a part of a row', { ...BATCH, facts: [FACT, { ...FACT, person: 'x' }] }, '/facts/1/person'],
        ['too many rows', { ...BATCH, facts: new Array(10_001).fill(FACT) }, '/facts'],
        ['a part that is missing', { ...BATCH, stated: undefined }, '/stated'],
        ['a part that is one too many', { ...BATCH, more: 1 }, '']
    ])('%s is named', (_what, value, expected) => {
        expect(place(value)).toEqual([expected]);
    });

    test('of several shapes, the one is meant whose fixed words fit', () => {
        const ofRun = placeIn(RunRequestSchema);
        expect(ofRun({ kind: 'pay', period: '' })).toEqual(['/period']);
        expect(ofRun({ kind: 'simulation', from: 'May' })).toEqual(['/from']);
        expect(ofRun({ kind: 'unknown' })).toEqual(['']);
    });

    test('only the first of millions is named', () => {
        expect(place({ ...BATCH, batch: 1, facts: new Array(1_000_000).fill(1) })).toEqual(['/batch']);
    });
});
