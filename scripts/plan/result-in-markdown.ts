// What a case comes to, for its page: every line with its working, then what is paid, balances, figures and what comes later.
import type { Json } from '../../service/src/domain/incentives/input-file/exact-json.ts';
import { parseNumber } from '../../service/src/domain/incentives/parse-expression.ts';
import { Ratio } from '../../service/src/domain/ratio.ts';
import { inline, readable, table } from './markdown.ts';

/** The result as write-result.ts writes it, in so far as pages show it. */
export interface ShownResult {
    payees: Record<string, { total: string | null; periods: Record<string, ShownPeriod> }>;
    schedules: ShownSchedule[];
    problems: { code: string; where: string; value: string; fix: string }[];
}

interface ShownPeriod {
    credits: { transaction: string; figures: Record<string, Json> }[];
    measures: Record<string, { toDate: string; quota: string | null; attainment: string | null }>;
    components: Record<string, { lines: ShownLine[] }>;
    payout: { key: string; before: string; after: string; working: ShownStep[] }[];
    paid: string;
    balances: Record<
        string,
        { opening: string; movements: { what: string; amount: string }[]; closing: string }
    >;
    figures: Record<string, Json>;
}

interface ShownLine {
    kind: string;
    transaction?: string;
    amount: string;
    bands: { quantity: string; rate: string; amount: string }[];
    working: ShownStep[];
}

interface ShownStep {
    what: string;
    inputs: { name: string; value: Json }[];
    result: Json;
}

interface ShownSchedule {
    payee: string;
    component: string;
    transaction: string;
    kind: string;
    dueOn: string | null;
    event: string;
    form: string;
    amount: string;
}

/** Longer schedules are cut: sixty months of an expense say no more than the first and the last. */
const SCHEDULES_SHOWN = 12;

export function resultInMarkdown(result: ShownResult): string[] {
    return [
        ...Object.entries(result.payees).flatMap(([payee, { total, periods }]) => [
            '',
            `**${payee}** is paid ${total === null ? 'nothing before the problem is solved' : readable(total)}.`,
            '',
            ...table(['period', 'what', 'working', 'amount'], Object.entries(periods).flatMap(periodRows))
        ]),
        ...schedules(result.schedules),
        ...result.problems.map(
            ({ code, where, value, fix }) => `\nProblem ${code} at ${where}: ${value}. ${fix}`
        )
    ];
}

function periodRows([key, period]: [string, ShownPeriod]): string[][] {
    const rows = [
        ...Object.entries(period.measures).map(measureRow),
        ...period.credits.flatMap(({ transaction, figures }) => figureRows(figures, `, ${transaction}`)),
        ...Object.entries(period.components).flatMap(([component, { lines }]) =>
            lines.map((line) => lineRow(component, line))
        ),
        ...period.payout.map(({ key: step, after, working }) => [step, stepsText(working), readable(after)]),
        ['paid', '', `**${readable(period.paid)}**`],
        ...Object.entries(period.balances).filter(hasMoved).map(balanceRow),
        ...figureRows(period.figures, '')
    ];
    return rows.map((row, index) => [index === 0 ? key : '', ...row]);
}

function measureRow([measure, { toDate, quota, attainment }]: [
    string,
    ShownPeriod['measures'][string]
]): string[] {
    const goal = quota === null ? '' : `attainment ${attainment ?? 'none'} of ${readable(quota)}`;
    return [measure, goal, readable(toDate)];
}

function lineRow(component: string, { kind, transaction, amount, bands, working }: ShownLine): string[] {
    const of = transaction === undefined ? '' : `, ${transaction}`;
    const name = kind === 'earning' ? component : `${component} (${kind})`;
    return [`${name}${of}`, bands.length > 0 ? bandsText(bands) : stepsText(working), readable(amount)];
}

function bandsText(bands: ShownLine['bands']): string {
    return bands.map(({ quantity, rate }) => `${readable(quantity)} x ${rateText(rate)}`).join(' + ');
}

/** Rates below one are parts, others are amounts for each unit or multiples. */
function rateText(rate: string): string {
    const value = parseNumber(rate);
    if (value === null || value.absolute().compare(Ratio.ONE) >= 0) return readable(rate);
    return `${value.times(Ratio.of(100)).toString()} %`;
}

function stepsText(steps: ShownStep[]): string {
    return steps
        .map(({ what, inputs, result }) => {
            const from = inputs.map(({ name, value }) => `${name} ${inline(value)}`).join(', ');
            return `${what}${from === '' ? '' : ` (${from})`}: ${inline(result)}`;
        })
        .join('; ');
}

function hasMoved([, { opening, closing, movements }]: [string, ShownPeriod['balances'][string]]): boolean {
    return movements.length > 0 || /[1-9]/.test(opening + closing);
}

function balanceRow([ledger, { opening, movements, closing }]: [
    string,
    ShownPeriod['balances'][string]
]): string[] {
    const moved = movements.map(({ what, amount }) => `, ${what} ${readable(amount)}`).join('');
    return [`balance of ${ledger}`, `opening ${readable(opening)}${moved}`, readable(closing)];
}

function figureRows(figures: Record<string, Json>, of: string): string[][] {
    return Object.entries(figures).map(([key, value]) => [`${key}${of} (shown only)`, '', inline(value)]);
}

function schedules(all: ShownSchedule[]): string[] {
    if (all.length === 0) return [];
    const rows = all.map(({ payee, component, transaction, kind, dueOn, event, form, amount }) => {
        const when = dueOn ?? `when ${event} happens`;
        return [
            payee,
            [component, transaction].filter(Boolean).join(', '),
            kind,
            when,
            form,
            readable(amount)
        ];
    });
    const head = ['payee', 'from', 'kind', 'due', 'form', 'amount'];
    if (rows.length <= SCHEDULES_SHOWN) return ['', 'In parts:', '', ...table(head, rows)];
    const shown = [...rows.slice(0, SCHEDULES_SHOWN - 1), rows.at(-1)!];
    return ['', `In ${rows.length} parts, of which the first and the last:`, '', ...table(head, shown)];
}
