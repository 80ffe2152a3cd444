// Decisions that part of what a deal earned is never paid, for a scenario. What was decided stands in the working of what it took: on a
// line of the component, or among the steps of the payout. A deal is here as many transactions as it gave credits, so a decision on
// a part of a deal is one on the parts of its credits, from the first to the last.
import { takeFrom, toCents } from './cents';

/**
 * @param {any} basis of WhatIfController.getBasis
 * @param {any[]} schedules of the result without any decision
 * @returns {object[]} rows of the input
 */
export function malusRows({ payeeId, malus }, schedules) {
    const left = schedules.map(({ amount }) => toCents(amount));
    return (malus ?? []).flatMap(decisionsIn).flatMap((decision) => {
        const row = { ...decision, payee: payeeId };
        return decision.transaction ? onCredits(row, schedules, left) : [row];
    });
}

function decisionsIn({ componentKey, transactionKey, periodKey, working, payoutSteps }) {
    if (working)
        return JSON.parse(working).steps.flatMap((step) =>
            decisionOf(step, { component: componentKey, transaction: transactionKey, period: periodKey })
        );
    return JSON.parse(payoutSteps).flatMap(({ key, working: steps }) =>
        steps.flatMap((step) => decisionOf(step, { component: key, period: periodKey }))
    );
}

function decisionOf({ what, inputs }, where) {
    if (what !== 'malus') return [];
    const told = Object.fromEntries(inputs.map(({ name, value }) => [name, value]));
    const { award, dueOn, event, malus, form, reason, requestedBy, approvedBy } = told;
    const when = event ? { event } : { dueOn };
    const who = { reason, requestedBy, approvedBy };
    return [{ ...where, award, ...when, form: form ?? 'cash', amount: malus, ...who }];
}

/** `left`: cents of each part that no decision has taken yet. */
function onCredits(row, schedules, left) {
    const limits = schedules.map((part, index) => (isPartOf(part, row) ? left[index] : 0));
    return takeFrom(toCents(row.amount), limits).flatMap((cents, index) => {
        left[index] -= cents;
        const { transaction } = schedules[index];
        return cents > 0 ? [{ ...row, transaction, amount: (cents / 100).toFixed(2) }] : [];
    });
}

function isPartOf({ kind, component, transaction, period, dueOn, event }, row) {
    if (kind !== 'instalment' && kind !== 'release') return false;
    const isSameTime = row.event ? event === row.event : dueOn === row.dueOn;
    const isSameDeal = transaction.split(' ')[0] === row.transaction;
    return component === row.component && period === row.award && isSameDeal && isSameTime;
}
