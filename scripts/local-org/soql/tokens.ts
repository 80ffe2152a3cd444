// Cuts SOQL text into tokens with their positions. Knows no keywords: a name becomes one where the grammar wants it.
import { errorAt, unexpectedToken } from './errors.ts';

export type TokenKind = 'name' | 'number' | 'string' | 'date' | 'datetime' | 'symbol' | 'end';

export interface Token {
    kind: TokenKind;
    /** As written; for a string without its quotes, escapes still in place. */
    text: string;
    position: number;
}

const SPACE = /\s+/y;
const NAME = /[A-Za-z][A-Za-z0-9_]*/y;
const DATETIME = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:?\d{2})/y;
const DATE = /\d{4}-\d{2}-\d{2}(?![\dT])/y;
const NUMBER = /[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const STRING = /'((?:[^'\\]|\\[\s\S])*)'/y;
const SYMBOL = /<=|>=|!=|<>|[(),.:=<>[\]]/y;

export function tokenize(source: string): Token[] {
    const tokens: Token[] = [];
    let position = 0;
    const take = (pattern: RegExp): RegExpExecArray | null => {
        pattern.lastIndex = position;
        return pattern.exec(source);
    };
    while (position < source.length) {
        const space = take(SPACE);
        if (space) {
            position += space[0].length;
            continue;
        }
        const [kind, match] = nextToken(take, source, position);
        tokens.push({ kind, text: kind === 'string' ? match[1] : match[0], position });
        position += match[0].length;
    }
    tokens.push({ kind: 'end', text: '<EOF>', position });
    return tokens;
}

function nextToken(
    take: (pattern: RegExp) => RegExpExecArray | null,
    source: string,
    position: number
): [TokenKind, RegExpExecArray] {
    const candidates: [TokenKind, RegExp][] = [
        ['name', NAME],
        ['datetime', DATETIME],
        ['date', DATE],
        ['number', NUMBER],
        ['string', STRING],
        ['symbol', SYMBOL]
    ];
    for (const [kind, pattern] of candidates) {
        const match = take(pattern);
        if (match) return [kind, match];
    }
    if (source[position] === "'") {
        throw errorAt(source, position, 'MALFORMED_QUERY', "mismatched character '<EOF>' expecting '''");
    }
    throw unexpectedToken(source, position, source[position]);
}

const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** The value of a string literal. */
export function unescapeString(raw: string): string {
    return raw.replace(/\\(?:u([0-9a-fA-F]{4})|([\s\S]))/g, (_, hex: string | undefined, char: string) =>
        hex ? String.fromCharCode(Number.parseInt(hex, 16)) : (ESCAPES[char.toLowerCase()] ?? char)
    );
}

/** The pattern of a LIKE literal: `\%`, `\_` and `\\` stay escaped, as SQLite's LIKE ... ESCAPE '\' reads them. */
export function unescapeLike(raw: string): string {
    return raw.replace(
        /\\(?:u([0-9a-fA-F]{4})|([\s\S]))/g,
        (whole, hex: string | undefined, char: string) => {
            if (hex) return String.fromCharCode(Number.parseInt(hex, 16));
            if (char === '%' || char === '_' || char === '\\') return whole;
            return ESCAPES[char.toLowerCase()] ?? char;
        }
    );
}
