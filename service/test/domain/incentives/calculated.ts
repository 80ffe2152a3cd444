// Calculates a plan written as YAML over an input, for tests of the engine; money comes back as the text a statement shows.
import { calculate } from '../../../src/domain/incentives/calculate.ts';
import { parseInput } from '../../../src/domain/incentives/parse-input.ts';
import { parsePlan } from '../../../src/domain/incentives/parse-plan.ts';
import type {
    CalculationResult,
    ComponentResult,
    EarningLine,
    PayeePeriod
} from '../../../src/domain/incentives/result.ts';

const HEAD = 'plan: test\ncurrency: USD\nperiod: month\n';
const COMPONENTS = '\ncomponents: { nothing: { per: period, base: 0 } }\n';
const CREDITING = 'crediting: [{ key: direct, to: owner }]\n';

/** A plan of parts; head, a rule that credits the owner and a component that pays nothing are added where none is written. */
export function calculated(parts: string, input: object): CalculationResult {
    const head = /^plan:/m.test(parts) ? '' : HEAD;
    const crediting = /^crediting:/m.test(parts) ? '' : CREDITING;
    const components = /^components:/m.test(parts) ? '' : COMPONENTS;
    const { plan, problems } = parsePlan(head + crediting + parts + components);
    if (!plan) throw new Error(JSON.stringify(problems, null, 2));
    const parsed = parseInput(JSON.stringify(input), plan);
    if (!parsed.input) throw new Error(JSON.stringify(parsed.problems, null, 2));
    return calculate(plan, parsed.input);
}

/** Input of whole months of 2026. */
export function months(count: number, rest: { payees?: object[]; [field: string]: unknown }): object {
    const last = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][count - 1];
    const to = `2026-${String(count).padStart(2, '0')}-${last}`;
    return { from: '2026-01-01', to, payees: [{ id: 'rep' }], ...rest };
}

/** A sale of the rep on a day of 2026, e.g. `02-10`. */
export function sale(id: string, day: string, amount: number | string, rest: object = {}): object {
    return { id, date: `2026-${day}`, owner: 'rep', amount, ...rest };
}

export function periodsOf(result: CalculationResult, payeeId = 'rep'): PayeePeriod[] {
    const payee = result.payees.find((one) => one.payeeId === payeeId);
    if (!payee) throw new Error(`no payee ${payeeId}`);
    return payee.periods;
}

/** What was paid in each period. */
export function paid(result: CalculationResult, payeeId = 'rep'): string[] {
    return periodsOf(result, payeeId).map((period) => period.paid.toString());
}

export function component(
    result: CalculationResult,
    key: string,
    period = 0,
    payeeId = 'rep'
): ComponentResult {
    const found = periodsOf(result, payeeId)[period]?.components.find((one) => one.component === key);
    if (!found) throw new Error(`no component ${key} in period ${period}`);
    return found;
}

export function lines(result: CalculationResult, key: string, period = 0, payeeId = 'rep'): EarningLine[] {
    return component(result, key, period, payeeId).lines;
}

export function amounts(result: CalculationResult, key: string, period = 0, payeeId = 'rep'): string[] {
    return lines(result, key, period, payeeId).map(({ amount }) => amount.toString());
}

/** Opening, movements and closing of a balance in each period. */
export function ledger(result: CalculationResult, name: string, scope = '', payeeId = 'rep'): string[] {
    return periodsOf(result, payeeId).flatMap(({ balances }) =>
        balances
            .filter((balance) => balance.ledger === name && balance.scope === scope)
            .map(({ opening, movements, closing }) =>
                [opening, ...movements.map(({ amount }) => amount), closing].join(' ')
            )
    );
}

/** Codes of the problems of a payee, or of those no single payee has. */
export function codes(result: CalculationResult, payeeId?: string): string[] {
    const payee = result.payees.find((one) => one.payeeId === payeeId);
    return (payeeId === undefined ? result.problems : (payee?.problems ?? [])).map(({ code }) => code);
}
