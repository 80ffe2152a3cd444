// How an expression moves when one thing grows: up, down, not at all, or it cannot be said without calculating. Only what is certain
// is said. All figures that are not moved (pay, counts, rates) are taken as not below zero; a truth that becomes true goes up.
import { Ratio } from '../../ratio.ts';
import { ROUNDING_MODES } from '../../rounding.ts';
import type { Expression } from '../expression.ts';
import { constantOf } from '../plan-check/constant.ts';
import type { Plan, RateTable } from '../plan.ts';

const ONE = Ratio.ONE;

export type Direction = 'constant' | 'up' | 'down' | 'unknown';

/** Directions of names, by the whole name; a name that is not there does not move. */
export type Moving = ReadonlyMap<string, Direction>;

export function flip(direction: Direction): Direction {
    return direction === 'up' ? 'down' : direction === 'down' ? 'up' : direction;
}

/** Of a figure that goes wherever all of these lead it. */
export function together(...directions: readonly Direction[]): Direction {
    const moving = directions.filter((one) => one !== 'constant');
    if (moving.length === 0) return 'constant';
    return moving.every((one) => one === moving[0]) ? moving[0]! : 'unknown';
}

export class Directions {
    readonly #plan: Plan;
    readonly #moving: Moving;

    constructor(plan: Plan, moving: Moving) {
        this.#plan = plan;
        this.#moving = moving;
    }

    of(expression: Expression | null): Direction {
        if (expression === null) return 'constant';
        switch (expression.kind) {
            case 'number':
            case 'text':
            case 'truth':
                return 'constant';
            case 'name':
                return this.#ofName(expression.path);
            case 'minus':
            case 'not':
                return flip(this.of(expression.of));
            case 'binary':
                return this.#ofBinary(expression);
            case 'in':
                return this.#unknownIfMoved([expression.left, ...expression.options]);
            case 'call':
                return this.#ofCall(expression.name, expression.arguments);
        }
    }

    /** Of a table looked up at `x` (and `y`). */
    ofTable(table: RateTable, x: Direction, y: Direction): Direction {
        const scale = this.of(table.scale);
        const values = table.rows.flatMap((row) => row.values);
        if (y !== 'constant' || scale !== 'constant' || this.#unknownIfMoved(values) !== 'constant')
            return 'unknown';
        if (x === 'constant') return 'constant';
        const columns = table.rows[0]?.values.length ?? 0;
        const shapes = Array.from({ length: columns }, (_, column) => this.#shape(table, column));
        const shape = together(...shapes);
        return shape === 'up' ? x : shape === 'down' ? flip(x) : shape;
    }

    /** How the values of a column move with the rows. Marginal and proportional tables add up: values from zero on let them rise. */
    #shape({ mode, rows }: RateTable, column: number): Direction {
        const values = rows.map((row) => constantOf(row.values[column] ?? null, this.#plan));
        if (values.some((value) => value === null)) return 'unknown';
        if (mode === 'marginal' || mode === 'proportional')
            return values.every((value) => value!.sign >= 0) ? 'up' : 'unknown';
        return together(...values.slice(1).map((value, index) => step(values[index]!, value!)));
    }

    #ofName(path: readonly string[]): Direction {
        const name = path.join('.');
        const known = this.#moving.get(name);
        if (known) return known;
        if (path[0] !== 'param') return 'constant';
        const values = this.#plan.parameters.find(({ key }) => key === path[1])?.values ?? [];
        return together(...values.map(({ value }) => this.of(value)));
    }

    #ofBinary({ operator, left, right }: Expression & { kind: 'binary' }): Direction {
        const [a, b] = [this.of(left), this.of(right)];
        switch (operator) {
            case '+':
            case 'and':
            case 'or':
                return together(a, b);
            case '-':
                return together(a, flip(b));
            case '>':
            case '>=':
                return together(a, flip(b));
            case '<':
            case '<=':
                return together(flip(a), b);
            case '=':
                return this.#equality(left, right, a, b);
            case '!=':
                return flip(this.#equality(left, right, a, b));
            case '*':
                return this.#product(left, right, a, b);
            case '/':
                return this.#quotient(left, right, a, b);
        }
    }

    /** Something that grows from zero on stops being zero, and does not become it again. */
    #equality(left: Expression, right: Expression, a: Direction, b: Direction): Direction {
        if (a === 'constant' && b === 'constant') return 'constant';
        if (this.#isZero(right) && a === 'up') return 'down';
        if (this.#isZero(left) && b === 'up') return 'down';
        return 'unknown';
    }

    #product(left: Expression, right: Expression, a: Direction, b: Direction): Direction {
        if (this.#isNegative(left))
            return b === 'constant' && a === 'constant' ? 'constant' : a === 'constant' ? flip(b) : 'unknown';
        if (this.#isNegative(right)) return this.#product(right, left, b, a);
        const isSure = (one: Expression, other: Direction): boolean =>
            other === 'constant' || this.#isFromZero(one);
        return isSure(left, b) && isSure(right, a) ? together(a, b) : 'unknown';
    }

    #quotient(left: Expression, right: Expression, a: Direction, b: Direction): Direction {
        if (a === 'constant' && b === 'constant') return 'constant';
        if (b === 'constant' && this.#isNegative(right)) return flip(a);
        const isSure = this.#isFromZero(right) && (b === 'constant' || this.#isFromZero(left));
        return isSure ? together(a, flip(b)) : 'unknown';
    }

    #ofCall(name: string, args: readonly Expression[]): Direction {
        switch (name) {
            case 'if':
                return this.#choice(args[0]!, args[1]!, args[2]!);
            case 'default':
            case 'min':
            case 'max':
                return together(...args.map((one) => this.of(one)));
            case 'floor':
            case 'ceil':
            case 'round':
                return together(this.of(args[0]!), this.#unknownIfMoved(args.slice(1).filter(notAMode)));
            case 'table':
                return this.#lookUp(args);
            default:
                return this.#unknownIfMoved(args);
        }
    }

    #lookUp([key, x, y]: readonly Expression[]): Direction {
        const table =
            key?.kind === 'text' ? this.#plan.tables.find((one) => one.key === key.value) : undefined;
        if (!table) return 'unknown';
        return this.ofTable(table, this.of(x ?? null), this.of(y ?? null));
    }

    /** Both branches, and the step from one to the other where the condition moves. */
    #choice(condition: Expression, then: Expression, otherwise: Expression): Direction {
        const branches = together(this.of(then), this.of(otherwise));
        const turn = this.of(condition);
        if (turn === 'constant') return branches;
        const difference = this.compare(then, otherwise);
        if (difference === null) return 'unknown';
        return together(branches, difference > 0 ? turn : difference < 0 ? flip(turn) : 'constant');
    }

    /** Which of two is larger wherever they stand: two constants, two parts of the same thing, or something and zero. */
    compare(a: Expression, b: Expression): number | null {
        const [x, y] = [this.#partOf(a), this.#partOf(b)];
        if (x.of === y.of) return x.part.compare(y.part);
        if (x.part.isZero && this.#isFromZero(b)) return -1;
        if (y.part.isZero && this.#isFromZero(a)) return 1;
        if (isTruth(a) && isTruth(b)) return Number(a.value) - Number(b.value);
        return null;
    }

    /** `due * 50%` is a half of `due`. */
    #partOf(expression: Expression): { part: Ratio; of: string } {
        const constant = constantOf(expression, this.#plan);
        if (constant) return { part: constant, of: '' };
        if (expression.kind === 'binary' && expression.operator === '*') {
            const [left, right] = [this.#partOf(expression.left), this.#partOf(expression.right)];
            if (left.of === '' || right.of === '')
                return { part: left.part.times(right.part), of: left.of + right.of };
        }
        return { part: ONE, of: keyOf(expression) };
    }

    #unknownIfMoved(expressions: readonly Expression[]): Direction {
        return expressions.every((one) => this.of(one) === 'constant') ? 'constant' : 'unknown';
    }

    #isTableFromZero(key: Expression): boolean {
        const table =
            key.kind === 'text' ? this.#plan.tables.find((one) => one.key === key.value) : undefined;
        const values = table?.rows.flatMap((row) => row.values) ?? [];
        return table !== undefined && values.every((value) => this.#isFromZero(value));
    }

    #isZero(expression: Expression): boolean {
        return constantOf(expression, this.#plan)?.isZero ?? false;
    }

    #isNegative(expression: Expression): boolean {
        const constant = constantOf(expression, this.#plan);
        return constant !== null && constant.sign < 0;
    }

    /** Surely not below zero: figures not computed by taking away. */
    #isFromZero(expression: Expression): boolean {
        switch (expression.kind) {
            case 'number':
                return expression.value.sign >= 0;
            case 'name':
            case 'truth':
                return true;
            case 'binary':
                return ['+', '*', '/'].includes(expression.operator)
                    ? this.#isFromZero(expression.left) && this.#isFromZero(expression.right)
                    : (constantOf(expression, this.#plan)?.sign ?? -1) >= 0;
            case 'call':
                return this.#isCallFromZero(expression);
            default:
                return false;
        }
    }

    #isCallFromZero({ name, arguments: args }: Expression & { kind: 'call' }): boolean {
        if (name === 'abs' || name === 'count') return true;
        if (name === 'max') return args.some((one) => this.#isFromZero(one));
        if (name === 'if') return args.slice(1).every((one) => this.#isFromZero(one));
        if (name === 'table') return this.#isTableFromZero(args[0]!);
        return args.filter(notAMode).every((one) => this.#isFromZero(one));
    }
}

function step(before: Ratio, after: Ratio): Direction {
    const difference = after.compare(before);
    return difference > 0 ? 'up' : difference < 0 ? 'down' : 'constant';
}

function isTruth(expression: Expression): expression is Expression & { kind: 'truth' } {
    return expression.kind === 'truth';
}

function notAMode(expression: Expression): boolean {
    return !(expression.kind === 'text' && ROUNDING_MODES.some((mode) => mode === expression.value));
}

/** The same for expressions that are written the same. */
function keyOf(expression: Expression): string {
    return JSON.stringify(expression, (_, value: unknown) =>
        typeof value === 'bigint' ? `${value}n` : value
    );
}
