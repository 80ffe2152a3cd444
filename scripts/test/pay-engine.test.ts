// The engine of pages is the engine of the service: the same bytes as a fresh bundle, and the same results, run as Lightning
// runs it: through the compiler of components and where code made from text is forbidden.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { build, type Plugin } from 'esbuild';
import { parseCases } from '../../service/src/domain/incentives/parse-cases.ts';
import { parsePlan } from '../../service/src/domain/incentives/parse-plan.ts';
import { calculateAsJson } from '../../service/src/domain/incentives/run-cases.ts';
import { lwcFolder } from '../local-org/lightning/build/lwc-folder.ts';
import { ENGINE_FOLDER, engineFiles } from '../pay-engine/bundle.ts';

const plansFolder = fileURLToPath(new URL('../../config/plans', import.meta.url));
const plans = readdirSync(plansFolder).sort();

interface PageEngine {
    ENGINE_HASH: string;
    readPlan(definition: string): { plan: unknown; problems: unknown[] };
    pay(plan: unknown, inputJson: string): unknown;
}

/** The compiler lets the framework know every class it meets; those of the engine are no components. */
const lightning: Plugin = {
    name: 'lightning',
    setup(builder) {
        builder.onResolve({ filter: /^lwc$/ }, () => ({ path: 'lwc', namespace: 'lightning' }));
        builder.onLoad({ filter: /.*/, namespace: 'lightning' }, () => ({
            contents: 'export const registerDecorators = (known) => known;'
        }));
    }
};

let engine: PageEngine;

beforeAll(async () => {
    const { outputFiles } = await build({
        entryPoints: [join(ENGINE_FOLDER, 'payEngine.js')],
        bundle: true,
        write: false,
        format: 'iife',
        globalName: 'payEngine',
        plugins: [lightning, lwcFolder({ root: dirname(ENGINE_FOLDER), namespace: 'c' })]
    });
    const page = createContext({ TextEncoder }, { codeGeneration: { strings: false, wasm: false } });
    engine = runInContext(`${outputFiles[0]!.text}; payEngine`, page) as PageEngine;
});

test('is what a fresh bundle of the service gives: run node scripts/pay-engine/main.ts when it is not', async () => {
    for (const [name, text] of await engineFiles())
        expect([name, readFileSync(join(ENGINE_FOLDER, name), 'utf8') === text]).toEqual([name, true]);
});

test('tells the hash of its bytes', async () => {
    expect(engine.ENGINE_HASH).toMatch(/^[0-9a-f]{64}$/);
    expect((await engineFiles()).get('engineHash.js')).toContain(engine.ENGINE_HASH);
});

describe('gives, byte for byte, what the service gives', () => {
    test.each(plans)('for the cases of %s', (name) => {
        const text = readFileSync(join(plansFolder, name, 'plan.yaml'), 'utf8');
        const { plan } = parsePlan(text);
        const read = engine.readPlan(text);
        expect([...read.problems]).toEqual([]);
        const { cases } = parseCases(readFileSync(join(plansFolder, name, 'cases.yaml'), 'utf8'));
        expect(cases!.length).toBeGreaterThan(0);
        for (const { given } of cases!)
            expect(JSON.stringify(engine.pay(read.plan, given), null, 2)).toBe(
                calculateAsJson(plan!, given).json
            );
    });
});

test('tells the problems of a plan and of an input as the service does', () => {
    const wrong = 'plan: seller\nperiod: fortnight\n';
    expect(JSON.stringify(engine.readPlan(wrong).problems)).toBe(JSON.stringify(parsePlan(wrong).problems));
    const text = readFileSync(join(plansFolder, 'flat-commission', 'plan.yaml'), 'utf8');
    const given = '{ "payees": [] }';
    expect(JSON.stringify(engine.pay(engine.readPlan(text).plan, given), null, 2)).toBe(
        calculateAsJson(parsePlan(text).plan!, given).json
    );
});
