// What is kept of a simulation: figures of everybody together, which whoever decides on the plan may read, apart from the pay of each
// person, which is kept in parts of its own. Nothing of when or by whom: the same plans and the same data are kept as the same bytes.
import type { Plan } from '../incentives/plan.ts';
import { hashOf, type Json } from '../hash-chain.ts';
import { amountOf, cents } from '../pay/figures.ts';
import type { Problem } from '../problem.ts';
import { sumOf } from '../ratio.ts';
import type { PaidFact } from './replay-facts.ts';
import type { LeftData, NumberData, PersonData, ProductData, SimulationData } from './simulation-data.ts';

/** Rows about people in one part: half of what a long text holds, so that long problems fit, too. */
const ROWS_A_PART = 400;
const MOST_PRODUCTS = 60;
const MOST_NUMBERS = 60;
const MOST_PROBLEMS = 200;

export interface StoredSimulation {
    /** JSON without names or ids of people */
    result: string;
    findings: string;
    problems: string;
    parts: SimulationPart[];
    hash: string;
    payeeCount: number;
    leftCount: number;
    currency: string;
    cost: string;
    againstCost: string | null;
}

export interface SimulationPart {
    people: string;
    left: string;
}

/** A person of the list: with what the curve and the gates say of them. */
type StoredPerson = PersonData & { hasCurve?: true; gates?: string[] };

export interface StoredContext {
    plan: Plan;
    /** key of the plan whose people were taken, '' for the plan's own */
    peopleOf: string;
    /** published payouts of the plan compared with */
    paid: readonly PaidFact[];
    dealCount: number;
    /** by key */
    packNames: Record<string, string>;
}

export function storedSimulation(data: SimulationData, context: StoredContext): StoredSimulation {
    const { people, left, findings, total, againstTotal, currency } = data;
    const result = JSON.stringify(resultOf(data, context));
    const kept = {
        result,
        findings: JSON.stringify(findings),
        problems: JSON.stringify(toldProblems(data.problems)),
        parts: partsOf(data)
    };
    return {
        ...kept,
        hash: hashOf(kept as unknown as Json),
        payeeCount: people.length,
        leftCount: new Set(left.map(({ payee }) => payee)).size,
        currency,
        cost: costOf(total),
        againstCost: againstTotal && costOf(againstTotal)
    };
}

function costOf({ paid, later }: { paid: string; later: string }): string {
    return cents(amountOf(paid).plus(amountOf(later)));
}

function resultOf(
    data: SimulationData,
    { plan, peopleOf, paid, dealCount, packNames }: StoredContext
): object {
    const { people, left, findings, problems, curve, gates, products, costs, sensitivity, ...rest } = data;
    const counted = new Set(people.map(({ payee }) => payee));
    const paidIn = Map.groupBy(
        paid.filter(({ payeeId }) => counted.has(payeeId)),
        ({ month }) => month
    );
    return {
        ...rest,
        dealCount,
        peopleOf,
        costs: costs.map((cost) => ({
            ...cost,
            // What payroll got of it is money of the org: two decimals, whatever the plan's.
            published: paidIn.has(cost.month)
                ? cents(sumOf(paidIn.get(cost.month)!.map(({ payout }) => amountOf(payout))))
                : null
        })),
        curve: curve && { ...curve, payee: undefined },
        gates: gates.map(({ payees, ...gate }) => ({ ...gate, payeeCount: payees.length })),
        products: products && { ...products, ...mostOf(products.products) },
        sensitivity: sensitivity && { ...sensitivity, ...firstOf(sensitivity.numbers) },
        names: namesOf(plan),
        packNames
    };
}

/** Those with the most revenue; a long tail would not fit a page. */
function mostOf(products: readonly ProductData[]): { products: ProductData[]; moreProducts: number } {
    const sorted = products.toSorted(
        (a, b) => amountOf(b.revenue).compare(amountOf(a.revenue)) || (a.product < b.product ? -1 : 1)
    );
    return {
        products: sorted.slice(0, MOST_PRODUCTS),
        moreProducts: Math.max(0, sorted.length - MOST_PRODUCTS)
    };
}

/** They come with what hangs on them most first. */
function firstOf(numbers: readonly NumberData[]): { numbers: NumberData[]; moreNumbers: number } {
    return {
        numbers: numbers.slice(0, MOST_NUMBERS),
        moreNumbers: Math.max(0, numbers.length - MOST_NUMBERS)
    };
}

function namesOf({ components }: Plan): Record<string, string> {
    return Object.fromEntries(
        components.flatMap(({ key, name }) => (name && name !== key ? [[key, name]] : []))
    );
}

/** Deals of people on no plan are told once with their number, not one by one; others as they are, up to a bound. */
function toldProblems(problems: readonly Problem[]): object[] {
    const strangers = problems.filter(({ code }) => code === 'PAYEE_WITHOUT_PLAN');
    const others = problems.filter(({ code }) => code !== 'PAYEE_WITHOUT_PLAN');
    const told = others.slice(0, MOST_PROBLEMS).map((problem) => ({ ...problem, count: 1 }));
    const more = others.length - told.length;
    return [
        ...told,
        ...(more > 0 ? [{ code: 'MORE_PROBLEMS', where: '', value: '', fix: '', count: more }] : []),
        ...(strangers.length > 0
            ? [{ code: 'CREDIT_NOT_PAID', where: '', value: '', fix: '', count: strangers.length }]
            : [])
    ];
}

function partsOf({ people, left, curve, gates }: SimulationData): SimulationPart[] {
    const closed = new Map<string, string[]>();
    for (const { component, gate, payees } of gates)
        for (const payee of payees) closed.set(payee, [...(closed.get(payee) ?? []), `${component}.${gate}`]);
    const rows = people.map((person): StoredPerson => ({
        ...person,
        ...(curve?.payee === person.payee ? { hasCurve: true } : {}),
        ...(closed.has(person.payee) ? { gates: closed.get(person.payee)! } : {})
    }));
    const count = Math.max(1, Math.ceil(Math.max(rows.length, left.length) / ROWS_A_PART));
    return Array.from({ length: count }, (_, index) => {
        const [start, end] = [index * ROWS_A_PART, (index + 1) * ROWS_A_PART];
        return {
            people: JSON.stringify(rows.slice(start, end)),
            left: JSON.stringify(left.slice(start, end).map(leftRow))
        };
    });
}

function leftRow({ payee, plan, problem: { code, where, value, fix } }: LeftData): object {
    return { payee, plan, code, where, value: value.slice(0, 80), fix };
}
