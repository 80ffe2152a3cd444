// Which part of each transaction the plan's credit rules give to whom.
import { asText, isTable, namedTables, texts, type Data, type Table } from './data.ts';
import { exact, isSame, multiply, ONE, subtract, total, ZERO, type Exact } from './exact.ts';
import type { Formula, Place } from './formula.ts';
import { asExact, asTruth, CannotDerive } from './values.ts';
import type { InputData } from './input-data.ts';
import { formulaIn, type PlanData } from './plan-data.ts';
import { salePlace, sharePlace } from './sale-places.ts';
import { sharedOut } from './rounded.ts';
import type { Sale } from './sales.ts';
import {
    handOverShares,
    positionShares,
    shapleyShares,
    splitShares,
    touchShares,
    type Shares
} from './shares.ts';

export interface Credit {
    id: string;
    payee: string;
    sale: Sale;
    rule: string;
    /** measures the rule credits; none: all */
    only: string[];
    /** payee an override derives from, '' for others */
    source: string;
    level: number;
    share: Exact;
    payable: Exact;
    quota: Exact;
    count: Exact;
}

interface Part {
    payee: string;
    share: Exact;
    amount: Exact;
    source: string;
    level: number;
    /** the payee, then those it derives from, down to whoever was credited first */
    line: string[];
}

/** Also to payees who are not on the plan: who calls leaves those out. */
export function creditsOf(sale: Sale, plan: PlanData, input: InputData): Credit[] {
    const place = salePlace(plan, sale);
    const byRule = new Map<string, Part[]>();
    for (const [key, rule] of plan.crediting)
        if (holds(formulaIn(rule, 'when'), place)) byRule.set(key, partsOf(sale, rule, byRule, plan, input));
    return plan.crediting.flatMap(([key, rule]) =>
        (byRule.get(key) ?? []).map((part) => creditOf(sale, key, rule, part, plan, input))
    );
}

function holds(condition: Formula | undefined, place: Place): boolean {
    return condition === undefined || asTruth(condition(place));
}

function partsOf(
    sale: Sale,
    rule: Table,
    earlier: ReadonlyMap<string, Part[]>,
    plan: PlanData,
    input: InputData
): Part[] {
    const to = rule['to'];
    if (isTable(to) && to['manager'] !== undefined)
        return (earlier.get(asText(to['manager'])) ?? []).flatMap((part) =>
            overridesOf(part, Number(asText(to['levels']) || '1'), sale, rule, plan, input)
        );
    const shares = sharesOf(to, sale, rule, plan, input);
    const left = afterDeductions(sale.amount ?? ZERO, sale, rule, plan);
    const isWhole = isSame(total(shares.values()), ONE);
    const bringsShares = to === 'splits' || (isTable(to) && (to['handOver'] ?? to['touches']) !== undefined);
    const mustBeWhole = (asText(rule['total']) || (bringsShares ? 'whole' : 'any')) === 'whole';
    if (mustBeWhole && shares.size > 0 && !isWhole) throw new CannotDerive('shares do not make the whole');
    const weights = [...shares.values()];
    const amounts = isWhole
        ? sharedOut(left, weights, plan.rounding)
        : weights.map((weight) => multiply(left, weight));
    return [...shares].map(([payee, share], index) => ({
        payee,
        share,
        amount: amounts[index]!,
        source: '',
        level: 0,
        line: [payee]
    }));
}

function sharesOf(to: Data | undefined, sale: Sale, rule: Table, plan: PlanData, input: InputData): Shares {
    const { row } = sale;
    if (to === 'splits') return splitShares(row);
    if (!isTable(to)) return single(asText(row['owner']), sale, rule, plan, input);
    if (to['payees'] !== undefined) return everybodyMeant(formulaIn(to, 'payees')!, sale, rule, plan, input);
    if (to['payee'] !== undefined) return single(asText(to['payee']), sale, rule, plan, input);
    if (to['handOver'] !== undefined) return handOverShares(row, asText(to['handOver']));
    const touches = to['touches'];
    if (touches === undefined) {
        const team = row['team'];
        return single(isTable(team) ? asText(team[asText(to['role'])]) : '', sale, rule, plan, input);
    }
    if (touches === 'shapley') return shapleyShares(row);
    if (!isTable(touches)) return touchShares(row, asText(touches));
    const place = salePlace(plan, sale);
    return positionShares(
        row,
        asExact(formulaIn(touches, 'first')!(place)),
        asExact(formulaIn(touches, 'last')!(place))
    );
}

function everybodyMeant(
    condition: Formula,
    sale: Sale,
    rule: Table,
    plan: PlanData,
    input: InputData
): Shares {
    const meant = [...input.payees.keys()]
        .filter((payee) => input.isOnPlan(payee, sale.date))
        .filter((payee) => asTruth(condition(sharePlace(plan, input, sale, payee, '', {}))));
    return new Map(meant.sort().flatMap((payee) => [...single(payee, sale, rule, plan, input)]));
}

function single(payee: string, sale: Sale, rule: Table, plan: PlanData, input: InputData): Shares {
    const share = input.payees.has(payee) ? formulaIn(rule, 'share') : undefined;
    const place = sharePlace(plan, input, sale, payee, '', {});
    return payee === '' ? new Map() : new Map([[payee, share ? asExact(share(place)) : ONE]]);
}

/** What managers get of a part, level by level, each of what was credited first. */
function overridesOf(
    part: Part,
    levels: number,
    sale: Sale,
    rule: Table,
    plan: PlanData,
    input: InputData
): Part[] {
    const left = afterDeductions(part.amount, sale, rule, plan);
    const overrides: Part[] = [];
    let source = part.payee;
    for (let level = 1; level <= levels; level++) {
        const payee = input.managerOn(source, sale.date);
        if (payee === '') break;
        const share = input.payees.has(payee) ? formulaIn(rule, 'share') : undefined;
        const own = share
            ? asExact(share(sharePlace(plan, input, sale, payee, source, { level: exact(level) })))
            : ONE;
        overrides.push({
            payee,
            share: multiply(part.share, own),
            amount: multiply(left, own),
            source,
            level,
            line: [payee, ...(overrides.at(-1) ?? part).line]
        });
        source = payee;
    }
    return overrides;
}

function afterDeductions(amount: Exact, sale: Sale, rule: Table, plan: PlanData): Exact {
    let left = amount;
    for (const [, deduction] of namedTables(rule['before'])) {
        const place = salePlace(plan, sale, left);
        if (holds(formulaIn(deduction, 'when'), place))
            left = subtract(left, asExact(formulaIn(deduction, 'amount')!(place)));
    }
    return left;
}

function creditOf(
    sale: Sale,
    key: string,
    rule: Table,
    part: Part,
    plan: PlanData,
    input: InputData
): Credit {
    const { payee, source, level, share } = part;
    const place = sharePlace(plan, input, sale, payee, source, { share, level: exact(level) });
    const times = (amount: Exact, name: string): Exact => {
        const factor = input.payees.has(payee) ? formulaIn(rule, name) : undefined;
        return factor ? multiply(amount, asExact(factor(place))) : amount;
    };
    return {
        id: [sale.id, key, ...part.line].join('/'),
        payee,
        sale,
        rule: key,
        only: texts(rule['only']),
        source,
        level,
        share,
        payable: times(part.amount, 'payable'),
        quota: times(part.amount, 'quota'),
        count: times(share, 'count')
    };
}
