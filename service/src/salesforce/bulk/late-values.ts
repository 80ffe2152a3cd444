// Dates and instants that are read only once their row is known to matter: until then they are offsets. What cannot be
// read the fast way is read from its text; what cannot be used at all becomes a blank somebody hears of.
import type { OrgTimeZone } from '../../domain/org-time-zone.ts';
import { NONE, type DayNumber } from '../../domain/pipeline/types.ts';
import { ProblemError } from '../../domain/problem.ts';
import { spanText, type OnBadValue } from './columns.ts';
import {
    DAY_BYTES,
    OTHER_AMOUNT,
    OTHER_FORM,
    amountAt,
    dayAt,
    endOfPlainText,
    instantAt,
    timeAt,
    valueOfText
} from './csv-values.ts';

export class LateValues {
    /** null: a value that cannot be used ends the scan */
    onBadValue: OnBadValue | null = null;
    #what: string;

    /** `what` the rows are, for the wording of problems. */
    constructor(what: string) {
        this.#what = what;
    }

    /** Day at `offset` of the row whose id stands at `id`; NONE for blank (-1). */
    day(view: DataView, id: number, offset: number, name: string): DayNumber {
        if (offset < 0) return NONE;
        const day = dayAt(view, offset);
        return day !== OTHER_FORM ? day : this.#careful(view, id, name, 'date', offset);
    }

    /** Milliseconds since 1970; NONE for blank (-1). */
    instant(view: DataView, id: number, offset: number, name: string): number {
        if (offset < 0) return NONE;
        const instant = instantAt(view, offset);
        return instant !== OTHER_FORM ? instant : this.#careful(view, id, name, 'datetime', offset);
    }

    /** Day in `zone` of the instant at `offset`; NONE for blank (-1). */
    dayOfInstant(view: DataView, id: number, offset: number, name: string, zone: OrgTimeZone): DayNumber {
        if (offset < 0) return NONE;
        const utcDay = dayAt(view, offset);
        const time = timeAt(view, offset + DAY_BYTES);
        if (utcDay !== OTHER_FORM && time !== OTHER_FORM) return zone.dayOfUtc(utcDay, time);
        const instant = this.#careful(view, id, name, 'datetime', offset);
        return instant === NONE ? NONE : zone.dayOfInstant(instant);
    }

    /** Integer minor units; NaN for blank (-1). */
    amount(view: DataView, id: number, offset: number, name: string): number {
        if (offset < 0) return NaN;
        const amount = amountAt(view, offset);
        if (amount !== OTHER_AMOUNT) return amount;
        return this.#carefulText(view, id, name, 'amount', offset, endOfPlainText(view, offset), NaN);
    }

    #careful(view: DataView, id: number, name: string, kind: 'date' | 'datetime', offset: number): number {
        return this.#carefulText(view, id, name, kind, offset, offset + (kind === 'date' ? 10 : 24), NONE);
    }

    #carefulText(
        view: DataView,
        id: number,
        name: string,
        kind: 'date' | 'datetime' | 'amount',
        start: number,
        end: number,
        blank: number
    ): number {
        const place = `${this.#what} ${spanText(view, id, id + 18)}, ${name}`;
        try {
            return valueOfText(kind, spanText(view, start, end), place);
        } catch (error) {
            if (!this.onBadValue || !(error instanceof ProblemError)) throw error;
            this.onBadValue(name, error.problem);
            return blank;
        }
    }
}
