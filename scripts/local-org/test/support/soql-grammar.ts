// Makes SOQL queries by the grammar Salesforce documents, as lists of tokens, for tests that compare parsers. Names and
// values mean nothing: whether they exist is no matter of the grammar.
import fc from 'fast-check';

type Tokens = string[];
type Maker = fc.Arbitrary<Tokens>;

const words = (...list: string[]): Maker => fc.constantFrom(...list).map((text) => text.split(' '));
const seq = (...parts: (Maker | string)[]): Maker =>
    fc
        .tuple(...parts.map((part) => (typeof part === 'string' ? fc.constant(part.split(' ')) : part)))
        .map((all) => all.flat());
const maybe = (part: Maker): Maker => fc.oneof({ arbitrary: fc.constant<Tokens>([]), weight: 2 }, part);
const list = (part: Maker, most = 3): Maker =>
    fc
        .array(part, { minLength: 1, maxLength: most })
        .map((parts) => parts.flatMap((one, i) => (i ? [',', ...one] : one)));
const call = (name: string, argument: Maker): Maker => seq(name, '(', argument, ')');

const field = words(
    'Id',
    'Name',
    'Amount',
    'Owner.Name',
    'Account.Owner.Manager.Name',
    'Next_Step__c',
    'Plan__r.Key__c',
    'a.Name'
);
const object = words('Account', 'Opportunity', 'DealHealth__c');
const text = words("'x'", "'it\\'s'", "'a%\\\\_b'", "''", "'\\u00e9'", "'50\\\\%'");
const plainNumber = words('0', '12', '1.5', '-3', '+4');
const boolean = words('true', 'FALSE');
const date = words(
    '2026-01-31',
    'TODAY',
    'LAST_N_DAYS:30',
    'N_MONTHS_AGO:2',
    'THIS_FISCAL_QUARTER',
    'next_n_fiscal_years:1'
);
const instant = words('2026-01-31T10:00:00Z', '2026-01-31T10:00:00.123+01:00');
const literal = fc.oneof(text, plainNumber, boolean, words('null', 'USD5000'), date, instant);
const value = fc.oneof({ arbitrary: literal, weight: 6 }, words(':bound'));

const dateFunction = (argument: Maker): Maker =>
    fc.oneof(
        ...['CALENDAR_YEAR', 'FISCAL_QUARTER', 'WEEK_IN_MONTH', 'DAY_ONLY'].map((name) =>
            call(name, argument)
        ),
        call('HOUR_IN_DAY', call('convertTimezone', argument))
    );
const aggregate = fc.oneof(
    ...['COUNT', 'COUNT_DISTINCT', 'SUM', 'AVG', 'MIN', 'MAX'].map((name) => call(name, field))
);

const comparison = (left: Maker): Maker =>
    fc.oneof(
        seq(left, words('=', '!=', '<>', '<', '<=', '>', '>='), value),
        seq(left, words('LIKE', 'like'), text),
        seq(left, words('IN', 'NOT IN'), '(', list(literal), ')'),
        seq(left, words('IN', 'NOT IN'), ':bound'),
        seq(left, words('INCLUDES', 'EXCLUDES'), '(', list(text), ')')
    );

/** AND and OR never mix without parentheses, and NOT stands in its own. */
const condition = (leaf: Maker): Maker =>
    fc.letrec<{ condition: Tokens; operand: Tokens }>((of) => {
        const joined = (word: string): Maker =>
            fc
                .array(of('operand'), { minLength: 2, maxLength: 3 })
                .map((parts) => parts.flatMap((one, i) => (i ? [word, ...one] : one)));
        const operand = fc.oneof(
            { maxDepth: 3, depthIdentifier: 'soql' },
            leaf,
            seq('(', of('condition'), ')'),
            seq('(', 'NOT', leaf, ')')
        );
        const whole = fc.oneof({ depthIdentifier: 'soql' }, of('operand'), joined('AND'), joined('OR'));
        return { operand, condition: whole };
    }).condition;

const semiJoin = seq(
    field,
    words('IN', 'NOT IN'),
    '(',
    'SELECT',
    words('AccountId', 'Id'),
    'FROM',
    object,
    maybe(seq('WHERE', comparison(field))),
    ')'
);
const where = seq(
    'WHERE',
    fc.oneof(condition(fc.oneof(comparison(field), comparison(dateFunction(field)))), semiJoin)
);
const ordering = (key: Maker): Maker =>
    seq(
        'ORDER',
        'BY',
        list(seq(key, maybe(words('ASC', 'DESC')), maybe(words('NULLS FIRST', 'NULLS LAST'))))
    );
const limit = maybe(seq('LIMIT', words('1', '200'), maybe(seq('OFFSET', words('0', '20')))));
const access = words('WITH USER_MODE', 'WITH SYSTEM_MODE', 'WITH SECURITY_ENFORCED');

const children = seq(
    '(',
    'SELECT',
    list(field),
    'FROM',
    words('Contacts', 'Flags__r'),
    maybe(where),
    maybe(ordering(field)),
    maybe(seq('LIMIT', words('5'))),
    ')'
);
const typeOf = seq(
    'TYPEOF',
    'What',
    'WHEN',
    'Account',
    'THEN',
    list(words('Phone', 'Name')),
    maybe(seq('ELSE', 'Name')),
    'END'
);
const shown = fc.oneof(
    call('toLabel', field),
    seq(call('FORMAT', field), words('shown')),
    call('convertCurrency', field)
);

const ofRecords = seq(
    'SELECT',
    list(
        fc.oneof(
            { arbitrary: field, weight: 6 },
            children,
            typeOf,
            shown,
            words('FIELDS ( STANDARD )', 'FIELDS ( ALL )', 'FIELDS ( CUSTOM )')
        ),
        4
    ),
    'FROM',
    object,
    maybe(words('a')),
    maybe(words('USING SCOPE mine', 'USING SCOPE everything')),
    maybe(where),
    maybe(access),
    maybe(ordering(field)),
    limit,
    maybe(words('FOR VIEW', 'FOR REFERENCE', 'FOR UPDATE'))
);
const ofGroups = seq(
    'SELECT',
    list(fc.oneof(field, dateFunction(field), seq(aggregate, maybe(words('total'))))),
    'FROM',
    object,
    maybe(where),
    'GROUP',
    'BY',
    fc.oneof(
        list(fc.oneof(field, dateFunction(field))),
        call('ROLLUP', list(field)),
        call('CUBE', list(field))
    ),
    maybe(seq('HAVING', condition(comparison(aggregate)))),
    maybe(ordering(fc.oneof(field, aggregate))),
    limit
);
const ofCount = seq(
    'SELECT',
    'COUNT',
    '(',
    ')',
    'FROM',
    object,
    maybe(where),
    maybe(seq('LIMIT', words('5')))
);

/** Queries that every parser should take, as tokens. */
export const validQuery: fc.Arbitrary<Tokens> = fc.oneof(ofRecords, ofRecords, ofGroups, ofCount);

/** The same with one token left out, doubled, or put in another's place: mostly no queries any more. */
export const damagedQuery: fc.Arbitrary<Tokens> = fc
    .tuple(validQuery, fc.nat(), fc.nat(), fc.constantFrom('leave out', 'double', 'swap'))
    .map(([tokens, first, second, how]) => {
        const [i, j] = [first % tokens.length, second % tokens.length];
        if (how === 'leave out') return tokens.toSpliced(i, 1);
        if (how === 'double') return tokens.toSpliced(i, 0, tokens[i]!);
        return tokens.with(i, tokens[j]!).with(j, tokens[i]!);
    });
