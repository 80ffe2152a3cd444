// A plan with its people and kinds of transactions as whole numbers, for the kernels: entries (a rule on a kind), tables, what
// lines are multiplied by. The scales are the least that make whole numbers of every figure.
import { ProblemError } from '../../problem.ts';
import { Ratio } from '../../ratio.ts';
import { bandsFor, wholeBands, type Bands, type WholeBands } from './bands.ts';
import { isFound, overCells, type People, type PerCell } from './cells.ts';
import { DoesNotFit } from './does-not-fit.ts';
import type { Frame } from './frame.ts';
import { holdingFor, type Holding } from './holding.ts';
import { kindsOf, type RuleOnKind } from './kinds.ts';
import { layoutOf, type Layout } from './layout.ts';
import type { ComponentShape, Shape } from './shape.ts';
import { NOBODY, type TransactionColumns } from './transactions.ts';
import { scaleOf, wholeAt } from './whole.ts';

export interface Program {
    shape: Shape;
    people: People;
    layout: Layout;
    kinds: (RuleOnKind[] | ProblemError)[];
    /** what one whole number of each sum is worth, in money or deals */
    grains: Ratio[];
    /** by component */
    bands: PerCell<Bands>[];
    /** by component: parts of a unit in which a walk is counted */
    walkParts: bigint[];
    /** by component: number of its first table; index of a cell's table is `tableIndex` */
    firstTable: number[];
    /** length of a table in the arrays */
    tableLength: number;
    /** by component, the largest slope and intercept, for the guard */
    steepest: { rate: number; intercept: number }[];
    holding: Holding;
    numbers: Numbers;
}

type Numbers = Pick<
    Frame,
    | 'payees'
    | 'entryStart'
    | 'entries'
    | 'fixedPayee'
    | 'creditParts'
    | 'slotFirst'
    | 'slotWeight'
    | 'lineFirst'
    | 'lineTable'
    | 'linePays'
    | 'low'
    | 'rate'
    | 'intercept'
    | 'tableOf'
    | 'multiplier'
    | 'parts'
>;

/** Throws DoesNotFit. */
export function programOf(
    shape: Shape,
    people: People,
    columns: Pick<TransactionColumns, 'fields' | 'shareScale'>
): Program {
    const layout = layoutOf(shape);
    const kinds = kindsOf(shape, columns.fields);
    const rules = ruleScales(shape, kinds);
    const grains = grainsOf(shape, kinds, rules, BigInt(columns.shareScale));
    const bands = shape.components.map((one) =>
        overCells(people, one.rateNames, (scope) => bandsFor(one, scope))
    );
    const walkParts = shape.components.map((one, index) =>
        partsFor(shape, bands[index]!, one.base === null ? Ratio.ONE : grains[one.base]!)
    );
    const tables = tablesOf(shape, bands, walkParts, grains);
    const holding = holdingFor(shape, people, walkParts);
    const numbers = {
        payees: people.payeeIds.length,
        ...entriesOf(shape, layout, kinds),
        ...weightsOf(
            { shape, layout, people, kinds, grains, shareScale: BigInt(columns.shareScale) },
            rules,
            tables
        ),
        ...flattened(tables),
        tableOf: tableOf(layout, people, bands, tables),
        multiplier: multipliers(layout, people, holding),
        parts: holding.parts
    };
    return { shape, people, layout, kinds, grains, bands, walkParts, holding, numbers, ...tables };
}

/** By rule, the parts of a unit its credits are counted in. */
function ruleScales({ rules }: Shape, kinds: Program['kinds']): bigint[] {
    return rules.map((_, rule) => scaleOf(entriesFor(kinds, rule).map(({ share }) => share)));
}

function entriesFor(kinds: Program['kinds'], rule: number): RuleOnKind[] {
    return kinds.flatMap((kind) =>
        kind instanceof ProblemError ? [] : kind.filter((one) => one.rule === rule)
    );
}

/** A credit counted in parts of a unit, or a share in parts of a deal. */
function partOf(
    shape: Shape,
    rule: number,
    sum: number,
    scales: readonly bigint[],
    shareScale: bigint
): Ratio {
    const { part } = shape.sums[sum]!.figure;
    if (part === 'one') return Ratio.ONE;
    const isSplit = shape.rules[rule]!.target.kind === 'splits';
    if (part === 'countCredit') return Ratio.of(1n, isSplit ? shareScale : scales[rule]!);
    return shape.plan.rounding.unit.over(Ratio.of(scales[rule]!));
}

function grainsOf(
    shape: Shape,
    kinds: Program['kinds'],
    scales: readonly bigint[],
    shareScale: bigint
): Ratio[] {
    const { unit } = shape.plan.rounding;
    return shape.sums.map(({ figure: { part } }, sum) => {
        const whole = part === 'payable' || part === 'quotaCredit' ? unit : Ratio.ONE;
        const worths = shape.rules.flatMap(({ sums }, rule) => {
            const slot = sums.indexOf(sum);
            if (slot === -1) return [];
            const one = partOf(shape, rule, sum, scales, shareScale).over(whole);
            return entriesFor(kinds, rule).map(({ weights }) => weights[slot]!.times(one));
        });
        return whole.over(Ratio.of(scaleOf(worths)));
    });
}

function partsFor({ plan }: Shape, { found }: PerCell<Bands>, grain: Ratio): bigint {
    const { unit } = plan.rounding;
    const known = found.filter(isFound);
    return scaleOf(
        known.flatMap(({ rates, intercepts }) => [
            ...rates.map((rate) => rate.times(grain).over(unit)),
            ...intercepts.map((one) => one.over(unit))
        ])
    );
}

interface Tables {
    firstTable: number[];
    tableLength: number;
    steepest: { rate: number; intercept: number }[];
    whole: WholeBands[];
}

/** A flat amount or rate is applied to the base; bands are walked along `at` and applied to the base. */
function tablesOf(
    shape: Shape,
    bands: readonly PerCell<Bands>[],
    walkParts: readonly bigint[],
    grains: readonly Ratio[]
): Tables {
    const { unit } = shape.plan.rounding;
    const unknown: WholeBands = {
        low: [-Infinity, -Infinity, Infinity],
        rate: [NaN, NaN, NaN],
        intercept: [NaN, NaN, NaN]
    };
    const firstTable: number[] = [];
    const whole: WholeBands[] = [];
    const steepest = shape.components.map((one, index) => {
        firstTable.push(whole.length);
        const own = bands[index]!.found.map((found) =>
            found instanceof ProblemError
                ? unknown
                : wholeBandsOf(one, found, unit, walkParts[index]!, grains)
        );
        whole.push(...own);
        const known = own.filter((_, place) => !(bands[index]!.found[place] instanceof ProblemError));
        return {
            rate: largest(known.flatMap(({ rate }) => rate.slice(1, -1))),
            intercept: largest(known.flatMap(({ intercept }) => intercept.slice(1, -1)))
        };
    });
    return { firstTable, tableLength: Math.max(...whole.map(({ low }) => low.length)) + 1, steepest, whole };
}

function wholeBandsOf(
    { at, base }: ComponentShape,
    bands: Bands,
    unit: Ratio,
    parts: bigint,
    grains: readonly Ratio[]
): WholeBands {
    const walked = wholeBands(bands, grains[at] ?? Ratio.ONE, unit, parts);
    if (base === at) return walked;
    const grain = base === null ? Ratio.ONE : grains[base]!;
    const rate = bands.rates.map((one) => wholeAt(one.times(grain).over(unit), parts));
    return { ...walked, rate: [NaN, ...rate, NaN] };
}

/** NaN when any is. */
function largest(values: readonly number[]): number {
    return values.reduce((most, value) => (Number.isNaN(value) ? NaN : Math.max(most, Math.abs(value))), 0);
}

function flattened({ whole, tableLength }: Tables): Pick<Numbers, 'low' | 'rate' | 'intercept'> {
    const laid = (of: (table: WholeBands) => number[], beyond: number): Float64Array => {
        const all = new Float64Array(whole.length * tableLength).fill(beyond);
        for (const [index, table] of whole.entries()) all.set(of(table), index * tableLength);
        return all;
    };
    return {
        low: laid(({ low }) => low, Infinity),
        rate: laid(({ rate }) => rate, NaN),
        intercept: laid(({ intercept }) => intercept, NaN)
    };
}

function entriesOf(
    { rules }: Shape,
    { groups }: Layout,
    kinds: Program['kinds']
): Pick<Numbers, 'entryStart' | 'entries'> {
    const starts: number[] = [];
    const entries: number[] = [];
    for (const [number, kind] of kinds.entries())
        for (const group of groups) {
            starts.push(entries.length);
            if (kind instanceof ProblemError) continue;
            for (const { rule } of kind)
                if (group.rules.includes(rule)) entries.push(number * rules.length + rule);
        }
    return { entryStart: Uint32Array.from([...starts, entries.length]), entries: Uint32Array.from(entries) };
}

interface Weighing {
    shape: Shape;
    layout: Layout;
    people: People;
    kinds: Program['kinds'];
    grains: readonly Ratio[];
    shareScale: bigint;
}

/** Per entry: what its credits are multiplied by, and where its sums and lines begin. */
function weightsOf(
    { shape, layout, people, kinds, grains, shareScale }: Weighing,
    scales: readonly bigint[],
    { firstTable, tableLength }: Tables
): Pick<
    Numbers,
    'fixedPayee' | 'creditParts' | 'slotFirst' | 'slotWeight' | 'lineFirst' | 'lineTable' | 'linePays'
> {
    const { slotStride, lineStride, lineComponents } = layout;
    const count = kinds.length * shape.rules.length;
    const numbers = {
        fixedPayee: new Uint32Array(count).fill(NOBODY),
        creditParts: new Float64Array(count),
        slotFirst: new Uint32Array(count * slotStride),
        slotWeight: new Float64Array(count * slotStride),
        lineFirst: new Uint32Array(count * lineStride),
        lineTable: new Uint32Array(count * lineStride),
        linePays: new Uint8Array(count * lineStride)
    };
    for (const [number, kind] of kinds.entries()) {
        if (kind instanceof ProblemError) continue;
        for (const { rule, share, weights, pays } of kind) {
            const entry = number * shape.rules.length + rule;
            const { sums, lines, target } = shape.rules[rule]!;
            if (target.kind === 'payee') numbers.fixedPayee[entry] = fixedPayee(people, target.payee);
            numbers.creditParts[entry] = wholeAt(share, scales[rule]!);
            for (const [slot, sum] of sums.entries()) {
                const worth = weights[slot]!.times(partOf(shape, rule, sum, scales, shareScale));
                numbers.slotFirst[entry * slotStride + slot] = sum * people.cells;
                numbers.slotWeight[entry * slotStride + slot] = wholeAt(worth.over(grains[sum]!), 1n);
            }
            for (const [place, line] of lines.entries()) {
                const at = entry * lineStride + place;
                numbers.lineFirst[at] = lineComponents.indexOf(line) * people.cells;
                numbers.lineTable[at] = firstTable[line]! * tableLength;
                numbers.linePays[at] = pays[place] ? 1 : 0;
            }
        }
    }
    return numbers;
}

function fixedPayee({ payeeIndex, books }: People, id: string): number {
    const index = payeeIndex.get(id);
    if (index === undefined) throw new DoesNotFit(`payee ${id}`, 'is credited and is not among the payees');
    if (books[index]!.assignments.length > 0)
        throw new DoesNotFit(`payee ${id}`, 'is credited by name and assigned by dates');
    return index;
}

function tableOf(
    { lineComponents }: Layout,
    { cells }: People,
    bands: readonly PerCell<Bands>[],
    { firstTable, tableLength }: Tables
): Uint32Array {
    if (lineComponents.every((component) => !bands[component]!.index)) {
        const all = new Uint32Array(lineComponents.length * cells);
        for (const [place, component] of lineComponents.entries())
            all.fill(firstTable[component]! * tableLength, place * cells, (place + 1) * cells);
        return all;
    }
    const all = new Uint32Array(lineComponents.length * cells);
    for (const [place, component] of lineComponents.entries()) {
        const { index } = bands[component]!;
        for (let cell = 0; cell < cells; cell++)
            all[place * cells + cell] = (firstTable[component]! + (index ? index[cell]! : 0)) * tableLength;
    }
    return all;
}

function multipliers(
    { lineComponents }: Layout,
    { cells }: People,
    { multipliers: own }: Holding
): Float64Array {
    const all = new Float64Array(lineComponents.length * cells);
    for (const [place, component] of lineComponents.entries())
        all.set(own[component]!.subarray(0, cells), place * cells);
    return all;
}

/** The place of a cell's table in the arrays. */
export function tableAt(
    { bands, firstTable, tableLength }: Program,
    component: number,
    cell: number
): number {
    const { index } = bands[component]!;
    return (firstTable[component]! + (index ? index[cell]! : 0)) * tableLength;
}

/** The exact rates of a cell; a problem where they cannot be worked out. */
export function bandsAt({ bands }: Program, component: number, cell: number): Bands | ProblemError {
    const { index, found } = bands[component]!;
    return found[index ? index[cell]! : 0]!;
}
