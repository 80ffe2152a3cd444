// What a table says: the bands a movement passes (marginal), or the value reached (slab, step, interpolated, proportional).
// Bounds are multiplied by the scale, e.g. the quota, instead of dividing the measure by it, so that no fraction is lost.
import { ProblemError } from '../problem.ts';
import { larger, Ratio, smaller } from '../ratio.ts';
import type { Scope } from './evaluate.ts';
import type { Expression } from './expression.ts';
import type { RateTable } from './plan.ts';
import { figureAt } from './working.ts';

/** A band with its value; `to` null: without end. */
export interface Band {
    row: number;
    from: Ratio;
    to: Ratio | null;
    value: Ratio;
}

/** Part of a movement that lies in a band; negative where the movement goes down. */
export interface BandPart extends Band {
    quantity: Ratio;
}

/** Bands of a table as they stand in this scope, the column chosen by `y`. */
export function bandsOf(table: RateTable, y: Ratio | null, scope: Scope): Band[] {
    const place = `tables.${table.key}`;
    const scale = table.scale ? figureAt(table.scale, scope, `${place}.scale`) : Ratio.ONE;
    if (scale.sign <= 0)
        throw wrong(
            'SCALE_NOT_POSITIVE',
            table,
            scope,
            scale,
            'The quota or figure the bounds are a part of must be above zero.'
        );
    const column = columnOf(table, y, scope);
    const bound = (expression: Expression, row: number): Ratio =>
        figureAt(expression, scope, `${place}.rows[${row + 1}]`).times(scale);
    const bands = table.rows.map(({ from, to, values }, row) => ({
        row,
        from: bound(from, row),
        to: to && bound(to, row),
        value: figureAt(values[column]!, scope, `${place}.rows[${row + 1}]`)
    }));
    if (table.mode === 'interpolated') assertRising(table, bands, scope);
    else assertTouching(table, bands, scope);
    return bands;
}

function columnOf(table: RateTable, y: Ratio | null, scope: Scope): number {
    if (table.columns.length === 0) return 0;
    const place = `tables.${table.key}.columns`;
    if (!y)
        throw new ProblemError({
            code: 'COLUMN_NOT_GIVEN',
            where: `${scope.where}, ${place}`,
            value: '',
            fix: 'The table has columns: say by what they are chosen (column: ...).'
        });
    const columns = table.columns.map(({ from, to }, row) => ({
        row,
        from: figureAt(from, scope, place),
        to: to && figureAt(to, scope, place),
        value: Ratio.ZERO
    }));
    return bandAt(table, columns, y, scope).row;
}

/** The band a value stands in. The outermost bounds belong to the outermost bands, whatever the boundary. */
export function bandAt(table: RateTable, bands: readonly Band[], x: Ratio, scope: Scope): Band {
    const isIn = ({ from, to }: Band, index: number): boolean => {
        const [below, above] = [x.compare(from), to ? x.compare(to) : -1];
        if (table.boundary === 'lower')
            return below >= 0 && (above < 0 || (above === 0 && index === bands.length - 1));
        return above <= 0 && (below > 0 || (below === 0 && index === 0));
    };
    const band = bands.find(isIn);
    if (band) return band;
    throw outside(table, bands, x, scope);
}

/** The parts of a movement by band, in the order passed. From 60 to 120 over bounds at 100: 40 and 20. A movement down
 *  walks back through the same bands. */
export function movementByBand(
    table: RateTable,
    bands: readonly Band[],
    from: Ratio,
    to: Ratio,
    scope: Scope
): BandPart[] {
    const [low, high] = [smaller(from, to), larger(from, to)];
    const [first, last] = [bands[0]!, bands.at(-1)!];
    if (low.compare(first.from) < 0) throw outside(table, bands, low, scope);
    if (last.to && high.compare(last.to) > 0) throw outside(table, bands, high, scope);
    const isDown = to.compare(from) < 0;
    const parts = bands.flatMap((band) => {
        const size = smaller(high, band.to ?? high).minus(larger(low, band.from));
        return size.sign > 0 ? [{ ...band, quantity: isDown ? size.negated() : size }] : [];
    });
    return isDown ? parts.reverse() : parts;
}

/** The single value a table gives for x: of the band reached, on the line between rows, or of the bands filled. */
export function valueReached(table: RateTable, bands: readonly Band[], x: Ratio, scope: Scope): Ratio {
    switch (table.mode) {
        case 'interpolated':
            return interpolated(bands, x);
        case 'proportional':
            return filled(table, bands, x, scope);
        default:
            return bandAt(table, bands, x, scope).value;
    }
}

/** `table('name', x)`, and a table in a component without base: marginal tables add up quantity x value over the bands from
 *  zero, the others give the value reached. */
export function tableValue(table: RateTable, x: Ratio, y: Ratio | null, scope: Scope): Ratio {
    const bands = bandsOf(table, y, scope);
    if (table.mode !== 'marginal') return valueReached(table, bands, x, scope);
    return movementByBand(table, bands, Ratio.ZERO, x, scope).reduce(
        (sum, { quantity, value }) => sum.plus(quantity.times(value)),
        Ratio.ZERO
    );
}

/** Straight lines between the rows, flat before the first and after the last. */
function interpolated(rows: readonly Band[], x: Ratio): Ratio {
    const next = rows.findIndex(({ from }) => from.compare(x) > 0);
    if (next === 0) return rows[0]!.value;
    if (next === -1) return rows.at(-1)!.value;
    const [a, b] = [rows[next - 1]!, rows[next]!];
    const part = x.minus(a.from).over(b.from.minus(a.from));
    return a.value.plus(b.value.minus(a.value).times(part));
}

/** Full values of the bands passed, and of the band reached the part that is filled. */
function filled(table: RateTable, bands: readonly Band[], x: Ratio, scope: Scope): Ratio {
    const reached = bandAt(table, bands, x, scope);
    const passed = bands.slice(0, reached.row).reduce((sum, { value }) => sum.plus(value), Ratio.ZERO);
    if (!reached.to)
        throw wrong(
            'BAND_WITHOUT_END',
            table,
            scope,
            x,
            `Give the last row a \`to\`: how full it is cannot be said of a band without end.`
        );
    return passed.plus(reached.value.times(x.minus(reached.from).over(reached.to.minus(reached.from))));
}

function assertTouching(table: RateTable, bands: readonly Band[], scope: Scope): void {
    for (const [index, { from, to }] of bands.entries()) {
        const next = bands[index + 1];
        const isRising = to === null || to.compare(from) > 0;
        const isTouching = !next || (to !== null && to.equals(next.from));
        if (isRising && isTouching) continue;
        const fix = "Bands must touch, lowest first: each `to` is the next row's `from`.";
        throw wrong('BANDS_NOT_TOUCHING', table, scope, to ?? from, fix);
    }
}

function assertRising(table: RateTable, rows: readonly Band[], scope: Scope): void {
    for (const [index, { from }] of rows.entries())
        if (index > 0 && from.compare(rows[index - 1]!.from) <= 0)
            throw wrong(
                'ROWS_NOT_RISING',
                table,
                scope,
                from,
                'Write the rows with the lowest `at` first, each once.'
            );
}

function outside(table: RateTable, bands: readonly Band[], x: Ratio, scope: Scope): ProblemError {
    const [first, last] = [bands[0]!.from, bands.at(-1)!.to];
    const range = last ? `${first} to ${last}` : `${first} and above`;
    return wrong(
        'VALUE_OUTSIDE_TABLE',
        table,
        scope,
        x,
        `The table covers ${range}: add a row, or correct the value.`
    );
}

function wrong(code: string, table: RateTable, scope: Scope, value: Ratio, fix: string): ProblemError {
    return new ProblemError({
        code,
        where: `${scope.where}, tables.${table.key}`,
        value: value.toString(),
        fix
    });
}
