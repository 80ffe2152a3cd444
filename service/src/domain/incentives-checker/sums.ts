// Measures as sums over what happened, what was earned and paid to date, and the goals measures are held against.
import type { Credit } from './credits.ts';
import { asText, isTable, tables, texts, type Table } from './data.ts';
import { daysIn, monthsFrom, monthsIn, plusDays, plusMonths, type Span } from './days.ts';
import { add, divide, exact, multiply, ONE, sign, total, ZERO, type Exact } from './exact.ts';
import { added } from './events.ts';
import { formulaOf, type Place } from './formula.ts';
import { asExact, asTruth, CannotDerive, shown } from './values.ts';
import { numberIn, sumOfField } from './input-data.ts';
import { dayOfKey } from './periods.ts';
import { formulaIn } from './plan-data.ts';
import type { Review } from './review.ts';
import { ofSale } from './sale-places.ts';

export interface Movement {
    before: Exact;
    after: Exact;
}

type PlaceOf = (credit: Credit) => Place;

/** The value a sum is kept apart by; null: all of them. */
type Apart = string | null;

function valueApart({ plan }: Review, key: string, { sale }: Credit): string {
    const value = ofSale(sale, asText(plan.measures.get(key)!['by']), sale.amount);
    if (value === undefined)
        throw new CannotDerive(`transaction ${sale.id} does not say by what ${key} is kept apart`);
    return shown(value);
}

/** What each event adds, in their order. */
function additions(review: Review, payee: string, key: string, placeOf: PlaceOf, apart: Apart): Exact[] {
    return review.noted(JSON.stringify(['additions', payee, key, apart]), () => {
        const measure = review.plan.measures.get(key)!;
        const [of, when] = [formulaIn(measure, 'of')!, formulaIn(measure, 'when')];
        return review.events.get(payee)!.map((event) =>
            added(lowering(review) || !event.reversal ? event : { ...event, credits: [] }, (credit) => {
                const place = placeOf(credit);
                const counts = credit.only.length === 0 || credit.only.includes(key);
                const amount = counts && (!when || asTruth(when(place))) ? asExact(of(place)) : ZERO;
                const isOfAnother =
                    apart !== null && sign(amount) !== 0 && valueApart(review, key, credit) !== apart;
                return isOfAnother ? ZERO : amount;
            })
        );
    });
}

/** Whether reversals take measures down: not when a component says they do not. */
function lowering({ plan }: Review): boolean {
    return [...plan.components.values()].every(
        ({ chargeback }) => !isTable(chargeback) || asText(chargeback['reducesMeasures']) !== 'false'
    );
}

function sumOver(
    review: Review,
    payee: string,
    key: string,
    { from, to }: Span,
    placeOf: PlaceOf,
    apart: Apart = null
): Exact {
    const events = review.events.get(payee)!;
    return total(
        additions(review, payee, key, placeOf, apart).filter(
            (_, i) => from <= events[i]!.date && events[i]!.date <= to
        )
    );
}

export function inPeriod(
    review: Review,
    payee: string,
    key: string,
    period: number,
    placeOf: PlaceOf
): Exact {
    return sumOver(review, payee, key, review.input.periods[period]!, placeOf);
}

/** Before a period and to its end, in the measure's interval or window. */
export function movementOfPeriod(
    review: Review,
    payee: string,
    key: string,
    period: number,
    placeOf: PlaceOf,
    apart: Apart = null
): Movement {
    const measure = review.plan.measures.get(key)!;
    const { periods } = review.input;
    const span = periods[period]!;
    const interval = review.plan.measureInterval(measure);
    if (isTable(measure['window'])) {
        const end = asText(measure['window']['until']) === 'periodStart' ? plusDays(span.from, -1) : span.to;
        const from = plusMonths(plusDays(end, 1), -Number(asText(measure['window']['months'])));
        const eve = plusDays(periods[0]!.from, -1);
        const opening = from <= eve && eve <= end ? review.input.opening(payee, key, apart) : ZERO;
        const upTo = (to: string): Exact =>
            add(opening, sumOver(review, payee, key, { from, to }, placeOf, apart));
        return { before: upTo(plusDays(span.from, -1)), after: upTo(end) };
    }
    if (interval === 'credit')
        return { before: ZERO, after: sumOver(review, payee, key, span, placeOf, apart) };
    const whole = review.plan.intervals.around(interval, span.to);
    if (whole.from > span.from) throw new CannotDerive(`measure ${key} begins anew inside the period`);
    const opening = openingIn(review, payee, key, whole, apart);
    const upTo = (to: string): Exact =>
        add(opening, sumOver(review, payee, key, { from: whole.from, to }, placeOf, apart));
    return { before: upTo(plusDays(span.from, -1)), after: upTo(span.to) };
}

/** Before a credit and with it. */
export function movementOfCredit(review: Review, credit: Credit, key: string, placeOf: PlaceOf): Movement {
    const { payee, sale } = credit;
    const measure = review.plan.measures.get(key)!;
    const interval = review.plan.measureInterval(measure);
    const apart = measure['by'] === undefined ? null : valueApart(review, key, credit);
    if (isTable(measure['window'])) {
        const { after } = movementOfPeriod(review, payee, key, sale.period, placeOf, apart);
        return { before: after, after };
    }
    const events = review.events.get(payee)!;
    const index = events.findIndex(({ credits, reversal }) => reversal === null && credits[0] === credit);
    const amounts = additions(review, payee, key, placeOf, apart);
    if (interval === 'credit') return { before: ZERO, after: amounts[index]! };
    const whole = review.plan.intervals.around(interval, sale.date);
    const earlier = amounts.filter((_, i) => i < index && events[i]!.date >= whole.from);
    const before = add(openingIn(review, payee, key, whole, apart), total(earlier));
    return { before, after: add(before, amounts[index]!) };
}

/** An opening belongs to the interval under way when the first period begins. */
function openingIn({ input }: Review, payee: string, key: string, { from, to }: Span, apart: Apart): Exact {
    const first = input.periods[0]!.from;
    return from <= first && first <= to ? input.opening(payee, key, apart) : ZERO;
}

/** Sum of earlier periods of the interval; before the first period what the input says was paid: of a component, or what came out of
 *  a payout step. */
export function sumBefore(
    review: Review,
    payee: string,
    period: number,
    interval: string,
    whose: { component: string } | { step: string },
    of: (period: number) => Exact
): Exact {
    const { plan, input } = review;
    const { periods } = input;
    const { from } = plan.intervals.around(interval, periods[period]!.to);
    const earlier = periods
        .map((_, index) => index)
        .filter((index) => index < period && periods[index]!.to >= from);
    const paid = rowsOf(review, payee, whose).filter((row) => {
        const day = dayOfKey(asText(row['period']), plan.intervals);
        return day !== null && from <= day && day < periods[0]!.from;
    });
    return add(sumOfField(paid, 'amount'), total(earlier.map(of)));
}

/** Rows that name the step; without any, those of all components. */
function rowsOf(
    { input, plan }: Review,
    payee: string,
    whose: { component: string } | { step: string }
): readonly Table[] {
    const own = input.list('paid').filter((row) => asText(row['payee']) === payee);
    if ('component' in whose)
        return own.filter((row) => row['component'] === whose.component && row['kind'] !== 'malus');
    const isOfComponent = (row: Table): boolean => plan.components.has(asText(row['component']));
    const ofStep = own.filter((row) => row['component'] === whose.step && !isOfComponent(row));
    return ofStep.length > 0 ? ofStep : own.filter(isOfComponent);
}

/** The goal for the interval around a day; undefined where nobody gave one. */
export function goalOn(
    review: Review,
    payee: string,
    key: string,
    day: string,
    period: number,
    place: Place
): Exact | undefined {
    const { plan, input } = review;
    const measure = plan.measures.get(key)!;
    const interval = plan.measureInterval(measure);
    const isOfPeriod = isTable(measure['window']) || interval === 'credit';
    const span = isOfPeriod ? input.periods[period]! : plan.intervals.around(interval, day);
    const quota = plan.quotas.get(key);
    const full = (quota && written(review, payee, quota, span, place)) ?? givenGoal(review, payee, key, span);
    if (full === undefined || !quota) return full;
    const kind = isOfPeriod ? 'period' : interval;
    const season = seasonOf(review, quota, kind, span, period, place);
    return multiply(multiply(full, season), partAssigned(review, payee, quota, span));
}

function written(
    { input }: Review,
    payee: string,
    quota: Table,
    span: Span,
    place: Place
): Exact | undefined {
    const ramp = tables(quota['ramp']);
    if (ramp.length > 0) {
        const start = input.beginning(payee);
        if (start === '') throw new CannotDerive(`it is not said when ${payee} began`);
        const month = monthsFrom(start, span.to) + 1;
        const step = ramp.findLast(({ fromMonth }) => Number(asText(fromMonth)) <= month);
        if (step) return asExact(formulaIn(step, 'amount')!(place));
    }
    const amount = formulaIn(quota, 'amount');
    return amount && asExact(amount(place));
}

/** Goals for parts of the interval add up; else the one in force at its end. */
function givenGoal({ input }: Review, payee: string, key: string, span: Span): Exact | undefined {
    const rows = input.list('quotas').filter((row) => asText(row['measure']) === key);
    const own = rows.filter((row) => asText(row['payee']) === payee);
    const general = rows.filter((row) => asText(row['payee']) === '*');
    const applying = own.length > 0 ? own : general;
    const from = (row: Table): string => asText(row['from']) || input.periods[0]!.from;
    const to = (row: Table): string => asText(row['to']) || input.periods.at(-1)!.to;
    const inside = applying.filter((row) => from(row) >= span.from && to(row) <= span.to);
    if (inside.length > 0) return sumOfField(inside, 'amount');
    const inForce = applying.find((row) => from(row) <= span.to && to(row) >= span.to);
    return inForce && (numberIn(inForce, 'amount') ?? ZERO);
}

/** Parts of a year's goal: that of the interval, or all so far for goals of a year or longer. */
function seasonOf(
    { plan, input }: Review,
    quota: Table,
    interval: string,
    span: Span,
    period: number,
    place: Place
): Exact {
    const parts = texts(quota['seasonality']);
    if (parts.length === 0) return ONE;
    const isToDate = interval === 'year' || interval === 'plan';
    const number =
        isToDate || interval === 'period'
            ? plan.intervals.numberOf(plan.period, input.periods[period]!.from)
            : plan.intervals.numberOf(interval, span.from);
    if (number > parts.length) throw new CannotDerive(`seasonality has no part ${number}`);
    return total(
        parts.slice(isToDate ? 0 : number - 1, number).map((part) => asExact(formulaOf(part)(place)))
    );
}

function partAssigned({ input }: Review, payee: string, quota: Table, span: Span): Exact {
    switch (asText(quota['prorate'])) {
        case 'days':
            return exact(input.assignedDays(payee, span), daysIn(span));
        case 'months':
            return exact(input.assignedMonths(payee, span), monthsIn(span));
        default:
            return ONE;
    }
}

export function attained(sum: Exact, goal: Exact | undefined): Exact | undefined {
    if (goal === undefined) return undefined;
    if (sign(goal) === 0) throw new CannotDerive('a goal is zero');
    return divide(sum, goal);
}
