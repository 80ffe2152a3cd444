// A scenario whose credits are shared out already: each credit of the reference engine is a transaction of its own, owned by who was
// credited, with the words of the deal and the answers to what a rule asks of the payee on that day. It earns what the scenario earns
// whatever numbers that are not settled stand in the plan, and is of the class of the fast engine far more often: managers, hand-overs, channels,
// deductions, other currencies and people off the plan are settled before.
import { HISTORY, type Credited } from '../books.ts';
import { bookTransactions, type Bookings } from '../booking.ts';
import { fitting, DoesNotFit, type Fitting } from '../columnar/does-not-fit.ts';
import { needKindFigure } from '../columnar/figures.ts';
import { Context } from '../context.ts';
import { creditAll } from '../credit.ts';
import { namesIn, type Expression, type Value } from '../expression.ts';
import type { Opening, Transaction } from '../input.ts';
import { movementOfPeriod } from '../measure.ts';
import { openBooks } from '../open-books.ts';
import type { Component, CreditRule, Measure, Plan } from '../plan.ts';
import { placedExpressions, tableExpressions } from '../plan-check/placed-expressions.ts';
import { CreditScope } from '../scopes/credit-scope.ts';
import { holds } from '../working.ts';
import { childrenOf, tablesCalled } from './plan-numbers.ts';
import type { Scenario } from './simulation.ts';

/** Fields no deal can have, as names have no blanks. */
const RULE = 'credit rule';
const NO_PARTS: Pick<
    Transaction,
    'currency' | 'splits' | 'team' | 'owners' | 'touches' | 'coalitions' | 'events' | 'reverses' | 'amends'
> = {
    currency: '',
    splits: [],
    team: {},
    owners: [],
    touches: [],
    coalitions: {},
    events: {},
    reverses: '',
    amends: ''
};
/** First words of two-word names that are known of a credit before any number of the plan is. */
const OF_CREDIT = ['payee', 'source', 'team', 'events'];

/** What a rule asks of a credit that its kind does not tell. */
interface Asked {
    field: string;
    when: Expression;
    place: string;
    isOf: (rule: CreditRule) => boolean;
}

export interface CreditRows {
    scenario: Scenario;
    /** expressions that decided the rows: a number among them cannot be moved without sharing out anew */
    settled: ReadonlySet<Expression>;
    /** people with no rows, of whom something is taken back: how much depends on what was paid */
    apart: ReadonlySet<string>;
    /** ids of the transactions that concern those */
    ofApart: ReadonlySet<string>;
}

/** `people`: those of whom something is told; the others earn nothing here. `malus`: decided on whom. */
export function creditRows(
    { plan, input }: Scenario,
    people: readonly string[],
    malus: readonly string[]
): Fitting<CreditRows> {
    return fitting(() => {
        const context = new Context(plan, input);
        const bookings = bookTransactions(context);
        const all = creditAll(context, bookings.booked);
        const taken = new Set([...malus, ...takenBackFrom(input, bookings, all)]);
        const apart = new Set(people.filter((payeeId) => taken.has(payeeId)));
        const rest = people.filter((payeeId) => !taken.has(payeeId));
        const counted = new Set(rest);
        const credits = all.filter(({ payeeId }) => counted.has(payeeId));
        openBooks(context, credits, []);
        const asked = [
            ...plan.measures.flatMap(askedByMeasure),
            ...plan.components.flatMap(askedByComponent)
        ];
        refuseParts(plan, credits);
        const rows = credits
            .filter((one) => one.booked.period !== HISTORY)
            .map((one, index) => rowOf(context, one, index, asked));
        return {
            scenario: {
                plan: creditedPlan(plan, asked),
                input: {
                    ...input,
                    payees: input.payees.filter(({ id }) => counted.has(id)),
                    assignments: input.assignments.filter(({ payeeId }) => counted.has(payeeId)),
                    transactions: rows,
                    openings: openingsOf(context, rest),
                    paid: looksBack(plan) ? input.paid : [],
                    exchangeRates: [],
                    wrongPayees: []
                }
            },
            settled: settledBy({ plan, input }, asked),
            apart,
            ofApart: transactionsOf(bookings, all, apart)
        };
    });
}

function takenBackFrom(
    { paid }: Scenario['input'],
    { reversals }: Bookings,
    credits: readonly Credited[]
): string[] {
    const roots = new Set(reversals.map(({ rootId }) => rootId));
    return [
        ...credits.filter(({ booked }) => roots.has(booked.rootId)).map(({ payeeId }) => payeeId),
        ...paid.filter(({ transaction }) => roots.has(transaction)).map(({ payeeId }) => payeeId)
    ];
}

/** All of each deal, so that it is shared out as it was. */
function transactionsOf(
    { booked, reversals }: Bookings,
    credits: readonly Credited[],
    people: ReadonlySet<string>
): Set<string> {
    const own = credits.filter(({ payeeId }) => people.has(payeeId)).map((one) => one.booked.rootId);
    const roots = new Set([...own, ...reversals.map(({ rootId }) => rootId)]);
    return new Set([
        ...booked.filter(({ rootId }) => roots.has(rootId)).map(({ transaction }) => transaction.id),
        ...reversals.map(({ transaction }) => transaction.id)
    ]);
}

function askedByMeasure({ key, when }: Measure): Asked[] {
    const isOf = ({ only }: CreditRule): boolean => only.length === 0 || only.includes(key);
    return askedOf(`measures.${key}`, when, isOf);
}

function askedByComponent({ key, per, when, credits }: Component): Asked[] {
    const isOf = (rule: CreditRule): boolean => credits.length === 0 || credits.includes(rule.key);
    return per === 'credit' ? askedOf(`components.${key}`, when, isOf) : [];
}

/** Conditions fields of the deal do not decide, and numbers of the plan neither. */
function askedOf(place: string, when: Expression | null, isOf: Asked['isOf']): Asked[] {
    if (when === null || fitting(() => needKindFigure(when, place)).reason === null) return [];
    const isKnown = namesIn(when).every((path) => path.length === 1 || OF_CREDIT.includes(path[0]!));
    return isKnown ? [{ field: `${place} holds`, when, place, isOf }] : [];
}

/** A deal counts as the part of it that is credited: what a row cannot say as a factor of its rule is refused. */
function refuseParts(plan: Plan, credits: readonly Credited[]): void {
    const figures = [
        ...plan.measures.map(({ of }) => of),
        ...plan.components.flatMap(({ base }) => (base ? [base] : []))
    ];
    const counts = figures.some((one) => namesIn(one).some(([name]) => name === 'countCredit'));
    const part = credits.find(({ credit }) => credit.share.toString() !== '1');
    if (counts && part) throw new DoesNotFit(`crediting.${part.rule.key}`, 'counts parts of deals');
    for (const { key, payable, quota } of plan.crediting)
        if (payable && quota)
            throw new DoesNotFit(`crediting.${key}`, 'says both what is paid and what counts');
}

function creditedPlan(plan: Plan, asked: readonly Asked[]): Plan {
    const held = (when: Expression | null): Expression | null => {
        const one = asked.find((other) => other.when === when);
        return one ? { kind: 'name', path: [one.field] } : when;
    };
    return {
        ...plan,
        crediting: plan.crediting.map((rule) => ({
            ...rule,
            when: ofRule(rule),
            to: { kind: 'owner' },
            share: null,
            before: [],
            total: 'whole'
        })),
        measures: plan.measures.map((measure) => ({ ...measure, when: held(measure.when) })),
        components: plan.components.map((component) => ({
            ...component,
            when: held(component.when),
            base: walkedBase(plan, component)
        }))
    };
}

/** Where what is paid is what counts for the quota, the one the table is walked along. */
function walkedBase(
    { crediting, measures }: Plan,
    { per, base, credits, rates }: Component
): Expression | null {
    const [choice] = rates;
    const at = choice?.kind === 'table' && 'measure' in choice.at ? choice.at.measure : '';
    const walked = measures.find(({ key }) => key === at)?.of;
    const isSame = crediting.every(
        ({ key, payable, quota }) => (credits.length > 0 && !credits.includes(key)) || (!payable && !quota)
    );
    const isOther =
        base?.kind === 'name' && base.path.join() === 'payable' && walked?.kind === 'name' && isSame;
    return per === 'credit' && isOther && walked.path.join() === 'quotaCredit' ? walked : base;
}

function ofRule({ key }: CreditRule): Expression {
    return {
        kind: 'binary',
        operator: '=',
        left: { kind: 'name', path: [RULE] },
        right: { kind: 'text', value: key }
    };
}

/** Ids in the order of events, in which the credits are. */
function rowOf(context: Context, credited: Credited, index: number, asked: readonly Asked[]): Transaction {
    const { credit, payeeId, booked, rule } = credited;
    const { id, fields } = booked.transaction;
    if (booked.amount === null) throw new DoesNotFit(`transaction ${id}`, 'has no amount');
    return {
        ...NO_PARTS,
        id: String(index).padStart(12, '0'),
        date: credit.date,
        amount: rule.payable ? credit.quota : credit.payable,
        owner: payeeId,
        fields: { ...fields, [RULE]: rule.key, ...answers(context, credited, asked) }
    };
}

function answers(context: Context, credited: Credited, asked: readonly Asked[]): Record<string, Value> {
    const books = context.books.get(credited.payeeId)!;
    const scope = new CreditScope(context, books, credited);
    return Object.fromEntries(
        asked.map(({ field, when, place, isOf }) => [
            field,
            isOf(credited.rule) && holds(when, scope, `${place}.when`)
        ])
    );
}

/** What counts of the time before, whether the input says it or deals of that time do. */
function openingsOf(context: Context, people: readonly string[]): Opening[] {
    const measures = context.plan.measures.filter((one) => !one.window && one.interval !== 'credit');
    return people.flatMap((payeeId) =>
        measures.map((measure) => ({
            payeeId,
            measure: measure.key,
            scope: '',
            amount: movementOfPeriod(context, context.books.get(payeeId)!, measure, 0).before
        }))
    );
}

/** Limits of an interval may have begun before the first period. */
function looksBack({ components }: Plan): boolean {
    return components.some(({ limits }) => limits.some(({ scope }) => scope === 'cumulative'));
}

/** Numbers that had their say when the deals were shared out: those of rules, of what is asked of credits, and of measures that count
 *  deals of the time before; with the parameters and tables these read. */
function settledBy({ plan, input }: Scenario, asked: readonly Asked[]): ReadonlySet<Expression> {
    const start = input.periods.reduce((first, one) => (one.start < first ? one.start : first), '9999');
    const hasBefore = input.transactions.some(({ date }) => date < start);
    const parts = hasBefore ? ['crediting.', 'measures.'] : ['crediting.'];
    const own = placedExpressions(plan).filter(({ place }) => parts.some((part) => place.startsWith(part)));
    const open = [...own.map(({ expression }) => expression), ...asked.map(({ when }) => when)];
    const seen = new Set<Expression>();
    for (let next = open.pop(); next; next = open.pop()) {
        if (seen.has(next)) continue;
        seen.add(next);
        open.push(...readBy(plan, next), ...childrenOf(next));
    }
    return seen;
}

/** What the names and tables of an expression stand for. */
function readBy(plan: Plan, expression: Expression): Expression[] {
    const parameters = namesIn(expression).flatMap(([root, key]) =>
        root === 'param' ? plan.parameters.filter((one) => one.key === key) : []
    );
    const tables = tablesCalled(expression).flatMap((key) => plan.tables.filter((one) => one.key === key));
    return [
        ...parameters.flatMap(({ values }) => values.map(({ value }) => value)),
        ...tables.flatMap((table) => tableExpressions(table).map((one) => one.expression))
    ];
}
