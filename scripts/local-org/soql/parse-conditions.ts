// WHERE and HAVING to a condition tree, and the literals in them. AND and OR never mix without parentheses, and NOT
// stands alone inside its parentheses: Salesforce refuses anything else as an unexpected token.
import type { Bind, Condition, Expression, ListValues, Literal, Operator, Query } from './ast.ts';
import { COUNTED_DATE_LITERALS, DATE_LITERALS } from './names.ts';
import type { TokenReader } from './reader.ts';
import type { Token } from './tokens.ts';

const OPERATORS: Record<string, Operator> = {
    '=': '=',
    '!=': '!=',
    '<>': '!=',
    '<': '<',
    '<=': '<=',
    '>': '>',
    '>=': '>='
};

/** `subquery` parses the SELECT of a semi-join. */
export function parseCondition(reader: TokenReader, subquery: () => Query): Condition {
    if (reader.accept('NOT')) return { kind: 'not', operand: parseOperand(reader, subquery) };
    const first = parseOperand(reader, subquery);
    const joiner = reader.at('AND') ? 'AND' : reader.at('OR') ? 'OR' : null;
    if (!joiner) return first;
    const operands = [first];
    while (reader.accept(joiner)) operands.push(parseOperand(reader, subquery));
    return { kind: joiner === 'AND' ? 'and' : 'or', operands };
}

function parseOperand(reader: TokenReader, subquery: () => Query): Condition {
    if (reader.acceptSymbol('(')) {
        const inner = parseCondition(reader, subquery);
        reader.expectSymbol(')');
        return inner;
    }
    if (reader.at('NOT')) throw reader.unexpected();
    return parseComparison(reader, subquery);
}

function parseComparison(reader: TokenReader, subquery: () => Query): Condition {
    const left = reader.expression();
    const { position } = left;
    if (reader.accept('NOT', 'IN'))
        return { kind: 'in', left, negated: true, values: inValues(reader, subquery), position };
    if (reader.accept('IN'))
        return { kind: 'in', left, negated: false, values: inValues(reader, subquery), position };
    if (reader.accept('INCLUDES')) return includes(reader, left, false);
    if (reader.accept('EXCLUDES')) return includes(reader, left, true);
    if (reader.accept('LIKE'))
        return { kind: 'compare', left, operator: 'LIKE', value: literal(reader), position };
    const token = reader.peek();
    const operator = token.kind === 'symbol' ? OPERATORS[token.text] : undefined;
    if (!operator) throw reader.unexpected();
    reader.next();
    return { kind: 'compare', left, operator, value: literal(reader), position };
}

function includes(reader: TokenReader, left: Expression, negated: boolean): Condition {
    const values = reader.atSymbol(':') ? bound(reader) : list(reader);
    return { kind: 'includes', left, negated, values, position: left.position };
}

function inValues(reader: TokenReader, subquery: () => Query): ListValues {
    if (reader.atSymbol(':')) return bound(reader);
    if (!(reader.atSymbol('(') && reader.peek(1).text.toUpperCase() === 'SELECT')) return list(reader);
    reader.expectSymbol('(');
    const query = subquery();
    reader.expectSymbol(')');
    return { kind: 'query', query };
}

function bound(reader: TokenReader): { kind: 'bind'; bind: Bind } {
    return { kind: 'bind', bind: reader.bind() };
}

function list(reader: TokenReader): ListValues {
    reader.expectSymbol('(');
    const values = [literal(reader)];
    while (reader.acceptSymbol(',')) values.push(literal(reader));
    reader.expectSymbol(')');
    return { kind: 'list', values };
}

function literal(reader: TokenReader): Literal {
    if (reader.atSymbol(':')) return reader.bind();
    const token = reader.peek();
    const { position, text } = token;
    switch (token.kind) {
        case 'string':
            reader.next();
            return { kind: 'string', raw: text, position };
        case 'number':
            reader.next();
            return { kind: 'number', value: Number(text), position };
        case 'date':
        case 'datetime':
            reader.next();
            return { kind: token.kind, text, position };
        case 'name':
            reader.next();
            return namedLiteral(reader, token);
        default:
            throw reader.unexpected();
    }
}

function namedLiteral(reader: TokenReader, token: Token): Literal {
    const name = token.text.toUpperCase();
    const { position } = token;
    if (name === 'TRUE' || name === 'FALSE') return { kind: 'boolean', value: name === 'TRUE', position };
    if (name === 'NULL') return { kind: 'null', position };
    if (DATE_LITERALS.has(name)) return { kind: 'dateLiteral', name, count: null, position };
    if (COUNTED_DATE_LITERALS.has(name)) {
        reader.expectSymbol(':');
        const count = reader.peek();
        if (count.kind !== 'number' || !/^\d+$/.test(count.text)) throw reader.unexpected();
        reader.next();
        return { kind: 'dateLiteral', name, count: Number(count.text), position };
    }
    const money = /^([A-Z]{3})(\d+)$/.exec(name);
    if (money) return { kind: 'money', currency: money[1], value: amount(reader, token, money[2]), position };
    throw reader.unexpected(token);
}

/** `USD5000` is one name; the cents of `USD5000.50` are a number that follows without a space. */
function amount(reader: TokenReader, token: Token, whole: string): number {
    const next = reader.peek();
    const isJoined = next.kind === 'number' && next.position === token.position + token.text.length;
    if (!isJoined || !next.text.startsWith('.')) return Number(whole);
    reader.next();
    return Number(whole + next.text);
}
