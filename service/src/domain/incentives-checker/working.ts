// The steps of a working as the checker makes them: rule, what went in, what came out. The words of a step are the engine's own.
import type { Data, Table } from './data.ts';
import type { Exact } from './exact.ts';
import type { Formula, Place } from './formula.ts';
import { asExact, asTruth, CannotDerive, shown, type Value } from './values.ts';

export class Working {
    readonly steps: Table[] = [];

    /** A figure of the plan, with the names it mentions. */
    figure(rule: string, formula: Formula, place: Place): Exact {
        const value = asExact(formula(place));
        this.#note(rule, mentioned(formula, place), value);
        return value;
    }

    condition(rule: string, formula: Formula, place: Place): boolean {
        const isMet = asTruth(formula(place));
        this.#note(rule, mentioned(formula, place), isMet);
        return isMet;
    }

    step<V extends Value>(rule: string, inputs: Record<string, Value>, result: V): V {
        this.#note(rule, Object.entries(inputs), result);
        return result;
    }

    add(other: Working): void {
        this.steps.push(...other.steps);
    }

    #note(rule: string, inputs: [string, Value][], result: Value): void {
        this.steps.push({
            rule,
            inputs: inputs.map(([name, value]) => ({ name, value: asTold(value) })),
            result: asTold(result)
        });
    }
}

/** As results write it: truths stay truths, figures become text. */
export function asTold(value: Value): Data {
    return typeof value === 'boolean' ? value : shown(value);
}

/** Names that stand for something here; one in a branch that was not taken may not. */
function mentioned({ mentions }: Formula, place: Place): [string, Value][] {
    const found = new Map<string, Value>();
    for (const { name, value } of mentions) {
        const known = orNothing(() => value(place));
        if (known !== undefined) found.set(name, known);
    }
    return [...found];
}

export function orNothing<T>(derive: () => T): T | undefined {
    try {
        return derive();
    } catch (error) {
        if (error instanceof CannotDerive) return undefined;
        throw error;
    }
}
