// How one component pays, in sentences.
import type { Component, Gate, Limit, RateChoice } from '../plan.ts';
import { conditionInWords, inWords } from './expression-in-words.ts';
import { isPercentage, listed, sentence, words } from './words.ts';

export function componentInWords(component: Component): string[] {
    return [
        base(component),
        ...component.rates.flatMap((rate, index) => rateInWords(rate, index, component)),
        ...component.rateAdjustments.map(
            ({ when, add }) =>
                `The rate changes by ${inWords(add)}${when ? ` where ${conditionInWords(when)}` : ''}`
        ),
        ...rateBounds(component),
        ...component.factors.map(
            ({ key, when, value }) =>
                `It is multiplied by ${inWords(value)} (${words(key)})${when ? ` where ${conditionInWords(when)}` : ''}`
        ),
        ...component.gates.map(gateInWords),
        ...component.limits.map(limitInWords),
        ...toDate(component),
        ...(component.pays ? [] : ['It is worked out for other parts of the plan and is not paid']),
        ...pool(component),
        ...timing(component)
    ].map(sentence);
}

function base({ per, base: amount, rates, credits, when, pool: shared }: Component): string {
    const each = per === 'credit' ? 'for each deal credited to you' : 'for each period';
    const by =
        credits.length === 0
            ? ''
            : ` by ${listed(
                  credits.map((rule) => `“${words(rule)}”`),
                  'or'
              )}`;
    const condition = when ? `, where ${conditionInWords(when)}` : '';
    if (shared) return `It is a part of a pool, ${each}${by}${condition}`;
    if (amount === null) return `It is worked out ${each}${by}${condition}`;
    const whole = rates.length === 0 ? '' : ', times the rate';
    return `It pays ${inWords(amount)}${whole}, ${each}${by}${condition}`;
}

function rateInWords(rate: RateChoice, index: number, { rates }: Component): string[] {
    const order =
        rates.length === 1
            ? 'The rate is'
            : index === 0
              ? 'The rate is the first of these that applies:'
              : 'Else';
    const when = rate.when ? ` if ${conditionInWords(rate.when)}` : '';
    if (rate.kind === 'value') {
        const isAmount = rate.value.kind === 'number' && !isPercentage(rate.value);
        return [`${order} ${inWords(rate.value)}${isAmount ? ' (an amount or multiplier)' : ''}${when}`];
    }
    const at = 'measure' in rate.at ? `your ${words(rate.at.measure)}` : inWords(rate.at.value);
    const column = rate.columnAt ? ` and ${inWords(rate.columnAt)}` : '';
    const position = rate.position === 'before' ? ', looked up before the deal counts' : '';
    return [`${order} that of the table “${words(rate.table)}” for ${at}${column}${position}${when}`];
}

function rateBounds({ rateFloor, rateCeiling }: Component): string[] {
    return [
        ...(rateFloor ? [`The rate is never below ${inWords(rateFloor)}`] : []),
        ...(rateCeiling ? [`The rate is never above ${inWords(rateCeiling)}`] : [])
    ];
}

function gateInWords({ key, when, otherwise, waivable }: Gate): string {
    const then =
        otherwise.kind === 'zero'
            ? 'it pays nothing'
            : otherwise.kind === 'cap'
              ? `it pays at most ${inWords(otherwise.at)}`
              : `it pays ${inWords(otherwise.by)} of itself`;
    const waiver = waivable ? ' An approved exception can waive this.' : '';
    return `Condition “${words(key)}”: ${conditionInWords(when)}; if not, ${then}.${waiver}`;
}

function limitInWords({ scope, interval, least, most, beyond }: Limit): string {
    const over =
        scope === 'credit' ? 'for one deal' : scope === 'period' ? 'for one period' : `in one ${interval}`;
    const bounds = [
        ...(least ? [`at least ${inWords(least)}`] : []),
        ...(most ? [`at most ${inWords(most)}`] : [])
    ];
    const rest = beyond ? `, and ${inWords(beyond)} of what is above that` : '';
    return `It pays ${listed(bounds)} ${over}${rest}`;
}

function toDate({ toDate: interval }: Component): string[] {
    if (interval === null) return [];
    return [
        `It is worked out for the ${interval} so far, and you get what that is more than what you got before`
    ];
}

function pool({ pool: shared }: Component): string[] {
    if (!shared) return [];
    const among = shared.among
        ? ` among those for whom ${conditionInWords(shared.among)}`
        : ' among everybody';
    const by = shared.by ? `in proportion to ${inWords(shared.by)}` : 'in equal parts';
    return [`The pool is ${inWords(shared.amount)}, shared${among}, ${by}`];
}

function timing({ schedule, chargeback, amortisation }: Component): string[] {
    const parts =
        schedule?.kind === 'instalments'
            ? schedule.parts.map(({ afterPeriods, share }) => `${inWords(share)} ${after(afterPeriods)}`)
            : (schedule?.parts.map(({ on, share }) => `${inWords(share)} on ${words(on)}`) ?? []);
    return [
        ...(parts.length === 0 ? [] : [`It is paid in parts: ${listed(parts)}`]),
        ...(chargeback ? [chargebackInWords(chargeback)] : []),
        ...(amortisation ? [`The company expenses it over ${inWords(amortisation.months)} months`] : [])
    ];
}

function after(periods: number): string {
    if (periods === 0) return 'at once';
    return periods === 1 ? 'one period later' : `${periods} periods later`;
}

function chargebackInWords({
    windowMonths,
    part,
    reducesMeasures
}: NonNullable<Component['chargeback']>): string {
    const window = windowMonths ? ` within ${inWords(windowMonths)} months` : '';
    const quota = reducesMeasures ? 'Your quota attainment falls as well' : 'Your quota attainment stays';
    return `If a deal is cancelled${window}, ${inWords(part)} of what it paid is taken back. ${quota}`;
}
