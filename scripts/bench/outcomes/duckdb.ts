// The naive way of the outcome bench, as SQL in DuckDB on the same rows: the same features of every open deal, and its chance of winning
// as the share won among closed deals that stood at the same stage at the same age, each looked at once on a day of its life. No model,
// no race, no reasons, no close dates.
import { DuckDBInstance } from '@duckdb/node-api';
import { DAY_MS } from '../../../service/src/domain/outcomes/deal-features.ts';
import { HASH } from '../pay/engines/duckdb.ts';
import { costOf, type Cost } from '../pay/engines/engine.ts';
import { AS_OF, FIRST_WORK, STAGES, tablesAsSql, WORKS } from './workload.ts';

const IS_WORK = `kind >= ${FIRST_WORK}`;
const IS_STAGE = `kind < ${STAGES.length}`;
const IS_END = `kind BETWEEN ${STAGES.length} AND ${FIRST_WORK - 1}`;
/** Sums compared must not hide that two deals were exchanged. */
export const WEIGHTS = 97;

const daysSince = (moment: string): string =>
    `coalesce((${AS_OF} - ${moment})::DOUBLE / ${DAY_MS}, -1)::FLOAT`;
const within = (days: number, what: string): string =>
    `count(*) FILTER (${what} AND on_ms >= ${AS_OF - days * DAY_MS})`;

/** Name of the feature as the models have it, and its SQL from the parts of `OPEN_DEALS`. */
const FEATURES: Record<string, string> = {
    ...Object.fromEntries(STAGES.map((_, stage) => [`stage_${stage + 1}`, `(rank = ${stage + 1})::INTEGER`])),
    age_days: daysSince('created'),
    days_in_stage: daysSince(`[${STAGES.map((_, stage) => `first_${stage}`).join()}][rank]`),
    days_since_event: daysSince('last_event'),
    days_since_stage_event: daysSince('last_stage'),
    days_since_progress: daysSince('last_stage'),
    days_since_work: daysSince('last_work'),
    events: 'events',
    events_7d: 'events_7d',
    work_done: 'work_done',
    work_7d: 'work_7d',
    work_3d: 'work_3d',
    work_1d: 'work_1d',
    work_since_progress: 'work_since_progress',
    people: 'people',
    days_between_work: `coalesce((works[1].done - works[2].done)::DOUBLE / ${DAY_MS}, -1)::FLOAT`,
    days_to_first_work: `coalesce((first_work - created)::DOUBLE / ${DAY_MS}, -1)::FLOAT`,
    ...Object.fromEntries(
        STAGES.map((_, stage) => [
            `days_to_stage_${stage + 1}`,
            `coalesce((first_${stage} - coalesce(${[...Array(stage).keys()]
                .reverse()
                .map((before) => `first_${before}`)
                .concat('created')
                .join()}))::DOUBLE / ${DAY_MS}, -1)::FLOAT`
        ])
    ),
    ...Object.fromEntries(STAGES.map((_, stage) => [`times_stage_${stage + 1}`, `times_${stage}`])),
    ...Object.fromEntries(
        WORKS.flatMap((name, work) => [
            [`done_${name}`, `done_${work}`],
            [`last_${name}`, `coalesce(works[1].kind = ${FIRST_WORK + work}, false)::INTEGER`],
            [`before_last_${name}`, `coalesce(works[2].kind = ${FIRST_WORK + work}, false)::INTEGER`]
        ])
    )
};

const OPEN_DEALS = `
    CREATE TABLE part AS
        WITH progress AS (SELECT d, max(on_ms) AS last_stage FROM event WHERE ${IS_STAGE} GROUP BY d),
        open AS (SELECT * FROM progress p WHERE NOT EXISTS (FROM event e WHERE e.d = p.d AND ${IS_END}))
        SELECT d, any_value(created) AS created, any_value(last_stage) AS last_stage, max(kind + 1) FILTER (${IS_STAGE}) AS rank,
            max(on_ms) AS last_event, max(on_ms) FILTER (${IS_WORK}) AS last_work, min(on_ms) FILTER (${IS_WORK}) AS first_work,
            count(*) AS events, count(*) FILTER (${IS_WORK}) AS work_done, ${within(7, 'true')} AS events_7d,
            ${within(7, IS_WORK)} AS work_7d, ${within(3, IS_WORK)} AS work_3d, ${within(1, IS_WORK)} AS work_1d,
            count(*) FILTER (${IS_WORK} AND on_ms > last_stage) AS work_since_progress,
            count(DISTINCT actor) FILTER (actor > 0) AS people,
            coalesce(max_by({'done': on_ms, 'kind': kind}, on_ms, 2) FILTER (${IS_WORK}), []) AS works,
            ${STAGES.map((_, stage) => `min(on_ms) FILTER (kind = ${stage}) AS first_${stage}, count(*) FILTER (kind = ${stage}) AS times_${stage}`).join()},
            ${WORKS.map((_, work) => `count(*) FILTER (kind = ${FIRST_WORK + work}) AS done_${work}`).join()}
        FROM open JOIN event USING (d) JOIN deal USING (d) GROUP BY d`;

const FEATURE_TABLE = `
    CREATE TABLE feature AS
        SELECT d, rank, ${Object.entries(FEATURES)
            .map(([name, sql]) => `${sql} AS "${name}"`)
            .join()}
        FROM part`;

const AGE = (days: string): string => `least(10, floor(${days} / 20))::INTEGER`;
const RATES = `
    CREATE TABLE rate AS
        WITH ended AS (SELECT d, on_ms AS ended_at, kind = ${STAGES.length} AS won FROM event WHERE ${IS_END}),
        look AS (SELECT d, created, won, created + ((ended_at - created) * (mix(d, 20) % 1000) // 1000) AS moment FROM ended JOIN deal USING (d)),
        state AS (SELECT d, any_value(won) AS won, any_value(moment - created) / ${DAY_MS} AS age, max(kind + 1) AS rank
            FROM look JOIN event USING (d) WHERE ${IS_STAGE} AND on_ms < moment GROUP BY d)
        SELECT rank, ${AGE('age')} AS age_bin, avg(won::INTEGER) AS share FROM state GROUP BY ALL`;
const CHANCES = `
    CREATE TABLE chance AS SELECT f.d, r.share FROM feature f LEFT JOIN rate r ON r.rank = f.rank AND r.age_bin = ${AGE('f.age_days')}`;

export interface NaiveMeasured {
    features: Cost;
    /** features, rate table, chances */
    cost: Cost;
    sums: Record<string, number>;
}

export async function naiveWay(count: number): Promise<NaiveMeasured> {
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    await connection.run(HASH);
    for (const statement of tablesAsSql(count)) await connection.run(statement);
    const run = (statements: string[]): Promise<Cost> =>
        costOf(async () => {
            for (const statement of statements) await connection.run(statement);
        });
    const features = await run([OPEN_DEALS, FEATURE_TABLE]);
    const rates = await run([RATES, CHANCES]);
    const cost = { cpuMs: features.cpuMs + rates.cpuMs, wallMs: features.wallMs + rates.wallMs };
    const sums = Object.keys(FEATURES).map(
        (name) => `sum("${name}"::DOUBLE * (d % ${WEIGHTS} + 1)) AS "${name}"`
    );
    const answer = await connection.runAndReadAll(
        `SELECT count(*)::DOUBLE AS "open deals", ${sums.join()} FROM feature`
    );
    return { features, cost, sums: answer.getRowObjectsJS()[0] as Record<string, number> };
}
