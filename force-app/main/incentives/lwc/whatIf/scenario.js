// A scenario: what this person would be paid if these deals closed. Builds the input the service would build, and calculates
// with the engine of the service. Credits that were given stand as they are; picked deals go through the plan's own rules, with
// the shares, teams, managers, facts and decisions payroll would use.
import { pay, readPlan } from 'c/payEngine';
import { toCents } from './cents';
import { clawbackRows, factsOf, hasClawback, waiversOf } from './given';
import { malusRows } from './malus';

/** Months of a period; weeks have days. A plan that pays once has no further period. */
const MONTHS = { Month: 1, Quarter: 3, HalfYear: 6, Year: 12 };
const MOST_FURTHER_PERIODS = 24;
/** Field that says which rule gave a credit; on picked deals none has. */
const GIVEN = 'givenByRule';
const NONE = '-';

/**
 * The plan with, for each credit rule, a second one that gives a credit as it was given.
 * @param {string} definition YAML
 */
export function scenarioPlan(definition) {
    const { plan, problems } = readPlan(definition);
    if (!plan) return { plan: null, problems };
    const given = givenRules(plan);
    const crediting = plan.crediting.flatMap((rule, index) => [
        { ...given.rules[index], only: rule.only },
        { ...rule, when: bothOf(given.notGiven, rule.when) }
    ]);
    const components = plan.components.map((component) => ({
        ...component,
        credits: component.credits.flatMap((key) => [key, givenKey(key)])
    }));
    return { plan: { ...plan, crediting, components }, problems: [] };
}

function givenKey(ruleKey) {
    return `${ruleKey}Given`;
}

/** Written in the plan language and read by its reader, so that only that knows what rules look like inside. */
function givenRules({ crediting, currency }) {
    const rule = (key) => `
  - key: ${JSON.stringify(givenKey(key))}
    when: "${GIVEN} = '${key}'"
    to: owner
    total: any
    share: givenShare
    payable: givenPayable / (amount * givenShare)
    quota: givenQuota / (amount * givenShare)
    count: givenCount / givenShare`;
    const text = `plan: given
currency: ${currency}
period: month
crediting:${crediting.map(({ key }) => rule(key)).join('')}
  - { key: notGiven, when: "${GIVEN} = '${NONE}'", to: owner }
measures: { all: { of: payable } }
components: { all: { per: credit, base: payable, rate: 1 } }
`;
    const { plan, problems } = readPlan(text);
    if (!plan) throw new Error(problems.map(({ where, fix }) => `${where}: ${fix}`).join(' '));
    const rules = [...plan.crediting];
    const notGiven = rules.pop().when;
    return { rules, notGiven };
}

function bothOf(left, right) {
    return right ? { kind: 'binary', operator: 'and', left, right } : left;
}

/**
 * @param {any} basis of WhatIfController.getBasis
 * @param {{ opportunityId: string, amount: number, closeDate: string }[]} picks deals with their assumed amount and day
 * @param {{ malus?: object[], clawback?: object[] }} decisions as the engine takes them
 * @returns {string} input of the engine
 */
export function scenarioInput(basis, picks, decisions = {}) {
    const { payeeId } = basis;
    const periods = scenarioPeriods(basis, picks);
    return JSON.stringify({
        periods,
        payees: peopleOf(basis),
        assignments: [
            ...basis.assignments.map((one) => assignmentRow(payeeId, one)),
            ...reportsOf(basis).flatMap((report) =>
                report.assignments.map((one) => assignmentRow(report.payeeId, one))
            )
        ],
        quotas: basis.quotas.map(({ measure, startDate, endDate, target }) => ({
            payee: payeeId,
            measure,
            from: startDate,
            to: endDate,
            amount: String(target)
        })),
        opening: basis.openings.map(({ ledger, scope, amount }) => ({
            payee: payeeId,
            ledger,
            ...(scope ? { scope } : {}),
            amount: String(amount)
        })),
        paid: basis.paid.map(({ componentKey, transactionKey, periodKey, amount, isMalus }) => ({
            payee: payeeId,
            component: componentKey,
            ...(transactionKey ? { transaction: transactionKey } : {}),
            period: periodKey,
            amount: String(amount),
            ...(isMalus ? { kind: 'malus' } : {})
        })),
        facts: factsOf(basis, periods).map(({ fact }) => fact),
        exceptions: waiversOf(basis),
        ...decisions,
        transactions: [
            ...basis.credits.map((credit, index) => givenTransaction(payeeId, credit, index)),
            ...picks.map((pick) => pickedTransaction(payeeId, pick))
        ]
    });
}

function reportsOf({ reports }) {
    return reports ?? [];
}

/** The payee, those below, and the manager above, who must be known by name alone. */
function peopleOf(basis) {
    const { payeeId, managerId, payeeTitle } = basis;
    const known = [
        { id: payeeId, manager: managerId ?? '', title: payeeTitle ?? '' },
        ...reportsOf(basis).map((one) => ({
            id: one.payeeId,
            manager: one.managerId ?? '',
            title: one.title ?? ''
        }))
    ];
    const ids = new Set(known.map(({ id }) => id));
    const above = [...new Set(known.map(({ manager }) => manager))].filter((id) => id && !ids.has(id));
    return [...known, ...above.map((id) => ({ id }))];
}

function assignmentRow(payee, one) {
    return {
        ...JSON.parse(one.terms || '{}'),
        payee,
        from: one.startDate,
        ...(one.endDate ? { to: one.endDate } : {}),
        ...(isGiven(one.targetIncentive) ? { targetIncentive: String(one.targetIncentive) } : {}),
        isMaterialRiskTaker: Boolean(one.isMaterialRiskTaker)
    };
}

/** The periods of the basis, and as many after them as the last picked deal needs. */
export function scenarioPeriods(basis, picks) {
    const periods = basis.periods.map(({ key, startDate, endDate }) => ({
        key,
        start: startDate,
        end: endDate
    }));
    const lastDay = picks.reduce((last, { closeDate }) => (closeDate > last ? closeDate : last), '');
    while (periods.at(-1).end < lastDay && periods.length < basis.periods.length + MOST_FURTHER_PERIODS) {
        const start = dayAfter(periods.at(-1).end);
        const end = endOfPeriod(start, basis.interval);
        if (end === null) break;
        periods.push({ key: `${start}/${end}`, start, end });
    }
    return periods;
}

function endOfPeriod(start, interval) {
    const day = new Date(`${start}T00:00:00Z`);
    if (interval === 'Week') day.setUTCDate(day.getUTCDate() + 7);
    else if (MONTHS[interval]) day.setUTCMonth(day.getUTCMonth() + MONTHS[interval]);
    else return null;
    day.setUTCDate(day.getUTCDate() - 1);
    return day.toISOString().slice(0, 10);
}

function dayAfter(isoDay) {
    const day = new Date(`${isoDay}T00:00:00Z`);
    day.setUTCDate(day.getUTCDate() + 1);
    return day.toISOString().slice(0, 10);
}

/** Two people below who share a deal give two credits of one rule, so the key alone does not tell them apart. */
function givenTransaction(payeeId, credit, index) {
    const amount = credit.dealAmount ? String(credit.dealAmount) : '1';
    return {
        ...ownFields(credit),
        id: `${credit.transactionKey} ${credit.ruleKey} ${index}`,
        date: credit.creditDate,
        amount,
        owner: payeeId,
        splits: { [payeeId]: '100%' },
        team: {},
        events: { won: credit.creditDate, ...credit.events },
        type: credit.dealType ?? '',
        product: credit.product ?? '',
        productFamily: credit.productFamily ?? '',
        units: String(credit.units ?? 0),
        [GIVEN]: credit.ruleKey,
        // A credit of no part of the deal, as a count of deals is, is divided by none.
        givenShare: Number(credit.share) ? String(credit.share) : '1',
        givenPayable: String(credit.payable ?? 0),
        givenQuota: String(credit.quota ?? 0),
        givenCount: String(credit.dealCount ?? 0)
    };
}

function pickedTransaction(payeeId, pick) {
    return {
        ...ownFields(pick),
        id: pick.opportunityId,
        date: pick.closeDate,
        amount: String(pick.amount),
        ...(pick.currencyIsoCode ? { currency: pick.currencyIsoCode } : {}),
        ...whoShares(payeeId, pick),
        events: { won: pick.closeDate },
        type: pick.dealType ?? '',
        product: pick.product ?? '',
        productFamily: pick.productFamily ?? '',
        units: String(pick.units ?? 0),
        [GIVEN]: NONE,
        givenShare: '1',
        givenPayable: '0',
        givenQuota: '0',
        givenCount: '0'
    };
}

/** Fields only this org has, by the names the plan uses. */
function ownFields({ fields }) {
    return Object.fromEntries((fields ?? []).map(({ name, value, isTrue }) => [name, isTrue ?? value]));
}

/** Two shares of one person are one; without any the owner has all of it. */
function whoShares(payeeId, { ownerId, shares, team }) {
    const owner = ownerId ?? payeeId;
    const percents = new Map();
    for (const share of shares ?? [])
        percents.set(share.payeeId, (percents.get(share.payeeId) ?? 0) + Math.round(share.percent * 100));
    if (percents.size === 0) percents.set(owner, 10_000);
    return {
        owner,
        splits: Object.fromEntries([...percents].map(([id, hundredths]) => [id, `${hundredths / 100}%`])),
        team: Object.fromEntries((team ?? []).map((member) => [member.role, member.payeeId]))
    };
}

/**
 * Whether this payee is paid for what people below close.
 * @param {string} definition YAML
 */
export function paysManagers(definition) {
    const { plan } = readPlan(definition);
    return Boolean(plan?.crediting.some(({ to }) => to.kind === 'manager'));
}

/**
 * Pay of others is not this payee's business: their credits are paid elsewhere, or not at all, and what is wrong with the
 * pay of people below does not touch an override on what they sell.
 */
function isOfOthers({ code, where, value }, payeeId) {
    if (where.startsWith('payee ')) return !where.startsWith(`payee ${payeeId},`);
    const isCredit = code === 'PAYEE_WITHOUT_PLAN' && where.startsWith('transaction ');
    return isCredit && value !== payeeId && !value.startsWith(`${payeeId} `);
}

/** Some of them name parts of a deal, which a calculation without any tells. */
function decisionsOf(plan, basis, picks) {
    if (!basis.malus?.length && !hasClawback(basis)) return {};
    const told = pay(plan, scenarioInput(basis, picks));
    return { malus: malusRows(basis, told.schedules), clawback: clawbackRows(basis, told) };
}

/**
 * @typedef {object} Outcome
 * @property {number} paid from the period of the statement on
 * @property {Map<string, number>} components earning by component, from the same periods
 * @property {string[]} assumed names of facts of periods to come, taken as they were
 * @property {{ where: string, fix: string }[]} problems with any, the figures are not told
 */

/**
 * What the payee gets from the period of the statement on.
 * @param {any} plan of scenarioPlan
 * @returns {Outcome}
 */
export function scenarioOutcome(plan, basis, picks) {
    const result = pay(plan, scenarioInput(basis, picks, decisionsOf(plan, basis, picks)));
    const payee = result.payees[basis.payeeId];
    const own = result.problems.filter((problem) => !isOfOthers(problem, basis.payeeId));
    const problems = own.length || payee ? own : [{ where: basis.payeeId, fix: '' }];
    const components = new Map();
    let paidCents = 0;
    const from = basis.periods.length - 1;
    const periods = scenarioPeriods(basis, picks);
    for (const { key } of periods.slice(from)) {
        const period = payee?.periods[key];
        if (!period) continue;
        paidCents += toCents(period.paid);
        for (const [component, { earning }] of Object.entries(period.components))
            components.set(component, (components.get(component) ?? 0) + toCents(earning));
    }
    return {
        paid: paidCents / 100,
        components: new Map([...components].map(([key, cents]) => [key, cents / 100])),
        assumed: assumedFacts(basis, periods),
        problems
    };
}

function assumedFacts(basis, periods) {
    const assumed = factsOf(basis, periods).filter(({ isAssumed }) => isAssumed);
    return [...new Set(assumed.map(({ fact }) => fact.name))];
}

function isGiven(value) {
    return value !== null && value !== undefined;
}
