// What names stand for: for a credit, a payee's period, and what all share. The table of names is in plan-language.md,
// Expressions. Figures of components and payout are read from what the result tells.
import type { Credit } from './credits.ts';
import { asText } from './data.ts';
import { daysIn, daysOf, monthsIn } from './days.ts';
import { add, exact, total, type Exact } from './exact.ts';
import type { Place } from './formula.ts';
import { CannotDerive, type Value } from './values.ts';
import { asDivided, bothDivided, goalOf, ofMeasure, type MovingPlace } from './measure-names.ts';
import { allBelow, everyone, reportsOf } from './people.ts';
import type { PlanData } from './plan-data.ts';
import type { Review } from './review.ts';
import { detailOf, ofSale, placeOf, salePlace, withOwn, type Names } from './sale-places.ts';
import { goalOn, inPeriod, movementOfCredit, movementOfPeriod, sumBefore } from './sums.ts';

export interface Stage {
    /** number of components calculated so far; all of them unless said */
    upTo?: number;
    /** names of its own, e.g. `due` in the payout */
    own?: Record<string, Value>;
    /** whether balances stand as after the period, as figures read them */
    isAfter?: boolean;
}

export function periodPlace(
    review: Review,
    payee: string,
    period: number,
    { upTo = Infinity, own = {}, isAfter = false }: Stage = {}
): MovingPlace {
    const { plan, input, told } = review;
    const span = input.periods[period]!;
    const keys = [...plan.components.keys()];
    const isKnown = (component: string): boolean =>
        keys.includes(component) && keys.indexOf(component) < upTo;
    const names: Names = (first, second) => {
        if (second === '') {
            if (first !== 'paidToDate') return undefined;
            const step = plan.payout.at(-1)?.[0] ?? '';
            return sumBefore(review, payee, period, 'year', { step }, (index) => told.paid(payee, index));
        }
        switch (first) {
            case 'payee':
                return second === 'id' ? payee : input.fieldIn(payee, second, span);
            case 'fact':
                return input.fact(second, payee, span.key);
            case 'earning':
                return isKnown(second) ? told.earning(payee, period, second) : undefined;
            case 'earningToDate':
                return keys.includes(second)
                    ? earnedToDate(review, payee, period, second, isKnown(second))
                    : undefined;
            case 'earningBefore':
                return keys.includes(second) ? earnedToDate(review, payee, period, second, false) : undefined;
            case 'balance':
                return ledgersOf(plan).has(second)
                    ? total(told.balancesBefore(payee, isAfter ? period + 1 : period, second).values())
                    : undefined;
            case 'period':
                return ofPeriod(review, period, second);
            case 'assigned':
                return ofAssignment(review, payee, period, second);
            case 'inPeriod':
                return plan.measures.has(second)
                    ? asDivided(review, second, inPeriod(review, payee, second, period, credited), place)
                    : undefined;
            default:
                return ofMeasure(review, first, second, place, () =>
                    goalOf(review, payee, second, period, place)
                );
        }
    };
    const credited = (credit: Credit): Place => creditPlace(review, credit, { upTo, isAfter });
    const member = (one: string): Place => memberPlace(review, one, period, { upTo, isAfter });
    const onDay = (day: string): Place =>
        placeOf(
            plan,
            day,
            (first, second) => {
                if (first === 'payee' && second !== 'id') return input.fieldOn(payee, second, day);
                return second === '' ? place.name(first) : names(first, second);
            },
            groups
        );
    const groups: Place['group'] = (name) => {
        switch (name) {
            case 'team':
                return reportsOf(input, payee, span.to).map(member);
            case 'organisation':
                return allBelow(input, payee, span.to).map(member);
            case 'everyone':
                return everyone(review, period).map(member);
            case 'days':
                return input.assignedSpans(payee, span).flatMap(daysOf).map(onDay);
            case 'credits':
                return review.creditsIn(payee, period).map(credited);
            default:
                return name === 'transactions' ? salesOf(review, period) : null;
        }
    };
    const place: MovingPlace = {
        ...withOwn(placeOf(plan, span.to, names, groups), own),
        movement: (key) =>
            bothDivided(review, key, movementOfPeriod(review, payee, key, period, credited), place)
    };
    return place;
}

export function creditPlace(review: Review, credit: Credit, stage: Stage = {}): MovingPlace {
    const { plan, input, told } = review;
    const { sale, payee, source } = credit;
    const isPast = sale.period < 0;
    const whole = (): MovingPlace | null => (isPast ? null : periodPlace(review, payee, sale.period, stage));
    const worth = sale.amount && { payable: credit.payable, quotaCredit: credit.quota };
    const own: Record<string, Value> = {
        ...worth,
        countCredit: credit.count,
        share: credit.share,
        level: exact(credit.level)
    };
    const names: Names = (first, second) => {
        const name = `${first}.${second}`;
        if (second === '')
            return first === 'paidToDate'
                ? whole()?.name(first)
                : (own[first] ?? ofSale(sale, first, sale.amount));
        switch (first) {
            case 'payee':
                return second === 'id' ? payee : input.fieldOn(payee, second, sale.date);
            case 'source':
                return source === '' ? undefined : input.fieldOn(source, second, sale.date);
            case 'earning':
                return !isPast && givesFor(plan, second, credit) && whole()!.name(name) !== undefined
                    ? told.earnedFor(payee, sale.period, second, credit.id)
                    : whole()?.name(name);
            case 'inPeriod':
                return whole()?.name(name);
            case 'events':
            case 'team':
                return detailOf(sale, first, second);
            default:
                return (
                    ofMeasure(review, first, second, place, () =>
                        isPast ? undefined : goalOn(review, payee, second, sale.date, sale.period, whole()!)
                    ) ?? whole()?.name(name)
                );
        }
    };
    const place: MovingPlace = {
        ...placeOf(plan, sale.date, names, (name) => whole()?.group(name) ?? null),
        movement: (key) =>
            bothDivided(
                review,
                key,
                movementOfCredit(review, credit, key, (one) => creditPlace(review, one, stage)),
                place
            )
    };
    return place;
}

/** The period without any payee: what the amount of a pool may read. */
export function sharedPlace(review: Review, period: number, upTo: number): Place {
    const { plan, input } = review;
    const { key, from, to } = input.periods[period]!;
    const names: Names = (first, second) => {
        if (first === 'fact') return input.fact(second, '', key);
        return first === 'period' ? { start: from, end: to }[second] : undefined;
    };
    return placeOf(plan, to, names, (name) => {
        if (name === 'transactions') return salesOf(review, period);
        return name === 'everyone'
            ? everyone(review, period).map((one) => memberPlace(review, one, period, { upTo }))
            : null;
    });
}

/** Components for each credit tell what they give for this one; others what they give for the period. */
export function givesFor(plan: PlanData, component: string, credit: Credit): boolean {
    const part = plan.components.get(component);
    if (!part || part['per'] !== 'credit') return false;
    const rules = part['credits'];
    return !Array.isArray(rules) || rules.length === 0 || rules.includes(credit.rule);
}

function memberPlace(review: Review, payee: string, period: number, stage: Stage): Place {
    if (
        !review.told.period(payee, period) &&
        review.told.hasProblems(payee) &&
        review.isOnPlan(payee, period)
    )
        throw new CannotDerive(
            `${payee} has a problem, so that nothing can be calculated from their figures`
        );
    return periodPlace(review, payee, period, stage);
}

function salesOf(review: Review, period: number): Place[] {
    if (review.booked.left.some((one) => Math.max(one.period, 0) === period))
        throw new CannotDerive('a transaction of the period cannot be calculated');
    return review.salesIn(period).map((sale) => salePlace(review.plan, sale));
}

export function ledgersOf(plan: PlanData): Set<string> {
    return new Set(
        plan.payout.map(([key, step]) => {
            const { advance } = step;
            return typeof advance === 'object' && advance !== null && 'ledger' in advance
                ? asText(advance.ledger)
                : key;
        })
    );
}

function earnedToDate(
    review: Review,
    payee: string,
    period: number,
    component: string,
    isKnown: boolean
): Exact {
    const { told } = review;
    const of = (index: number): Exact => told.earning(payee, index, component);
    const before = sumBefore(review, payee, period, 'year', { component }, of);
    return isKnown ? add(before, of(period)) : before;
}

function ofPeriod({ plan, input }: Review, period: number, name: string): Value | undefined {
    const span = input.periods[period]!;
    switch (name) {
        case 'start':
            return span.from;
        case 'end':
            return span.to;
        case 'number':
            return exact(plan.intervals.numberOf(plan.period, span.from));
        case 'days':
            return exact(daysIn(span));
        default:
            return name === 'months' ? exact(monthsIn(span)) : undefined;
    }
}

function ofAssignment({ input }: Review, payee: string, period: number, name: string): Value | undefined {
    const span = input.periods[period]!;
    switch (name) {
        case 'days':
            return exact(input.assignedDays(payee, span));
        case 'months':
            return exact(input.assignedMonths(payee, span));
        default:
            return name === 'part' ? exact(input.assignedDays(payee, span), daysIn(span)) : undefined;
    }
}
