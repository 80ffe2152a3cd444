// The values of one SQL statement, bound by name so that the text can be put together in any order. The same query of
// the same user gives the same text, which is what the statement cache keys on.

export type SqlValue = string | number | null;

export interface Statement {
    sql: string;
    params: Record<string, SqlValue>;
}

export class Params {
    readonly values: Record<string, SqlValue> = {};
    private count = 0;

    /** Binds a value; returns its placeholder. */
    add(value: SqlValue): string {
        this.count += 1;
        return this.named(`p${this.count}`, value);
    }

    named(name: string, value: SqlValue): string {
        this.values[name] = value;
        return `@${name}`;
    }

    /** Binds a list for `IN (...)`; its length does not change the text. */
    list(values: SqlValue[]): string {
        return `(SELECT value FROM json_each(${this.add(JSON.stringify(values))}))`;
    }
}
