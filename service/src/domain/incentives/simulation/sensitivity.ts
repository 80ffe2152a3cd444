// What the cost hangs on: the same happenings with one number of the plan a tenth lower and a tenth higher, number by number. Only what
// is earned, not when it is paid. The fast engine replays what it takes, once it has told for the plan as it stands what the reference
// engine told; the reference engine replays the rest, line by line, up to so many deals.
import { sumOf, type Ratio } from '../../ratio.ts';
import type { Problem } from '../../problem.ts';
import { calculate } from '../calculate.ts';
import type { CalculationResult } from '../result.ts';
import { validatePlan } from '../validate-plan.ts';
import { earnedIn } from './earned.ts';
import { earningScenario } from './earning-plan.ts';
import { fastReplay, type FastReplay } from './fast-replay.ts';
import { movedScenario, writtenAs, type Direction } from './moved-plan.ts';
import { numberInWords } from './number-words.ts';
import { numbersOf, type PlanNumber } from './plan-numbers.ts';
import type { Scenario } from './simulation.ts';

/** Numbers of one plan that are moved. */
const MOST_NUMBERS = 250;
/** Deals the reference engine may replay for it, all replays together: about a minute of work. */
const MOST_DEALS = 600_000;

export interface Sensitivity {
    /** of the people counted, as the plan stands */
    earned: Ratio;
    people: number;
    /** what hangs on it most first */
    numbers: MovedNumber[];
    /** numbers that were not moved, as that would have taken too long */
    left: number;
    /** why some or all were calculated line by line; null: none was */
    reason: string | null;
}

export interface MovedNumber {
    place: string;
    /** what it is, in words */
    name: string;
    /** as the plan writes it */
    value: string;
    isByLine: boolean;
    lower: Moved;
    higher: Moved;
}

export interface Moved {
    value: string;
    /** what would have been earned more, below zero less; null where the problem says why not */
    change: Ratio | null;
    gain: number;
    lose: number;
    problem: Problem | null;
}

type Earned = ReadonlyMap<string, Ratio>;
type Told = Omit<Moved, 'value'>;

/** `result`: of the scenario as it stands. Null where the plan has no number, or nobody is counted. */
export function sensitivityOf(
    scenario: Scenario,
    result: CalculationResult,
    people: readonly string[]
): Sensitivity | null {
    const numbers = numbersOf(scenario);
    if (numbers.length === 0 || people.length === 0) return null;
    const base = earnedIn(scenario.plan, result);
    const bare = earningScenario(scenario);
    const { value: fast, reason } = fastReplay(scenario, people, base);
    const mover = new Mover({ scenario, bare, people, base, fast });
    const moved = numbers.slice(0, MOST_NUMBERS).flatMap((number) => mover.moved(number) ?? []);
    const isByLine = moved.some((one) => one.isByLine) || moved.length < numbers.length;
    return {
        earned: sumOf(people.map((payeeId) => base.get(payeeId)!)),
        people: people.length,
        numbers: moved.toSorted((a, b) => weight(b).compare(weight(a)) || (a.place < b.place ? -1 : 1)),
        left: numbers.length - moved.length,
        reason: isByLine ? (withoutIds(reason) ?? 'numbers that decide who is credited') : null
    };
}

export function weight({ lower, higher }: MovedNumber): Ratio {
    const sizes = [lower, higher].map(({ change }) => change?.absolute() ?? sumOf([]));
    return sizes.reduce((a, b) => (a.compare(b) > 0 ? a : b));
}

interface Asked {
    scenario: Scenario;
    /** what decides the earnings of it */
    bare: Scenario;
    people: readonly string[];
    base: Earned;
    fast: FastReplay | null;
}

class Mover {
    readonly #asked: Asked;
    #deals = 0;

    constructor(asked: Asked) {
        this.#asked = asked;
    }

    /** Null where it would take too long. */
    moved(number: PlanNumber): MovedNumber | null {
        const { scenario, bare } = this.#asked;
        const [lower, higher] = [this.#quick(number, 'lower'), this.#quick(number, 'higher')];
        const isByLine = lower === null || higher === null;
        if (isByLine && this.#deals + 2 * bare.input.transactions.length > MOST_DEALS) return null;
        return {
            place: number.place,
            name: numberInWords(scenario.plan, number),
            value: writtenAs(number, null),
            isByLine,
            lower: { value: writtenAs(number, 'lower'), ...(lower ?? this.#byLine(number, 'lower')) },
            higher: { value: writtenAs(number, 'higher'), ...(higher ?? this.#byLine(number, 'higher')) }
        };
    }

    /** Null where it is to be calculated line by line. */
    #quick(number: PlanNumber, direction: Direction): Told | null {
        const { scenario, fast } = this.#asked;
        const [wrong] = validatePlan(movedScenario(scenario, number, direction).plan);
        if (wrong) return { change: null, gain: 0, lose: 0, problem: wrong };
        if (!fast?.takes(number) || this.#deals + fast.deals > MOST_DEALS) return null;
        this.#deals += fast.deals;
        const earned = fast.earned(number, direction);
        return earned && this.#compared(earned);
    }

    #byLine(number: PlanNumber, direction: Direction): Told {
        const { bare, people } = this.#asked;
        this.#deals += bare.input.transactions.length;
        const { plan, input } = movedScenario(bare, number, direction);
        const result = calculate(plan, input);
        const counted = new Set(people);
        const failed = result.payees.find(
            ({ payeeId, problems }) => counted.has(payeeId) && problems.length > 0
        );
        if (failed)
            return { change: null, gain: 0, lose: 0, problem: notForAll(number, failed.problems[0]!) };
        return this.#compared(earnedIn(plan, result));
    }

    #compared(earned: Earned): Told {
        const { people, base } = this.#asked;
        const changes = people.map((payeeId) => earned.get(payeeId)!.minus(base.get(payeeId)!));
        return {
            change: sumOf(changes),
            gain: changes.filter(({ sign }) => sign > 0).length,
            lose: changes.filter(({ sign }) => sign < 0).length,
            problem: null
        };
    }
}

/** Without whose problem it is: everybody who may see what a plan costs reads this. */
function notForAll({ place }: PlanNumber, { code }: Problem): Problem {
    return {
        code,
        where: place,
        value: '',
        fix: 'With this value not everybody can be calculated: simulate a plan that has it to see who and why.'
    };
}

/** Names the part of the plan, or that it is one deal or payee, not which. */
function withoutIds(reason: string | null): string | null {
    return reason && reason.replace(/^(payee|transaction) [^:]*:/, 'one $1:');
}
