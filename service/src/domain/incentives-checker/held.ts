// What holds the value of a component: gates and who waived them, and least and most.
import { asText, isTable, namedTables, tables, type Data, type Table } from './data.ts';
import { add, compare, least, most, multiply, negative, sign, subtract, ZERO, type Exact } from './exact.ts';
import type { Place } from './formula.ts';
import { asExact } from './values.ts';
import { formulaIn } from './plan-data.ts';
import type { Review } from './review.ts';
import type { Working } from './working.ts';

export interface Gates {
    isZero: boolean;
    hold(value: Exact, working: Working): Exact;
}

/** Asks every gate; what they hold back is worked out after the factors. */
export function askGates(
    review: Review,
    key: string,
    component: Table,
    payee: string,
    period: number,
    place: Place,
    working: Working
): Gates {
    const closed = namedTables(component['gates']).filter(([name, gate]) => {
        const rule = `components.${key}.gates.${name}`;
        if (working.condition(rule, formulaIn(gate, 'when')!, place)) return false;
        const waiver =
            asText(gate['waivable']) === 'true'
                ? waiverOf(review, payee, period, [name, `${key}.${name}`])
                : undefined;
        if (!waiver) return true;
        const [reason, requestedBy, approvedBy] = ['reason', 'requestedBy', 'approvedBy'].map((field) =>
            asText(waiver[field])
        );
        working.step(rule, { reason: reason!, requestedBy: requestedBy!, approvedBy: approvedBy! }, true);
        return false;
    });
    const outcome = (gate: Table): Table | null => (isTable(gate['otherwise']) ? gate['otherwise'] : null);
    const isCap = (gate: Table): boolean => outcome(gate)?.['cap'] !== undefined;
    return {
        isZero: closed.some(([, gate]) => outcome(gate) === null),
        hold(value, told) {
            const inOrder = [
                ...closed.filter(([, gate]) => !isCap(gate)),
                ...closed.filter(([, gate]) => isCap(gate))
            ];
            return inOrder.reduce((held, [name, gate]) => {
                const by = isCap(gate) ? 'cap' : 'by';
                const bound = asExact(formulaIn(outcome(gate)!, by === 'cap' ? 'cap' : 'multiply')!(place));
                const after = by === 'cap' ? least(held, bound) : multiply(held, bound);
                return told.step(`components.${key}.gates.${name}`, { amount: held, [by]: bound }, after);
            }, value);
        }
    };
}

/** An exception asked for by one, approved by another, and by nobody whom the plan pays. */
function waiverOf({ input }: Review, payee: string, period: number, names: string[]): Table | undefined {
    const key = input.periods[period]!.key;
    return input.list('exceptions').find((one) => {
        const [requestedBy, approvedBy] = [asText(one['requestedBy']), asText(one['approvedBy'])];
        const isComplete = asText(one['reason']) !== '' && requestedBy !== '' && approvedBy !== '';
        return (
            asText(one['payee']) === payee &&
            names.includes(asText(one['gate'])) &&
            ['', key].includes(asText(one['period'])) &&
            isComplete &&
            approvedBy !== requestedBy &&
            approvedBy !== payee &&
            !input.payees.has(approvedBy)
        );
    });
}

/** Limits with their keys: one without is called by its scope, a second one `scope2`. */
function limitsOf(component: Table): [string, Table][] {
    const taken = new Set<string>();
    return tables(component['limits']).map((limit) => {
        const scope = asText(limit['scope']);
        let key = asText(limit['key']) || scope;
        if (limit['key'] === undefined) for (let count = 2; taken.has(key); count++) key = `${scope}${count}`;
        taken.add(key);
        return [key, limit];
    });
}

/** The size of a credit's value is held, whatever its sign. */
export function limitCredit(
    key: string,
    component: Table,
    value: Exact,
    place: Place,
    working: Working
): Exact {
    const limits = limitsOf(component).filter(([, { scope }]) => scope === 'credit');
    return limits.reduce((held, [name, limit]) => {
        const rule = `components.${key}.limits.${name}`;
        if (sign(held) >= 0) return within(rule, limit, held, ZERO, place, working);
        return negative(within(rule, limit, negative(held), ZERO, place, working));
    }, value);
}

export function limitPeriod(
    key: string,
    component: Table,
    value: Exact,
    earlierIn: (interval: string) => Exact,
    place: Place,
    working: Working
): Exact {
    const limits = limitsOf(component).filter(([, { scope }]) => scope !== 'credit');
    return limits.reduce((held, [name, limit]) => {
        const earlier = isCumulative(limit) ? earlierIn(asText(limit['interval'])) : ZERO;
        return within(`components.${key}.limits.${name}`, limit, held, earlier, place, working);
    }, value);
}

const isCumulative = ({ scope }: { readonly [key: string]: Data }): boolean => scope === 'cumulative';

function within(
    rule: string,
    limit: Table,
    value: Exact,
    earlier: Exact,
    place: Place,
    working: Working
): Exact {
    const before: Record<string, Exact> = isCumulative(limit) ? { earlier } : {};
    const [mostOf, leastOf, beyondOf] = ['most', 'least', 'beyond'].map((name) => formulaIn(limit, name));
    let held = value;
    if (mostOf) {
        const bound = asExact(mostOf(place));
        const above = subtract(add(held, earlier), most(bound, earlier));
        if (sign(above) > 0) {
            const beyond = beyondOf ? asExact(beyondOf(place)) : ZERO;
            const after = add(subtract(held, above), multiply(above, beyond));
            held = working.step(rule, { amount: held, ...before, most: bound, above, beyond }, after);
        }
    }
    if (!leastOf) return held;
    const bound = asExact(leastOf(place));
    if (compare(add(held, earlier), bound) >= 0) return held;
    return working.step(rule, { amount: held, ...before, least: bound }, subtract(bound, earlier));
}
