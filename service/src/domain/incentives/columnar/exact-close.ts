// A payee's periods in exact fractions, from the rows: what close.ts does in whole numbers, for the payees who leave them.
import { larger, Ratio, smaller, sumOf } from '../../ratio.ts';
import { allocate, roundTo, type RoundingRule } from '../../rounding.ts';
import type { RunCalendar } from './calendar.ts';
import { exactCell, known, walked, type ExactCell, type ExactSource } from './exact-walk.ts';
import { atCell, type Held, type HeldLimit } from './holding.ts';
import { isPerCredit } from './layout.ts';
import { bandsAt, type Program } from './program.ts';

export interface ExactPeriod extends ExactCell {
    /** by component */
    earning: Ratio[];
    due: Ratio;
    /** by payout step */
    after: Ratio[];
    paid: Ratio;
    /** by tranche, cash and instruments */
    tranches: [Ratio, Ratio][];
}

export interface ExactInputs extends ExactSource {
    calendar: RunCalendar;
    /** by sum, before the first period, in money or deals */
    openingOf(sum: number, payee: number): Ratio;
    rowsOf(cell: number): ArrayLike<number>;
}

export function exactPayee(inputs: ExactInputs, payee: number): ExactPeriod[] {
    const { shape, people } = inputs.program;
    const periods: ExactPeriod[] = [];
    for (const period of people.context.periods.keys()) {
        const cell = payee * people.periods + period;
        const opening = shape.sums.map((_, sum) => openingAt(inputs, periods, sum, payee, period));
        const walk = exactCell(inputs, inputs.rowsOf(cell), opening, period, payee);
        const earning = shape.components.map((_, component) =>
            earned(inputs, periods, component, cell, walk)
        );
        const due = sumOf(earning);
        periods.push({ ...walk, earning, due, ...payOut(inputs, periods, cell, due) });
    }
    return periods;
}

function openingAt(
    { calendar, openingOf }: ExactInputs,
    periods: readonly ExactPeriod[],
    sum: number,
    payee: number,
    period: number
): Ratio {
    if (period === 0) return openingOf(sum, payee);
    if (calendar.begins[sum]![period] === 1) return Ratio.ZERO;
    const { opening, added } = periods[period - 1]!;
    return opening[sum]!.plus(added[sum]!);
}

function earned(
    inputs: ExactInputs,
    periods: readonly ExactPeriod[],
    component: number,
    cell: number,
    walk: ExactCell
): Ratio {
    const { program, calendar } = inputs;
    const { rounding } = program.shape.plan;
    const one = program.shape.components[component]!;
    const held = known(atCell(program.holding.components[component]!, cell));
    let amount = isPerCredit(one)
        ? ofCredits(inputs, component, held, walk)
        : ofPeriod(inputs, component, held, cell, walk);
    for (const [place, limit] of held.limits.entries()) {
        const from = calendar.lookBack[component]![place]![periods.length]!;
        const earlier = sumOf(periods.slice(from).map(({ earning }) => earning[component]!));
        amount = limited(limit, amount, earlier);
    }
    return rounding.at === 'payout' ? amount : rounded(amount, rounding);
}

function ofCredits(
    { program }: ExactInputs,
    component: number,
    { multiplier }: Held,
    { credits }: ExactCell
): Ratio {
    const lines = credits.flatMap((credit) => credit.lines).filter((line) => line.component === component);
    const sum = sumOf(lines.map(({ worth }) => worth));
    return program.shape.plan.rounding.at === 'line' ? sum : sum.times(multiplier);
}

function ofPeriod(
    { program }: ExactInputs,
    component: number,
    { multiplier, caps }: Held,
    cell: number,
    { opening, added }: ExactCell
): Ratio {
    if (program.people.isOnPlan[cell] === 0) return Ratio.ZERO;
    const { rounding } = program.shape.plan;
    const walk = multiplier.isZero ? Ratio.ZERO : walkOfPeriod(program, component, cell, opening, added);
    const held = caps.reduce(smaller, walk.times(multiplier));
    return rounding.at === 'line' ? rounded(held, rounding) : held;
}

function walkOfPeriod(
    program: Program,
    component: number,
    cell: number,
    opening: readonly Ratio[],
    added: readonly Ratio[]
): Ratio {
    const { kind, at, base, position } = program.shape.components[component]!;
    const bands = known(bandsAt(program, component, cell));
    const from = opening[at] ?? Ratio.ZERO;
    const to = from.plus(added[at] ?? Ratio.ZERO);
    return walked(bands, kind, from, to, position, base === null ? Ratio.ONE : added[base]!);
}

function limited({ limit, least, most, beyond }: HeldLimit, amount: Ratio, earlierEarned: Ratio): Ratio {
    const earlier = limit.scope === 'cumulative' ? earlierEarned : Ratio.ZERO;
    let held = amount;
    if (most) {
        const above = larger(held.plus(earlier).minus(larger(most, earlier)), Ratio.ZERO);
        held = held.minus(above).plus(above.times(beyond));
    }
    return least && held.plus(earlier).compare(least) < 0 ? least.minus(earlier) : held;
}

function payOut(
    inputs: ExactInputs,
    periods: readonly ExactPeriod[],
    cell: number,
    due: Ratio
): Pick<ExactPeriod, 'after' | 'paid' | 'tranches'> {
    const { program, calendar } = inputs;
    const { rounding } = program.shape.plan;
    const after: Ratio[] = [];
    let tranches = calendar.vestsIn.map((): [Ratio, Ratio] => [Ratio.ZERO, Ratio.ZERO]);
    let amount = due;
    for (const [place, step] of program.shape.payout.entries()) {
        const held = known(atCell(program.holding.payout[place]!, cell));
        if (held && 'by' in held) amount = amount.times(held.by);
        else if (step.kind === 'deferral') {
            if (held && 'shares' in held && amount.sign > 0) {
                const wanted = held.part ? amount.times(held.part) : held.amount!;
                const deferred = larger(
                    smaller(rounded(wanted, rounding), roundTo(amount, rounding.unit, 'down')),
                    Ratio.ZERO
                );
                amount = amount.minus(deferred);
                if (!deferred.isZero) tranches = shared(deferred, held.shares, held.instruments, rounding);
            }
            for (const { award, tranche } of calendar.vesting[periods.length]!)
                amount = amount.plus(periods[award]!.tranches[tranche]![0]);
        }
        if (rounding.at !== 'payout') amount = rounded(amount, rounding);
        after.push(amount);
    }
    return { after, paid: rounding.at === 'payout' ? rounded(amount, rounding) : amount, tranches };
}

function shared(
    deferred: Ratio,
    shares: readonly Ratio[],
    instruments: Ratio,
    rounding: RoundingRule
): [Ratio, Ratio][] {
    const forms = [Ratio.ONE.minus(instruments), instruments];
    return allocate(deferred, shares, rounding).map(
        (amount) => allocate(amount, forms, rounding) as [Ratio, Ratio]
    );
}

function rounded(amount: Ratio, { unit, mode }: RoundingRule): Ratio {
    return roundTo(amount, unit, mode);
}
