// A simulation as plain JSON data for the page and the command line: exact figures as text, money with the decimals of the plan.
import { Ratio } from '../ratio.ts';
import { roundTo } from '../rounding.ts';
import type { Finding } from './rule-packs/finding.ts';
import { TO_BE_CONFIRMED } from './rule-packs/finding.ts';
import type { Moved, Sensitivity } from './simulation/sensitivity.ts';
import { shareOf } from './simulation/spread.ts';
import type { Cost, PayCurve, ProductIncentives, Side, Simulation, Spread } from './simulation/simulation.ts';
import { moneyIn, type Money } from './write-result.ts';
import type { Plan } from './plan.ts';

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

const PART_UNIT = Ratio.of(1, 1_000_000);

export function simulationAsData(simulation: Simulation, plan: Plan): Json {
    const money = moneyIn(plan);
    const maybe = (amount: Ratio | null): Json => amount && money(amount);
    const { from, to, currency, winners, losers } = simulation;
    return {
        plan: { ...simulation.plan },
        against: simulation.against && { ...simulation.against },
        currency,
        from,
        to,
        total: cost(simulation.total, money),
        againstTotal: simulation.againstTotal && cost(simulation.againstTotal, money),
        costs: simulation.costs.map(({ month, paid, againstPaid }) => ({
            month,
            paid: money(paid),
            againstPaid: maybe(againstPaid)
        })),
        winners: side(winners, money),
        losers: side(losers, money),
        spread: simulation.spread && spread(simulation.spread),
        people: simulation.people.map((person) => ({
            payee: person.payeeId,
            pay: money(person.pay),
            againstPay: maybe(person.againstPay),
            difference: maybe(person.difference),
            share: partText(shareOf(person))
        })),
        curve: simulation.curve && curve(simulation.curve, money),
        products: simulation.products && products(simulation.products, money),
        productPay: simulation.productPay && {
            field: simulation.productPay.field,
            pay: simulation.productPay.pay.map(({ product, paid }) => ({ product, paid: money(paid) }))
        },
        gates: simulation.gates.map(({ heldBack, ...gate }) => ({ ...gate, heldBack: maybe(heldBack) })),
        sensitivity: simulation.sensitivity && sensitivity(simulation.sensitivity, money),
        findings: simulation.findings.map(findingAsData),
        left: simulation.left.map(({ payeeId, plan: of, problem }) => ({
            payee: payeeId,
            plan: of,
            problem: { ...problem }
        })),
        problems: simulation.problems.map((problem) => ({ ...problem }))
    };
}

export function findingAsData({ figures, isToBeConfirmed, ...finding }: Finding): Json {
    return {
        ...finding,
        figures: figures.map((one) => ({ ...one })),
        confirmation: isToBeConfirmed ? TO_BE_CONFIRMED : ''
    };
}

/** A part of something, such as 0.041667: for reading, so six decimals are enough. */
function partText(part: Ratio | null): string | null {
    return part && roundTo(part, PART_UNIT, 'half-even').toFixed(6);
}

function spread({ bands, same, fromNothing }: Spread): Json {
    return {
        bands: bands.map(({ from, to, count }) => ({
            from: from && from.toString(),
            to: to && to.toString(),
            count
        })),
        same,
        fromNothing
    };
}

function products(
    { field, products: rows, withoutDeal, againstWithoutDeal }: ProductIncentives,
    money: Money
): Json {
    const rate = (pay: Ratio | null, revenue: Ratio): string | null =>
        partText(pay && revenue.sign > 0 ? pay.over(revenue) : null);
    return {
        field,
        products: rows.map(({ product, deals, revenue, pay, againstPay }) => ({
            product,
            deals,
            revenue: money(revenue),
            pay: money(pay),
            againstPay: againstPay && money(againstPay),
            rate: rate(pay, revenue),
            againstRate: rate(againstPay, revenue)
        })),
        withoutDeal: money(withoutDeal),
        againstWithoutDeal: againstWithoutDeal && money(againstWithoutDeal)
    };
}

function cost({ paid, later }: Cost, money: Money): Json {
    return { paid: money(paid), later: money(later) };
}

function sensitivity({ earned, numbers, ...rest }: Sensitivity, money: Money): Json {
    const moved = ({ change, problem, ...one }: Moved): Json => ({
        ...one,
        change: change && money(change),
        problem: problem && { ...problem }
    });
    return {
        ...rest,
        earned: money(earned),
        numbers: numbers.map(({ lower, higher, ...one }) => ({
            ...one,
            lower: moved(lower),
            higher: moved(higher)
        }))
    };
}

function side({ count, amount }: Side, money: Money): Json {
    return { count, amount: money(amount) };
}

function curve({ payeeId, measure, target, points, cliffs }: PayCurve, money: Money): Json {
    return {
        payee: payeeId,
        measure,
        target: money(target),
        points: points.map(({ part, at, pay, againstPay }) => ({
            part: part.toString(),
            at: at.toString(),
            pay: money(pay),
            againstPay: againstPay && money(againstPay)
        })),
        cliffs: cliffs.map(({ at, jump, share }) => ({
            at: at.toString(),
            jump: money(jump),
            share: partText(share)
        }))
    };
}
