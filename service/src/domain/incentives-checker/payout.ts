// From what is due to what is paid: each step of the payout from the amount the one before left, and the balances it moves.
import type { Account, Due } from './account.ts';
import { deferred, vested } from './deferral.ts';
import { drawn } from './draw.ts';
import { asText, asValue, isTable, type Data, type Table } from './data.ts';
import {
    add,
    divide,
    isSame,
    least,
    most,
    multiply,
    ONE,
    sign,
    subtract,
    total,
    ZERO,
    type Exact
} from './exact.ts';
import { asExact, CannotDerive, shown } from './values.ts';
import { formulaIn, type PlanData } from './plan-data.ts';
import type { MovingPlace } from './measure-names.ts';
import { takenBackLater } from './paid-clawback.ts';
import { periodPlace } from './places.ts';
import { holds } from './rate.ts';
import type { Review } from './review.ts';
import { roundedAt } from './components.ts';
import type { Rounding } from './rounded.ts';
import { sumBefore } from './sums.ts';
import { Working } from './working.ts';
import { money } from './written.ts';

export interface Movement {
    what: string;
    amount: Exact;
}

export interface Page {
    ledger: string;
    scope: string;
    opening: Exact;
    movements: Movement[];
}

/** One step as it meets a payee in a period. */
export interface Paying {
    review: Review;
    account: Account;
    payee: string;
    period: number;
    key: string;
    /** of the step's kind, e.g. of `draw` */
    part: Table;
    amount: Exact;
    place: MovingPlace;
    ledgers: Ledgers;
    working: Working;
    /** its condition holds */
    isActive: boolean;
    /** whoever is not gets what falls due, and nothing is guaranteed or added */
    isOnPlan: boolean;
}

export interface PaidOut {
    due: Exact;
    paid: Exact;
    steps: Table[];
    balances: Record<string, Data>;
    /** whether any balance stands or moved */
    isOwed: boolean;
}

/** Balances of a payee in a period. */
export class Ledgers {
    readonly #before: (ledger: string) => Map<string, Exact>;
    readonly #pages: Page[] = [];

    constructor(before: (ledger: string) => Map<string, Exact>) {
        this.#before = before;
    }

    page(ledger: string, scope: string): Page {
        const known = this.#pages.find((page) => page.ledger === ledger && page.scope === scope);
        if (known) return known;
        const page = { ledger, scope, opening: this.#before(ledger).get(scope) ?? ZERO, movements: [] };
        this.#pages.push(page);
        return page;
    }

    standing(ledger: string, scope = ''): Exact {
        return closing(this.page(ledger, scope));
    }

    move(ledger: string, scope: string, what: string, amount: Exact): void {
        if (sign(amount) !== 0) this.page(ledger, scope).movements.push({ what, amount });
    }

    scopes(ledger: string): string[] {
        const moved = this.#pages.filter((page) => page.ledger === ledger).map(({ scope }) => scope);
        return [...new Set([...this.#before(ledger).keys(), ...moved])].sort();
    }

    /** Those of a scope that stood at zero and did not move are not told. */
    told(): Page[] {
        return this.#pages.filter(
            ({ scope, opening, movements }) => scope === '' || sign(opening) !== 0 || movements.length > 0
        );
    }
}

function closing({ opening, movements }: Page): Exact {
    return add(opening, total(movements.map(({ amount }) => amount)));
}

export function derivePayout(review: Review, account: Account, payee: string, period: number): PaidOut {
    const { plan, told } = review;
    const due = total(duesPaid(plan, account, period).map(({ amount }) => amount));
    const ledgers = new Ledgers((ledger) => told.balancesBefore(payee, period, ledger));
    const isOnPlan = review.isOnPlan(payee, period);
    const steps: Table[] = [];
    let amount = due;
    for (const [key, step] of plan.payout) {
        const place = periodPlace(review, payee, period, { own: { due: amount } });
        const working = new Working();
        const isActive = holds(step, place);
        const paying = {
            review,
            account,
            payee,
            period,
            key,
            amount,
            place,
            ledgers,
            working,
            isActive,
            isOnPlan
        };
        const exact = stepOf(step, paying);
        const isMoved = !isSame(exact, amount) || working.steps.length > 0;
        const after = isMoved ? roundedAt('component', exact, plan.rounding) : amount;
        const [before, left] = [money(amount, plan.rounding), money(after, plan.rounding)];
        if (isMoved) steps.push({ key, before, after: left, working: working.steps });
        amount = after;
    }
    const isOwed = ledgers
        .told()
        .some(({ opening, movements }) => sign(opening) !== 0 || movements.length > 0);
    const byLedger = [...Map.groupBy(ledgers.told(), ({ ledger }) => ledger)];
    const balances = byLedger.map(([ledger, pages]) => [ledger, ledgerOf(pages, plan.rounding)]);
    const paid = roundedAt('payout', amount, plan.rounding);
    return { due, paid, steps, isOwed, balances: Object.fromEntries(balances) as Record<string, Data> };
}

/** As a whole, and each scope. */
function ledgerOf(pages: Page[], rounding: Rounding): Table {
    const scoped = pages.filter(({ scope }) => scope !== '');
    const scopes = Object.fromEntries(scoped.map((page) => [page.scope, balance([page], rounding)]));
    return { ...balance(pages, rounding), ...(scoped.length > 0 ? { scopes } : {}) };
}

function balance(pages: Page[], rounding: Rounding): Table {
    const movements = pages.flatMap((page) => page.movements);
    return {
        opening: money(total(pages.map(({ opening }) => opening)), rounding),
        movements: movements.map(({ what, amount }) => ({ what, amount: money(amount, rounding) })),
        closing: money(total(pages.map(closing)), rounding)
    };
}

/** What the step leaves. Draws, advances, what is carried and deferred go on when their condition ends. */
function stepOf(step: Table, given: Omit<Paying, 'part'>): Exact {
    const { amount, place, working, isActive, isOnPlan, key } = given;
    const part = (kind: string): Paying => ({ ...given, part: isTable(step[kind]) ? step[kind] : {} });
    if (step['draw'] !== undefined) return drawn(part('draw'));
    if (step['advance'] !== undefined) return repaid(part('advance'));
    if (step['carryNegative'] !== undefined) return carried(given);
    if (step['clawback'] !== undefined) return takenBackLater(part('clawback'));
    if (step['deferral'] !== undefined) {
        const deferral = part('deferral');
        return vested(deferral, isActive ? deferred(deferral) : amount);
    }
    if (!isActive) return amount;
    if (step['limit'] !== undefined) return limited(part('limit'));
    if (step['add'] !== undefined)
        return !isOnPlan
            ? amount
            : add(amount, working.figure(`payout.${key}.add`, formulaIn(step, 'add')!, place));
    if (step['multiply'] !== undefined)
        return multiply(
            amount,
            working.figure(`payout.${key}.multiply`, formulaIn(step, 'multiply')!, place)
        );
    return grossedUp(part('grossUp'));
}

function limited({ review, payee, period, key, part, amount, place, working, isOnPlan }: Paying): Exact {
    const interval = asText(part['interval']) || review.plan.period;
    const earlier = sumBefore(review, payee, period, interval, { step: key }, (index) =>
        review.told.afterStep(payee, index, key)
    );
    const [mostOf, leastOf] = [formulaIn(part, 'most'), formulaIn(part, 'least')];
    const [upper, lower] = [
        mostOf && asExact(mostOf(place)),
        isOnPlan && leastOf ? asExact(leastOf(place)) : undefined
    ];
    const toDate = add(amount, earlier);
    const capped = upper ? least(toDate, most(upper, earlier)) : toDate;
    const held = lower ? most(capped, lower) : capped;
    const bounds = { ...(upper ? { most: upper } : {}), ...(lower ? { least: lower } : {}) };
    return working.step(`payout.${key}`, { amount, earlier, ...bounds }, subtract(held, earlier));
}

function grossedUp({ key, part, amount, place, working }: Paying): Exact {
    const rate = working.figure(`payout.${key}.grossUp.rate`, formulaIn(part, 'rate')!, place);
    if (sign(rate) < 0 || sign(subtract(ONE, rate)) <= 0)
        throw new CannotDerive('a tax rate is outside 0 % to 100 %');
    return working.step(`payout.${key}`, { amount, rate }, divide(amount, subtract(ONE, rate)));
}

/** Negative pay is owed and comes off the next. */
function carried({ key, amount, ledgers, working, isActive }: Omit<Paying, 'part'>): Exact {
    const owed = ledgers.standing(key);
    const left = subtract(amount, owed);
    const after = isActive ? most(left, ZERO) : left;
    const moved = subtract(after, amount);
    if (sign(moved) === 0) return after;
    ledgers.move(key, '', sign(moved) > 0 ? 'carried' : 'recovered', moved);
    return working.step(`payout.${key}`, { due: amount, owed }, after);
}

/** Without what components give that are worked out for others to read. */
function duesPaid(plan: PlanData, { dues }: Account, period: number): Account['dues'][number] {
    return dues[period]!.filter(
        ({ component }) => asText(plan.components.get(component)?.['pays']) !== 'false'
    );
}

/** What falls due in a scope repays what was advanced in it. */
function repaid({ review, account, period, key, part, amount, ledgers, working }: Paying): Exact {
    const ledger = asText(part['ledger']);
    const field = asText(part['scope']);
    const dues = duesPaid(review.plan, account, period);
    for (const due of dues)
        if (due.component === ledger) ledgers.move(ledger, scopeOf(due, field), 'advanced', due.amount);
    let after = amount;
    for (const scope of ledgers.scopes(ledger)) {
        const owed = ledgers.standing(ledger, scope);
        const others = dues.filter((due) => due.component !== ledger && scopeOf(due, field) === scope);
        const earned = field === '' ? after : total(others.map((due) => due.amount));
        const repaying = least(owed, least(earned, after));
        if (sign(repaying) <= 0) continue;
        ledgers.move(ledger, scope, 'repaid', subtract(ZERO, repaying));
        const inputs = { ...(scope === '' ? {} : { scope }), owed, earned, repaid: repaying };
        after = working.step(`payout.${key}`, inputs, subtract(after, repaying));
    }
    return after;
}

function scopeOf({ sale }: Due, field: string): string {
    const isOwnWord = ['owner', 'currency', 'reverses', 'amends', 'id', 'date', 'amount'].includes(field);
    if (field === '' || !sale || isOwnWord) return '';
    const value = asValue(sale.row[field] ?? null);
    return value === undefined ? '' : shown(value);
}
