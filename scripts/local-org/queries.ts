// Runs SOQL for a caller: parse, compile with the caller's rights, run, shape. Owns the caches of parsed queries and
// prepared statements, and cursors for results that are read in pages. Nothing here writes.
import type { Database, Statement as Prepared } from 'better-sqlite3';
import { createFormulaColumns } from './formula/columns.ts';
import type { CallContext, Queries, QueriedRecord, QueryOptions, QueryOutcome } from './org.ts';
import { OrgError } from './org.ts';
import type { Schema } from './schema/types.ts';
import { accessOf } from './soql/access.ts';
import type { AggregatePlan } from './soql/aggregate.ts';
import type { Query } from './soql/ast.ts';
import { registerFunctions } from './soql/functions.ts';
import { createIdList } from './soql/id-list.ts';
import { createOrgFacts } from './soql/org-facts.ts';
import { Params } from './soql/params.ts';
import type { Statement } from './soql/params.ts';
import { parseQuery } from './soql/parse.ts';
import { toRecord } from './soql/shape.ts';
import type { Cell, RecordShape } from './soql/shape.ts';
import { timeZone } from './soql/time-zone.ts';
import { compileQuery } from './soql/to-sql.ts';
import type { Plan, RecordsPlan } from './soql/to-sql.ts';

export interface QueryDeps {
    db: Database;
    schema: Schema;
    /** ISO code of the org's (corporate) currency. */
    currency: string;
    clock: () => Date;
    /** A second schema over one database: the functions of the first are used, so it may have no formulas. */
    sharesFunctions?: boolean;
}

/** A result kept for paging: the ids and their order are fixed when it is opened, values are read with each page. */
export interface QueryCursor {
    totalSize: number;
    /** Records `offset` to `offset + size`; empty past the end. Given the caller as he is now, rows and fields that he
     *  may no longer see are left out or refused. */
    page(offset: number, size: number, caller?: CallContext): QueriedRecord[];
}

export interface PagedQueries extends Queries {
    openCursor(ctx: CallContext, soql: string, options?: QueryOptions): QueryCursor;
}

const CACHED = 500;
const PAGE = 2000;

export function createQueries(deps: QueryDeps): PagedQueries {
    const { db, schema } = deps;
    const parsed = new Map<string, Query>();
    const prepared = new Map<string, Prepared>();
    const formulas = createFormulaColumns(schema);
    const facts = createOrgFacts(db, deps.currency, schema.object('CurrencyType') !== undefined);
    if (!deps.sharesFunctions) registerFunctions(db, formulas.evaluate);
    const objectOf = (id: string): string => schema.objectByKeyPrefix(id.slice(0, 3))?.name ?? 'Name';
    let version = schema.version;

    const prepare = (sql: string): Prepared => {
        if (version !== schema.version) prepared.clear();
        version = schema.version;
        return cached(prepared, sql, () => db.prepare(sql));
    };
    const cells = (statement: Statement, extra: Record<string, string> = {}): Cell[][] =>
        prepare(statement.sql)
            .raw(true)
            .all({ ...statement.params, ...extra }) as Cell[][];
    const records = (shape: RecordShape, rows: Cell[][]): QueriedRecord[] =>
        rows.map((row) => toRecord(shape, row, objectOf));
    const runChildren = (plan: RecordsPlan, parentId: string): QueriedRecord[] =>
        records(plan.shape, cells(plan.rows, { parent: parentId }));

    const compile = (ctx: CallContext, soql: string, options: QueryOptions): Plan => {
        const query = cached(parsed, soql, () => parseQuery(soql));
        let aliases = 0;
        const compilation = {
            source: soql,
            schema,
            access: accessOf(ctx, query.access),
            params: new Params(),
            formulas,
            zone: timeZone(ctx.user.timeZone),
            now: deps.clock().getTime(),
            facts,
            binds: options.binds ?? null,
            allRows: options.allRows ?? false,
            nextAlias: (letter: string) => `${letter}${++aliases}`
        };
        return compileQuery(compilation, query, runChildren);
    };

    const query = (ctx: CallContext, soql: string, options: QueryOptions = {}): QueryOutcome => {
        const plan = compile(ctx, soql, options);
        if (plan.kind === 'count') return { totalSize: cells(plan.rows)[0][0] as number, records: [] };
        const found =
            plan.kind === 'aggregate'
                ? groups(plan, cells(plan.rows))
                : records(plan.shape, cells(plan.rows));
        return { totalSize: found.length, records: found };
    };

    const openCursor = (ctx: CallContext, soql: string, options: QueryOptions = {}): QueryCursor => {
        const plan = compile(ctx, soql, options);
        if (plan.kind === 'records')
            return recordsCursor(plan, (caller) => compile(caller, soql, options) as RecordsPlan);
        if (plan.kind === 'count') return { totalSize: cells(plan.rows)[0][0] as number, page: () => [] };
        const all = groups(plan, cells(plan.rows));
        if (all.length > PAGE) {
            const message =
                'Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single batch';
            throw new OrgError(400, 'EXCEEDED_ID_LIMIT', message);
        }
        return { totalSize: all.length, page: (offset, size) => all.slice(offset, offset + size) };
    };

    const recordsCursor = (plan: RecordsPlan, again: (ctx: CallContext) => RecordsPlan): QueryCursor => {
        const { sql, params } = plan.ids();
        const ids = createIdList(prepare(sql).raw(false).pluck(true).iterate(params) as Iterable<string>);
        const asOpened = plan.page();
        return {
            totalSize: ids.length,
            page(offset, size, caller) {
                const { statement, shape } = caller ? again(caller).page() : asOpened;
                return records(
                    shape,
                    cells(statement, { ids: JSON.stringify(ids.slice(offset, offset + size)) })
                );
            }
        };
    };

    const iterate = function* (
        ctx: CallContext,
        soql: string,
        options: QueryOptions = {}
    ): Iterable<QueriedRecord> {
        const cursor = openCursor(ctx, soql, options);
        for (let offset = 0; offset < cursor.totalSize; offset += PAGE) yield* cursor.page(offset, PAGE);
    };

    const check = (ctx: CallContext, soql: string, options: QueryOptions = {}): void => {
        compile(ctx, soql, options);
    };

    return { query, check, iterate, openCursor };
}

function groups(plan: AggregatePlan, rows: Cell[][]): QueriedRecord[] {
    return rows.map((row) => {
        const record: QueriedRecord = { attributes: { type: 'AggregateResult' } };
        for (const [index, column] of plan.columns.entries()) record[column.key] = column.show(row[index]);
        return record;
    });
}

function cached<T>(cache: Map<string, T>, key: string, make: () => T): T {
    const known = cache.get(key);
    if (known !== undefined) return known;
    const made = make();
    if (cache.size >= CACHED) cache.delete(cache.keys().next().value as string);
    cache.set(key, made);
    return made;
}
