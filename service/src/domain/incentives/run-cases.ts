// Runs cases against a plan and tells every difference: for tests, `plan -- test`, and the pages that show examples.
import type { Problem } from '../problem.ts';
import { calculate } from './calculate.ts';
import { parseExactJson, isObject, shown, type Json } from './input-file/exact-json.ts';
import { parseInput } from './parse-input.ts';
import { parseNumber } from './parse-expression.ts';
import type { Expected, PlanCase } from './parse-cases.ts';
import type { Plan } from './plan.ts';
import type { CalculationResult } from './result.ts';
import { resultAsJson } from './write-result.ts';

export interface CaseOutcome {
    name: string;
    /** what came out, as `plan -- run` prints it */
    result: string;
    /** every figure the case expects, beside what came out, and problems nobody expected */
    compared: Comparison[];
    /** those that do not hold */
    differences: Difference[];
}

export interface Difference {
    /** in the result's JSON, e.g. `payees.rep.periods.2026-Q1.paid` */
    path: string;
    expected: string;
    actual: string;
}

export interface Comparison extends Difference {
    holds: boolean;
}

export function runCase(plan: Plan, { name, given, expect }: PlanCase): CaseOutcome {
    const result = calculateAsJson(plan, given);
    const actual = parseExactJson(result.json, `the result of ${name}`);
    const unexpected = 'problems' in Object(expect) ? [] : result.problems.map(asDifference);
    const compared = [...unexpected, ...comparisons(expect, actual, '')];
    const differences = compared
        .filter(({ holds }) => !holds)
        .map(({ path, expected, actual: told }) => ({ path, expected, actual: told }));
    return { name, result: result.json, compared, differences };
}

/** What `plan -- run` prints for an input: the result with the problems of input and calculation, each once. */
export function calculateAsJson(plan: Plan, inputJson: string): { json: string; problems: Problem[] } {
    const { input, problems } = parseInput(inputJson, plan);
    const result = input === null ? nothing(plan) : calculate(plan, input);
    const json = resultAsJson({ ...result, problems: [...problems, ...result.problems] }, plan);
    return { json, problems: (JSON.parse(json) as { problems: Problem[] }).problems };
}

function nothing({ key, version, currency }: Plan): CalculationResult {
    return { plan: { key, version }, currency, periods: [], payees: [], scheduled: [], problems: [] };
}

function asDifference({ code, where, value, fix }: Problem): Comparison {
    const actual = `${code} at ${where}: ${value}. ${fix}`;
    return { path: 'problems', expected: 'none', actual, holds: false };
}

/** Every figure of what is expected, beside what there is. */
export function comparisons(expected: Expected, actual: Json | undefined, path: string): Comparison[] {
    if (Array.isArray(expected)) return listComparisons(expected, actual, path);
    if (typeof expected === 'string')
        return [{ path, expected, actual: told(actual), holds: isSame(expected, actual) }];
    return Object.entries(expected).flatMap(([key, value]) => {
        const keyPath = path === '' ? key : `${path}.${key}`;
        return comparisons(value, find(actual, key), keyPath);
    });
}

function listComparisons(expected: Expected[], actual: Json | undefined, path: string): Comparison[] {
    if (!Array.isArray(actual) || actual.length !== expected.length)
        return [{ path, expected: `a list of ${expected.length}`, actual: told(actual), holds: false }];
    // An empty list says something, too: nothing came of it.
    if (expected.length === 0) return [{ path, expected: 'none', actual: 'none', holds: true }];
    return expected.flatMap((one, index) => comparisons(one, actual[index], `${path}[${index + 1}]`));
}

function told(actual: Json | undefined): string {
    return actual === undefined ? 'nothing' : shown(actual);
}

/** Figures are compared by value: 6.625% is 0.06625. Nothing, null and an empty text are the same. */
function isSame(expected: string, actual: Json | undefined): boolean {
    if (actual === undefined) return false;
    if (Array.isArray(actual) || isObject(actual)) return false;
    const text = actual === null ? '' : String(actual);
    if (expected === text || (expected === 'null' && actual === null)) return true;
    const [wanted, given] = [parseNumber(expected), parseNumber(text)];
    return wanted !== null && given !== null && wanted.equals(given);
}

/** The value a key names, else the value at a path such as `payees.rep.total`. Items of lists are named by their position
 *  from 1, or by their key or transaction. */
function find(from: Json | undefined, path: string): Json | undefined {
    if (path === '') return from;
    if (Array.isArray(from)) {
        const [head, rest] = splitPath(path);
        return find(itemOf(from, head), rest);
    }
    if (!isObject(from)) return undefined;
    // The longest key first, because ids may hold points.
    for (let end = path.length; end > 0; end = path.lastIndexOf('.', end - 1)) {
        const key = path.slice(0, end);
        if (Object.hasOwn(from, key)) return find(from[key], path.slice(end + 1));
    }
    return undefined;
}

function splitPath(path: string): [string, string] {
    const point = path.indexOf('.');
    return point < 0 ? [path, ''] : [path.slice(0, point), path.slice(point + 1)];
}

function itemOf(list: Json[], name: string): Json | undefined {
    const named = list.find(
        (item) => isObject(item) && (item['key'] === name || item['transaction'] === name)
    );
    return named ?? (/^[1-9]\d*$/.test(name) ? list[Number(name) - 1] : undefined);
}
