// What a run found for a payee's period, as exact figures, wherever it was calculated.
import { Ratio } from '../../ratio.ts';
import { formsOf } from './close.ts';
import { exactCell, type ExactCredit } from './exact-walk.ts';
import type { ExactPeriod } from './exact-close.ts';
import type { Run } from './run.ts';

export type PeriodFigures = Omit<ExactPeriod, 'credits'>;

export function figuresOf(run: Run, payee: number, period: number): PeriodFigures {
    const exact = run.exact.get(payee)?.[period];
    if (exact) return exact;
    const { program, pay, frame, opening, calendar } = run;
    const { people, shape, grains, holding } = program;
    const cell = payee * people.periods + period;
    const { unit, at } = shape.plan.rounding;
    const part = at === 'payout' ? unit.over(Ratio.of(holding.parts)) : unit;
    const inGrains = (values: Float64Array): Ratio[] =>
        grains.map((grain, sum) => Ratio.of(values[sum * people.cells + cell]!).times(grain));
    const each = (values: Float64Array, count: number, worth: Ratio): Ratio[] =>
        Array.from({ length: count }, (_, place) =>
            Ratio.of(values[place * people.cells + cell]!).times(worth)
        );
    const forms = formsOf(shape);
    const tranches = each(pay.tranches, calendar.vestsIn.length * forms, unit);
    return {
        opening: inGrains(opening),
        added: inGrains(frame.total),
        earning: each(pay.earning, shape.components.length, part),
        due: Ratio.of(pay.due[cell]!).times(part),
        after: each(pay.after, shape.payout.length, part),
        paid: Ratio.of(pay.paid[cell]!).times(unit),
        tranches: calendar.vestsIn.map((_, tranche) => [
            tranches[tranche * forms]!,
            forms === 2 ? tranches[tranche * forms + 1]! : Ratio.ZERO
        ])
    };
}

/** The credits of a cell with their lines, from its opening: what the explanation of a payout starts from. */
export function creditsOf(run: Run, payee: number, period: number): ExactCredit[] {
    const exact = run.exact.get(payee)?.[period];
    if (exact) return exact.credits;
    const { program, frame, loaded } = run;
    const cell = payee * program.people.periods + period;
    const { opening } = figuresOf(run, payee, period);
    const source = { program, frame, large: loaded.columns.large };
    return exactCell(source, run.index.rowsOf(cell), opening, period, payee).credits;
}
