// The result of a generated case, read as its JSON tells it.
import { expect } from '@jest/globals';
import fc from 'fast-check';
import { readExact, total, type Exact } from '../../../src/domain/incentives-checker/exact.ts';
import { parsePlan } from '../../../src/domain/incentives/parse-plan.ts';
import { calculateAsJson } from '../../../src/domain/incentives/run-cases.ts';
import { written, type GeneratedCase } from './generated-case.ts';

export interface Told {
    payees: Record<string, { total: string | null; periods: Record<string, Statement> }>;
    schedules: Scheduled[];
    problems: { code: string }[];
}
export interface Statement {
    credits: { transaction: string; rule: string; share: string; payable: string }[];
    components: Record<string, { earning: string; lines: Line[] }>;
    due: string;
    payout: { key: string; after: string }[];
    paid: string;
    balances: Record<string, { opening: string; movements: Movement[]; closing: string }>;
}
export interface Line {
    kind: string;
    transaction?: string;
    amount: string;
    working: { what: string; inputs: { name: string; value: string }[] }[];
}
export interface Movement {
    what: string;
    amount: string;
}
export interface Scheduled {
    payee: string;
    period: string;
    component: string;
    kind: string;
    amount: string;
}

export type Row = GeneratedCase['input']['transactions'][number];
export type Units = Parameters<typeof written>[1];

export function textOf({ plan, input }: GeneratedCase, units?: Units): { plan: string; input: string } {
    return { plan: written(plan, units), input: written(input, units) };
}

export function jsonOf(one: GeneratedCase, units?: Units): string {
    const { plan, input } = textOf(one, units);
    const { plan: parsed, problems } = parsePlan(plan);
    expect(problems).toEqual([]);
    return calculateAsJson(parsed!, input).json;
}

export const resultOf = (one: GeneratedCase, units?: Units): Told => JSON.parse(jsonOf(one, units)) as Told;
export const figure = (text: string): Exact => readExact(text)!;
export const sumOf = (rows: readonly { amount: string }[]): Exact =>
    total(rows.map(({ amount }) => figure(amount)));
export const statements = ({ payees }: Told): { payee: string; period: string; told: Statement }[] =>
    Object.entries(payees).flatMap(([payee, { periods }]) =>
        Object.entries(periods).map(([period, told]) => ({ payee, period, told }))
    );

/** Runs on generated cases; the same ones every time. */
export function always(
    arbitrary: fc.Arbitrary<GeneratedCase>,
    holds: (one: GeneratedCase) => void,
    numRuns = 60
): void {
    fc.assert(fc.property(arbitrary, holds), { numRuns, seed: 20261121 });
}
