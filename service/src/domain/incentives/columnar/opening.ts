// Where each cell opens: sums to date at its begin, and the band its first credit finds. From the totals of the cells alone.
import { bandAt } from './band-at.ts';
import type { RunCalendar } from './calendar.ts';
import type { Frame } from './frame.ts';
import { tableAt, type Program } from './program.ts';

export class Opener {
    readonly opening: Float64Array;
    readonly #program: Program;
    readonly #calendar: RunCalendar;
    readonly #frame: Frame;

    constructor(program: Program, calendar: RunCalendar, frame: Frame, opening: Float64Array) {
        this.#program = program;
        this.#calendar = calendar;
        this.#frame = frame;
        this.opening = opening;
    }

    /** From the totals of all rows; `before`: what a payee brings into the first period. */
    openCells(before: (sum: number, payee: number) => number): void {
        const { people, shape } = this.#program;
        for (let sum = 0; sum < shape.sums.length; sum++)
            for (let payee = 0; payee < people.payeeIds.length; payee++) {
                const first = sum * people.cells + payee * people.periods;
                this.#openFrom(sum, first, 0, people.periods, before(sum, payee));
            }
    }

    /** Opens the periods of a payee again from one on, until the sum begins anew; the period in which it does. */
    reopen(sum: number, payee: number, from: number): number {
        const { people } = this.#program;
        const begins = this.#calendar.begins[sum]!;
        let to = from + 1;
        while (to < people.periods && begins[to] === 0) to++;
        const first = sum * people.cells + payee * people.periods;
        this.#openFrom(sum, first, from, to, this.opening[first + from]!);
        return to;
    }

    #openFrom(sum: number, first: number, from: number, to: number, before: number): void {
        const { total } = this.#frame;
        const { opening } = this;
        const begins = this.#calendar.begins[sum]!;
        let open = before;
        for (let period = from; period < to; period++) {
            if (period > from && begins[period] === 1) open = 0;
            opening[first + period] = open;
            open += total[first + period]!;
        }
    }

    /** `earlier`: totals of the ranges before this one, where threads share the rows. */
    startPass(earlier: readonly Float64Array[]): void {
        const { running, value } = this.#frame;
        running.set(this.opening);
        for (const totals of earlier)
            for (let cell = 0; cell < running.length; cell++) running[cell]! += totals[cell]!;
        value.fill(0);
        const { cells } = this.#program.people;
        for (const place of this.#program.layout.lineComponents.keys()) this.#startBands(place, 0, cells);
    }

    /** The same for one cell, to walk it again. */
    startCell(cell: number): void {
        const { running, value } = this.#frame;
        const { people, layout } = this.#program;
        for (let at = cell; at < running.length; at += people.cells) running[at] = this.opening[at]!;
        for (const place of layout.lineComponents.keys()) {
            value[place * people.cells + cell] = 0;
            this.#startBands(place, cell, cell + 1);
        }
    }

    #startBands(place: number, from: number, to: number): void {
        const component = this.#program.layout.lineComponents[place]!;
        const { kind } = this.#program.shape.components[component]!;
        const isOne = this.#program.bands[component]!.index === null;
        const own = place * this.#program.people.cells;
        const table = tableAt(this.#program, component, from);
        if (kind !== 'flat') this.#startWalk(component, own, isOne ? table : -1, from, to);
        else if (isOne) this.#frame.band.fill(table + 1, own + from, own + to);
        else
            for (let cell = from; cell < to; cell++)
                this.#frame.band[own + cell] = tableAt(this.#program, component, cell) + 1;
    }

    /** `only`: the table of all cells, -1 where they differ. */
    #startWalk(component: number, own: number, only: number, from: number, to: number): void {
        const { band, low, running } = this.#frame;
        const { people, shape, tableLength } = this.#program;
        const sum = shape.components[component]!.at * people.cells;
        for (let cell = from; cell < to; cell++) {
            const table = only < 0 ? tableAt(this.#program, component, cell) : only;
            band[own + cell] = bandAt(low, table, tableLength, running[sum + cell]!);
        }
    }
}
