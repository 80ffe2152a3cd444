// A result as JSON text: the shape under "Result" in docs/plan-language.md. The same result gives the same bytes.
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Problem } from '../problem.ts';
import { Ratio, sumOf } from '../ratio.ts';
import type { Value } from './expression.ts';
import type { Plan } from './plan.ts';
import type {
    Balance,
    CalculationResult,
    ComponentResult,
    Credit,
    EarningLine,
    MeasureResult,
    PayeePeriod,
    PayeeResult,
    ScheduledAmount,
    Step
} from './result.ts';
import { sealOf } from './seal.ts';
import { writePlan } from './write-plan.ts';

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

export function resultAsJson(result: CalculationResult, plan: Plan): string {
    return JSON.stringify(resultAsData(result, plan), null, 2);
}

export function resultAsData(result: CalculationResult, plan: Plan): Json {
    const money = moneyIn(plan);
    const data = {
        plan: { key: result.plan.key, version: result.plan.version, hash: planHash(plan) },
        currency: result.currency,
        periods: result.periods.map(({ key, start, end }) => ({ key, start, end })),
        payees: byKey(
            result.payees,
            ({ payeeId }) => payeeId,
            (payee) => payeeAsData(payee, money)
        ),
        schedules: result.scheduled.map((scheduled) => scheduledAsData(scheduled, money)),
        problems: distinct([...result.problems, ...result.payees.flatMap(({ problems }) => problems)]).map(
            problemAsData
        )
    };
    return { ...data, seal: sealOf(data) };
}

/** SHA-256 of the plan as writePlan writes it: the same for plans that say the same. */
export function planHash(plan: Plan): string {
    return bytesToHex(sha256(utf8ToBytes(writePlan(plan))));
}

export type Money = (amount: Ratio) => string;

/** With the decimals of the plan's rounding unit; figures that are not rounded yet as they are. */
export function moneyIn({ rounding }: Plan): Money {
    const [, decimals = ''] = rounding.unit.toString().split('.');
    const scale = Ratio.of(10n ** BigInt(decimals.length));
    return (amount) =>
        amount.times(scale).denominator === 1n ? amount.toFixed(decimals.length) : amount.toString();
}

function payeeAsData(
    { total, periods, problems }: PayeeResult,
    money: Money
): { [key: string]: Json; periods: { [key: string]: Json } } {
    // Part of a total would look like the whole: of a payee with a problem only the finished periods are told.
    return {
        total: problems.length === 0 ? money(total) : null,
        periods: byKey(
            periods,
            ({ period }) => period,
            (period) => periodAsData(period, money)
        ),
        ...(problems.length === 0 ? {} : { problems: problems.map(problemAsData) })
    };
}

function periodAsData(period: PayeePeriod, money: Money): Json {
    return {
        credits: period.credits.map((credit) => ({
            ...creditAsData(credit, money),
            figures: figuresAsData(period, credit.id)
        })),
        measures: byKey(period.measures, ({ measure }) => measure, measureAsData),
        components: byKey(
            period.components,
            ({ component }) => component,
            (one) => componentAsData(one, money)
        ),
        due: money(period.due),
        payout: period.payout.map(({ key, before, after, working }) => ({
            key,
            before: money(before),
            after: money(after),
            working: working.map(stepAsData)
        })),
        paid: money(period.paid),
        balances: balancesAsData(period.balances, money),
        figures: figuresAsData(period, '')
    };
}

/** Figures of one credit; of the whole period for ''. */
function figuresAsData({ figures }: PayeePeriod, creditId: string): Json {
    const own = figures.filter(({ credit }) => credit === creditId);
    return byKey(
        own,
        ({ key }) => key,
        ({ value }) => valueAsData(value)
    );
}

function creditAsData(
    { transaction, rule, date, share, payable, quota, count }: Credit,
    money: Money
): { [key: string]: Json } {
    return {
        transaction,
        rule,
        date,
        share: share.toString(),
        payable: money(payable),
        quota: money(quota),
        count: count.toString()
    };
}

function measureAsData({ inPeriod, toDate, quota, attainment }: MeasureResult): Json {
    return {
        inPeriod: inPeriod.toString(),
        toDate: toDate.toString(),
        quota: quota?.toString() ?? null,
        attainment: attainment?.toString() ?? null
    };
}

function componentAsData({ earning, rate, lines }: ComponentResult, money: Money): Json {
    return {
        earning: money(earning),
        rate: rate?.toString() ?? null,
        lines: lines.map((line) => lineAsData(line, money))
    };
}

export function lineAsData(
    { transaction, credit, kind, amount, bands, working }: EarningLine,
    money: Money
): Json {
    return {
        kind,
        ...(transaction === '' ? {} : { transaction }),
        ...(credit === '' ? {} : { credit }),
        amount: money(amount),
        bands: bands.map((band) => ({
            row: band.row,
            from: band.from.toString(),
            to: band.to?.toString() ?? null,
            quantity: band.quantity.toString(),
            rate: band.rate.toString(),
            amount: money(band.amount)
        })),
        working: working.map(stepAsData)
    };
}

export function stepAsData({ what, rule, inputs, result }: Step): Json {
    return {
        what,
        rule,
        inputs: inputs.map(({ name, value }) => ({ name, value: valueAsData(value) })),
        result: valueAsData(result)
    };
}

/** A ledger kept apart by policy or deal is told as a whole, and each under `scopes`. */
function balancesAsData(balances: Balance[], money: Money): Json {
    const ledgers = [...Map.groupBy(balances, ({ ledger }) => ledger).values()];
    return byKey(
        ledgers,
        ([first]) => first!.ledger,
        (pages) => {
            const scoped = pages.filter(({ scope }) => scope !== '');
            const scopes = byKey(
                scoped,
                ({ scope }) => scope,
                (page) => balanceAsData([page], money)
            );
            return { ...balanceAsData(pages, money), ...(scoped.length === 0 ? {} : { scopes }) };
        }
    );
}

function balanceAsData(pages: Balance[], money: Money): { [key: string]: Json } {
    return {
        opening: money(sumOf(pages.map(({ opening }) => opening))),
        movements: pages.flatMap(({ movements }) =>
            movements.map(({ what, amount }) => ({ what, amount: money(amount) }))
        ),
        closing: money(sumOf(pages.map(({ closing }) => closing)))
    };
}

function scheduledAsData(scheduled: ScheduledAmount, money: Money): Json {
    return {
        payee: scheduled.payeeId,
        period: scheduled.period,
        component: scheduled.source,
        transaction: scheduled.transaction,
        kind: scheduled.kind,
        dueOn: scheduled.dueOn,
        event: scheduled.event,
        form: scheduled.form,
        amount: money(scheduled.amount),
        clawbackUntil: scheduled.clawbackUntil
    };
}

function problemAsData({ code, where, value, fix }: Problem): Json {
    return { code, where, value, fix };
}

function valueAsData(value: Value): Json {
    return value instanceof Ratio ? value.toString() : value;
}

export function distinct(problems: Problem[]): Problem[] {
    const seen = new Set<string>();
    return problems.filter(({ code, where, value, fix }) => {
        const key = JSON.stringify([code, where, value, fix]);
        if (seen.has(key)) return false;
        seen.add(key);
        return true;
    });
}

/** Object.fromEntries, because any word may be a key, even `__proto__`. */
function byKey<T, Written extends Json>(
    items: T[],
    keyOf: (item: T) => string,
    write: (item: T) => Written
): { [key: string]: Written } {
    return Object.fromEntries(items.map((item) => [keyOf(item), write(item)]));
}
