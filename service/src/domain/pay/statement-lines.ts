// The lines of a statement, from what the components give to what payroll pays. They sum to the payout to the cent: what a schedule
// holds back or releases and what each payout step adds or takes are lines too.
import type { Plan } from '../incentives/plan.ts';
import type { EarningLine, PayeePeriod, ScheduledAmount } from '../incentives/result.ts';
import { lineAsData, moneyIn, planHash, stepAsData, type Json } from '../incentives/write-result.ts';
import { Ratio, sumOf } from '../ratio.ts';
import { amountOf, cents, keyOf, labelOf, rateText } from './figures.ts';
import type { PayPeriod } from './pay-facts.ts';
import type { LineKind, StatementLine } from './statement.ts';

const KINDS: Record<EarningLine['kind'], LineKind> = {
    earning: 'Earning',
    chargeback: 'Chargeback',
    trueUp: 'TrueUp',
    poolShare: 'PoolShare',
    limit: 'Limit',
    gate: 'Gate',
    malus: 'Chargeback'
};

export const EMPTY_LINE = {
    transaction: '',
    date: null,
    base: null,
    rate: null,
    credit: '',
    corrects: '',
    settles: '',
    adjustment: ''
} as const;

export interface LineContext {
    plan: Plan;
    period: PayPeriod;
    /** of the payee */
    scheduled: readonly ScheduledAmount[];
    /** days of the sales */
    dates: ReadonlyMap<string, string>;
    creditKeyOf: (creditId: string) => string;
    paymentKeyOf: (scheduled: ScheduledAmount) => string;
}

/** Without components that are worked out for other parts of the plan to read: nobody is paid by them. */
export function payingOf({ components }: Plan, told: PayeePeriod): PayeePeriod['components'] {
    const unpaid = new Set(components.filter(({ pays }) => !pays).map(({ key }) => key));
    return told.components.filter(({ component }) => !unpaid.has(component));
}

export function linesOf(told: PayeePeriod, context: LineContext): StatementLine[] {
    const earned = payingOf(context.plan, told).flatMap(({ component, lines }) =>
        lines.map((line) => earningLine(component, line, context))
    );
    const scheduled = scheduleLines(told, context);
    const lines = [...earned, ...scheduled];
    lines.push(...balancing(lines, told.due, 'schedule', 'Release', 'Other parts of schedules', context));
    lines.push(...told.payout.flatMap((step) => stepLines(step, told, context)));
    lines.push(...balancing(lines, told.paid, 'rounding', 'PayoutStep', 'Rounding', context));
    return withOwnKeys(lines);
}

function earningLine(component: string, line: EarningLine, context: LineContext): StatementLine {
    const { plan, dates } = context;
    const name = plan.components.find(({ key }) => key === component)?.name;
    const label = name && name !== component ? name : labelOf(component);
    const base = line.working.find(({ what }) => what === 'base')?.result;
    const hasBase = base instanceof Ratio && !base.isZero;
    const { bands, working } = lineAsData(line, moneyIn(plan)) as { bands: Json; working: Json };
    const creditPart = line.credit.split('/').slice(1).join('/');
    return {
        ...EMPTY_LINE,
        key: keyOf(component, KINDS[line.kind], line.transaction, ...(creditPart ? [creditPart] : [])),
        kind: KINDS[line.kind],
        title: TITLES[line.kind](label),
        component,
        transaction: line.transaction,
        date: dates.get(line.transaction) ?? context.period.end,
        base: hasBase ? cents(base) : null,
        rate: hasBase ? rateText(line.amount.over(base)) : null,
        amount: cents(line.amount),
        working: { bands, steps: working, ...frameOf(plan) },
        credit: line.credit === '' ? '' : context.creditKeyOf(line.credit)
    };
}

const TITLES: Record<EarningLine['kind'], (label: string) => string> = {
    earning: (label) => label,
    chargeback: (label) => `${label}, taken back`,
    trueUp: (label) => `${label}, to date`,
    poolShare: (label) => `${label}, share of the pool`,
    limit: (label) => `${label}, limit`,
    gate: (label) => `${label}, gate`,
    malus: (label) => `${label}, malus`
};

/** Which plan and which rounding stand behind a figure. */
export function frameOf(plan: Plan): { rounding: Json; plan: Json } {
    const { unit, mode, at } = plan.rounding;
    return {
        rounding: { unit: unit.toString(), mode, at },
        plan: { key: plan.key, version: plan.version, hash: hashOfPlan(plan) }
    };
}

const planHashes = new WeakMap<Plan, string>();

function hashOfPlan(plan: Plan): string {
    const known = planHashes.get(plan) ?? planHash(plan);
    planHashes.set(plan, known);
    return known;
}

/** What was earned now and is due later, by component; what was earned before and is not due any more; and what of it is due now, one
 *  by one. */
function scheduleLines(told: PayeePeriod, context: LineContext): StatementLine[] {
    const { period, plan, scheduled } = context;
    const ownSteps = new Set(plan.payout.map(({ key }) => key));
    // Tranches of a step the plan has are that step's to tell.
    const parts = scheduled.filter(({ kind, source, form }) =>
        kind === 'tranche' ? form === 'cash' && !ownSteps.has(source) : kind !== 'amortisation'
    );
    const isLater = ({ dueOn }: ScheduledAmount): boolean => dueOn === null || dueOn > period.end;
    const held = Map.groupBy(
        parts.filter((part) => part.period === told.period && isLater(part)),
        ({ source }) => source
    );
    const heldLines = [...held].map(([component, list]): StatementLine => {
        const amount = sumOf(list.map((part) => heldOf(part, period))).negated();
        return scheduleLine(component, 'held', 'due later', amount, context);
    });
    return [
        ...heldLines,
        ...cancelledLines(parts, told, context),
        ...dueIn(period, told, parts).map((part) => dueLine(part, part.amount, [], context))
    ];
}

/** As it stood at the end of the period: what was cancelled later was held then. */
function heldOf({ amount, cancelled = [] }: ScheduledAmount, { key }: PayPeriod): Ratio {
    const later = cancelled.filter(({ period }) => period !== key);
    return amount.plus(sumOf(later.map((one) => one.amount)));
}

/** What a reversal or malus takes of pay that was held: the component's line takes it, this one says that it is not held any more. */
function cancelledLines(
    parts: readonly ScheduledAmount[],
    told: PayeePeriod,
    context: LineContext
): StatementLine[] {
    const earlier = parts.filter(({ period }) => period !== told.period);
    const bySource = Map.groupBy(earlier, ({ source }) => source);
    return [...bySource].flatMap(([source, list]) => {
        const now = list.flatMap(({ cancelled = [] }) =>
            cancelled.filter(({ period }) => period === told.period)
        );
        const amount = sumOf(now.map((one) => one.amount));
        return amount.isZero ? [] : [scheduleLine(source, 'cancelled', 'not due any more', amount, context)];
    });
}

function scheduleLine(
    component: string,
    key: string,
    title: string,
    amount: Ratio,
    { plan }: LineContext
): StatementLine {
    return {
        ...EMPTY_LINE,
        key: keyOf(component, 'Release', key),
        kind: 'Release',
        title: `${labelOf(component)}, ${title}`,
        component,
        amount: cents(amount),
        working: { bands: [], steps: [], ...frameOf(plan) }
    };
}

/** Earned in other periods. */
function dueIn(
    { start, end }: PayPeriod,
    told: PayeePeriod,
    parts: readonly ScheduledAmount[]
): ScheduledAmount[] {
    return parts.filter(
        ({ period, dueOn }) => period !== told.period && dueOn !== null && start <= dueOn && dueOn <= end
    );
}

function dueLine(part: ScheduledAmount, amount: Ratio, steps: Json[], context: LineContext): StatementLine {
    return {
        ...EMPTY_LINE,
        key: keyOf(part.source, 'Release', part.period, part.transaction, part.event),
        kind: 'Release',
        title: `${labelOf(part.source)}, ${part.form === 'instrument' ? 'vested in instruments, of' : 'earned in'} ${part.period}`,
        component: part.source,
        transaction: part.transaction,
        date: part.dueOn,
        amount: cents(amount),
        working: { bands: [], steps, ...frameOf(context.plan) },
        settles: context.paymentKeyOf(part)
    };
}

/** A deferral tells each tranche that vests, and what it defers apart. Instruments are told and not paid. */
function stepLines(
    step: PayeePeriod['payout'][number],
    told: PayeePeriod,
    context: LineContext
): StatementLine[] {
    const own = context.scheduled.filter(({ kind, source }) => kind === 'tranche' && source === step.key);
    const vested = dueIn(context.period, told, own).map((part) => {
        const steps = step.working.filter(({ inputs }) =>
            inputs.some(({ name, value }) => name === 'award' && value === part.period)
        );
        const amount = part.form === 'cash' ? part.amount : Ratio.ZERO;
        return dueLine(part, amount, steps.map(stepAsData), context);
    });
    const paid = sumOf(vested.map(({ amount }) => amountOf(amount)));
    return [...vested, ...stepLine(step, step.after.minus(step.before).minus(paid), context)];
}

function stepLine(
    step: PayeePeriod['payout'][number],
    amount: Ratio,
    { plan }: LineContext
): StatementLine[] {
    if (amount.isZero) return [];
    return [
        {
            ...EMPTY_LINE,
            key: keyOf(step.key, 'PayoutStep'),
            kind: 'PayoutStep',
            title: labelOf(step.key),
            component: step.key,
            amount: cents(amount),
            working: { bands: [], steps: step.working.map(stepAsData), ...frameOf(plan) }
        }
    ];
}

/** One line for what the lines lack to the figure they must sum to. */
function balancing(
    lines: readonly StatementLine[],
    wanted: Ratio,
    key: string,
    kind: LineKind,
    title: string,
    { plan }: LineContext
): StatementLine[] {
    const missing = wanted.minus(sumOf(lines.map(({ amount }) => amountOf(amount))));
    if (cents(missing) === '0.00' || cents(missing) === '-0.00') return [];
    return [
        {
            ...EMPTY_LINE,
            key: keyOf(key, kind),
            kind,
            title,
            component: key,
            amount: cents(missing),
            working: { bands: [], steps: [], ...frameOf(plan) }
        }
    ];
}

/** Two parts of one schedule may say the same of themselves: the second is told by its number. */
function withOwnKeys(lines: StatementLine[]): StatementLine[] {
    const seen = new Map<string, number>();
    return lines.map((line) => {
        const count = (seen.get(line.key) ?? 0) + 1;
        seen.set(line.key, count);
        return count === 1 ? line : { ...line, key: `${line.key}#${count}` };
    });
}

/** Days of everything that happened, by its id. */
export function datesOf(transactions: readonly { id: string; date: string }[]): Map<string, string> {
    return new Map(transactions.map(({ id, date }) => [id, date]));
}
