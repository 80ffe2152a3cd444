// A formula worked out for one cell (a row in a period). The fast way keeps a fraction of two whole numbers that fit a Float64 and says
// when they would not; the exact way takes fractions of any size and is what pages show the working of. Both come to the same.
import type { FigureFormula, Formula } from '../formula.ts';
import { Ratio } from '../../ratio.ts';
import { UNITS_PER_ONE, unitsRatio, roundedUnits } from '../units.ts';
import type { FigurePlan, FoundFigure } from './figure-plan.ts';
import type { Grid } from './grid.ts';
import type { PersonFigures } from './person-figures.ts';
import type { RowDays } from './row-days.ts';
import type { TeamFigures } from './team-figures.ts';

/** Where figures are read from, and for which cell. Reused from cell to cell. */
export class Cell {
    readonly own: PersonFigures;
    readonly team: TeamFigures;
    readonly grid: Grid;
    readonly rowDays: RowDays;
    /** by signal * periods + period: 1 where no fact means that nothing happened */
    readonly zeroKnown: Uint8Array;
    row = 0;
    ownRow = 0;
    period = 0;
    /** first period of the window */
    from = 0;
    /** the fraction */
    over = 0;
    under = 1;
    n = 0;
    /** what was read last */
    figure = 0;
    isExact = true;
    /** rows and signals whose sums are too large to be exact: nothing is told of them */
    readonly tooLarge = new Set<string>();

    constructor(own: PersonFigures, team: TeamFigures, grid: Grid, rowDays: RowDays, zeroKnown: Uint8Array) {
        this.own = own;
        this.team = team;
        this.grid = grid;
        this.rowDays = rowDays;
        this.zeroKnown = zeroKnown;
    }
}

/** False where there is nothing to tell; else the fraction and n are in the cell. */
export type Evaluator = (cell: Cell) => boolean;

export function compile(formula: Formula, scope: 'own' | 'team', plan: FigurePlan): Evaluator {
    if (formula.kind === 'number') return constant(unitsRatio(formula.value));
    if (formula.kind === 'figure') return figureEvaluator(formula, plan.find(formula, scope));
    const parts = formula.parts.map((part) => compile(part, scope, plan));
    const combine = { plus: added, minus: subtracted, times: multiplied, ratio: divided }[formula.kind];
    return parts.slice(1).reduce((first, second) => combine(first, second), parts[0]!);
}

function constant({ numerator, denominator }: Ratio): Evaluator {
    const over = Number(numerator);
    const under = Number(denominator);
    return (cell) => {
        cell.over = over;
        cell.under = under;
        cell.n = 0;
        return true;
    };
}

function figureEvaluator({ figure, rank }: FigureFormula, found: FoundFigure): Evaluator {
    const set = (cell: Cell, over: number, under: number, n: number): boolean => {
        if (!Number.isSafeInteger(over)) {
            cell.tooLarge.add(`${cell.row} ${found.signal.id}`);
            return false;
        }
        cell.over = over;
        cell.under = under;
        cell.n = n;
        return true;
    };
    switch (figure) {
        case 'sum':
            return (cell) => readTally(cell, found, true) && set(cell, cell.figure, UNITS_PER_ONE, cell.n);
        case 'count':
            return (cell) => readTally(cell, found, true) && set(cell, cell.n, 1, cell.n);
        case 'mean':
            return (cell) =>
                readTally(cell, found, false) && set(cell, cell.figure, UNITS_PER_ONE * cell.n, cell.n);
        case 'latest':
            return (cell) => readLatest(cell, found) && set(cell, cell.figure, UNITS_PER_ONE, cell.n);
        case 'opening':
            return (cell) =>
                readLevel(cell, found, cell.from) && set(cell, cell.figure, UNITS_PER_ONE, cell.n);
        case 'quantile':
            return (cell) => {
                const { value, n } = cell.own.ranked(found.index, cell.ownRow, cell.from, cell.period, rank);
                return n > 0 && set(cell, value, UNITS_PER_ONE, n);
            };
    }
}

/** Sum and n of a tally over the window. Nothing is a zero where it is known to be one, if zeros are wanted. */
function readTally(
    cell: Cell,
    { store, index, base, signal, signalIndex }: FoundFigure,
    takesZero: boolean
): boolean {
    const isTeam = store === 'team';
    const { sums, counts, width } = isTeam ? cell.team : cell.own;
    const { count } = cell.grid;
    const row = (isTeam ? cell.row : cell.ownRow) * count;
    let sum = 0;
    let n = 0;
    let seen = 0;
    for (let period = cell.from; period <= cell.period; period++) {
        const at = (row + period) * width;
        sum += sums[at + index]!;
        n += counts[at + index]!;
        seen += counts[at + base]!;
    }
    cell.figure = sum;
    cell.n = n;
    if (n > 0) return true;
    if (!takesZero) return false;
    if (seen > 0) return true;
    return signal.absence === 'zero' && cell.zeroKnown[signalIndex * count + cell.period] === 1;
}

function readLatest(cell: Cell, found: FoundFigure): boolean {
    const { rowDays, grid, period, row } = cell;
    const last = rowDays.last[row * grid.count + period]!;
    if (last === grid.starts[period + 1]! - 1) return readLevel(cell, found, period + 1);
    const { value, n, isKnown } = cell.own.levels.asOf(found.index, last);
    cell.figure = value;
    cell.n = n;
    return isKnown || isKnownZero(cell, found);
}

/** At the end of the period before `index`. */
function readLevel(cell: Cell, found: FoundFigure, index: number): boolean {
    const { levels } = cell.own;
    const at = index * levels.width + found.index;
    cell.figure = levels.values[at]!;
    cell.n = levels.counts[at]!;
    return levels.known[at] === 1 || isKnownZero(cell, found);
}

function isKnownZero({ zeroKnown, grid, period }: Cell, { signal, signalIndex }: FoundFigure): boolean {
    return signal.absence === 'zero' && zeroKnown[signalIndex * grid.count + period] === 1;
}

function added(first: Evaluator, second: Evaluator): Evaluator {
    return sumOfTwo(first, second, 1);
}

function subtracted(first: Evaluator, second: Evaluator): Evaluator {
    return sumOfTwo(first, second, -1);
}

function sumOfTwo(first: Evaluator, second: Evaluator, sign: 1 | -1): Evaluator {
    return (cell) => {
        if (!first(cell)) return false;
        const { over, under, n } = cell;
        if (!second(cell)) return false;
        const isSame = under === cell.under;
        const sum = isSame
            ? safe(cell, over + sign * cell.over)
            : safe(cell, safe(cell, over * cell.under) + sign * safe(cell, cell.over * under));
        cell.under = isSame ? under : safe(cell, under * cell.under);
        cell.over = sum;
        cell.n += n;
        return true;
    };
}

function multiplied(first: Evaluator, second: Evaluator): Evaluator {
    return (cell) => {
        if (!first(cell)) return false;
        const { over, under, n } = cell;
        if (!second(cell)) return false;
        cell.over = safe(cell, over * cell.over);
        cell.under = safe(cell, under * cell.under);
        cell.n = Math.max(n, cell.n);
        return true;
    };
}

/** n is that of what is divided by: a share of ten is one of ten. */
function divided(first: Evaluator, second: Evaluator): Evaluator {
    return (cell) => {
        if (!first(cell)) return false;
        const { over, under } = cell;
        if (!second(cell) || cell.over === 0) return false;
        const sign = cell.over < 0 ? -1 : 1;
        if (under === cell.under) {
            cell.under = sign * cell.over;
            cell.over = sign * over;
            return true;
        }
        const below = safe(cell, under * cell.over * sign);
        cell.over = safe(cell, over * cell.under * sign);
        cell.under = below;
        return true;
    };
}

function safe(cell: Cell, value: number): number {
    if (!Number.isSafeInteger(value)) cell.isExact = false;
    return value;
}

/** over / under in ten-thousandths, rounded once, half away from zero; null where that does not fit a Float64. */
export function quotientUnits(over: number, under: number): number | null {
    const size = Math.abs(over);
    if (under === UNITS_PER_ONE) return over + 0;
    const whole = Math.floor(size / under);
    const rest = size - whole * under;
    const scaled = rest * UNITS_PER_ONE;
    if (!Number.isSafeInteger(scaled * 2) || !Number.isSafeInteger(whole * UNITS_PER_ONE)) return null;
    // Floor may be one off where the division was rounded up to the next whole number; then the rest is negative.
    if (rest < 0 || rest >= under) return null;
    let part = Math.floor(scaled / under);
    let left = scaled - part * under;
    if (left < 0) [part, left] = [part - 1, left + under];
    const units = whole * UNITS_PER_ONE + part + (2 * left >= under ? 1 : 0);
    return over < 0 ? -units + 0 : units;
}

/** The exact way, any size; null where there is nothing to tell. `told` hears every figure read. */
export function evaluateExactly(
    formula: Formula,
    scope: 'own' | 'team',
    plan: FigurePlan,
    cell: Cell,
    told: (formula: FigureFormula, value: Ratio, n: number) => void
): { value: Ratio; n: number } | null {
    if (formula.kind === 'number') return { value: unitsRatio(formula.value), n: 0 };
    if (formula.kind === 'figure') {
        if (!figureEvaluator(formula, plan.find(formula, scope))(cell)) return null;
        const value = Ratio.of(BigInt(cell.over), BigInt(cell.under));
        told(formula, value, cell.n);
        return { value, n: cell.n };
    }
    const parts = formula.parts.map((part) => evaluateExactly(part, scope, plan, cell, told));
    if (parts.some((part) => part === null)) return null;
    return combineExactly(formula.kind, parts as { value: Ratio; n: number }[]);
}

function combineExactly(
    kind: 'plus' | 'minus' | 'times' | 'ratio',
    parts: readonly { value: Ratio; n: number }[]
): { value: Ratio; n: number } | null {
    const [first, ...others] = parts as [{ value: Ratio; n: number }, ...{ value: Ratio; n: number }[]];
    if (kind === 'ratio') {
        const [below] = others as [{ value: Ratio; n: number }];
        return below.value.isZero ? null : { value: first.value.over(below.value), n: below.n };
    }
    return others.reduce((sum, { value, n }) => {
        if (kind === 'times') return { value: sum.value.times(value), n: Math.max(sum.n, n) };
        return { value: kind === 'plus' ? sum.value.plus(value) : sum.value.minus(value), n: sum.n + n };
    }, first);
}

/** Units of a cell whose evaluator said yes: fast where it fits, exactly where not. */
export function unitsOf(cell: Cell, exactly: () => Ratio): number {
    if (cell.isExact) {
        const fast = quotientUnits(cell.over, cell.under);
        if (fast !== null) return fast;
    }
    return roundedUnits(exactly());
}
