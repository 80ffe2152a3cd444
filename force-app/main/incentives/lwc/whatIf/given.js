// What the calculation was given about this person besides deals and targets, for a scenario: facts the plan asks for, waived gates and
// what is asked back of pay, in rows of its input (Statement__c.Given__c). A deal is here as many transactions as it gave credits,
// so what is asked back of a deal is asked back of its credits, from the first to the last.
import { takeFrom, toCents } from './cents';

function rowsOf({ given }) {
    const { facts = [], exceptions = [], clawback = [] } = given ? JSON.parse(given) : {};
    return { facts, exceptions, clawback };
}

/**
 * Facts of each period. Of periods after the statement's nothing can be known yet: they are taken as they were when last known.
 * @param {any} basis of WhatIfController.getBasis
 * @param {{ key: string }[]} periods of the scenario
 * @returns {{ fact: object, isAssumed: boolean }[]}
 */
export function factsOf(basis, periods) {
    const { facts } = rowsOf(basis);
    const current = basis.periods.length - 1;
    const byName = new Map(facts.map(({ name }) => [name, new Map()]));
    for (const { name, period, value } of facts) byName.get(name).set(period, value);
    return [...byName].flatMap(([name, known]) => {
        let last;
        return periods.flatMap(({ key }, index) => {
            const isAssumed = !known.has(key);
            last = known.get(key) ?? last;
            if (last === undefined || (isAssumed && index <= current)) return [];
            return [{ fact: { payee: basis.payeeId, name, period: key, value: last }, isAssumed }];
        });
    });
}

/** Waived gates, as rows of the input. */
export function waiversOf(basis) {
    return rowsOf(basis).exceptions.map((row) => ({ ...row, payee: basis.payeeId }));
}

export function hasClawback(basis) {
    return rowsOf(basis).clawback.length > 0;
}

/**
 * @param {any} basis
 * @param {any} told result without any decision
 * @returns {object[]} rows of the input
 */
export function clawbackRows(basis, told) {
    const left = new Map();
    return rowsOf(basis).clawback.flatMap((decision) => {
        const row = { ...decision, payee: basis.payeeId };
        const award = basis.periods.find(({ key }) => key === row.award);
        // What was paid before the version began stands in the input by its deal.
        if (!row.transaction || !award) return [row];
        const key = [row.component, row.award, row.transaction].join(' ');
        if (!left.has(key)) left.set(key, duesOf(row, award, basis.payeeId, told));
        return onCredits(row, left.get(key));
    });
}

function onCredits(row, dues) {
    const transactions = [...dues.keys()];
    if (transactions.length === 0) return [row];
    const asked = toCents(row.amount);
    const taken = takeFrom(asked, [...dues.values()]);
    // More than there is goes to the engine as well, which refuses it by name.
    taken[taken.length - 1] += asked - taken.reduce((sum, cents) => sum + cents, 0);
    return transactions.flatMap((transaction, index) => {
        const cents = taken[index];
        dues.set(transaction, dues.get(transaction) - cents);
        return cents > 0 ? [{ ...row, transaction, amount: (cents / 100).toFixed(2) }] : [];
    });
}

/** Cents of a component that fell due in the period, by transaction of the deal. */
function duesOf({ component, award, transaction }, { startDate, endDate }, payeeId, told) {
    const dues = new Map();
    const isOfDeal = (id) => id?.split(' ')[0] === transaction;
    const add = (id, cents) => dues.set(id, (dues.get(id) ?? 0) + cents);
    const lines = told.payees[payeeId]?.periods[award]?.components[component]?.lines ?? [];
    for (const line of lines) if (isOfDeal(line.transaction)) add(line.transaction, toCents(line.amount));
    for (const part of told.schedules) {
        const isPart = part.kind === 'instalment' || part.kind === 'release';
        if (!isPart || part.component !== component || !isOfDeal(part.transaction)) continue;
        const isDue = Boolean(part.dueOn) && startDate <= part.dueOn && part.dueOn <= endDate;
        const isEarned = part.period === award;
        if (isDue !== isEarned) add(part.transaction, toCents(part.amount) * (isDue ? 1 : -1));
    }
    return dues;
}
