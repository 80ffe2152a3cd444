// Checks of a plan's shape that supervisors call high risk: cliffs, accelerators, minimum sales, league tables, levels of managers.
import type { Ratio } from '../../../ratio.ts';
import { constantOf } from '../../plan-check/constant.ts';
import { tableExpressions } from '../../plan-check/placed-expressions.ts';
import type { Expression } from '../../expression.ts';
import type { Component, Plan, RateChoice, RateTable } from '../../plan.ts';
import { clear, hit, percent, unsure, type CheckInput, type CheckResult } from './check.ts';
import { haveResult, Names } from './criteria.ts';

type TableRate = RateChoice & { kind: 'table' };

interface TableUse {
    table: RateTable;
    place: string;
}

/** Tables a component looks up by something commercial. */
function tablesByPerformance(plan: Plan, input: CheckInput): TableUse[] {
    const names = new Names(plan);
    return plan.components.flatMap((component) =>
        component.rates.flatMap((rate) => {
            if (rate.kind !== 'table') return [];
            const at = atOf(rate);
            const table = plan.tables.find(({ key }) => key === rate.table)!;
            return haveResult(names.of([at]), plan, input.profile)
                ? [{ table, place: `components.${component.key}.rate` }]
                : [];
        })
    );
}

function atOf(rate: TableRate): Expression {
    return 'measure' in rate.at ? { kind: 'name', path: ['measure', rate.at.measure] } : rate.at.value;
}

/** A jump of pay at one point: 5,000 for the last deal before a bound, on a target of 50,000, is 10 %. */
export function cliffs(input: CheckInput): CheckResult {
    const { evidence, limit, plan } = input;
    const places = cliffPlaces(input);
    const fix =
        'Use a marginal table, or straight lines between the rows (interpolated), so that pay does not jump.';
    if (evidence === null || evidence.cliffs.length === 0) {
        if (places.length === 0) return clear('no table or gate in which pay jumps');
        if (evidence !== null) return clear('no jump was found in the replay', places);
        return unsure(
            `pay may jump: ${places.join(', ')}`,
            places,
            'Simulate the plan, so that the size of the jumps is known.'
        );
    }
    const most = evidence.cliffs.reduce((best, one) => (one.share.compare(best.share) > 0 ? one : best));
    const found = `${percent(most.share)} of target pay at ${plan.measures.length === 1 ? '' : `${most.measure} `}${most.at} (payee ${most.payeeId})`;
    return most.share.compare(limit!) > 0 ? hit(found, places, fix) : clear(found, places);
}

function cliffPlaces(input: CheckInput): string[] {
    const { plan } = input;
    const tables = tablesByPerformance(plan, input)
        .filter(({ table }) => table.mode === 'slab' || table.mode === 'step')
        .map(({ place, table }) => `${place} (${table.mode} table ${table.key})`);
    return [...tables, ...commercialGates(input)];
}

/** Places of gates that ask for a commercial result. */
function commercialGates({ plan, profile }: CheckInput): string[] {
    const names = new Names(plan);
    return plan.components.flatMap(({ key, gates }) =>
        gates
            .filter(({ when }) => haveResult(names.of([when]), plan, profile))
            .map((gate) => `components.${key}.gates.${gate.key}`)
    );
}

/** A rate that rises with results: 6 % to target and 12 % beyond is twice as much for the next sale. */
export function accelerators(input: CheckInput): CheckResult {
    const found = tablesByPerformance(input.plan, input).flatMap((use) => {
        const ratio = accelerationOf(use.table, input.plan);
        return ratio === 'none' ? [] : [{ ...use, ratio }];
    });
    if (found.length === 0) return clear('no rate rises with results');
    const words = found.map(
        ({ table, ratio }) =>
            `table ${table.key}: ${ratio === 'unknown' ? 'rates not known' : `highest rate ${percent(ratio)} of the lowest`}`
    );
    const where = found.map(({ place }) => place);
    const fix = 'Show how the risk is controlled: checks of sales near the bounds, or a flat rate.';
    return found.every(({ ratio }) => ratio === 'unknown')
        ? unsure(words.join('; '), where, fix)
        : hit(words.join('; '), where, fix);
}

/** Highest over lowest rate above zero where a later row pays more than an earlier. */
function accelerationOf(table: RateTable, plan: Plan): Ratio | 'none' | 'unknown' {
    const rows = table.rows.map((row) => row.values.map((value) => constantOf(value, plan)));
    if (rows.flat().some((value) => value === null)) return 'unknown';
    const columns = rows[0]!.map((_, column) =>
        rows.map((row) => row[column]!).filter(({ sign }) => sign > 0)
    );
    const ratios = columns.flatMap((values) => {
        const rises = values.some((value, index) => index > 0 && value.compare(values[index - 1]!) > 0);
        const [low, high] = [values.reduce(least, values[0]!), values.reduce(largest, values[0]!)];
        return rises ? [high.over(low)] : [];
    });
    return ratios.length === 0 ? 'none' : ratios.reduce(largest);
}

function least(a: Ratio, b: Ratio): Ratio {
    return a.compare(b) <= 0 ? a : b;
}

function largest(a: Ratio, b: Ratio): Ratio {
    return a.compare(b) >= 0 ? a : b;
}

/** Nothing is paid before so much is sold: gates and conditions on results, first rows of nothing. */
export function minimumSales(input: CheckInput): CheckResult {
    const { plan, profile } = input;
    const names = new Names(plan);
    const conditions = plan.components
        .filter((component) => component.per === 'period' && asksForResults(component, names, input))
        .map(({ key }) => `components.${key}.when`);
    const firstRows = tablesByPerformance(plan, input)
        .filter(
            ({ table: { rows } }) =>
                rows.length > 1 && rows[0]!.values.every((value) => constantOf(value, plan)?.isZero)
        )
        .map(({ place, table }) => `${place} (first row of table ${table.key})`);
    const where = [...commercialGates({ ...input, profile }), ...conditions, ...firstRows];
    if (where.length === 0) return clear('pay begins with the first sale');
    return hit(
        `${where.length} conditions of minimum sales`,
        where,
        'Pay from the first sale, or show how the pressure at the bound is controlled.'
    );
}

function asksForResults({ when }: Component, names: Names, { plan, profile }: CheckInput): boolean {
    return when !== null && haveResult(names.of([when]), plan, profile);
}

const COMPARING = ['rank', 'count', 'average'];
const PEOPLE = ['team', 'organisation', 'everyone'];

/** Pay by place among others: ranks, counts of others above, shares of a pool. */
export function leagueTables({ plan }: CheckInput): CheckResult {
    const names = new Names(plan);
    const where = plan.components.flatMap(({ key, pool }) => {
        const prefix = `components.${key}`;
        const ranked = names.at(prefix).filter(({ expression }) => comparesPeople(expression));
        const shared = pool !== null && (pool.by !== null || pool.among !== null) ? [`${prefix}.pool`] : [];
        return [...ranked.map(({ place }) => place), ...shared];
    });
    const tables = plan.tables.filter((table) =>
        tableExpressions(table).some(({ expression }) => comparesPeople(expression))
    );
    const all = [...where, ...tables.map(({ key }) => `tables.${key}`)];
    if (all.length === 0) return clear('nobody is paid by their place among others');
    return hit(
        `pay depends on others in ${all.length} places`,
        all,
        'Pay by own results and by how clients were treated.'
    );
}

function comparesPeople(expression: Expression): boolean {
    switch (expression.kind) {
        case 'minus':
        case 'not':
            return comparesPeople(expression.of);
        case 'binary':
            return comparesPeople(expression.left) || comparesPeople(expression.right);
        case 'in':
            return [expression.left, ...expression.options].some(comparesPeople);
        case 'call': {
            const [group] = expression.arguments;
            const isOfPeople = group?.kind === 'name' && PEOPLE.includes(group.path[0]!);
            return (
                (isOfPeople && COMPARING.includes(expression.name)) ||
                expression.arguments.some(comparesPeople)
            );
        }
        default:
            return false;
    }
}

/** Managers of managers paid for the same sale. */
export function multiLevel({ plan }: CheckInput): CheckResult {
    const managers = plan.crediting.filter(({ to }) => to.kind === 'manager');
    const levels = managers.map((rule) => (rule.to.kind === 'manager' ? rule.to.levels : 0));
    const deepest = Math.max(0, ...levels);
    const ofManagers = managers.filter(
        ({ to }) => to.kind === 'manager' && managers.some(({ key }) => key === to.of)
    );
    const where = managers.map(({ key }) => `crediting.${key}`);
    if (deepest <= 1 && ofManagers.length === 0)
        return clear(
            deepest === 0 ? 'nobody is paid for the sales of others' : 'one level of managers',
            where
        );
    return hit(
        `up to ${deepest + ofManagers.length} levels are paid for one sale`,
        where,
        'Pay at most one level above whoever sells, or show how compliance can see through it.'
    );
}
