// Awards as a calculation made them: for each payee and period the deferral step's award, what of it was paid at once, and its
// tranches. Their life goes on in live-award.ts.
import { sumOf, type Ratio } from '../../ratio.ts';
import type { IsoDay, Plan } from '../plan.ts';
import type { CalculationResult, ScheduledAmount } from '../result.ts';
import type { Award, LeaverRule, Tranche } from './award.ts';

/** What the plan does not say of an award. */
export interface AwardRules {
    leaverRules: LeaverRule[];
    payLine: string[];
}

/** Paid at once, as a tranche of the day of the award. */
export const UPFRONT = 'upfront';

export function awardsOf(result: CalculationResult, plan: Plan, rules: AwardRules): Award[] {
    const periods = new Set(result.periods.map(({ key }) => key));
    const groups = Map.groupBy(
        result.scheduled.filter(({ kind, period }) => kind === 'tranche' && periods.has(period)),
        ({ payeeId, period, source }) => `${payeeId}/${period}/${source}`
    );
    return [...groups].map(([id, tranches]) => awardOf(id, tranches, result, plan, rules));
}

function awardOf(
    id: string,
    scheduled: readonly ScheduledAmount[],
    result: CalculationResult,
    plan: Plan,
    rules: AwardRules
): Award {
    const { payeeId, period, source, clawbackUntil } = scheduled[0]!;
    const awardedOn = result.periods.find(({ key }) => key === period)!.end;
    const deferred = scheduled.map(trancheOf);
    const upfront = awardBefore(result, payeeId, period, source).minus(
        sumOf(deferred.map(({ amount }) => amount))
    );
    const atOnce: Tranche = { key: UPFRONT, vestsOn: awardedOn, form: 'cash', amount: upfront };
    const tranches = upfront.isZero ? deferred : [atOnce, ...deferred];
    return {
        id,
        payeeId,
        awardedOn,
        currency: result.currency,
        amount: sumOf(tranches.map(({ amount }) => amount)),
        tranches,
        clawbackUntil,
        ...rules,
        rounding: plan.rounding
    };
}

function trancheOf({ dueOn, form, amount }: ScheduledAmount): Tranche {
    const vestsOn: IsoDay = dueOn!;
    return {
        key: `${vestsOn}/${form}`,
        vestsOn,
        form: form === 'instrument' ? 'instrument' : 'cash',
        amount
    };
}

/** The award is what stood before the deferral step; earlier tranches that fall due are added after it. */
function awardBefore(result: CalculationResult, payeeId: string, period: string, step: string): Ratio {
    const payee = result.payees.find((one) => one.payeeId === payeeId)!;
    const steps = payee.periods.find((one) => one.period === period)!.payout;
    return steps.find(({ key }) => key === step)!.before;
}
