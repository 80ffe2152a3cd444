// Replays by the fast engine: the deals are shared out and made columns once, then each variant of the plan runs over the same columns.
// Where the plan is of its class, and where it tells of the plan as it stands, to the last fraction, what the reference engine told.
// People of whom something is taken back are calculated by the reference engine, each time, from their deals alone.
import type { Ratio } from '../../ratio.ts';
import { calculate } from '../calculate.ts';
import { fitting, DoesNotFit, type Fitting } from '../columnar/does-not-fit.ts';
import { earnedOf } from '../columnar/earned.ts';
import { needPlainCalls } from '../columnar/figures.ts';
import { load, loadAgain, runLoaded } from '../columnar/load.ts';
import { Pool } from '../columnar/pool.ts';
import type { Loaded } from '../columnar/run.ts';
import { creditRows, type CreditRows } from './credit-rows.ts';
import { earnedIn } from './earned.ts';
import { withoutPay } from './earning-plan.ts';
import { movedScenario, type Direction } from './moved-plan.ts';
import type { PlanNumber } from './plan-numbers.ts';
import type { Scenario } from './simulation.ts';

type Earned = ReadonlyMap<string, Ratio>;

export class FastReplay {
    readonly #rows: CreditRows;
    readonly #loaded: Loaded;
    readonly #pool = new Pool();
    /** of the people apart; null: there are none */
    readonly #apart: Scenario | null;

    constructor(rows: CreditRows, loaded: Loaded, { plan, input }: Scenario) {
        const transactions = input.transactions.filter(({ id }) => rows.ofApart.has(id));
        this.#rows = rows;
        this.#loaded = loaded;
        this.#apart = rows.apart.size > 0 ? { plan, input: { ...input, transactions } } : null;
    }

    /** Deals the reference engine calculates for each variant. */
    get deals(): number {
        return this.#apart?.input.transactions.length ?? 0;
    }

    /** Numbers that decide who is credited with what need other rows. */
    takes({ nodes }: PlanNumber): boolean {
        return nodes.every((node) => !this.#rows.settled.has(node));
    }

    /** As the plan stands; null where it does not fit. */
    standing(): Fitting<Earned> {
        return this.#earned(this.#loaded, this.#apart);
    }

    /** Null where this variant is left to the reference engine. */
    earned(number: PlanNumber, direction: Direction): Earned | null {
        const { plan, input } = movedScenario(this.#rows.scenario, number, direction);
        const { value: again } = loadAgain(this.#loaded, plan, input);
        const apart = this.#apart && movedScenario(this.#apart, number, direction);
        return again && this.#earned(again, apart).value;
    }

    #earned(loaded: Loaded, apart: Scenario | null): Fitting<Earned> {
        const { value: run, reason } = runLoaded(loaded, undefined, this.#pool);
        if (!run) return { value: null, reason };
        if (!apart) return { value: earnedOf(run), reason: null };
        const others = earnedIn(apart.plan, calculate(apart.plan, apart.input));
        const own = [...others].filter(([payeeId]) => this.#rows.apart.has(payeeId));
        if (own.length < this.#rows.apart.size)
            return { value: null, reason: 'transactions: some that are taken back cannot be calculated' };
        return { value: new Map([...earnedOf(run), ...own]), reason: null };
    }
}

/** `base`: what the reference engine tells of the scenario as it stands. */
export function fastReplay(scenario: Scenario, people: readonly string[], base: Earned): Fitting<FastReplay> {
    const bare = withoutPay(scenario);
    if (!bare) return { value: null, reason: `plan ${scenario.plan.key}: asks what was paid` };
    const malus = scenario.input.malus.map(({ payeeId }) => payeeId);
    const rows = creditRows(bare, people, malus);
    if (!rows.value) return rows;
    const { plan, input } = rows.value.scenario;
    const loaded = load(plan, input);
    if (!loaded.value) return loaded;
    const fast = new FastReplay(rows.value, loaded.value, scenario);
    const { value: earned, reason } = fast.standing();
    if (!earned) return { value: null, reason };
    return fitting(() => {
        if (fast.deals > 0) needOwnChargebacks(scenario);
        const other = people.find((payeeId) => !earned.get(payeeId)?.equals(base.get(payeeId)!));
        if (other !== undefined) throw new DoesNotFit(`payee ${other}`, 'earns something else line by line');
        return fast;
    });
}

/** What is taken back of one may not depend on what others did. */
function needOwnChargebacks({ plan: { components } }: Scenario): void {
    for (const { key, chargeback } of components) {
        const place = `components.${key}.chargeback`;
        needPlainCalls(chargeback?.windowMonths ?? null, place);
        needPlainCalls(chargeback?.part ?? null, place);
    }
}
