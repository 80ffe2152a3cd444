// Replays by the fast engine: the deals are shared out and made columns once, then each variant of the plan runs over the same columns.
// Where the plan is of its class, and where it tells of the plan as it stands, to the last fraction, what the reference engine told.
import type { Ratio } from '../../ratio.ts';
import { fitting, DoesNotFit, type Fitting } from '../columnar/does-not-fit.ts';
import { earnedOf } from '../columnar/earned.ts';
import { load, loadAgain, runLoaded } from '../columnar/load.ts';
import { Pool } from '../columnar/pool.ts';
import type { Loaded } from '../columnar/run.ts';
import { creditRows, type CreditRows } from './credit-rows.ts';
import { movedScenario, type Direction } from './moved-plan.ts';
import type { PlanNumber } from './plan-numbers.ts';
import type { Scenario } from './simulation.ts';

export class FastReplay {
    readonly #rows: CreditRows;
    readonly #loaded: Loaded;
    readonly #pool: Pool;

    constructor(rows: CreditRows, loaded: Loaded, pool: Pool) {
        this.#rows = rows;
        this.#loaded = loaded;
        this.#pool = pool;
    }

    /** Numbers that decide who is credited with what need other rows. */
    takes({ nodes }: PlanNumber): boolean {
        return nodes.every((node) => !this.#rows.settled.has(node));
    }

    /** Null where this variant is left to the reference engine. */
    earned(number: PlanNumber, direction: Direction): ReadonlyMap<string, Ratio> | null {
        const { plan, input } = movedScenario(this.#rows.scenario, number, direction);
        const { value: again } = loadAgain(this.#loaded, plan, input);
        const run = again && runLoaded(again, undefined, this.#pool).value;
        return run && earnedOf(run);
    }
}

/** `base`: what the reference engine tells of the scenario as it stands. */
export function fastReplay(
    scenario: Scenario,
    people: readonly string[],
    base: ReadonlyMap<string, Ratio>
): Fitting<FastReplay> {
    const rows = creditRows(scenario, people);
    if (!rows.value) return rows;
    const { plan, input } = rows.value.scenario;
    const loaded = load(plan, input);
    if (!loaded.value) return loaded;
    const pool = new Pool();
    const run = runLoaded(loaded.value, undefined, pool);
    if (!run.value) return run;
    const earned = earnedOf(run.value);
    return fitting(() => {
        const other = people.find((payeeId) => !earned.get(payeeId)!.equals(base.get(payeeId)!));
        if (other !== undefined) throw new DoesNotFit(`payee ${other}`, 'earns something else line by line');
        return new FastReplay(rows.value, loaded.value, pool);
    });
}
