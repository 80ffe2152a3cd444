// Texts people write into the org and files of the product, with names in them that every object of the process has: read, they
// are names like others or refused, and no object has changed. Bodies of requests are in bodies.test.ts.
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from '@jest/globals';
import { parseDataMap } from '../../src/domain/data-rights/data-map.ts';
import { parseExactJson } from '../../src/domain/incentives/input-file/exact-json.ts';
import { parseCases } from '../../src/domain/incentives/parse-cases.ts';
import { parseInput } from '../../src/domain/incentives/parse-input.ts';
import { parsePlan } from '../../src/domain/incentives/parse-plan.ts';
import { parseRulePack } from '../../src/domain/incentives/rule-packs/parse-rule-pack.ts';
import { parsePackCases } from '../../src/domain/incentives/rule-packs/run-pack-cases.ts';
import { parseFormula, parseMetrics } from '../../src/domain/scorecards/definition-file/parse-metrics.ts';
import { parseSignals } from '../../src/domain/scorecards/definition-file/parse-signals.ts';
import { parseStandards } from '../../src/domain/scorecards/definition-file/parse-standards.ts';
import { parseTemplate } from '../../src/domain/scorecards/definition-file/parse-template.ts';
import { SELLER_PLAN } from '../support/pay-org.ts';

const NAMES = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'];
const config = fileURLToPath(new URL('../../../config/', import.meta.url));
const first = (pattern: string): string =>
    readFileSync(config + globSync(pattern, { cwd: config }).sort()[0]!, 'utf8');

const shared = [Object.prototype, Array.prototype, Map.prototype, Function.prototype];
const shapeOf = () =>
    shared.map((one) =>
        Reflect.ownKeys(one).map((name) => [name, Object.getOwnPropertyDescriptor(one, name)!.value])
    );
const before = shapeOf();
afterEach(() => expect(shapeOf()).toEqual(before));

interface Reader {
    text: string;
    /** the problems it names, in whatever shape they are kept */
    read: (text: string) => { problems: readonly unknown[] };
}

const READERS: Record<string, Reader> = {
    'a plan': { text: SELLER_PLAN, read: parsePlan },
    'cases of a plan': { text: first('plans/*/cases.yaml'), read: parseCases },
    'a rule pack': { text: first('rule-packs/*/pack.yaml'), read: parseRulePack },
    'cases of a rule pack': { text: first('rule-packs/*/cases.yaml'), read: parsePackCases },
    signals: { text: first('scorecards/signals.yaml'), read: parseSignals },
    metrics: { text: first('scorecards/metrics.yaml'), read: parseMetrics },
    standards: { text: first('scorecards/standards.yaml'), read: parseStandards },
    'a scorecard': {
        text: first('scorecards/*/scorecard.yaml'),
        read: (text) => parseTemplate(text, 'adviser/scorecard.yaml')
    },
    'the map of personal data': { text: first('data-map.yaml'), read: parseDataMap }
};

/** The words before a colon, each once. */
function keysOf(text: string): string[] {
    return [...new Set([...text.matchAll(/(?:^|[{,\s-])([A-Za-z][\w-]*):(?=\s)/gm)].map(([, key]) => key!))];
}

describe.each(Object.entries(READERS))('%s', (_what, { text, read }) => {
    test('is read without a fault as it stands', () => {
        expect(read(text).problems).toEqual([]);
        expect(keysOf(text).length).toBeGreaterThan(3);
    });

    test.each(NAMES)('with a line %s at the end is refused, the name told', (name) => {
        const { problems } = read(`${text}\n${name}: { polluted: true }\n`);
        expect(JSON.stringify(problems)).toContain(name);
        expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    });

    test.each(NAMES.slice(0, 2))(
        'with %s in the place of any of its words is refused or keeps it as a name',
        (name) => {
            for (const key of keysOf(text)) {
                const word = new RegExp(`(^|[{,\\s-])${key}:(?=\\s)`, 'gm');
                // Whatever it answers, it answers: nothing is thrown.
                expect(Array.isArray(read(text.replace(word, `$1${name}:`)).problems)).toBe(true);
            }
        }
    );
});

test.each(NAMES)('terms of an assignment and input of a plan called %s stay names', (name) => {
    const value = parseExactJson(`{"${name}":{"polluted":true}}`, 'terms') as Record<string, unknown>;
    expect(Object.keys(value)).toEqual([name]);
    expect(Object.hasOwn(value, name)).toBe(true);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    const { problems } = parseInput(`{"${name}":[{"polluted":true}]}`, parsePlan(SELLER_PLAN).plan!);
    expect(JSON.stringify(problems)).toContain(name);
});

test.each(NAMES)('%s is nothing a formula of a metric knows', (name) => {
    for (const formula of [name, `${name}()`, `count(${name})`, `count(deals.${name})`])
        expect(parseFormula(formula).problems).not.toEqual([]);
});
