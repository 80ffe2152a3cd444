import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { parseCases } from '../../../src/domain/incentives/parse-cases.ts';
import { parsePlan } from '../../../src/domain/incentives/parse-plan.ts';
import { calculateAsJson } from '../../../src/domain/incentives/run-cases.ts';
import { sealOf, type Sealable } from '../../../src/domain/incentives/seal.ts';
import { checkResult } from '../../../src/domain/incentives-checker/check.ts';

const folder = fileURLToPath(new URL('../../../../config/plans', import.meta.url));

interface Sample {
    plan: string;
    input: string;
    result: string;
}

function samplesOf(key: string): Sample[] {
    const plan = readFileSync(`${folder}/${key}/plan.yaml`, 'utf8');
    const { cases } = parseCases(readFileSync(`${folder}/${key}/cases.yaml`, 'utf8'));
    const parsed = parsePlan(plan).plan!;
    return cases!.map(({ given }) => ({ plan, input: given, result: calculateAsJson(parsed, given).json }));
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Parent = Record<string, Json>;

interface Leaf {
    where: string;
    parent: Parent;
    key: string;
}

/** Every value of a result that is no list and no map. Lists are walked by index, as places name them. */
function leavesOf(json: Json, where = ''): Leaf[] {
    if (typeof json !== 'object' || json === null) return [];
    return Object.entries(json).flatMap(([key, value]) => {
        const place = Array.isArray(json) ? `${where}[${key}]` : where === '' ? key : `${where}.${key}`;
        const isLeaf = typeof value !== 'object' || value === null;
        return isLeaf ? [{ where: place, parent: json as Parent, key }] : leavesOf(value as Json, place);
    });
}

/** A cent more, the next day, one sign more: the least that can be changed. */
function changed(value: Json): Json {
    if (typeof value === 'boolean') return !value;
    if (typeof value === 'number') return value + 1;
    if (typeof value !== 'string') return '0';
    if (/^\d{4}-\d\d-\d\d$/.test(value))
        return new Date(Date.parse(`${value}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
    if (/^-?[\d./]*\d$/.test(value)) return value.slice(0, -1) + String((Number(value.at(-1)) + 1) % 10);
    return `${value}x`;
}

function resealed(result: Parent): string {
    const { seal: _, ...rest } = result;
    return JSON.stringify({ ...rest, seal: sealOf(rest as unknown as Sealable) });
}

/** What only the seal holds: words, the hash of the plan's text, what is said of problems. */
const WORDS = /(\.what$)|^plan\.hash$|(^|\.)problems\[|^seal\./;

const MECHANICS = [
    'quarterly-accelerator',
    'production-grid',
    'split-commission',
    'override-two-levels',
    'chargeback-by-days',
    'risk-taker-deferral',
    'draw-two-ways',
    'policy-advance',
    'paid-in-thirds',
    'paid-on-cash',
    'commission-asset',
    'weighted-pool',
    'several-currencies',
    'company-gate',
    'cumulative-cap',
    'ramped-quota'
];

/** Long lists of equal entries are tried in part. */
const MOST_LEAVES = 220;

function spread<T>(items: readonly T[]): T[] {
    const step = Math.ceil(items.length / MOST_LEAVES);
    return items.filter((_, index) => index % step === 0);
}

describe('the checker agrees with the engine', () => {
    test.each(readdirSync(folder))('on every case of %s', (key) => {
        for (const { plan, input, result } of samplesOf(key))
            expect(checkResult(plan, input, result)).toEqual([]);
    });
});

describe('a result that was changed', () => {
    test.each(MECHANICS)(
        'is found out and the place named, whichever value of a case of %s it was',
        (key) => {
            const { plan, input, result } = samplesOf(key).at(-1)!;
            const json = JSON.parse(result) as Parent;
            const leaves = spread(leavesOf(json).filter(({ where }) => !WORDS.test(where)));
            expect(leaves.length).toBeGreaterThan(20);
            const unnamed = leaves.filter(({ where, parent, key: name }) => {
                const before = parent[name]!;
                parent[name] = changed(before);
                const findings = checkResult(plan, input, resealed(json));
                parent[name] = before;
                return !findings.some((finding) => finding.where === where);
            });
            expect(unnamed.map(({ where }) => where)).toEqual([]);
        }
    );

    test('is found out by its seal where only words were changed', () => {
        const { plan, input, result } = samplesOf('unlock-gate')[0]!;
        const json = JSON.parse(result) as Parent;
        const leaves = leavesOf(json).filter(({ where }) => WORDS.test(where));
        expect(leaves.length).toBeGreaterThan(5);
        for (const { parent, key } of leaves) {
            const before = parent[key]!;
            parent[key] = changed(before);
            const findings = checkResult(plan, input, JSON.stringify(json));
            parent[key] = before;
            expect(findings.map(({ where }) => where)).toContainEqual(expect.stringMatching(/^seal\./));
        }
    });

    test('is found out where something was taken out, put in twice or put in another order', () => {
        const { plan, input, result } = samplesOf('risk-taker-deferral')[0]!;
        const lists = listsOf(JSON.parse(result) as Json);
        expect(lists.length).toBeGreaterThan(5);
        for (const change of [(list: Json[]) => list.pop(), (list: Json[]) => list.push(list[0]!), turned])
            for (const index of lists.keys()) {
                const json = JSON.parse(result) as Parent;
                const list = listsOf(json)[index]!;
                const before = JSON.stringify(list);
                change(list);
                if (JSON.stringify(list) !== before)
                    expect(checkResult(plan, input, resealed(json))).not.toEqual([]);
            }
    });

    test('is found out where a payee, a period, a component or any other part of a statement is missing', () => {
        const { plan, input, result } = samplesOf('override-two-levels')[0]!;
        const filled = (json: Parent): Parent[] =>
            mapsOf(json['payees']!).filter((map) => Object.keys(map).length > 0);
        const maps = filled(JSON.parse(result) as Parent);
        expect(maps.length).toBeGreaterThan(10);
        const parts = maps.flatMap((map, index) => Object.keys(map).map((key) => ({ index, key })));
        for (const { index, key } of parts.filter((part) => part.key !== 'periods')) {
            const json = JSON.parse(result) as Parent;
            delete filled(json)[index]![key];
            expect(checkResult(plan, input, resealed(json))).not.toEqual([]);
        }
    });
});

function turned(list: Json[]): void {
    list.reverse();
}

function listsOf(json: Json): Json[][] {
    if (typeof json !== 'object' || json === null) return [];
    const inside = Object.values(json).flatMap((value) => listsOf(value as Json));
    return Array.isArray(json) ? [json, ...inside] : inside;
}

function mapsOf(json: Json): Parent[] {
    if (typeof json !== 'object' || json === null) return [];
    const inside = Object.values(json).flatMap((value) => mapsOf(value as Json));
    return Array.isArray(json) ? inside : [json, ...inside];
}
