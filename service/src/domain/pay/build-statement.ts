// One payee's part of a calculation as a statement: figures where all is well, the problem and no figure where something is wrong.
import type { Plan } from '../incentives/plan.ts';
import type { Balance, Credit, PayeePeriod, ScheduledAmount } from '../incentives/result.ts';
import { COUNTED_FIELDS } from '../incentives/vocabulary.ts';
import { distinct, stepAsData } from '../incentives/write-result.ts';
import type { Problem } from '../problem.ts';
import type { Ratio } from '../ratio.ts';
import { sumOf } from '../ratio.ts';
import type { Calculated } from './calculate-plan.ts';
import { cents, countText, fits, keyOf, labelOf, rateText } from './figures.ts';
import type { PayPeriod, PlanVersionFact } from './pay-facts.ts';
import { openLedgers } from './open-ledgers.ts';
import { linesOf, payingOf } from './statement-lines.ts';
import type {
    MeasureTold,
    Statement,
    StatementBalance,
    StatementCredit,
    StatementPayment
} from './statement.ts';

export type Head = Pick<
    Statement,
    'key' | 'periodKey' | 'planKey' | 'versionKey' | 'planName' | 'payeeId' | 'currency' | 'given'
>;
type Body = Omit<Statement, keyof Head>;

export function headOf(version: PlanVersionFact, payeeId: string, periodKey: string): Head {
    const { planKey, planName, currency } = version;
    const key = keyOf(periodKey, planKey, payeeId);
    return { key, periodKey, planKey, versionKey: version.key, planName, payeeId, currency, given: null };
}

/** The statement of a period; null where the plan has nothing to tell the payee in it. */
export function statementOf(calculated: Calculated, payeeId: string, period: PayPeriod): Statement | null {
    const { version, payees, earlierProblems } = calculated;
    const payee = payees.get(payeeId);
    const told = payee?.periods.find((one) => one.period === period.key);
    const earlier = earlierProblems.get(payeeId) ?? [];
    const problems = [...earlier, ...(payee?.problems ?? [])];
    const head = headOf(version, payeeId, period.key);
    if (!told || earlier.length > 0)
        return problems.length === 0 ? null : { ...head, ...withoutFigures(distinct(problems)) };
    const unfit = unfitAmount(told);
    const body = unfit ? withoutFigures([tooLarge(head, unfit)]) : figuresOf(calculated, head, period, told);
    return { ...head, ...body };
}

/** What somebody is told about whom something is wrong. */
export function withoutFigures(problems: Problem[]): Body {
    return {
        total: null,
        payout: null,
        measures: [],
        steps: [],
        problems,
        lines: [],
        credits: [],
        balances: [],
        payments: []
    };
}

function figuresOf(calculated: Calculated, head: Head, period: PayPeriod, told: PayeePeriod): Body {
    const { plan, dates } = calculated;
    const { payeeId } = head;
    const creditKeyOf = (creditId: string): string => creditKey(head, creditId);
    // What is taken back of an earlier period rests on a credit of that period.
    const own = new Set(told.credits.map(({ id }) => id));
    const lineCreditKeyOf = (creditId: string): string => (own.has(creditId) ? creditKeyOf(creditId) : '');
    const scheduled = calculated.scheduled.get(payeeId) ?? [];
    const keys = paymentKeys(head, scheduled);
    const paymentKeyOf = (one: ScheduledAmount): string => keys.get(one)!.key;
    return {
        total: cents(sumOf(payingOf(plan, told).map(({ earning }) => earning))),
        payout: cents(told.paid),
        measures: measuresOf(plan, told),
        steps: told.payout.map(({ key, before, after, working }) => ({
            key,
            label: labelOf(key),
            before: cents(before),
            after: cents(after),
            working: working.map(stepAsData)
        })),
        problems: [],
        lines: linesOf(told, { plan, period, scheduled, dates, creditKeyOf: lineCreditKeyOf, paymentKeyOf }),
        credits: told.credits.map((credit) => creditOf(credit, creditKeyOf)),
        balances: [
            ...told.balances.map((balance) => balanceOf(plan, head, balance)),
            ...openLedgers(calculated, payeeId, head.key, period)
        ],
        payments: scheduled
            .filter((one) => one.period === period.key && !one.amount.isZero)
            .map((one) => paymentOf(one, keys.get(one)!))
    };
}

function unfitAmount({ credits, components, due, paid, balances }: PayeePeriod): Ratio | undefined {
    const amounts = [
        ...credits.flatMap(({ payable, quota }) => [payable, quota]),
        ...components.flatMap(({ earning, lines }) => [earning, ...lines.map(({ amount }) => amount)]),
        ...balances.flatMap(({ opening, closing }) => [opening, closing]),
        due,
        paid
    ];
    return amounts.find((amount) => !fits(amount));
}

function tooLarge({ key }: Head, amount: Ratio): Problem {
    return {
        code: 'AMOUNT_TOO_LARGE',
        where: `statement ${key}`,
        value: amount.toString(),
        fix: 'Amounts must be below 9,000,000,000,000; correct the amount of the sale, or the plan.'
    };
}

function measuresOf({ measures }: Plan, told: PayeePeriod): MeasureTold[] {
    return told.measures.map(({ measure, inPeriod, toDate, quota, attainment }) => {
        const of = measures.find(({ key }) => key === measure)?.of;
        return {
            measure,
            label: labelOf(measure),
            unit: of?.kind === 'name' && COUNTED_FIELDS.has(of.path.join('.')) ? 'Count' : 'Amount',
            inPeriod: inPeriod.toString(),
            toDate: toDate.toString(),
            quota: quota?.toString() ?? null,
            attainment: attainment?.toString() ?? null
        };
    });
}

/** `<transaction>/<rule>/<payee>[/<source>]` of the engine, in the order of the org's keys. */
function creditKey({ periodKey, planKey }: Head, creditId: string): string {
    return keyOf(periodKey, planKey, ...creditId.split('/'));
}

function creditOf(credit: Credit, creditKeyOf: (id: string) => string): StatementCredit {
    return {
        key: creditKeyOf(credit.id),
        rule: credit.rule,
        transaction: credit.transaction,
        date: credit.date,
        share: rateText(credit.share),
        payable: cents(credit.payable),
        quota: cents(credit.quota),
        count: countText(credit.count)
    };
}

function balanceOf({ payout }: Plan, { key }: Head, balance: Balance): StatementBalance {
    const { ledger, scope, opening, closing, movements } = balance;
    const step = payout.find((one) => (one.kind === 'advance' ? one.ledger === ledger : one.key === ledger));
    return {
        key: keyOf(key, ledger, ...(scope === '' ? [] : [scope])),
        ledger,
        scope,
        kind: BALANCE_KINDS[step?.kind ?? ''] ?? 'Other',
        opening: cents(opening),
        movement: cents(closing.minus(opening)),
        closing: cents(closing),
        movements: movements.map(({ what, amount }) => ({ what, amount: cents(amount) }))
    };
}

const BALANCE_KINDS: Record<string, StatementBalance['kind']> = {
    draw: 'Draw',
    advance: 'Advance',
    carryNegative: 'CarriedForward',
    clawback: 'CarriedForward',
    deferral: 'Deferral'
};

/** What is scheduled for a payee, by the key of its row in the org. */
export function paymentsByKey(
    { version, scheduled }: Calculated,
    payeeId: string
): Map<string, ScheduledAmount> {
    const own = scheduled.get(payeeId) ?? [];
    const keys = paymentKeys({ planKey: version.planKey, payeeId }, own);
    return new Map([...keys].map(([one, { key }]) => [key, one]));
}

interface PaymentKey {
    key: string;
    number: number;
}

/** Of all periods, because a line of this one settles payments of earlier ones. */
function paymentKeys(
    { planKey, payeeId }: Pick<Head, 'planKey' | 'payeeId'>,
    scheduled: readonly ScheduledAmount[]
): Map<ScheduledAmount, PaymentKey> {
    const counts = new Map<string, number>();
    return new Map(
        scheduled.map((one) => {
            const stem = keyOf(one.period, planKey, payeeId, one.source, one.transaction);
            const number = (counts.get(stem) ?? 0) + 1;
            counts.set(stem, number);
            return [one, { key: keyOf(stem, String(number)), number }];
        })
    );
}

function paymentOf(one: ScheduledAmount, { key, number }: PaymentKey): StatementPayment {
    return {
        key,
        number,
        source: one.source,
        transaction: one.transaction,
        kind: PAYMENT_KINDS[one.kind],
        form: PAYMENT_FORMS[one.form],
        dueOn: one.dueOn,
        event: one.event,
        amount: cents(one.amount),
        clawbackUntil: one.clawbackUntil
    };
}

const PAYMENT_KINDS = {
    instalment: 'Instalment',
    release: 'Release',
    tranche: 'Tranche',
    amortisation: 'Amortisation'
} as const;

const PAYMENT_FORMS = { cash: 'Cash', instrument: 'Instrument', expense: 'Expense' } as const;
