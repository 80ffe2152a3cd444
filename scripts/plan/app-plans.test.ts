// What the app shows of config/plans is what lies there: every plan and case, word for word, in files Salesforce takes.
import { expect, test } from '@jest/globals';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { complexityOf } from '../../service/src/domain/incentives/complexity.ts';
import { parseCases } from '../../service/src/domain/incentives/parse-cases.ts';
import { parsePlan } from '../../service/src/domain/incentives/parse-plan.ts';
import { APP_FOLDER } from './app-plans.ts';
import { mechanicsOf } from './mechanics.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, 'config/plans');
const keys = readdirSync(folder).filter((key) => existsSync(join(folder, key, 'plan.yaml')));
const modules = readdirSync(join(root, APP_FOLDER)).filter((name) => name.endsWith('.js'));

interface PublishedPlan {
    key: string;
    planText: string;
    casesText: string;
    mechanics: string[];
    cases: { name: string; source: string }[];
}

/** As they stand in the files: one plan a line. */
function published(): PublishedPlan[] {
    return modules
        .filter((name) => name.startsWith('part'))
        .flatMap((name) => readFileSync(join(root, APP_FOLDER, name), 'utf8').split('\n'))
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line.replace(/,$/, '')) as PublishedPlan);
}

test('holds every plan of config/plans with the text of its files', () => {
    const plans = new Map(published().map((plan) => [plan.key, plan]));
    expect([...plans.keys()].sort()).toEqual([...keys].sort());
    for (const key of keys) {
        const text = (name: string): string => readFileSync(join(folder, key, name), 'utf8');
        expect([key, plans.get(key)!.planText]).toEqual([key, text('plan.yaml')]);
        expect([key, plans.get(key)!.casesText]).toEqual([key, text('cases.yaml')]);
        const { cases } = parseCases(text('cases.yaml'));
        expect(plans.get(key)!.cases.map(({ name }) => name)).toEqual(cases!.map(({ name }) => name));
    }
});

test('every plan is found by what it shows', () => {
    expect(published().filter(({ mechanics }) => mechanics.length === 0)).toEqual([]);
    const yaml = readFileSync(join(folder, 'policy-advance', 'plan.yaml'), 'utf8');
    const cases = parseCases(readFileSync(join(folder, 'policy-advance', 'cases.yaml'), 'utf8')).cases!;
    expect(mechanicsOf(parsePlan(yaml).plan!, cases)).toContain('Advance');
});

test('what the app says of complexity is true of the published plans', () => {
    const parts = readFileSync(join(root, APP_FOLDER, '../planSummary/planParts.js'), 'utf8');
    const boundOf = (name: string): number => Number(new RegExp(`${name} = (\\d+)`).exec(parts)![1]);
    const indexes = keys.map(
        (key) => complexityOf(parsePlan(readFileSync(join(folder, key, 'plan.yaml'), 'utf8')).plan!).index
    );
    const simple = indexes.filter((index) => index <= boundOf('SIMPLE_UP_TO'));
    expect(simple.length / indexes.length).toBeGreaterThanOrEqual(0.9);
    expect(Math.max(...indexes)).toBeLessThanOrEqual(boundOf('MIDDLING_UP_TO'));
});

test('no file is larger than Salesforce takes for a component', () => {
    expect(modules.length).toBeGreaterThan(1);
    for (const name of modules)
        expect([name, statSync(join(root, APP_FOLDER, name)).size < 131_072]).toEqual([name, true]);
});
