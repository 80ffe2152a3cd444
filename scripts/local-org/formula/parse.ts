// Formula text to its syntax tree, by precedence climbing. Owns the grammar only: types and functions are in compile.ts
// and functions.ts.

export type FormulaNode =
    | { kind: 'number'; value: number }
    | { kind: 'text'; value: string }
    | { kind: 'literal'; value: boolean | null }
    | { kind: 'field'; path: string[] }
    | { kind: 'call'; name: string; args: FormulaNode[] }
    | { kind: 'unary'; operator: '-' | '+' | '!'; operand: FormulaNode }
    | { kind: 'binary'; operator: BinaryOperator; left: FormulaNode; right: FormulaNode };

export type BinaryOperator =
    '||' | '&&' | '=' | '<>' | '<' | '<=' | '>' | '>=' | '&' | '+' | '-' | '*' | '/' | '^';

/** A formula that cannot be used, in words for the person who deployed it. */
export class FormulaProblem extends Error {
    constructor(message: string) {
        super(message);
        this.name = 'FormulaProblem';
    }
}

interface Token {
    kind: 'number' | 'text' | 'name' | 'symbol' | 'end';
    text: string;
}

const SKIPPED = /(?:\s+|\/\*[\s\S]*?\*\/)+/y;
const TOKENS: [Token['kind'], RegExp][] = [
    ['number', /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y],
    ['name', /\$?[A-Za-z]\w*/y],
    ['text', /"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*'/y],
    ['symbol', /\|\||&&|<>|!=|==|<=|>=|[-+*/^&=<>(),.:!]/y]
];

function tokenize(source: string): Token[] {
    const tokens: Token[] = [];
    let position = 0;
    while (position < source.length) {
        SKIPPED.lastIndex = position;
        position += SKIPPED.exec(source)?.[0].length ?? 0;
        if (position >= source.length) break;
        const token = tokenAt(source, position);
        tokens.push(token);
        position += token.text.length;
    }
    return [...tokens, { kind: 'end', text: '' }];
}

function tokenAt(source: string, position: number): Token {
    for (const [kind, pattern] of TOKENS) {
        pattern.lastIndex = position;
        const match = pattern.exec(source);
        if (match) return { kind, text: match[0] };
    }
    throw new FormulaProblem(`Syntax error. Found '${source[position]}' at character ${position + 1}.`);
}

const LEVELS: Record<string, BinaryOperator>[] = [
    { '||': '||' },
    { '&&': '&&' },
    { '=': '=', '==': '=', '<>': '<>', '!=': '<>' },
    { '<': '<', '<=': '<=', '>': '>', '>=': '>=' },
    { '+': '+', '-': '-', '&': '&' },
    { '*': '*', '/': '/' },
    { '^': '^' }
];

export function parseFormula(source: string): FormulaNode {
    const parser = new Parser(tokenize(source));
    const node = parser.binary(0);
    parser.expectEnd();
    return node;
}

class Parser {
    private readonly tokens: Token[];
    private index = 0;

    constructor(tokens: Token[]) {
        this.tokens = tokens;
    }

    binary(level: number): FormulaNode {
        if (level === LEVELS.length) return this.unary();
        let left = this.binary(level + 1);
        for (;;) {
            const token = this.peek();
            const operator = token.kind === 'symbol' ? LEVELS[level][token.text] : undefined;
            if (!operator) return left;
            this.index += 1;
            left = { kind: 'binary', operator, left, right: this.binary(level + 1) };
        }
    }

    expectEnd(): void {
        const token = this.peek();
        if (token.kind !== 'end') throw new FormulaProblem(`Syntax error. Extra ${token.text}`);
    }

    private unary(): FormulaNode {
        const { text, kind } = this.peek();
        if (kind === 'symbol' && (text === '-' || text === '+' || text === '!')) {
            this.index += 1;
            return { kind: 'unary', operator: text, operand: this.unary() };
        }
        return this.primary();
    }

    private primary(): FormulaNode {
        const token = this.next();
        if (token.kind === 'number') return { kind: 'number', value: Number(token.text) };
        if (token.kind === 'text') return { kind: 'text', value: unquote(token.text) };
        if (token.kind === 'name') return this.named(token.text);
        if (token.text === '(') {
            const inner = this.binary(0);
            this.expect(')');
            return inner;
        }
        throw new FormulaProblem(
            token.kind === 'end'
                ? 'Syntax error. The formula ends too early.'
                : `Syntax error. Found '${token.text}'`
        );
    }

    private named(first: string): FormulaNode {
        if (this.accept('(')) return { kind: 'call', name: first.toUpperCase(), args: this.args() };
        const literal = { TRUE: true, FALSE: false, NULL: null }[first.toUpperCase()];
        if (literal !== undefined && this.peek().text !== '.') return { kind: 'literal', value: literal };
        const path = [first];
        // `Owner:User.Name` names the object a polymorphic reference is read as.
        if (this.accept(':')) path[0] = `${first}:${this.name()}`;
        while (this.accept('.')) path.push(this.name());
        return { kind: 'field', path };
    }

    private args(): FormulaNode[] {
        if (this.accept(')')) return [];
        const args = [this.binary(0)];
        while (this.accept(',')) args.push(this.binary(0));
        this.expect(')');
        return args;
    }

    private name(): string {
        const token = this.next();
        if (token.kind !== 'name')
            throw new FormulaProblem(`Syntax error. Found '${token.text}', expected a field name`);
        return token.text;
    }

    private peek(): Token {
        return this.tokens[this.index];
    }

    private next(): Token {
        const token = this.peek();
        if (token.kind !== 'end') this.index += 1;
        return token;
    }

    private accept(symbol: string): boolean {
        const token = this.peek();
        if (token.kind !== 'symbol' || token.text !== symbol) return false;
        this.index += 1;
        return true;
    }

    private expect(symbol: string): void {
        if (!this.accept(symbol)) throw new FormulaProblem(`Syntax error. Missing '${symbol}'`);
    }
}

function unquote(text: string): string {
    return text
        .slice(1, -1)
        .replace(/\\([\s\S])/g, (_, char: string) => ({ n: '\n', r: '\r', t: '\t' })[char] ?? char);
}
