// Deferral: part of an award is paid in tranches over later months, in cash and instruments; tranches sum to what is deferred,
// in whole units. A cash tranche that falls due in a period calculated here is paid there.
import { ProblemError } from '../../problem.ts';
import { larger, Ratio, smaller, sumOf } from '../../ratio.ts';
import { allocate, roundTo } from '../../rounding.ts';
import { addMonths } from '../dates.ts';
import type { PayoutStep } from '../plan.ts';
import type { ScheduledAmount, Step } from '../result.ts';
import { figureAt, step as shown, workedFigure } from '../working.ts';
import { lapse } from './leaving.ts';
import { leftOf, takeMalus } from './malus.ts';
import type { Outcome, Situation } from './pay-out.ts';

type Deferral = PayoutStep & { kind: 'deferral' };

/** Takes the deferred part off the award: whole units, at most those the award has. */
export function defer(step: Deferral, situation: Situation): Outcome {
    const { context, books, amount, scope, ledgers, place } = situation;
    if (amount.sign <= 0) return { after: amount, working: [] };
    const { unit, mode } = context.plan.rounding;
    const wanted = workedFigure('deferred', step.deferred, scope, `${place}.deferral.deferred`);
    const deferred = larger(
        smaller(roundTo(wanted.value, unit, mode), roundTo(amount, unit, 'down')),
        Ratio.ZERO
    );
    if (deferred.isZero) return { after: amount, working: [wanted.step] };
    books.scheduled.push(...tranchesOf(step, situation, deferred));
    ledgers.move(step.key, '', 'deferred', deferred);
    const after = amount.minus(deferred);
    return {
        after,
        working: [wanted.step, shown('award less deferred', place, { award: amount, deferred }, after)]
    };
}

function tranchesOf(step: Deferral, situation: Situation, deferred: Ratio): ScheduledAmount[] {
    const { context, books, period, scope, place } = situation;
    const { rounding } = context.plan;
    const shares = step.tranches.map(({ share }) => figureAt(share, scope, `${place}.deferral.tranches`));
    const sum = sumOf(shares);
    if (!sum.equals(Ratio.ONE))
        throw wrong('SHARES_NOT_WHOLE', situation, 'tranches', sum, 'Tranches must sum to 100 %.');
    const instruments = step.instruments
        ? figureAt(step.instruments, scope, `${place}.deferral.instruments`)
        : Ratio.ZERO;
    if (instruments.sign < 0 || instruments.compare(Ratio.ONE) > 0)
        throw wrong('SHARE_INVALID', situation, 'instruments', instruments, 'Give a part from 0 % to 100 %.');
    const award = context.periods[period]!;
    const amounts = allocate(deferred, shares, rounding);
    return step.tranches.flatMap(({ afterMonths }, index) => {
        const parts = allocate(amounts[index]!, [Ratio.ONE.minus(instruments), instruments], rounding);
        return (['cash', 'instrument'] as const).flatMap((form, which) =>
            parts[which]!.isZero
                ? []
                : {
                      payeeId: books.payee.id,
                      period: award.key,
                      source: step.key,
                      transaction: '',
                      kind: 'tranche' as const,
                      dueOn: addMonths(award.end, afterMonths),
                      event: '',
                      form,
                      amount: parts[which]!,
                      clawbackUntil:
                          step.clawbackMonths === null ? null : addMonths(award.end, step.clawbackMonths)
                  }
        );
    });
}

/** Adds tranches of earlier awards that fall due in this period, less what malus took of them. */
export function vest(step: Deferral, situation: Situation, deferred: Outcome): Outcome {
    const { context, books, period, ledgers, place } = situation;
    const { start, end, key } = context.periods[period]!;
    const malus = [...takeMalus(step, situation), ...lapse(step, situation)];
    const due = books.scheduled.filter(
        (one) =>
            one.source === step.key &&
            one.kind === 'tranche' &&
            one.period !== key &&
            isIn(one.dueOn, start, end)
    );
    let after = deferred.after;
    const working: Step[] = [];
    for (const one of due) {
        const { form, period: award } = one;
        const amount = leftOf(books, one);
        ledgers.move(step.key, '', form === 'cash' ? 'paid' : 'vested in instruments', amount.negated());
        if (form === 'instrument') continue;
        after = after.plus(amount);
        working.push(shown('tranche due', place, { award, tranche: amount }, after));
    }
    return { after, working: [...deferred.working, ...malus, ...working] };
}

function isIn(day: string | null, start: string, end: string): boolean {
    return day !== null && start <= day && day <= end;
}

function wrong(
    code: string,
    { scope, place }: Situation,
    what: string,
    value: Ratio,
    fix: string
): ProblemError {
    return new ProblemError({
        code,
        where: `${scope.where}, ${place}.deferral.${what}`,
        value: value.toString(),
        fix
    });
}
