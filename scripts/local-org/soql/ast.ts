// A parsed SOQL query. Names are as written; nothing here knows the schema. `position` is the character in the source.

export interface Query {
    select: SelectItem[];
    /** `of`: the `Account` of `FROM Account.Contacts`, in child subqueries. */
    from: { of: string | null; name: string; alias: string | null; position: number };
    /** `USING SCOPE mine`: the name in small letters. */
    scope: { name: string; position: number } | null;
    where: Condition | null;
    access: 'USER_MODE' | 'SYSTEM_MODE' | 'SECURITY_ENFORCED' | null;
    groupBy: Expression[];
    /** `GROUP BY ROLLUP(...)` and `CUBE(...)` add subtotals. */
    subtotals: 'ROLLUP' | 'CUBE' | null;
    having: Condition | null;
    orderBy: Ordering[];
    limit: Count | null;
    offset: Count | null;
    /** Position of `ALL ROWS`, null without it. */
    allRows: number | null;
    /** `FOR VIEW` or `FOR REFERENCE`: the rows count as looked at. */
    marksViewed: boolean;
}

export type SelectItem =
    | { kind: 'expression'; expression: Expression; alias: string | null }
    | { kind: 'children'; query: Query; position: number }
    | { kind: 'count'; position: number }
    | { kind: 'fields'; group: 'ALL' | 'STANDARD' | 'CUSTOM'; position: number }
    | TypeOf;

/** `TYPEOF What WHEN Account THEN Phone ELSE Name END`. */
export interface TypeOf {
    kind: 'typeof';
    /** The relationship. */
    path: FieldPath;
    cases: { type: string; position: number; fields: FieldPath[] }[];
    otherwise: FieldPath[];
    position: number;
}

export type Expression = FieldPath | Call;

export interface FieldPath {
    kind: 'field';
    path: string[];
    position: number;
}

/** An aggregate, date or display function; `name` in capitals. */
export interface Call {
    kind: 'call';
    name: string;
    argument: Expression | null;
    position: number;
}

export type Condition =
    | { kind: 'and' | 'or'; operands: Condition[] }
    | { kind: 'not'; operand: Condition }
    | Comparison
    | { kind: 'in'; left: Expression; negated: boolean; values: ListValues; position: number }
    | { kind: 'includes'; left: Expression; negated: boolean; values: ListValues; position: number };

export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'LIKE';

export interface Comparison {
    kind: 'compare';
    left: Expression;
    operator: Operator;
    value: Literal;
    position: number;
}

export type ListValues =
    { kind: 'list'; values: Literal[] } | { kind: 'bind'; bind: Bind } | { kind: 'query'; query: Query };

export type Literal =
    | { kind: 'string'; raw: string; position: number }
    | { kind: 'number'; value: number; position: number }
    | { kind: 'money'; currency: string; value: number; position: number }
    | { kind: 'boolean'; value: boolean; position: number }
    | { kind: 'null'; position: number }
    | { kind: 'date'; text: string; position: number }
    | { kind: 'datetime'; text: string; position: number }
    | { kind: 'dateLiteral'; name: string; count: number | null; position: number }
    | Bind;

export interface Bind {
    kind: 'bind';
    /** `name`, or `name.field`. */
    name: string;
    position: number;
}

export interface Ordering {
    expression: Expression;
    descending: boolean;
    nullsLast: boolean;
}

export type Count = { kind: 'number'; value: number; position: number } | Bind;
