// A cursor over the tokens of one query, with the small grammar parts every clause needs: names, paths, functions.
import type { OrgError } from '../org.ts';
import { notSupported } from '../org.ts';
import type { Bind, Count, Expression, FieldPath } from './ast.ts';
import { errorAt, unexpectedToken } from './errors.ts';
import {
    AGGREGATES,
    DATE_FUNCTIONS,
    DISPLAY_FUNCTIONS,
    HELPER_FUNCTIONS,
    REFUSED_FUNCTIONS
} from './names.ts';
import { tokenize } from './tokens.ts';
import type { Token } from './tokens.ts';

const FUNCTIONS = new Set([...AGGREGATES, ...DATE_FUNCTIONS, ...DISPLAY_FUNCTIONS, ...HELPER_FUNCTIONS]);

/** Words that never name a field. */
const RESERVED = new Set(
    'AND ASC DESC EXCLUDES FROM HAVING IN INCLUDES LIKE LIMIT NOT NULL OR SELECT WHERE'.split(' ')
);

export class TokenReader {
    readonly source: string;
    private readonly tokens: Token[];
    private index = 0;

    constructor(source: string) {
        this.source = source;
        this.tokens = tokenize(source);
    }

    peek(ahead = 0): Token {
        return this.tokens[Math.min(this.index + ahead, this.tokens.length - 1)];
    }

    next(): Token {
        const token = this.peek();
        if (token.kind !== 'end') this.index += 1;
        return token;
    }

    /** True when the coming tokens are these keywords. */
    at(...keywords: string[]): boolean {
        return keywords.every((keyword, ahead) => this.isKeyword(this.peek(ahead), keyword));
    }

    /** Takes these keywords when they come next. */
    accept(...keywords: string[]): boolean {
        if (!this.at(...keywords)) return false;
        this.index += keywords.length;
        return true;
    }

    atSymbol(symbol: string, ahead = 0): boolean {
        const token = this.peek(ahead);
        return token.kind === 'symbol' && token.text === symbol;
    }

    acceptSymbol(symbol: string): boolean {
        if (!this.atSymbol(symbol)) return false;
        this.index += 1;
        return true;
    }

    expect(...keywords: string[]): void {
        for (const keyword of keywords) if (!this.accept(keyword)) throw this.unexpected();
    }

    expectSymbol(symbol: string): void {
        if (!this.acceptSymbol(symbol)) throw this.unexpected();
    }

    name(): Token {
        if (this.peek().kind !== 'name') throw this.unexpected();
        return this.next();
    }

    unexpected(token = this.peek()): OrgError {
        return unexpectedToken(this.source, token.position, token.text);
    }

    malformed(position: number, message: string): OrgError {
        return errorAt(this.source, position, 'MALFORMED_QUERY', message);
    }

    /** `Field`, `Parent.Field` or `FUNCTION(argument)`. */
    expression(): Expression {
        if (this.peek().kind === 'name' && this.atSymbol('(', 1)) return this.call();
        return this.fieldPath();
    }

    fieldPath(): FieldPath {
        if (RESERVED.has(this.peek().text.toUpperCase())) throw this.unexpected();
        const first = this.name();
        const path = [first.text];
        while (this.acceptSymbol('.')) path.push(this.name().text);
        return { kind: 'field', path, position: first.position };
    }

    private call(): Expression {
        const token = this.next();
        const name = token.text.toUpperCase();
        if (REFUSED_FUNCTIONS.has(name)) throw notSupported(`the SOQL function ${token.text}()`);
        if (!FUNCTIONS.has(name)) throw this.unexpected();
        this.expectSymbol('(');
        const argument = this.argumentOf(name);
        this.expectSymbol(')');
        return { kind: 'call', name, argument, position: token.position };
    }

    /** Date functions take a field, or its time in the user's zone; that function stands nowhere else. */
    private argumentOf(name: string): Expression {
        const isCall = this.peek().kind === 'name' && this.atSymbol('(', 1);
        const isZoned = this.peek().text.toUpperCase() === 'CONVERTTIMEZONE';
        const mayCall = name !== 'CONVERTTIMEZONE' && DATE_FUNCTIONS.has(name) === isZoned;
        if (isCall && !mayCall) throw this.unexpected(this.peek(1));
        return this.expression();
    }

    /** `name` or `name.field` after a colon. */
    bind(): Bind {
        this.expectSymbol(':');
        const first = this.name();
        const parts = [first.text];
        while (this.acceptSymbol('.')) parts.push(this.name().text);
        if (this.atSymbol('(') || this.atSymbol('[')) {
            throw notSupported(
                `the bind expression :${parts.join('.')}${this.peek().text}...; bind a variable`
            );
        }
        return { kind: 'bind', name: parts.join('.'), position: first.position };
    }

    /** The number after LIMIT and OFFSET. */
    count(): Count {
        if (this.atSymbol(':')) return this.bind();
        const token = this.peek();
        if (token.kind !== 'number' || !/^\d+$/.test(token.text)) throw this.unexpected();
        this.next();
        return { kind: 'number', value: Number(token.text), position: token.position };
    }

    private isKeyword(token: Token, keyword: string): boolean {
        return token.kind === 'name' && token.text.toUpperCase() === keyword;
    }
}
