// JSON text to values, as RFC 8259 has it. Beside the values it knows which keys an object was given twice, as that is not what its
// writer meant: whoever reads the object tells it. Text that is no JSON is a problem with line and column.
import { ProblemError } from '../../problem.ts';
import { parseNumber } from '../parse-expression.ts';
import type { Json } from './exact-json.ts';

export interface KeyTwice {
    key: string;
    /** of the second */
    line: number;
    column: number;
}

const SPACE = /[ \t\n\r]*/y;
/** Between the quotes anything but quotes, backslashes and control characters. */
const STRING = /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;
const WORDS: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null };

const twice = new WeakMap<object, KeyTwice[]>();

/** Keys the object has more than once in the text it was read from. */
export function keysTwice(object: object): readonly KeyTwice[] {
    return twice.get(object) ?? [];
}

export class JsonReader {
    readonly #text: string;
    readonly #where: string;
    #at = 0;

    constructor(text: string, where: string) {
        this.#text = text;
        this.#where = where;
    }

    read(): Json {
        // What some editors put before the text to tell its encoding.
        if (this.#text.startsWith('\uFEFF')) this.#at = 1;
        try {
            const value = this.#value();
            this.#skipSpace();
            if (this.#at < this.#text.length) throw this.#invalid('nothing more may follow here');
            return value;
        } catch (error) {
            if (!(error instanceof RangeError)) throw error;
            throw this.#invalid('lists and objects are nested too deeply');
        }
    }

    #value(): Json {
        this.#skipSpace();
        const next = this.#text[this.#at];
        if (next === '{') return this.#object();
        if (next === '[') return this.#list();
        if (next === '"') return this.#string('a text in double quotes is wanted here');
        const word = this.#take(WORD);
        if (word !== null) return WORDS[word]!;
        const number = this.#take(NUMBER);
        // Numbers too long to be meant stay text, and are refused where a figure is wanted.
        if (number !== null) return parseNumber(number) ?? number;
        throw this.#invalid(
            'a value is wanted here: "text" in double quotes, 12.5, true, false, null, [ or {'
        );
    }

    #object(): Json {
        this.#at++;
        const entries: [string, Json][] = [];
        const seen = new Set<string>();
        const again: KeyTwice[] = [];
        if (this.#isNext('}')) return {};
        do {
            this.#skipSpace();
            const keyAt = this.#at;
            const key = this.#string('a key in double quotes is wanted here');
            if (seen.has(key)) again.push({ key, ...this.#positionOf(keyAt) });
            seen.add(key);
            if (!this.#isNext(':')) throw this.#invalid('a colon is wanted between key and value');
            entries.push([key, this.#value()]);
        } while (this.#isNext(','));
        if (!this.#isNext('}')) throw this.#invalid('a comma or } is wanted here');
        const object = Object.fromEntries(entries);
        if (again.length > 0) twice.set(object, again);
        return object;
    }

    #list(): Json {
        this.#at++;
        const items: Json[] = [];
        if (this.#isNext(']')) return items;
        do items.push(this.#value());
        while (this.#isNext(','));
        if (!this.#isNext(']')) throw this.#invalid('a comma or ] is wanted here');
        return items;
    }

    #string(wanted: string): string {
        const text = this.#take(STRING);
        if (text === null)
            throw this.#invalid(this.#text[this.#at] === '"' ? 'this text does not end' : wanted);
        return text.includes('\\') ? (JSON.parse(text) as string) : text.slice(1, -1);
    }

    #take(pattern: RegExp): string | null {
        pattern.lastIndex = this.#at;
        const found = pattern.exec(this.#text)?.[0] ?? null;
        this.#at += found?.length ?? 0;
        return found;
    }

    #isNext(sign: string): boolean {
        this.#skipSpace();
        if (this.#text[this.#at] !== sign) return false;
        this.#at++;
        return true;
    }

    #skipSpace(): void {
        SPACE.lastIndex = this.#at;
        SPACE.exec(this.#text);
        this.#at = SPACE.lastIndex;
    }

    #positionOf(at: number): { line: number; column: number } {
        const before = this.#text.slice(0, at).split('\n');
        return { line: before.length, column: before.at(-1)!.length + 1 };
    }

    #invalid(what: string): ProblemError {
        const { line, column } = this.#positionOf(this.#at);
        const isAtEnd = this.#at >= this.#text.length;
        return new ProblemError({
            code: 'JSON_INVALID',
            where: `${this.#where} (line ${line}, column ${column})`,
            value: this.#text
                .slice(this.#at, this.#at + 40)
                .split('\n')[0]!
                .trim(),
            fix: `Correct the JSON: ${isAtEnd ? 'the text ends, and ' : ''}${what}.`
        });
    }
}
