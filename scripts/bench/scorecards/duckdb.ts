// The sums of the scorecard bench as SQL in DuckDB, on its own table of the same raw rows: tallies of people and teams, levels at month
// ends, medians of months. Grouped once by signal and attributes and spread out after, which is faster than one filter for each figure;
// levels as changes added up, which needs no join. Metrics and scores, which ours works out as well, are not asked of it.
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import type { Selection } from '../../../service/src/domain/scorecards/columns/figure-plan.ts';
import { figurePlan } from '../../../service/src/domain/scorecards/columns/figure-plan.ts';
import { registryOf } from '../../../service/src/domain/scorecards/registry.ts';
import type { Signal } from '../../../service/src/domain/scorecards/types.ts';
import { PRIME, WEIGHTS, type Checksums } from '../pay/checksums.ts';
import { HASH } from '../pay/engines/duckdb.ts';
import { costOf, type Engine } from '../pay/engines/engine.ts';
import { figureNames, rankedFigures } from './ours.ts';
import { DAYS, definitions, peopleFor, SUBJECTS, tagsOf, valueKind, type Tags } from './workload.ts';

export async function duckDbScorecards(rows: number, threads: number): Promise<Engine> {
    const all = definitions();
    const tags = tagsOf(all.signals);
    const ids = all.signals.map(({ id }) => id);
    const plan = figurePlan(all.metrics, registryOf(all).signals, { signals: ids, tags: tags.list });
    const ranked = rankedFigures(plan, all);
    const instance = await DuckDBInstance.create(':memory:', { threads: String(threads) });
    const connection = await instance.connect();
    await connection.run(HASH);
    await makeTable(connection, rows, all.signals, tags);
    const statements = [
        ...tallies(plan.own, plan.team, all.signals),
        levels(plan.levels, all.signals),
        rankings(ranked, plan.rankings)
    ];
    return {
        run: () =>
            costOf(async () => {
                for (const statement of statements) await connection.run(statement);
            }),
        sums: () => checksums(connection, plan, ranked, peopleFor(rows))
    };
}

async function makeTable(
    connection: DuckDBConnection,
    rows: number,
    signals: readonly Signal[],
    { first, size }: Tags
): Promise<void> {
    const list = (values: readonly number[]): string => `([${values.join()}])[signal + 1]`;
    const levelsFirst = list(signals.map(({ grain }) => (grain === 'level' ? 1 : 0)));
    await connection.run(`
        CREATE TABLE fact AS
            WITH made AS (SELECT i, mix(i, 3) % ${signals.length} AS signal FROM range(${rows}) t(i))
            SELECT i::INTEGER AS id, signal::TINYINT AS signal, (mix(i, 1) % ${peopleFor(rows)})::INTEGER AS person,
                DATE '2026-01-01' + (mix(i, 2) % ${DAYS})::INTEGER AS day,
                (CASE ${list(signals.map(valueKind))} WHEN 0 THEN 10000 WHEN 1 THEN mix(i, 4) % 11 * 10000
                    WHEN 2 THEN mix(i, 4) % 5000 * 1000 WHEN 3 THEN mix(i, 4) % 1000000000
                    ELSE CASE WHEN mix(i, 4) % 8 = 0 THEN 0 ELSE 10000 END END)::BIGINT AS value,
                (CASE WHEN ${levelsFirst} = 1 THEN mix(i, 6) % ${SUBJECTS} ELSE -1 END)::INTEGER AS subject,
                (${list(first)} + mix(i, 5) % ${list(size)})::UTINYINT AS tag
            FROM made`);
}

function conditionOf({ signal, passes, atLeast, atMost }: Selection): string {
    const parts = [`signal = ${signal}`];
    if (passes) parts.push(`tag IN (${[...passes.keys()].filter((tag) => passes[tag] === 1).join()})`);
    if (atLeast > -Infinity) parts.push(`score >= ${atLeast}`);
    if (atMost < Infinity) parts.push(`score <= ${atMost}`);
    return parts.join(' AND ');
}

/** Only answers of surveys are filtered by their value, so only they are grouped by it. */
function tallies(
    own: readonly Selection[],
    team: readonly Selection[],
    signals: readonly Signal[]
): string[] {
    const scores = signals.flatMap(({ unit }, index) => (unit === 'score' ? [index] : []));
    const spread = (selections: readonly Selection[], name: string): string =>
        selections
            .map((one, index) => {
                const filter = `FILTER (WHERE ${conditionOf(one)})`;
                return `coalesce(sum(total) ${filter}, 0)::BIGINT AS ${name}${index}_sum, coalesce(sum(n) ${filter}, 0)::BIGINT AS ${name}${index}_n`;
            })
            .join();
    return [
        `CREATE OR REPLACE TABLE grouped AS
            SELECT person, month(day)::TINYINT AS month, signal, tag,
                CASE WHEN signal IN (${scores.join()}) THEN value ELSE 0 END AS score, sum(value)::BIGINT AS total, count(*)::INTEGER AS n
            FROM fact GROUP BY ALL`,
        `CREATE OR REPLACE TABLE own AS SELECT person, month, ${spread(own, 'own')} FROM grouped GROUP BY person, month`,
        `CREATE OR REPLACE TABLE team AS
            SELECT person - person % 10 AS person, month, ${spread(team, 'team')} FROM grouped WHERE person % 10 <> 0 GROUP BY ALL`
    ];
}

/** No metric filters levels. */
function levels(selections: readonly Selection[], signals: readonly Signal[]): string {
    const listed = signals.flatMap(({ grain }, index) => (grain === 'level' ? [index] : []));
    const spread = selections
        .map(
            ({ signal }, index) =>
                `sum(coalesce(sum(step) FILTER (WHERE signal = ${signal}), 0)) OVER w::BIGINT AS level${index}_sum,
                 sum(coalesce(sum(more) FILTER (WHERE signal = ${signal}), 0)) OVER w::BIGINT AS level${index}_n`
        )
        .join()
        .replaceAll('OVER w::BIGINT', 'OVER w');
    return `CREATE OR REPLACE TABLE level AS
        WITH steps AS (
            SELECT person, signal, month(day)::TINYINT AS month, value - lag(value, 1, 0) OVER s AS step,
                (value <> 0)::INTEGER - (lag(value, 1, 0) OVER s <> 0)::INTEGER AS more
            FROM fact WHERE signal IN (${listed.join()})
            WINDOW s AS (PARTITION BY person, signal, subject ORDER BY day, id)),
        summed AS (SELECT person, month, signal, sum(step)::BIGINT AS step, sum(more)::BIGINT AS more FROM steps GROUP BY ALL)
        SELECT person, month, ${spread}
        FROM summed GROUP BY person, month WINDOW w AS (PARTITION BY person ORDER BY month)`;
}

function rankings(
    ranked: readonly { ranking: number; rank: number }[],
    selections: readonly Selection[]
): string {
    const asked = ranked.map(({ ranking, rank }, index) => {
        const { signal } = selections[ranking]!;
        return `quantile_disc(value, ${rank / 100}) FILTER (WHERE signal = ${signal}) AS ranking${index}`;
    });
    const signals = [...new Set(ranked.map(({ ranking }) => selections[ranking]!.signal))];
    return `CREATE OR REPLACE TABLE ranking AS
        SELECT person, month(day)::TINYINT AS month, ${asked.join()} FROM fact WHERE signal IN (${signals.join()}) GROUP BY ALL`;
}

/** Months without facts carry the level of the month before; everything else is nothing there. */
async function checksums(
    connection: DuckDBConnection,
    plan: Parameters<typeof figureNames>[0],
    ranked: readonly { ranking: number; rank: number }[],
    people: number
): Promise<Checksums> {
    const columns = [
        ...pairs('own', plan.own.length),
        ...pairs('team', plan.team.length),
        ...pairs('level', plan.levels.length),
        ...ranked.map((_, index) => `ranking${index}`)
    ];
    const figure = (column: string): string =>
        column.startsWith('level')
            ? `coalesce(last_value(${column} IGNORE NULLS) OVER (PARTITION BY c.person ORDER BY c.month), 0)`
            : `coalesce(${column}, 0)`;
    const weighted = (column: string): string =>
        `(sum(((${column}) % ${PRIME} + ${PRIME}) % ${PRIME} * weight) % ${PRIME})::BIGINT`;
    const rows = await connection.runAndReadAll(`
        WITH cell AS (SELECT (p.person)::INTEGER AS person, m.month::TINYINT AS month FROM range(${people}) p(person), range(1, 13) m(month)),
        filled AS (
            SELECT (c.person::BIGINT * 12 + c.month - 1) % ${WEIGHTS} + 1 AS weight, ${columns.map((one) => `${figure(one)} AS ${one}`).join()}
            FROM cell c LEFT JOIN own o ON o.person = c.person AND o.month = c.month
                LEFT JOIN team t ON t.person = c.person AND t.month = c.month
                LEFT JOIN level l ON l.person = c.person AND l.month = c.month
                LEFT JOIN ranking r ON r.person = c.person AND r.month = c.month)
        SELECT ${columns.map(weighted).join()} FROM filled`);
    const values = rows.getRows()[0]!.map(Number);
    return Object.fromEntries(figureNames(plan, ranked).map((name, index) => [name, values[index]!]));
}

function pairs(name: string, count: number): string[] {
    return Array.from({ length: count }, (_, index) => [`${name}${index}_sum`, `${name}${index}_n`]).flat();
}
