// Rate tables: their bands in a place, the parts of a movement in each band, and the single value a table gives.
import { asText, tables, texts, type Table } from './data.ts';
import {
    add,
    compare,
    divide,
    least,
    most,
    multiply,
    negative,
    ONE,
    sign,
    subtract,
    total,
    ZERO,
    type Exact
} from './exact.ts';
import { formulaOf, type Place } from './formula.ts';
import { asExact, CannotDerive } from './values.ts';
import { formulaIn } from './plan-data.ts';

export interface Band {
    /** number of the row, from 1 */
    row: number;
    from: Exact;
    to: Exact | null;
    value: Exact;
}

export interface BandPart extends Band {
    quantity: Exact;
}

export class Bands {
    readonly mode: string;
    readonly bands: readonly Band[];
    readonly #isUpper: boolean;

    constructor(table: Table, y: Exact | null, place: Place) {
        this.mode = asText(table['mode']);
        this.#isUpper = asText(table['boundary']) === 'upper';
        const scale = formulaIn(table, 'scale');
        const times = scale ? asExact(scale(place)) : ONE;
        if (sign(times) <= 0) throw new CannotDerive('the scale of a table is not above zero');
        const column = this.#columnOf(table, y, place);
        this.bands = tables(table['rows']).map((row, index) => ({
            ...boundsOf(row, this.mode === 'interpolated' ? 'at' : 'from', times, place),
            row: index + 1,
            value: asExact(formulaOf(texts(row['values'])[column] ?? asText(row['value']))(place))
        }));
    }

    #columnOf(table: Table, y: Exact | null, place: Place): number {
        const columns = tables(table['columns']).map((column, index) => ({
            ...boundsOf(column, 'from', ONE, place),
            row: index + 1,
            value: ZERO
        }));
        if (columns.length === 0) return 0;
        if (y === null) throw new CannotDerive('a table has columns and nothing says which');
        return this.#bandOf(y, columns).row - 1;
    }

    bandOf(x: Exact): Band {
        return this.#bandOf(x, this.bands);
    }

    /** A bound belongs to the band above it, or below it as the table says; the outermost ones to the outermost bands. */
    #bandOf(x: Exact, bands: readonly Band[]): Band {
        const found = bands.find(({ from, to }, index) => {
            const [low, high] = [compare(x, from), to ? compare(x, to) : -1];
            const isAtEnd = high === 0 && (this.#isUpper || index === bands.length - 1);
            const isAtStart = low === 0 && (!this.#isUpper || index === 0);
            return (low > 0 || isAtStart) && (high < 0 || isAtEnd);
        });
        if (!found) throw new CannotDerive('a value lies outside a table');
        return found;
    }

    /** Parts of the way from one value to another, in the order passed; negative on the way down. */
    parts(from: Exact, to: Exact): BandPart[] {
        const [low, high] = [least(from, to), most(from, to)];
        const [first, last] = [this.bands[0]!, this.bands.at(-1)!];
        if (compare(low, first.from) < 0 || (last.to && compare(high, last.to) > 0))
            throw new CannotDerive('a movement goes outside a table');
        const parts = this.bands.map((band) => {
            const length = subtract(least(high, band.to ?? high), most(low, band.from));
            return { ...band, quantity: length };
        });
        const passed = parts.filter(({ quantity }) => sign(quantity) > 0);
        if (compare(to, from) >= 0) return passed;
        return passed.reverse().map((part) => ({ ...part, quantity: negative(part.quantity) }));
    }

    /** What `table(...)` and rates read at x. */
    valueAt(x: Exact): Exact {
        if (this.mode === 'interpolated') return this.#onLine(x);
        const reached = this.bandOf(x);
        if (this.mode !== 'proportional') return reached.value;
        if (!reached.to) throw new CannotDerive('a band without end cannot be filled');
        const filled = divide(subtract(x, reached.from), subtract(reached.to, reached.from));
        const passed = this.bands.filter(({ row }) => row < reached.row).map(({ value }) => value);
        return add(total(passed), multiply(reached.value, filled));
    }

    #onLine(x: Exact): Exact {
        const below = this.bands.findLast(({ from }) => compare(from, x) <= 0);
        const above = this.bands.find(({ from }) => compare(from, x) > 0);
        if (!below || !above) return (below ?? above)!.value;
        const part = divide(subtract(x, below.from), subtract(above.from, below.from));
        return add(below.value, multiply(part, subtract(above.value, below.value)));
    }
}

/** Of a marginal table what its bands add up to from zero, else the value reached. */
export function tableFigure(table: Table, x: Exact, y: Exact | null, place: Place): Exact {
    const bands = new Bands(table, y, place);
    if (bands.mode !== 'marginal') return bands.valueAt(x);
    return total(bands.parts(ZERO, x).map(({ quantity, value }) => multiply(quantity, value)));
}

function boundsOf(row: Table, from: string, times: Exact, place: Place): { from: Exact; to: Exact | null } {
    const to = formulaIn(row, 'to');
    return {
        from: multiply(asExact(formulaIn(row, from)!(place)), times),
        to: to && from !== 'at' ? multiply(asExact(to(place)), times) : null
    };
}
