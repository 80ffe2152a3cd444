// SOQL text to its syntax tree: the clauses in their order. Recursive descent; conditions are in parse-conditions.ts.
// Clauses that the local org does not implement are refused here, by name.
import { notSupported } from '../org.ts';
import type { FieldPath, Ordering, Query, SelectItem, TypeOf } from './ast.ts';
import { SCOPES } from './names.ts';
import { parseCondition } from './parse-conditions.ts';
import { TokenReader } from './reader.ts';

const CLAUSES = new Set('WHERE WITH GROUP HAVING ORDER LIMIT OFFSET FOR ALL USING UPDATE FROM AS'.split(' '));
/** Words that name no object; GROUP and ORDER do. */
const NO_OBJECTS = new Set('SELECT FROM WHERE WITH HAVING LIMIT OFFSET USING AS BY'.split(' '));

export function parseQuery(source: string): Query {
    const reader = new TokenReader(source);
    const query = parseSelect(reader);
    if (reader.peek().kind !== 'end') throw reader.unexpected();
    return query;
}

function parseSelect(reader: TokenReader): Query {
    reader.expect('SELECT');
    const select = parseSelectList(reader);
    reader.expect('FROM');
    const from = parseFrom(reader);
    const scope = parseScope(reader);
    const subquery = (): Query => parseSelect(reader);
    const where = reader.accept('WHERE') ? parseCondition(reader, subquery) : null;
    const access = parseAccess(reader);
    const { groupBy, subtotals } = parseGroupBy(reader);
    const having = groupBy.length && reader.accept('HAVING') ? parseCondition(reader, subquery) : null;
    const orderBy = parseOrderBy(reader);
    const limit = reader.accept('LIMIT') ? reader.count() : null;
    const offset = reader.accept('OFFSET') ? reader.count() : null;
    const tail = parseTail(reader);
    return {
        ...{ select, from, scope, where, access, groupBy, subtotals, having },
        ...{ orderBy, limit, offset, ...tail }
    };
}

function parseSelectList(reader: TokenReader): SelectItem[] {
    const items = [parseSelectItem(reader)];
    while (reader.acceptSymbol(',')) items.push(parseSelectItem(reader));
    return items;
}

function parseSelectItem(reader: TokenReader): SelectItem {
    const { position } = reader.peek();
    if (reader.at('TYPEOF') && reader.peek(1).kind === 'name') return parseTypeOf(reader);
    if (reader.acceptSymbol('(')) {
        const query = parseSelect(reader);
        reader.expectSymbol(')');
        return { kind: 'children', query, position };
    }
    if (reader.at('COUNT') && reader.atSymbol('(', 1) && reader.atSymbol(')', 2)) {
        for (let token = 0; token < 3; token++) reader.next();
        return { kind: 'count', position };
    }
    if (reader.at('FIELDS') && reader.atSymbol('(', 1)) return parseFieldsGroup(reader, position);
    const expression = reader.expression();
    const next = reader.peek();
    const aliased = next.kind === 'name' && next.text.toUpperCase() !== 'FROM';
    return { kind: 'expression', expression, alias: aliased ? reader.next().text : null };
}

function parseTypeOf(reader: TokenReader): TypeOf {
    const { position } = reader.next();
    const path = reader.fieldPath();
    const cases: TypeOf['cases'] = [];
    while (reader.accept('WHEN')) {
        const type = reader.name();
        reader.expect('THEN');
        cases.push({ type: type.text, position: type.position, fields: parseFieldList(reader) });
    }
    if (!cases.length) throw reader.unexpected();
    const otherwise = reader.accept('ELSE') ? parseFieldList(reader) : [];
    reader.expect('END');
    return { kind: 'typeof', path, cases, otherwise, position };
}

function parseFieldList(reader: TokenReader): FieldPath[] {
    const fields = [reader.fieldPath()];
    while (reader.acceptSymbol(',')) fields.push(reader.fieldPath());
    return fields;
}

function parseFieldsGroup(reader: TokenReader, position: number): SelectItem {
    reader.next();
    reader.next();
    const token = reader.name();
    const group = token.text.toUpperCase();
    if (group !== 'ALL' && group !== 'STANDARD' && group !== 'CUSTOM') throw reader.unexpected(token);
    reader.expectSymbol(')');
    return { kind: 'fields', group, position };
}

function parseFrom(reader: TokenReader): Query['from'] {
    if (NO_OBJECTS.has(reader.peek().text.toUpperCase())) throw reader.unexpected();
    const first = reader.name();
    const object = reader.acceptSymbol('.') ? reader.name() : first;
    reader.accept('AS');
    const next = reader.peek();
    const aliased = next.kind === 'name' && !CLAUSES.has(next.text.toUpperCase());
    const alias = aliased ? reader.next().text : null;
    if (reader.atSymbol(','))
        throw notSupported('more than one object in FROM (FROM Contact c, c.Account a)');
    const of = object === first ? null : first.text;
    return { of, name: object.text, alias, position: object.position };
}

function parseScope(reader: TokenReader): Query['scope'] {
    if (!reader.accept('USING')) return null;
    reader.expect('SCOPE');
    const token = reader.name();
    const name = token.text.toLowerCase();
    if (!SCOPES.has(name)) throw reader.unexpected(token);
    return { name, position: token.position };
}

function parseAccess(reader: TokenReader): Query['access'] {
    if (!reader.accept('WITH')) return null;
    if (reader.accept('USER_MODE')) return 'USER_MODE';
    if (reader.accept('SYSTEM_MODE')) return 'SYSTEM_MODE';
    if (reader.accept('SECURITY_ENFORCED')) return 'SECURITY_ENFORCED';
    if (reader.at('DATA', 'CATEGORY')) throw notSupported('WITH DATA CATEGORY in SOQL');
    throw reader.unexpected();
}

function parseGroupBy(reader: TokenReader): Pick<Query, 'groupBy' | 'subtotals'> {
    if (!reader.at('GROUP')) return { groupBy: [], subtotals: null };
    reader.expect('GROUP', 'BY');
    const kind = (['ROLLUP', 'CUBE'] as const).find((one) => reader.at(one) && reader.atSymbol('(', 1));
    if (!kind) return { groupBy: parseGroups(reader), subtotals: null };
    reader.next();
    reader.expectSymbol('(');
    const groupBy = parseGroups(reader);
    reader.expectSymbol(')');
    return { groupBy, subtotals: kind };
}

function parseGroups(reader: TokenReader): Query['groupBy'] {
    const groups = [reader.expression()];
    while (reader.acceptSymbol(',')) groups.push(reader.expression());
    return groups;
}

function parseOrderBy(reader: TokenReader): Ordering[] {
    if (!reader.at('ORDER')) return [];
    reader.expect('ORDER', 'BY');
    const orderings = [parseOrdering(reader)];
    while (reader.acceptSymbol(',')) orderings.push(parseOrdering(reader));
    return orderings;
}

function parseOrdering(reader: TokenReader): Ordering {
    const expression = reader.expression();
    const descending = reader.accept('DESC');
    if (!descending) reader.accept('ASC');
    const nullsLast = reader.accept('NULLS', 'LAST');
    if (!nullsLast && reader.accept('NULLS')) reader.expect('FIRST');
    return { expression, descending, nullsLast };
}

/** FOR UPDATE changes no answer in an org with one writer; FOR VIEW and FOR REFERENCE are remembered by the doors. */
function parseTail(reader: TokenReader): Pick<Query, 'allRows' | 'marksViewed'> {
    let marksViewed = false;
    while (reader.accept('FOR')) {
        if (reader.accept('VIEW') || reader.accept('REFERENCE')) marksViewed = true;
        else if (!reader.accept('UPDATE')) throw reader.unexpected();
    }
    if (reader.at('UPDATE', 'TRACKING') || reader.at('UPDATE', 'VIEWSTAT')) {
        throw notSupported(`UPDATE ${reader.peek(1).text.toUpperCase()} in SOQL`);
    }
    const { position } = reader.peek();
    if (!reader.at('ALL')) return { allRows: null, marksViewed };
    reader.expect('ALL', 'ROWS');
    return { allRows: position, marksViewed };
}
