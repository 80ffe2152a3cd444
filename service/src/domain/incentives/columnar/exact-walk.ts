// The credits of a cell one by one in exact fractions of any size: what a payee is shown of them, and the path for cells that
// leave the whole numbers of Float64. From the opening of the cell and its rows alone.
import { ProblemError } from '../../problem.ts';
import { Ratio } from '../../ratio.ts';
import { allocate, roundTo } from '../../rounding.ts';
import { bandOf, type Bands } from './bands.ts';
import { kindOf } from './batch.ts';
import { DoesNotFit } from './does-not-fit.ts';
import type { Frame } from './frame.ts';
import { atCell } from './holding.ts';
import type { RuleOnKind } from './kinds.ts';
import { isPerCredit } from './layout.ts';
import { bandsAt, type Program } from './program.ts';
import { NOBODY } from './transactions.ts';

export interface ExactCredit {
    row: number;
    rule: number;
    /** before factors, in money */
    amount: Ratio;
    share: Ratio;
    lines: ExactLine[];
}

export interface ExactLine {
    component: number;
    /** of the sum the table is looked up at; zero for a single rate */
    before: Ratio;
    after: Ratio;
    /** numbers of the bands, from 1 */
    from: number;
    to: number;
    /** what it gives before gates and factors; where lines are rounded, after them */
    worth: Ratio;
}

export interface ExactCell {
    opening: Ratio[];
    /** by sum, what the period adds */
    added: Ratio[];
    credits: ExactCredit[];
}

/** What the passes work on, with the amounts they cannot hold. */
export interface ExactSource {
    program: Program;
    frame: Frame;
    large: ReadonlyMap<number, bigint>;
}

export function exactCell(
    source: ExactSource,
    rows: ArrayLike<number>,
    opening: Ratio[],
    period: number,
    payee: number
): ExactCell {
    const { shape, people } = source.program;
    const running = [...opening];
    const credits: ExactCredit[] = [];
    const cell = payee * people.periods + period;
    for (let i = 0; i < rows.length; i++)
        for (const { entry, amount, share } of creditsFor(source, rows[i]!, payee)) {
            const before = [...running];
            for (const [slot, sum] of shape.rules[entry.rule]!.sums.entries())
                running[sum] = running[sum]!.plus(
                    addedTo(source.program, sum, entry.weights[slot]!, amount, share)
                );
            const lines = shape.rules[entry.rule]!.lines.flatMap((component, place) =>
                entry.pays[place] ? [exactLine(source.program, component, cell, before, running)] : []
            );
            credits.push({ row: rows[i]!, rule: entry.rule, amount, share, lines });
        }
    return { opening, added: running.map((sum, index) => sum.minus(opening[index]!)), credits };
}

interface OwnCredit {
    entry: RuleOnKind;
    amount: Ratio;
    share: Ratio;
}

function creditsFor({ program, frame, large }: ExactSource, row: number, payee: number): OwnCredit[] {
    const { layout, shape, kinds } = program;
    const { unit } = shape.plan.rounding;
    const kind = kinds[kindOf(frame, row)]!;
    if (kind instanceof ProblemError) throw kind;
    const amount = Ratio.of(large.get(row) ?? frame.amount[row]!).times(unit);
    return kind.flatMap((entry): OwnCredit[] => {
        const { target, holder } = layout.groups[layout.groupOf[entry.rule]!]!;
        if (target === 'splits') return splitCredits(program, frame, row, payee, entry, amount);
        const own = target === 'payee' ? shape.rules[entry.rule]!.target : null;
        const credited =
            own?.kind === 'payee' ? program.people.payeeIndex.get(own.payee) : frame.holders[holder]![row];
        if (credited === NOBODY || credited !== payee) return [];
        return [{ entry, amount: amount.times(entry.share), share: entry.share }];
    });
}

function splitCredits(
    { shape }: Program,
    frame: Frame,
    row: number,
    payee: number,
    entry: RuleOnKind,
    amount: Ratio
): OwnCredit[] {
    const [first, end] = [frame.splitStart[row]!, frame.splitStart[row + 1]!];
    const shares = Array.from(frame.splitShare.subarray(first, end), (share) =>
        Ratio.of(share, frame.shareScale)
    );
    const amounts = amount.isZero
        ? shares.map(() => Ratio.ZERO)
        : allocate(amount, shares, shape.plan.rounding);
    return shares.flatMap((share, place) =>
        frame.splitPayee[first + place] === payee ? [{ entry, amount: amounts[place]!, share }] : []
    );
}

function addedTo({ shape }: Program, sum: number, weight: Ratio, amount: Ratio, share: Ratio): Ratio {
    const { part } = shape.sums[sum]!.figure;
    return weight.times(part === 'one' ? Ratio.ONE : part === 'countCredit' ? share : amount);
}

function exactLine(
    program: Program,
    component: number,
    cell: number,
    before: readonly Ratio[],
    after: readonly Ratio[]
): ExactLine {
    const { shape, holding } = program;
    const { kind, at, base, position } = shape.components[component]!;
    const bands = known(bandsAt(program, component, cell));
    const from = kind === 'flat' ? Ratio.ZERO : before[at]!;
    const to = kind === 'flat' ? Ratio.ZERO : after[at]!;
    const applied = base === null ? Ratio.ONE : after[base]!.minus(before[base]!);
    const walk = walked(bands, kind, from, to, position, applied);
    const line = { component, before: from, after: to, from: bandOf(bands, from), to: bandOf(bands, to) };
    if (shape.plan.rounding.at !== 'line' || !isPerCredit(shape.components[component]!))
        return { ...line, worth: walk };
    const { unit, mode } = shape.plan.rounding;
    return {
        ...line,
        worth: roundTo(walk.times(known(atCell(holding.components[component]!, cell)).multiplier), unit, mode)
    };
}

/** What a movement gives: along the bands, or the base at the rate of the band reached. */
export function walked(
    bands: Bands,
    kind: 'marginal' | 'banded' | 'flat',
    from: Ratio,
    to: Ratio,
    position: 'before' | 'after',
    base: Ratio
): Ratio {
    if (kind === 'marginal') return lineAt(bands, to).minus(lineAt(bands, from));
    const rate = bands.rates[bandOf(bands, position === 'before' ? from : to) - 1];
    if (!rate) throw outside();
    return base.times(rate);
}

function lineAt(bands: Bands, x: Ratio): Ratio {
    const band = bandOf(bands, x) - 1;
    if (!bands.rates[band]) throw outside();
    return bands.rates[band].times(x).plus(bands.intercepts[band]!);
}

/** What could be worked out; a problem is the reference engine's to tell. */
export function known<T>(found: T | ProblemError): T {
    if (found instanceof ProblemError) throw new DoesNotFit(found.problem.where, found.problem.code);
    return found;
}

function outside(): DoesNotFit {
    return new DoesNotFit('tables', 'a value lies outside its table');
}
