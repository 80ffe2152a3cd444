import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Ratio } from '../../../../src/domain/ratio.ts';
import { checkAward } from '../../../../src/domain/incentives/rule-packs/check-award.ts';
import {
    overlapsOf,
    packInForce,
    standingOf
} from '../../../../src/domain/incentives/rule-packs/pack-in-force.ts';
import { parseRulePack } from '../../../../src/domain/incentives/rule-packs/parse-rule-pack.ts';
import {
    requirementsFor,
    type PersonYear
} from '../../../../src/domain/incentives/rule-packs/requirements.ts';
import { runPackCase } from '../../../../src/domain/incentives/rule-packs/run-pack-cases.ts';
import { casesOf, packKeys, packOf, packText } from './packs.ts';

const packs = packKeys.map(packOf);

describe.each(packKeys)('%s', (key) => {
    test('is read without problems and is told under the name of its folder', () => {
        expect(parseRulePack(packText(key)).problems).toEqual([]);
        expect(packOf(key).key).toBe(key);
    });

    test('has worked cases where it asks for figures, and all come out', () => {
        const pack = packOf(key);
        const cases = casesOf(key);
        expect(cases.length > 3).toBe(pack.requirements.length > 0);
        for (const one of cases)
            expect({ case: one.name, differences: runPackCase(pack, one) }).toEqual({
                case: one.name,
                differences: []
            });
    });

    test('every figure has a source that is listed, a day and a status', () => {
        for (const figure of packOf(key).figures) {
            expect(packOf(key).sources.map((source) => source.key)).toContain(figure.source);
            expect(figure.asOf).toMatch(/^20\d\d-\d\d-\d\d$/);
        }
    });
});

test('only what was read in the text of the rule itself is not to be confirmed', () => {
    const stated = packs.flatMap(({ key, figures }) =>
        figures.filter(({ status }) => status === 'stated').map((figure) => `${key}.${figure.key}`)
    );
    expect(stated).toEqual([
        'uk-investment-firms.smallFirm',
        'uk-investment-firms.largeFirm',
        'uk-investment-firms.tradingBook',
        'uk-investment-firms.derivatives'
    ]);
});

describe('which pack is in force', () => {
    test('packs of a regime follow each other without a gap or an overlap', () => {
        expect(overlapsOf(packs)).toEqual([]);
        expect(packInForce(packs, 'uk-banks', '2025-10-15')?.key).toBe('uk-banks-before-2025');
        expect(packInForce(packs, 'uk-banks', '2025-10-16')?.key).toBe('uk-banks-2025');
        expect(packInForce(packs, 'uk-banks', '2019-01-01')).toBeNull();
    });

    test('a firm may apply the reform before it must', () => {
        expect(standingOf(packOf('uk-banks-2025'), '2025-01-01')).toBe('optional');
        expect(standingOf(packOf('uk-banks-2025'), '2024-12-31')).toBe('notInForce');
    });

    test('two packs in force on the same day are told', () => {
        const [old, reformed] = [packOf('uk-banks-before-2025'), packOf('uk-banks-2025')];
        const open = { ...old, effectiveTo: null };
        expect(overlapsOf([reformed, open]).map(({ code, value }) => [code, value])).toEqual([
            ['PACKS_OVERLAP', open.key]
        ]);
        expect(overlapsOf([old, { ...reformed, key: old.key }]).map(({ code }) => code)).toEqual([
            'PACK_TWICE'
        ]);
    });
});

describe('a pack that is written wrongly', () => {
    test('every problem is told at once, with its place, line and remedy', () => {
        const { pack, problems } = parseRulePack(`pack: p
version: "1"
name: P
regime: p
authority: somebody
datedBy: plan
effective: { from: 2026-13-01, to: 2025-01-01 }
sources: { a: { title: A } }
figures:
  cap: { value: a lot, meaning: most, source: b, status: certain, asOf: 2026-01-01 }
requirements:
  one: { of: variablPart, most: fixed * figure.capp, source: a }
  two: { of: variablePart, source: a }
checks:
  three: { check: cliff, onHit: fail, source: a }
  four: { check: cliffs, onHit: fail, source: a }
  five: { check: cliffs, limit: capp, onHit: explode, source: a }
`);
        expect(pack).toBeNull();
        expect(problems.map(({ code, where }) => `${code} ${where.replace(/ \(.*/, '')}`)).toEqual([
            'DATE_INVALID effective.from',
            'FIGURE_WANTED figures.cap.value',
            'SOURCE_UNKNOWN figures.cap.source',
            'CHOICE_UNKNOWN figures.cap.status',
            'CHOICE_UNKNOWN requirements.one.of',
            'NAME_UNKNOWN requirements.one.most',
            'BOUND_WANTED requirements.two',
            'CHECK_UNKNOWN checks.three.check',
            'MISSING checks.four.limit',
            'FIGURE_UNKNOWN checks.five.limit',
            'CHOICE_UNKNOWN checks.five.onHit'
        ]);
        expect(problems.every(({ fix, where }) => fix !== '' && /line \d+/.test(where))).toBe(true);
    });

    test('an end before the beginning, and a pack that asks nothing', () => {
        const head =
            'pack: p\nversion: "1"\nname: P\nregime: p\nauthority: x\ndatedBy: plan\nsources: { a: { title: A } }\n';
        const codes = (rest: string): string[] => parseRulePack(head + rest).problems.map(({ code }) => code);
        expect(codes('effective: { from: 2026-02-01, to: 2026-01-01 }\n')).toEqual([
            'PACK_EMPTY',
            'DATES_REVERSED'
        ]);
        expect(codes('effective: { from: 2026-02-01 }\noptionalFrom: 2026-02-01\n')).toEqual([
            'PACK_EMPTY',
            'DATES_REVERSED'
        ]);
    });
});

describe('what is told of an award', () => {
    const person: PersonYear = {
        id: 'ada',
        yearStart: '2026-01-01',
        fixed: Ratio.of(300_000),
        variable: Ratio.of(400_000),
        facts: { isSeniorManager: false, isUnderInvestigation: false }
    };

    test('verdict, what was found, the limit, the source, what to change, and that compliance must confirm', () => {
        const award = {
            clawbackMonths: 84,
            parts: [{ afterMonths: 0, amount: Ratio.of(400_000), form: 'cash' as const, retentionMonths: 0 }]
        };
        const deferred = checkAward(packOf('uk-banks-2025'), person, award).find(
            ({ check }) => check === 'deferredPart'
        );
        expect(deferred).toMatchObject({
            verdict: 'fail',
            found: 'deferred part 0',
            limit: 'at least 160000', // 400000 x 40%
            fix: 'Defer more of the award.',
            citation: 'PRA PS21/25 and FCA PS25/15, Remuneration reform (2025-10-15)',
            isToBeConfirmed: true
        });
        expect(deferred?.figures.map(({ key, text }) => `${key} ${text}`)).toEqual([
            'lowerRate 40%',
            'higherRate 60%',
            'band 660000',
            'smallTotal 660000',
            'smallShare 33%'
        ]);
    });

    test('a person without variable pay is asked nothing that could fail', () => {
        const findings = checkAward(packOf('uk-banks-2025'), person, { clawbackMonths: null, parts: [] });
        expect(findings.filter(({ verdict }) => verdict === 'fail')).toEqual([]);
    });

    test('a fact that is not known is asked for by name', () => {
        const [clawback] = requirementsFor(packOf('uk-banks-2025'), { ...person, facts: {} }).filter(
            ({ requirement }) => requirement === 'clawback'
        );
        expect(clawback?.amount).toBeNull();
        expect(clawback?.problem).toMatchObject({ code: 'FACT_MISSING', value: 'isSeniorManager' });
    });
});

test('since the reform one pound more of variable pay never leaves less at once', () => {
    const pack = packOf('uk-banks-2025');
    const upfront = (variable: bigint): Ratio => {
        const person = {
            id: 'p',
            yearStart: '2026-01-01',
            fixed: Ratio.of(1),
            variable: Ratio.of(variable),
            facts: {}
        };
        const asked = requirementsFor(pack, person).find(({ subject }) => subject === 'deferredPart');
        return Ratio.of(variable).minus(asked!.amount!);
    };
    fc.assert(
        fc.property(fc.bigInt(1n, 5_000_000n), fc.bigInt(1n, 100_000n), (variable, more) => {
            expect(upfront(variable + more).compare(upfront(variable))).toBeGreaterThan(0);
        }),
        { seed: 4, numRuns: 200 }
    );
});

test('before the reform one pound more at 500,000 left a hundred thousand less at once', () => {
    const pack = packOf('uk-banks-before-2025');
    const deferred = (variable: number): string => {
        const facts = { isDirectorOfSignificantFirm: false };
        const person = {
            id: 'p',
            yearStart: '2023-01-01',
            fixed: Ratio.of(1),
            variable: Ratio.of(variable),
            facts
        };
        return String(
            requirementsFor(pack, person).find(({ subject }) => subject === 'deferredPart')!.amount
        );
    };
    expect([deferred(499_999), deferred(500_000)]).toEqual(['199999.6', '300000']); // 100,000.40 more for one pound
});
