// Rules on kinds as numbers: which apply, what their credits are multiplied by, and where their sums and lines begin.
import { ProblemError } from '../../problem.ts';
import { Ratio } from '../../ratio.ts';
import type { People } from './cells.ts';
import { DoesNotFit } from './does-not-fit.ts';
import { canBeFlat } from './flat-source.ts';
import type { Frame } from './frame.ts';
import type { RuleOnKind } from './kinds.ts';
import type { Layout } from './layout.ts';
import type { Shape } from './shape.ts';
import { NOBODY } from './transactions.ts';
import { scaleOf, wholeAt } from './whole.ts';

export type Kinds = (RuleOnKind[] | ProblemError)[];

export type Entries = Pick<
    Frame,
    | 'entryStart'
    | 'entries'
    | 'fixedPayee'
    | 'creditParts'
    | 'slotFirst'
    | 'slotWeight'
    | 'lineFirst'
    | 'linePays'
    | 'kindFirst'
    | 'lineShift'
>;

/** By rule, the parts of a unit its credits are counted in. */
export function ruleScales({ rules }: Shape, kinds: Kinds): bigint[] {
    return rules.map((_, rule) => scaleOf(entriesFor(kinds, rule).map(({ share }) => share)));
}

function entriesFor(kinds: Kinds, rule: number): RuleOnKind[] {
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

export function grainsOf(shape: Shape, kinds: Kinds, scales: readonly bigint[], shareScale: bigint): Ratio[] {
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

/** What entries are worked out from. */
export interface Weighing {
    shape: Shape;
    layout: Layout;
    people: People;
    kinds: Kinds;
    /** by rule, parts of a unit; by sum, its grain */
    scales: readonly bigint[];
    grains: readonly Ratio[];
    shareScale: bigint;
}

/** An entry has the number `kind * rules + rule`. */
export function entriesOf(weighing: Weighing): Entries {
    const { shape, layout, kinds } = weighing;
    const count = kinds.length * shape.rules.length;
    const numbers: Entries = {
        ...entryLists(shape, layout, kinds),
        fixedPayee: new Uint32Array(count).fill(NOBODY),
        creditParts: new Float64Array(count),
        slotFirst: new Uint32Array(count * layout.slotStride),
        slotWeight: new Float64Array(count * layout.slotStride),
        lineFirst: new Uint32Array(count * layout.lineStride),
        linePays: new Uint8Array(count * layout.lineStride),
        kindFirst: null,
        lineShift: []
    };
    for (const [number, kind] of kinds.entries())
        if (!(kind instanceof ProblemError))
            for (const one of kind) fillEntry(weighing, numbers, number * shape.rules.length + one.rule, one);
    return { ...numbers, ...flatEntries(layout, kinds, numbers) };
}

/** Rules that apply to each kind, by group. */
function entryLists(
    { rules }: Shape,
    { groups }: Layout,
    kinds: Kinds
): Pick<Entries, 'entryStart' | 'entries'> {
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

function fillEntry(
    { shape, layout, people, scales, grains, shareScale }: Weighing,
    numbers: Entries,
    entry: number,
    { rule, share, weights, pays }: RuleOnKind
): void {
    const { sums, lines, target } = shape.rules[rule]!;
    if (target.kind === 'payee') numbers.fixedPayee[entry] = fixedPayee(people, target.payee);
    numbers.creditParts[entry] = wholeAt(share, scales[rule]!);
    for (const [slot, sum] of sums.entries()) {
        const at = entry * layout.slotStride + slot;
        const worth = weights[slot]!.times(partOf(shape, rule, sum, scales, shareScale));
        numbers.slotFirst[at] = sum * people.cells;
        numbers.slotWeight[at] = wholeAt(worth.over(grains[sum]!), 1n);
    }
    for (const [place, line] of lines.entries()) {
        const at = entry * layout.lineStride + place;
        numbers.lineFirst[at] = layout.lineComponents.indexOf(line) * people.cells;
        numbers.linePays[at] = pays[place] ? 1 : 0;
    }
}

/** Flat loops need a kind to have one entry, and its lines to lie as far from its sum as those of other kinds. */
function flatEntries(
    layout: Layout,
    kinds: Kinds,
    { entryStart, entries, slotFirst, lineFirst }: Entries
): Pick<Entries, 'kindFirst' | 'lineShift'> {
    const isSingle = kinds.every((kind) => !(kind instanceof ProblemError) && kind.length === 1);
    const none = { kindFirst: null, lineShift: [] };
    if (!isSingle || !canBeFlat(layout)) return none;
    const own = Array.from(kinds, (_, kind) => entries[entryStart[kind]!]!);
    const count = layout.groups[0]!.lines.length;
    const shiftOf = (entry: number, line: number): number =>
        lineFirst[entry * layout.lineStride + line]! - slotFirst[entry * layout.slotStride]!;
    const lineShift = Array.from({ length: count }, (_, line) => shiftOf(own[0]!, line));
    const isEven = own.every((entry) => lineShift.every((shift, line) => shift === shiftOf(entry, line)));
    if (!isEven) return none;
    return { kindFirst: Uint32Array.from(own, (entry) => slotFirst[entry * layout.slotStride]!), lineShift };
}

function fixedPayee({ payeeIndex, books }: People, id: string): number {
    const index = payeeIndex.get(id);
    if (index === undefined) throw new DoesNotFit(`payee ${id}`, 'is credited and is not among the payees');
    if (books[index]!.assignments.length > 0)
        throw new DoesNotFit(`payee ${id}`, 'is credited by name and assigned by dates');
    return index;
}
