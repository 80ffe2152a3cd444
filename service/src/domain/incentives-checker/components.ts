// What each component gives a payee in a period, line by line, as plan, input and the figures told before make it.
import type { Account } from './account.ts';
import type { Credit } from './credits.ts';
import { asText, isTable, namedTables, type Data, type Table } from './data.ts';
import {
    add,
    divide,
    isSame,
    multiply,
    ONE,
    sign,
    subtract,
    total,
    written,
    ZERO,
    type Exact
} from './exact.ts';
import type { Place } from './formula.ts';
import { asExact, CannotDerive } from './values.ts';
import { askGates, limitCredit, limitPeriod } from './held.ts';
import { placeInTime } from './input-data.ts';
import { formulaIn } from './plan-data.ts';
import type { MovingPlace } from './measure-names.ts';
import { takenByMalus } from './part-malus.ts';
import { everyone } from './people.ts';
import { creditPlace, givesFor, periodPlace, sharedPlace } from './places.ts';
import { holds, rated, type RatedPart } from './rate.ts';
import { takeBack } from './reversals.ts';
import type { Review } from './review.ts';
import { rounded, sharedOut, type Rounding } from './rounded.ts';
import { scheduleEarning, type Earned } from './schedules.ts';
import { sumBefore } from './sums.ts';
import { Working } from './working.ts';
import { line, money, type Line } from './written.ts';

interface Valued {
    base: Exact | null;
    value: Exact;
    bands: RatedPart[];
    isZero: boolean;
}

interface OfCredit extends Line {
    credit: Credit | null;
    base: Exact | null;
    value: Exact;
}

/** Whose, when and what is being derived. */
export interface Turn {
    review: Review;
    account: Account;
    payee: string;
    period: number;
    key: string;
    component: Table;
    /** number of components calculated before */
    upTo: number;
}

const STAGES = ['line', 'component', 'payout'];

/** Rounded where the plan rounds at this stage or an earlier one. */
export function roundedAt(stage: string, value: Exact, { unit, mode, at }: Rounding): Exact {
    return STAGES.indexOf(stage) < STAGES.indexOf(at) ? value : rounded(value, unit, mode);
}

/** The component as results tell it; what falls due of it is entered in the account. */
export function deriveComponent(turn: Turn): Data {
    const { review, account, payee, period, key, component, upTo } = turn;
    const { rounding } = review.plan;
    const place = periodPlace(review, payee, period, { upTo });
    const own = component['per'] === 'credit' ? ofCredits(turn) : ofPeriod(turn, place);
    const sum = total(own.map(({ amount }) => amount));
    const limiting = new Working();
    const earlierIn = (interval: string): Exact =>
        sumBefore(review, payee, period, interval, { component: key }, (index) =>
            review.told.earning(payee, index, key)
        );
    const limited = roundedAt('line', limitPeriod(key, component, sum, earlierIn, place, limiting), rounding);
    const lines: Line[] = [...own];
    if (!isSame(limited, sum))
        lines.push({ kind: 'limit', amount: subtract(limited, sum), bands: [], working: limiting });
    const anew = roundedAt('component', limited, rounding);
    for (const earned of byTransaction(turn, own, anew, place)) scheduleEarning(turn, earned);
    const malus = takenByMalus(turn);
    for (const { component: of, sale, amount } of account.dues[period]!)
        if (of === key && sale) account.paidFor.add(key, sale.root, amount);
    const takenBack = takeBack(turn, place);
    const base = total(own.map((one) => one.base ?? ZERO));
    return {
        earning: money(add(anew, total([...takenBack, ...malus].map(({ amount }) => amount))), rounding),
        rate: sign(base) === 0 ? null : written(divide(total(own.map(({ value }) => value)), base)),
        lines: [...inOrder([...own, ...takenBack]), ...lines.slice(own.length), ...malus].map((one) =>
            line(one, rounding)
        )
    };
}

/** Lines of transactions in order of events, then those of the whole period. */
function inOrder(lines: readonly Line[]): Line[] {
    const dated = lines.filter(({ on }) => on !== undefined);
    dated.sort((a, b) => (a.on === b.on ? 0 : a.on! < b.on! ? -1 : 1));
    return [...dated, ...lines.filter(({ on }) => on === undefined)];
}

function ofCredits(turn: Turn): OfCredit[] {
    const { review, payee, period, key, component, upTo } = turn;
    const credits = review.creditsIn(payee, period).filter((credit) => givesFor(review.plan, key, credit));
    return credits.flatMap((credit) => {
        const place = creditPlace(review, credit, { upTo });
        if (!holds(component, place)) return [];
        const working = new Working();
        const { base, value, bands, isZero } = valued(turn, place, working, null);
        const limited = isZero ? ZERO : limitCredit(key, component, value, place, working);
        const amount = roundedLine(turn, limited, working);
        const of = {
            on: placeInTime(credit.sale.row),
            transaction: credit.sale.id,
            creditId: credit.id,
            credit
        };
        return [{ kind: 'earning', ...of, amount, bands, working, base, value }];
    });
}

function ofPeriod(turn: Turn, place: MovingPlace): OfCredit[] {
    const { review, payee, period, key, component } = turn;
    const isPool = isTable(component['pool']);
    if (!review.isOnPlan(payee, period)) return [];
    const share = isPool ? poolShare(turn) : null;
    if ((isPool && !share) || !holds(component, place)) return [];
    const working = new Working();
    const { base, value, bands } = valued(turn, place, working, share);
    const amount = roundedLine(turn, value, working);
    const interval = asText(component['toDate']);
    const one = { credit: null, bands, working, base, value };
    if (interval === '') return [{ ...one, kind: isPool ? 'poolShare' : 'earning', amount }];
    const before = sumBefore(review, payee, period, interval, { component: key }, (index) =>
        review.told.earnedAnew(payee, index, key)
    );
    const added = working.step(
        `components.${key}.toDate`,
        { toDate: amount, before },
        subtract(amount, before)
    );
    return [{ ...one, kind: isPool ? 'poolShare' : 'trueUp', amount: added }];
}

/** Base x rate or the share of a pool, through factors and gates. */
function valued(turn: Turn, place: MovingPlace, working: Working, share: PoolShare | null): Valued {
    const { review, payee, period, key, component } = turn;
    const rule = `components.${key}`;
    const asked = new Working();
    const gates = askGates(review, key, component, payee, period, place, asked);
    const [worked, baseOf] = [new Working(), formulaIn(component, 'base')];
    const base = baseOf ? worked.figure(`${rule}.base`, baseOf, place) : null;
    if (gates.isZero) {
        working.add(asked);
        return { base, value: ZERO, bands: [], isZero: true };
    }
    working.add(worked);
    if (share) working.step(`${rule}.pool`, share.inputs, share.amount);
    const found = share
        ? { amount: share.amount, bands: [] }
        : rated(review, key, component, base, place, working);
    working.add(asked);
    let value = found.amount;
    for (const [name, factor] of namedTables(component['factors'])) {
        if (!holds(factor, place)) continue;
        const by = working.figure(`${rule}.factors.${name}`, formulaIn(factor, 'value')!, place);
        value = working.step(`${rule}.factors.${name}`, { amount: value, factor: by }, multiply(value, by));
    }
    return { base, value: gates.hold(value, working), bands: found.bands, isZero: false };
}

function roundedLine({ review }: Turn, value: Exact, working: Working): Exact {
    const { rounding } = review.plan;
    const amount = roundedAt('line', value, rounding);
    if (!isSame(amount, value))
        working.step('rounding', { amount: value, unit: rounding.unit, mode: rounding.mode }, amount);
    return amount;
}

interface PoolShare {
    amount: Exact;
    inputs: Record<string, Exact>;
}

/** Null for those who have none. */
function poolShare({ review, payee, period, component, upTo }: Turn): PoolShare | null {
    const { rounding } = review.plan;
    const pool = component['pool'] as Table;
    const amount = asExact(formulaIn(pool, 'amount')!(sharedPlace(review, period, upTo)));
    const whole = rounded(amount, rounding.unit, rounding.mode);
    const [among, by] = [formulaIn(pool, 'among'), formulaIn(pool, 'by')];
    const members = everyone(review, period)
        .map((member): [string, Place] => [member, periodPlace(review, member, period, { upTo })])
        .filter(([, place]) => !among || among(place) === true);
    const weights = members.map(([, place]) => (by ? asExact(by(place)) : ONE));
    const index = members.findIndex(([member]) => member === payee);
    if (index === -1) return null;
    if (weights.some((weight) => sign(weight) < 0) || sign(total(weights)) === 0)
        throw new CannotDerive('a pool cannot be shared by these figures');
    const inputs = {
        pool: whole,
        weight: weights[index]!,
        weights: total(weights),
        payees: total(weights.map(() => ONE))
    };
    return { amount: sharedOut(whole, weights, rounding)[index]!, inputs };
}

/** The earning apart by transaction: as the lines have it, or in their proportion where limits or rounding changed the sum. */
function byTransaction(turn: Turn, lines: readonly OfCredit[], earning: Exact, whole: Place): Earned[] {
    const { review, upTo } = turn;
    const own = lines.flatMap(({ credit, amount }) => (credit ? [{ credit, amount }] : []));
    const sum = total(own.map(({ amount }) => amount));
    if (own.length === 0 || (sign(sum) === 0 && sign(earning) !== 0))
        return sign(earning) === 0 ? [] : [{ sale: null, amount: earning, place: whole }];
    const weights = own.map(({ amount }) => amount);
    const { rounding } = review.plan;
    const isAsItIs = isSame(sum, earning) && rounding.at !== 'component';
    const amounts = isAsItIs ? weights : sharedOut(earning, weights, rounding);
    return own.map(({ credit }, index) => ({
        sale: credit.sale,
        amount: amounts[index]!,
        place: creditPlace(review, credit, { upTo })
    }));
}
