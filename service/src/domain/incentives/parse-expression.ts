// Text of an expression to its typed form. Precedence, lowest first: or, and, not, comparison, + -, * /, sign.
// A mistake is a ProblemError that shows the text and where in it.
import { ProblemError } from '../problem.ts';
import { Ratio } from '../ratio.ts';
import type { BinaryOperator, Expression } from './expression.ts';

const TOKEN =
    /\s*(?:(?<day>\d{4}-\d{2}-\d{2}(?!\w))|(?<number>\d+(?:\.\d+)?(?:%|bp\b)?)|(?<text>'(?:[^']|'')*'|"(?:[^"]|"")*")|(?<word>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)|(?<sign><=|>=|!=|[-+*/()<>=,]))/y;
const UNITS: Record<string, Ratio> = { '%': Ratio.of(1, 100), bp: Ratio.of(1, 10_000) };
const COMPARISONS = ['=', '!=', '<=', '>=', '<', '>'];

/** Brackets and signs inside each other, at most. */
const MOST_NESTED = 100;
/** What other languages write, and what is written here. */
const OTHERWISE: Record<string, string> = {
    '==': '=',
    '<>': '!=',
    '&&': 'and',
    '||': 'or',
    AND: 'and',
    OR: 'or',
    NOT: 'not',
    '!': 'not',
    '^': 'a product'
};

interface Token {
    kind: 'day' | 'number' | 'text' | 'word' | 'sign' | 'end';
    text: string;
    at: number;
}

/** `where` names the place in the plan, for problems. */
export function parseExpression(text: string, where: string): Expression {
    return new Parser(text, where).whole();
}

/** A number as plans and inputs write it: `1250.50`, `-5%`, `25bp`, `2/3`; null for anything else. */
export function parseNumber(text: string): Ratio | null {
    const [over, under, ...more] = text.trim().split('/');
    if (over === undefined || more.length > 0) return null;
    const value = numberWithUnit(over.trim());
    if (under === undefined || value === null) return value;
    const divisor = numberWithUnit(under.trim());
    return divisor === null || divisor.isZero ? null : value.over(divisor);
}

/** Longer numbers are no figures of a plan; they would only slow the calculation down. */
const MOST_DIGITS = 100;

function numberWithUnit(text: string): Ratio | null {
    if (text.length > MOST_DIGITS || /e[+-]?\d{3}/i.test(text)) return null;
    const match = /^(.*?)\s*(%|bp)?$/.exec(text)!;
    const value = Ratio.parseDecimal(match[1]!);
    const unit = UNITS[match[2] ?? ''];
    return value && unit ? value.times(unit) : value;
}

function unquoted(text: string): string {
    const quote = text[0]!;
    return text.slice(1, -1).replaceAll(quote + quote, quote);
}

class Parser {
    #text: string;
    #where: string;
    #tokens: Token[];
    #next = 0;
    #depth = 0;

    constructor(text: string, where: string) {
        this.#text = text;
        this.#where = where;
        this.#tokens = this.#tokenize();
    }

    whole(): Expression {
        const expression = this.#or();
        if (this.#peek.kind !== 'end') throw this.#unexpected();
        return expression;
    }

    #or(): Expression {
        return this.#leftToRight(['or'], () => this.#and());
    }

    #and(): Expression {
        return this.#leftToRight(['and'], () => this.#not());
    }

    #not(): Expression {
        return this.#accept('not')
            ? { kind: 'not', of: this.#nested(() => this.#not()) }
            : this.#comparison();
    }

    #comparison(): Expression {
        const left = this.#sum();
        if (this.#accept('in')) return { kind: 'in', left, options: this.#list() };
        const operator = this.#acceptAny(COMPARISONS);
        if (!operator) return left;
        return { kind: 'binary', operator: operator as BinaryOperator, left, right: this.#sum() };
    }

    #sum(): Expression {
        return this.#leftToRight(['+', '-'], () => this.#product());
    }

    #product(): Expression {
        return this.#leftToRight(['*', '/'], () => this.#signed());
    }

    #leftToRight(operators: string[], operand: () => Expression): Expression {
        let left = operand();
        for (let operator = this.#acceptAny(operators); operator; operator = this.#acceptAny(operators))
            left = { kind: 'binary', operator: operator as BinaryOperator, left, right: operand() };
        return left;
    }

    #signed(): Expression {
        if (this.#accept('-')) return { kind: 'minus', of: this.#nested(() => this.#signed()) };
        if (this.#accept('+')) return this.#nested(() => this.#signed());
        return this.#simple();
    }

    #simple(): Expression {
        const token = this.#tokens[this.#next]!;
        if (this.#accept('(')) {
            const inner = this.#nested(() => this.#or());
            this.#expect(')');
            return inner;
        }
        if (token.kind === 'end' || token.kind === 'sign') throw this.#unexpected();
        this.#next++;
        if (token.kind === 'number')
            return { kind: 'number', value: this.#number(token.text), text: token.text };
        if (token.kind === 'day') return { kind: 'text', value: token.text };
        if (token.kind === 'text') return { kind: 'text', value: unquoted(token.text) };
        if (token.text === 'true' || token.text === 'false')
            return { kind: 'truth', value: token.text === 'true' };
        if (this.#peek.text === '(') return { kind: 'call', name: token.text, arguments: this.#list() };
        return { kind: 'name', path: token.text.split('.') };
    }

    #number(text: string): Ratio {
        const value = numberWithUnit(text);
        if (value === null) throw this.#problem(`a number has at most ${MOST_DIGITS} digits`);
        return value;
    }

    #list(): Expression[] {
        this.#expect('(');
        const items: Expression[] = [];
        if (this.#accept(')')) return items;
        do items.push(this.#nested(() => this.#or()));
        while (this.#accept(','));
        this.#expect(')');
        return items;
    }

    #nested<T>(read: () => T): T {
        this.#depth++;
        if (this.#depth > MOST_NESTED) throw this.#problem(`it is nested more than ${MOST_NESTED} deep`);
        const result = read();
        this.#depth--;
        return result;
    }

    get #peek(): Token {
        return this.#tokens[this.#next]!;
    }

    #accept(text: string): boolean {
        const token = this.#peek;
        if (token.text !== text || (token.kind !== 'sign' && token.kind !== 'word')) return false;
        this.#next++;
        return true;
    }

    #acceptAny(texts: string[]): string | null {
        return texts.find((text) => this.#accept(text)) ?? null;
    }

    #expect(text: string): void {
        if (!this.#accept(text)) throw this.#unexpected(`'${text}'`);
    }

    #tokenize(): Token[] {
        const tokens: Token[] = [];
        TOKEN.lastIndex = 0;
        const end = this.#text.trimEnd().length;
        while (TOKEN.lastIndex < end) {
            const at = TOKEN.lastIndex;
            const match = TOKEN.exec(this.#text);
            if (!match) throw this.#unknownSign(at);
            const [kind, text] = Object.entries(match.groups!).find(([, found]) => found !== undefined)!;
            tokens.push({ kind: kind as Token['kind'], text: text!, at: TOKEN.lastIndex - text!.length });
        }
        tokens.push({ kind: 'end', text: '', at: end });
        return tokens;
    }

    #unexpected(wanted = 'a figure, a name or a bracket'): ProblemError {
        const { kind, text, at } = this.#peek;
        const found = kind === 'end' ? 'it ends' : `'${text}' stands`;
        const other = text === '=' ? '==' : text;
        const hint = Object.hasOwn(OTHERWISE, other) ? `; write ${OTHERWISE[other]} instead of ${other}` : '';
        return this.#problem(`${wanted} is missing where ${found}, at character ${at + 1}${hint}`);
    }

    #unknownSign(from: number): ProblemError {
        const rest = this.#text.slice(from).trimStart();
        const at = this.#text.length - rest.length + 1;
        if (/^['"]/.test(rest)) return this.#problem(`the quote at character ${at} is not closed`);
        const instead = OTHERWISE[rest.slice(0, 2)] ?? OTHERWISE[rest.slice(0, 1)];
        const hint = instead ? `; write ${instead}` : '';
        return this.#problem(`nothing an expression knows stands at character ${at}: '${rest[0]}'${hint}`);
    }

    #problem(why: string): ProblemError {
        return new ProblemError({
            code: 'EXPRESSION_INVALID',
            where: this.#where,
            value: this.#text,
            fix: `Correct the expression: ${why}. See plan-language.md, Expressions.`
        });
    }
}
