// Reads one object of an input file: asks for its fields by name and kind, and collects every problem with its place. A field
// nobody asked for is a field of the person or transaction where those may have any, else a problem.
import { parseDay } from '../../calendar.ts';
import { ProblemError, type Problem } from '../../problem.ts';
import { Ratio } from '../../ratio.ts';
import type { Value } from '../expression.ts';
import type { Fields } from '../input.ts';
import { didYouMean } from '../nearest.ts';
import { parseNumber } from '../parse-expression.ts';
import { isObject, shown, type Json } from './exact-json.ts';
import { keysTwice } from './json-reader.ts';

/** No field of Salesforce holds more: an amount from here on is a slip of the keyboard. */
const TOO_LARGE = Ratio.of(10n ** 18n);

export class RowReader {
    readonly problems: Problem[] = [];
    readonly #row: { [key: string]: Json };
    readonly #asked = new Set<string>();
    readonly #place: string;
    readonly #isObject: boolean;

    /** `place` is what problems call the row, e.g. `transaction t1`. */
    constructor(row: Json, place: string) {
        this.#place = place;
        this.#isObject = isObject(row);
        this.#row = isObject(row) ? row : {};
        if (!this.#isObject)
            this.report('OBJECT_WANTED', '', shown(row), 'Write an object with fields, e.g. { "id": "t1" }.');
        this.#tellKeysTwice(this.#row, '');
    }

    report(code: string, field: string, value: string, fix: string): void {
        const where = field === '' ? this.#place : `${this.#place}, ${field}`;
        this.problems.push({ code, where, value, fix });
    }

    has(field: string): boolean {
        return this.#get(field) !== undefined;
    }

    /** '' when it is not there; whole numbers count as text, for ids. */
    text(field: string): string {
        const value = this.#get(field);
        if (value === undefined) return '';
        if (typeof value === 'string') return value;
        if (value instanceof Ratio) return value.toString();
        this.report('TEXT_WANTED', field, shown(value), 'Write a text in double quotes.');
        return '';
    }

    needText(field: string): string {
        const text = this.text(field);
        if (text === '' && !this.#isTold(field)) this.#reportMissing(field);
        return text;
    }

    figure(field: string): Ratio | null {
        const value = this.#get(field);
        return value === undefined ? null : this.#asFigure(value, field);
    }

    needFigure(field: string): Ratio {
        const figure = this.figure(field);
        if (figure === null && !this.#isTold(field)) this.#reportMissing(field);
        return figure ?? Ratio.ZERO;
    }

    /** '' when it is not there */
    day(field: string): string {
        const value = this.#get(field);
        return value === undefined ? '' : this.#asDay(value, field);
    }

    needDay(field: string): string {
        const day = this.day(field);
        if (day === '' && !this.#isTold(field)) this.#reportMissing(field);
        return day;
    }

    /** A figure, a truth or a text; undefined when it is not there. */
    value(field: string): Value | undefined {
        return this.#plain(this.#get(field), field);
    }

    /** whatever stands there; undefined when nothing does */
    json(field: string): Json | undefined {
        return this.#get(field);
    }

    /** Objects of a list inside the row. */
    rows<T>(field: string, read: (row: RowReader) => T): T[] {
        const value = this.#get(field);
        if (value === undefined) return [];
        if (!Array.isArray(value)) {
            this.#reportNoList(field, value);
            return [];
        }
        return value.map((item, index) => {
            const row = new RowReader(item, `${this.#place}, ${field}[${index + 1}]`);
            const result = read(row);
            row.reportUnknown();
            this.problems.push(...row.problems);
            return result;
        });
    }

    /** An object from any word to values of one kind. */
    figuresByWord(field: string): [string, Ratio][] {
        return this.#words(field).map(([word, value]) => [
            word,
            this.#asFigure(value, `${field}.${word}`) ?? Ratio.ZERO
        ]);
    }

    textsByWord(field: string): [string, string][] {
        return this.#words(field).map(([word, value]) => {
            if (typeof value === 'string' || value instanceof Ratio) return [word, value.toString()];
            this.report('TEXT_WANTED', `${field}.${word}`, shown(value), 'Write a text in double quotes.');
            return [word, ''];
        });
    }

    daysByWord(field: string): [string, string][] {
        return this.#words(field).map(([word, value]) => [word, this.#asDay(value, `${field}.${word}`)]);
    }

    /** Everything nobody asked for, as fields an expression can name. */
    otherFields(reserved: readonly string[]): Fields {
        const fields = Object.create(null) as Record<string, Value>;
        for (const [field, json] of Object.entries(this.#row)) {
            if (this.#asked.has(field) || json === null) continue;
            if (reserved.includes(field))
                this.report(
                    'FIELD_RESERVED',
                    field,
                    shown(json),
                    'The language gives this word another meaning: rename the field.'
                );
            this.#asked.add(field);
            const value = this.#plain(json, field);
            if (value !== undefined) fields[field] = value;
        }
        return fields;
    }

    reportUnknown(): void {
        for (const field of Object.keys(this.#row)) {
            if (this.#asked.has(field)) continue;
            const known = [...this.#asked];
            const fix = `${didYouMean(field, known)}Known here: ${known.join(', ')}.`;
            this.report('FIELD_UNKNOWN', field, shown(this.#row[field]), fix);
        }
    }

    /** undefined for what is not there; null counts as not there */
    #get(field: string): Json | undefined {
        this.#asked.add(field);
        return Object.hasOwn(this.#row, field) ? (this.#row[field] ?? undefined) : undefined;
    }

    #words(field: string): [string, Json][] {
        const value = this.#get(field);
        if (value === undefined) return [];
        if (isObject(value)) {
            this.#tellKeysTwice(value, `${field}.`);
            return Object.entries(value);
        }
        this.report(
            'OBJECT_WANTED',
            field,
            shown(value),
            'Write an object, e.g. { "A": "70%", "B": "30%" }.'
        );
        return [];
    }

    #asFigure(value: Json, field: string): Ratio | null {
        const figure = typeof value === 'string' ? parseNumber(value) : value;
        if (figure instanceof Ratio) return this.#inRange(figure, field);
        this.report(
            'FIGURE_WANTED',
            field,
            shown(value),
            'Write a figure, e.g. 1250.50, "5%" or "2/3", of at most 100 digits.'
        );
        return null;
    }

    #inRange(figure: Ratio, field: string): Ratio {
        if (figure.absolute().compare(TOO_LARGE) >= 0)
            this.report(
                'AMOUNT_TOO_LARGE',
                field,
                figure.toString(),
                'Correct it: figures have at most 18 digits before the point. An id goes in double quotes.'
            );
        return figure;
    }

    #tellKeysTwice(object: { [key: string]: Json }, place: string): void {
        for (const { key, line, column } of keysTwice(object))
            this.report(
                'KEY_TWICE',
                `${place}${key}`,
                key,
                `Keep one of the two; the second is on line ${line}, column ${column}.`
            );
    }

    #asDay(value: Json, field: string): string {
        try {
            if (typeof value === 'string' && value !== '') {
                parseDay(value);
                return value;
            }
        } catch (error) {
            if (!(error instanceof ProblemError)) throw error;
        }
        this.report('DATE_INVALID', field, shown(value), 'Write a day that exists, as "2026-03-31".');
        return '';
    }

    #plain(value: Json | undefined, field: string): Value | undefined {
        if (value === undefined || value === null) return undefined;
        if (value instanceof Ratio) return this.#inRange(value, field);
        if (typeof value === 'string' || typeof value === 'boolean') return value;
        this.report(
            'FIELD_NOT_PLAIN',
            field,
            shown(value),
            'Write a figure, a text, true or false: lists and objects cannot be read here.'
        );
        return undefined;
    }

    #isTold(field: string): boolean {
        if (!this.#isObject) return true;
        return this.problems.some(({ where }) => where === `${this.#place}, ${field}`);
    }

    /** Whoever gives the input may say that a list is not known, and why. */
    #reportNoList(field: string, value: Json): void {
        const why = isObject(value) && Object.keys(value).length === 1 ? value['unknown'] : undefined;
        if (typeof why === 'string')
            this.report(
                'NOT_KNOWN',
                field,
                why,
                'Nothing is told of those it names: pay it by an adjustment, or by a rule that needs none.'
            );
        else this.report('LIST_WANTED', field, shown(value), 'Write a list: [ ... ].');
    }

    #reportMissing(field: string): void {
        this.report('MISSING', field, '', `Write ${field}.`);
    }
}
