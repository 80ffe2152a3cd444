// What the result tells of each payee and period, found by key. Nothing here is taken for right: each figure told is compared
// with what the plan, the input and the figures told before it make of it.
import { asNumber, asTable, asText, isTable, readJson, tables, type Table } from './data.ts';
import { add, subtract, total, ZERO, type Exact } from './exact.ts';
import { CannotDerive } from './values.ts';
import type { InputData } from './input-data.ts';
import type { PlanData } from './plan-data.ts';

export class Statement {
    readonly result: Table;
    readonly #plan: PlanData;
    readonly #input: InputData;

    constructor(json: string, plan: PlanData, input: InputData) {
        this.result = readJson(json, 'the result');
        this.#plan = plan;
        this.#input = input;
    }

    payee(payee: string): Table | undefined {
        return at(this.result, 'payees', payee);
    }

    period(payee: string, period: number): Table | undefined {
        return at(this.payee(payee), 'periods', this.#input.periods[period]!.key);
    }

    hasProblems(payee: string): boolean {
        return tables(this.payee(payee)?.['problems']).length > 0;
    }

    /** Index of the period from which nothing is told: the one after the last told, where the payee has a problem. */
    toldUntil(payee: string): number {
        const { periods } = this.#input;
        if (!this.hasProblems(payee)) return periods.length;
        return periods.findLastIndex((_, period) => this.period(payee, period) !== undefined) + 1;
    }

    component(payee: string, period: number, key: string): Table | undefined {
        return at(this.#told(payee, period), 'components', key);
    }

    /** Before what malus took of its schedule. */
    earning(payee: string, period: number, component: string): Exact {
        const told = this.component(payee, period, component);
        const malus = tables(told?.['lines']).filter(({ kind }) => kind === 'malus');
        return subtract(numberAt(told, 'earning'), total(malus.map((line) => numberAt(line, 'amount'))));
    }

    /** Before what reversals and malus took back. */
    earnedAnew(payee: string, period: number, component: string): Exact {
        const lines = tables(this.component(payee, period, component)?.['lines']);
        const takenBack = lines.filter(({ kind }) => kind === 'chargeback');
        return subtract(
            this.earning(payee, period, component),
            total(takenBack.map((line) => numberAt(line, 'amount')))
        );
    }

    /** What a component gave for a credit: nothing where it tells no line of it. */
    earnedFor(payee: string, period: number, component: string, credit: string): Exact {
        const lines = tables(this.component(payee, period, component)?.['lines']);
        const own = lines.filter((line) => line['kind'] === 'earning' && asText(line['credit']) === credit);
        return total(own.map((line) => numberAt(line, 'amount')));
    }

    paid(payee: string, period: number): Exact {
        return numberAt(this.#told(payee, period), 'paid');
    }

    /** What a payout step left: of one that changed nothing, what the step before left. */
    afterStep(payee: string, period: number, key: string): Exact {
        const told = this.#told(payee, period);
        const steps = tables(told?.['payout']);
        const upTo = this.#plan.payout.findIndex(([name]) => name === key);
        const known = new Set(this.#plan.payout.slice(0, upTo + 1).map(([name]) => name));
        const last = steps.findLast((step) => known.has(asText(step['key'])));
        return last ? numberAt(last, 'after') : numberAt(told, 'due');
    }

    /** By scope, as last told before the period. */
    balancesBefore(payee: string, period: number, ledger: string): Map<string, Exact> {
        const balances = new Map<string, Exact>();
        for (const row of this.#input.list('opening')) {
            if (asText(row['payee']) !== payee || row['ledger'] !== ledger) continue;
            const scope = asText(row['scope']);
            balances.set(scope, add(balances.get(scope) ?? ZERO, asNumber(row['amount'], 'opening')));
        }
        for (let earlier = 0; earlier < period; earlier++) {
            const page = at(this.period(payee, earlier), 'balances', ledger);
            const scopes = page && isTable(page['scopes']) ? page['scopes'] : null;
            if (page && !scopes) balances.set('', numberAt(page, 'closing'));
            for (const [scope, own] of Object.entries(scopes ?? {}))
                balances.set(scope, numberAt(asTable(own, scope), 'closing'));
        }
        return balances;
    }

    /** Undefined where there was nothing to tell; figures of somebody with a problem cannot be used. */
    #told(payee: string, period: number): Table | undefined {
        const told = this.period(payee, period);
        const isOnPlan = this.#input.assignedDays(payee, this.#input.periods[period]!) > 0;
        if (!told && isOnPlan && this.hasProblems(payee))
            throw new CannotDerive(
                `${payee} has a problem, so that nothing can be calculated from their figures`
            );
        return told;
    }
}

function at(table: Table | undefined, ...path: string[]): Table | undefined {
    let found: Table | undefined = table;
    for (const key of path) {
        const next = found && Object.hasOwn(found, key) ? found[key] : undefined;
        found = isTable(next) ? next : undefined;
    }
    return found;
}

/** Zero where it is not told. */
export function numberAt(table: Table | undefined, key: string): Exact {
    return table === undefined ? ZERO : asNumber(table[key], key);
}
