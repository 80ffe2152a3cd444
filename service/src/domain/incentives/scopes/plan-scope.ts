// What every place of a plan can read: tables and parameters as of a day. The names of each place are in the files beside this;
// the table of names is docs/plan-language.md, Expressions.
import type { Problem } from '../../problem.ts';
import type { Ratio } from '../../ratio.ts';
import type { Context } from '../context.ts';
import { evaluate, type Scope } from '../evaluate.ts';
import { notGiven } from './not-given.ts';
import type { Value } from '../expression.ts';
import type { IsoDay } from '../plan.ts';
import { tableValue } from '../rate-table.ts';

export abstract class PlanScope implements Scope {
    readonly context: Context;
    readonly where: string;
    /** parameters are read as of this day */
    readonly day: IsoDay;

    constructor(context: Context, where: string, day: IsoDay) {
        this.context = context;
        this.where = where;
        this.day = day;
    }

    abstract name(path: readonly string[]): Value | undefined;
    abstract group(name: string): Scope[] | null;

    table(key: string, x: Ratio, y: Ratio | null): Ratio {
        const table = this.context.table(key);
        if (!table) throw new Error(`the plan was not validated: table ${key}`);
        return tableValue(table, x, y, this);
    }

    /** A goal that is missing is named as one, also where its attainment was asked for. */
    missing(path: readonly string[]): Problem {
        const [first, measure] = path;
        if (!measure || !/^(quota|attainment|attainmentBefore)$/.test(first!))
            return notGiven(path, this.where, this.given(first!));
        return {
            code: 'QUOTA_MISSING',
            where: `${this.where}, quotas.${measure}`,
            value: measure,
            fix: `Give a quota for ${measure}, in the plan or under quotas of the input.`
        };
    }

    /** Names that were given, of those that begin so or are words alone: for a name that nobody gave. */
    protected given(_first: string): string[] {
        return [];
    }

    parameter(key: string): Value | undefined {
        const expression = this.context.parameterOn(key, this.day);
        return expression && evaluate(expression, this);
    }
}

/** Another scope with some names of its own, e.g. a reversal's over those of the credit it takes back. */
export class OwnNamesScope implements Scope {
    readonly where: string;
    readonly #inner: Scope;
    readonly #own: Readonly<Record<string, Value>>;

    constructor(inner: Scope, own: Readonly<Record<string, Value>>) {
        this.where = inner.where;
        this.#inner = inner;
        this.#own = own;
    }

    name(path: readonly string[]): Value | undefined {
        const own = path.length === 1 && Object.hasOwn(this.#own, path[0]!) ? this.#own[path[0]!] : undefined;
        return own ?? this.#inner.name(path);
    }

    missing(path: readonly string[]): Problem | undefined {
        return this.#inner.missing?.(path);
    }

    table(key: string, x: Ratio, y: Ratio | null): Ratio {
        return this.#inner.table(key, x, y);
    }

    group(name: string): Scope[] | null {
        return this.#inner.group(name);
    }
}
