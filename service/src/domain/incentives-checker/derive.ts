// A payee's statements as plan, input and the figures told before make them, period by period.
import type { Account } from './account.ts';
import { deriveComponent } from './components.ts';
import type { Credit } from './credits.ts';
import { asText, isTable, type Data, type Table } from './data.ts';
import { divide, sign, written, type Exact } from './exact.ts';
import { formulaIn } from './plan-data.ts';
import { formulaOf, type Place } from './formula.ts';
import { derivePayout, type PaidOut } from './payout.ts';
import { goalOf } from './measure-names.ts';
import { creditPlace, periodPlace } from './places.ts';
import type { Review } from './review.ts';
import { asTold, orNothing } from './working.ts';
import { credit, money } from './written.ts';

/** Null where there is nothing to tell. */
export function derivePeriod(
    review: Review,
    account: Account,
    period: number
): { told: Table; paid: Exact } | null {
    const { plan } = review;
    const { payee } = account;
    const components = componentsOf(review, account, period);
    const paidOut = derivePayout(review, account, payee, period);
    const hasLines = Object.values(components).some((one) => (one as { lines: unknown[] }).lines.length > 0);
    const hasMoney = sign(paidOut.due) !== 0 || sign(paidOut.paid) !== 0 || paidOut.isOwed;
    if (!review.isOnPlan(payee, period) && !hasLines && !hasMoney) return null;
    const told = {
        credits: review.creditsIn(payee, period).map((one) => ({
            ...credit(one, plan.rounding),
            figures: figuresOfCredit(review, one)
        })),
        measures: measuresOf(review, payee, period),
        components,
        due: money(paidOut.due, plan.rounding),
        payout: paidOut.steps,
        paid: money(paidOut.paid, plan.rounding),
        balances: paidOut.balances,
        figures: figuresOf(review, payee, period, paidOut)
    };
    return { told, paid: paidOut.paid };
}

function componentsOf(review: Review, account: Account, period: number): Table {
    const entries = [...review.plan.components].map(([key, component], upTo) => [
        key,
        deriveComponent({ review, account, payee: account.payee, period, key, component, upTo })
    ]);
    return Object.fromEntries(entries) as Table;
}

function measuresOf(review: Review, payee: string, period: number): Table {
    const place = periodPlace(review, payee, period);
    const entries = [...review.plan.measures.keys()].flatMap((key) => {
        const inPeriod = orNothing(() => place.name(`inPeriod.${key}`) as Exact | undefined);
        if (inPeriod === undefined) return [];
        const toDate = orNothing(() => place.movement(key).after) ?? inPeriod;
        const quota = orNothing(() => goalOf(review, payee, key, period, place)) ?? null;
        const attainment = quota === null || sign(quota) === 0 ? null : written(divide(toDate, quota));
        const figures = {
            inPeriod: written(inPeriod),
            toDate: written(toDate),
            quota: quota && written(quota),
            attainment
        };
        return [[key, figures]];
    });
    return Object.fromEntries(entries) as Table;
}

/** One that cannot be worked out is left out. */
function figuresOf(review: Review, payee: string, period: number, { due, paid }: PaidOut): Table {
    const isLast = period === review.input.periods.length - 1;
    const place = periodPlace(review, payee, period, { own: { due, paid }, isAfter: true });
    return worked(review, place, (per) => per === 'period' || (per === 'payee' && isLast));
}

function figuresOfCredit(review: Review, one: Credit): Table {
    return worked(review, creditPlace(review, one, { isAfter: true }), (per) => per === 'credit');
}

function worked(review: Review, place: Place, isWanted: (per: string) => boolean): Table {
    const entries = review.plan.figures.flatMap(([key, part]) => {
        const per = isTable(part) ? asText(part['per']) || 'period' : 'period';
        if (!isWanted(per)) return [];
        const formula = isTable(part) ? formulaIn(part, 'value')! : formulaOf(asText(part));
        const value = orNothing(() => formula(place));
        return value === undefined ? [] : [[key, asTold(value)]];
    });
    return Object.fromEntries(entries) as Record<string, Data>;
}
