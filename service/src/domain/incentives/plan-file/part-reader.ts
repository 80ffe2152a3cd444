// Reads one map of a plan file: asks for its keys by name and kind, collects every problem with its place, and in the end
// reports the keys nobody asked for. What is wrong is replaced by a neutral value, so that reading goes on.
import { ProblemError, type Problem } from '../../problem.ts';
import type { Expression } from '../expression.ts';
import { didYouMean } from '../nearest.ts';
import { parseExpression } from '../parse-expression.ts';
import { parseDay } from '../../calendar.ts';
import type { Position, Tree } from './tree.ts';

/** Stands where an expression could not be read or is missing: its problem is told already. */
export const UNREADABLE: Expression = { kind: 'text', value: '' };

/** A letter, then letters, digits and _: what can stand in an expression. */
export const IDENTIFIER = /^[A-Za-z]\w*$/;

export class Reading {
    readonly problems: Problem[] = [];
    readonly references: Record<string, string> = {};
    readonly positions = new Map<string, Position>();

    report(code: string, where: string, value: string, fix: string): void {
        this.problems.push({ code, where, value, fix });
    }
}

export class PartReader {
    readonly place: string;
    readonly reading: Reading;
    #entries = new Map<string, Tree>();
    #asked = new Set<string>();

    private constructor(place: string, reading: Reading) {
        this.place = place;
        this.reading = reading;
    }

    /** Reads a map with `read`, then reports the keys that were not asked for; null when it is no map. */
    static read<T>(tree: Tree, place: string, reading: Reading, read: (part: PartReader) => T): T | null {
        reading.positions.set(place, tree);
        if (tree.kind !== 'map') {
            reading.report(
                'MAP_WANTED',
                place,
                textOf(tree),
                'Write keys and values here, e.g. { key: value }.'
            );
            return null;
        }
        const part = new PartReader(place, reading);
        part.#take(tree);
        const result = read(part);
        part.#reportUnknownKeys();
        return result;
    }

    has(key: string): boolean {
        this.#asked.add(key);
        return this.#entries.has(key);
    }

    /** null when it is not there */
    tree(key: string): Tree | null {
        this.#asked.add(key);
        return this.#entries.get(key) ?? null;
    }

    placeOf(key: string): string {
        return this.place === '' ? key : `${this.place}.${key}`;
    }

    report(code: string, key: string, value: string, fix: string): void {
        this.reading.report(code, key === '' ? this.place : this.placeOf(key), value, fix);
    }

    /** null when it is not there or no text (then it is reported) */
    text(key: string): string | null {
        const tree = this.tree(key);
        if (tree === null) return null;
        if (tree.kind === 'text' && tree.text !== '') return tree.text;
        this.report('TEXT_WANTED', key, textOf(tree), `Write one value after ${key}:.`);
        return null;
    }

    needText(key: string, example: string): string {
        if (!this.has(key)) this.reportMissing(key, example);
        return this.text(key) ?? '';
    }

    expression(key: string): Expression | null {
        const tree = this.tree(key);
        return tree === null ? null : readExpression(tree, this.placeOf(key), this.reading);
    }

    needExpression(key: string, example: string): Expression {
        if (!this.has(key)) this.reportMissing(key, example);
        return this.expression(key) ?? UNREADABLE;
    }

    choice<T extends string>(key: string, options: readonly T[], otherwise: T): T {
        const text = this.text(key);
        if (text === null) return otherwise;
        const found = options.find((option) => option === text);
        if (found !== undefined) return found;
        const meant = didYouMean(text, options);
        this.report('CHOICE_UNKNOWN', key, text, `${meant}Write one of ${options.join(', ')}.`);
        return otherwise;
    }

    needChoice<T extends string>(key: string, options: readonly T[], otherwise: T): T {
        if (!this.has(key)) this.report('MISSING', key, '', `Write ${key}: one of ${options.join(', ')}.`);
        return this.choice(key, options, otherwise);
    }

    truth(key: string, otherwise: boolean): boolean {
        return this.choice(key, ['true', 'false'], otherwise ? 'true' : 'false') === 'true';
    }

    /** A whole number of at least `least`. */
    whole(key: string, least: number): number | null {
        const text = this.text(key);
        if (text === null) return null;
        if (/^\d{1,6}$/.test(text) && Number(text) >= least) return Number(text);
        this.report('WHOLE_NUMBER_WANTED', key, text, `Write a whole number of at least ${least}.`);
        return null;
    }

    needWhole(key: string, least: number): number {
        if (!this.has(key)) this.reportMissing(key, String(least));
        return this.whole(key, least) ?? least;
    }

    day(key: string): string | null {
        const text = this.text(key);
        if (text === null) return null;
        try {
            parseDay(text);
            return text;
        } catch (error) {
            if (!(error instanceof ProblemError)) throw error;
            this.report('DATE_INVALID', key, text, 'Write a day that exists as YYYY-MM-DD.');
            return null;
        }
    }

    /** A map inside this one. */
    part<T>(key: string, read: (part: PartReader) => T): T | null {
        const tree = this.tree(key);
        return tree === null ? null : PartReader.read(tree, this.placeOf(key), this.reading, read);
    }

    /** Items of a list; their places count from 1. */
    list<T>(key: string, read: (tree: Tree, place: string) => T | null): T[] {
        const tree = this.tree(key);
        if (tree === null) return [];
        const place = this.placeOf(key);
        if (tree.kind !== 'list') {
            this.report(
                'LIST_WANTED',
                key,
                textOf(tree),
                'Write a list here: [ ... ], or lines that begin with -.'
            );
            return [];
        }
        return tree.items.flatMap((item, index) => {
            const itemPlace = `${place}[${index + 1}]`;
            this.reading.positions.set(itemPlace, item);
            const result = read(item, itemPlace);
            return result === null ? [] : [result];
        });
    }

    parts<T>(key: string, read: (part: PartReader) => T): T[] {
        return this.list(key, (tree, place) => PartReader.read(tree, place, this.reading, read));
    }

    needParts<T>(key: string, example: string, read: (part: PartReader) => T): T[] {
        if (!this.has(key)) this.reportMissing(key, example);
        const tree = this.tree(key);
        if (tree?.kind === 'list' && tree.items.length === 0)
            this.report('LIST_EMPTY', key, '[]', `Write at least one item, e.g. ${example}.`);
        return this.parts(key, read);
    }

    words(key: string): string[] {
        return this.list(key, (tree, place) => {
            if (tree.kind === 'text' && tree.text !== '') return tree.text;
            this.reading.report('TEXT_WANTED', place, textOf(tree), 'Write one word.');
            return null;
        });
    }

    #take(tree: Tree & { kind: 'map' }): void {
        for (const { key, keyAt, value } of tree.entries) {
            const place = this.placeOf(key);
            if (this.#entries.has(key)) {
                this.reading.report(
                    'KEY_TWICE',
                    place,
                    key,
                    `Keep one of the two; the second is on line ${keyAt.line}.`
                );
                continue;
            }
            this.#entries.set(key, value);
            this.reading.positions.set(place, keyAt);
        }
    }

    reportMissing(key: string, example: string): void {
        this.report('MISSING', key, '', `Write ${key}, e.g. ${key}: ${example}.`);
    }

    #reportUnknownKeys(): void {
        for (const [key, value] of this.#entries) {
            if (this.#asked.has(key)) continue;
            if (textOf(value) === '' && !IDENTIFIER.test(key)) this.report('VALUE_CUT', key, key, CUT);
            else this.report('KEY_UNKNOWN', key, key, unknownKey(key, this.#asked));
        }
    }
}

const CUT =
    'A comma inside { } ended the value before this. Write the whole expression in double quotes, e.g. "min(a, b)".';

function unknownKey(key: string, known: Set<string>): string {
    return `${didYouMean(key, known)}Known here: ${[...known].join(', ')}.`;
}

export function readExpression(tree: Tree, place: string, reading: Reading): Expression {
    reading.positions.set(place, reading.positions.get(place) ?? tree);
    if (tree.kind !== 'text' || tree.text.trim() === '') {
        reading.report(
            'EXPRESSION_WANTED',
            place,
            textOf(tree),
            'Write a figure, a name or an expression, e.g. 6% or amount * 2.'
        );
        return UNREADABLE;
    }
    try {
        return parseExpression(tree.text, place);
    } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        reading.problems.push(error.problem);
        return UNREADABLE;
    }
}

/** What a problem shows of a value. */
export function textOf(tree: Tree): string {
    if (tree.kind === 'text') return tree.text;
    return tree.kind === 'list' ? `a list of ${tree.items.length}` : 'a map';
}
