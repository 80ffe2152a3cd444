// The same features as SQL in DuckDB, on the same files. Columns are declared, only those that are needed are read, and
// rows of lost deals are left out early: the best form found.
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import {
    CHANCE_AGES,
    FEATURES,
    SHOWN_OUTBOUND,
    SHOWN_PUSHES,
    WEIGHTS,
    type Checksums
} from '../checksums.ts';
import type { TABLES } from '../data.ts';
import { AS_OF, OPEN_STAGES, fileOf, type Size } from '../data.ts';

const DAY = (column: string): string => `datediff('day', DATE '1970-01-01', ${column}::DATE)`;
/** Weekdays before a day number, the formula of the package's formula fields. */
const WEEKDAYS = (day: string): string => `(5 * ((${day} + 25560) // 7) + least(5, (${day} + 25560) % 7))`;
const RANK = `CASE stage ${OPEN_STAGES.map((name, i) => `WHEN '${name}' THEN ${i}`).join(' ')} ELSE -1 END`;
const MIDDLE_RANK = Math.floor(OPEN_STAGES.length / 2);

const COLUMNS: Record<(typeof TABLES)[number], string> = {
    Opportunity: `{'Id':'VARCHAR','Name':'VARCHAR','OwnerId':'VARCHAR','Type':'VARCHAR','StageName':'VARCHAR','IsClosed':'BOOLEAN','IsWon':'BOOLEAN','Amount':'DECIMAL(18,2)','CloseDate':'DATE','CreatedDate':'TIMESTAMP','NextStep':'VARCHAR','IsPersonAccount':'BOOLEAN'}`,
    OpportunityHistory: `{'Id':'VARCHAR','OpportunityId':'VARCHAR','StageName':'VARCHAR','Amount':'DECIMAL(18,2)','CloseDate':'DATE','CreatedDate':'TIMESTAMP'}`,
    Task: `{'Id':'VARCHAR','WhatId':'VARCHAR','WhoId':'VARCHAR','ActivityDate':'DATE','CompletedDateTime':'TIMESTAMP','CreatedDate':'TIMESTAMP','TaskSubtype':'VARCHAR','Type':'VARCHAR','Status':'VARCHAR','CallType':'VARCHAR','CallDisposition':'VARCHAR','IsClosed':'BOOLEAN','Subject':'VARCHAR'}`,
    Event: `{'Id':'VARCHAR','WhatId':'VARCHAR','WhoId':'VARCHAR','ActivityDate':'DATE','CreatedDate':'TIMESTAMP'}`
};

export async function fromDuckDb(root: string, size: Size): Promise<Checksums> {
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    const csv = (table: (typeof TABLES)[number]): string =>
        `read_csv('${fileOf(root, size, table).replaceAll("'", "''")}', header=true, auto_detect=false, delim=',', quote='"', escape='"', nullstr='', columns=${COLUMNS[table]})`;
    await connection.run(`
        CREATE TABLE deal AS
            SELECT Id AS id, Type AS segment, IsClosed AS closed, StageName AS stage, IsWon AS won, Amount AS amount, ${DAY('CloseDate')} AS close_on, ${DAY('CreatedDate')} AS created_on
            FROM ${csv('Opportunity')}`);
    await connection.run('CREATE TABLE kept AS SELECT * FROM deal WHERE won OR NOT closed');
    await connection.run(`
        CREATE TABLE change AS
            WITH ordered AS (
                SELECT d.id, d.won, d.segment, d.stage AS stage_now, d.amount AS amount_now, d.close_on AS won_on, h.Id AS change_id, h.StageName AS stage, h.Amount AS amount,
                    ${DAY('h.CloseDate')} AS close_on, ${DAY('h.CreatedDate')} AS day,
                    row_number() OVER w AS place,
                    lag(h.StageName) OVER w AS stage_before, lag(h.CloseDate) OVER w AS close_before,
                    lead(${DAY('h.CreatedDate')}) OVER w AS next_day
                FROM ${csv('OpportunityHistory')} h JOIN kept d ON d.id = h.OpportunityId
                WINDOW w AS (PARTITION BY h.OpportunityId ORDER BY h.CreatedDate, h.Id))
            SELECT *, ${RANK} AS rank, ${RANK.replace('CASE stage', 'CASE stage_before')} AS rank_before FROM ordered`);
    await connection.run(`
        CREATE TABLE touch AS
            WITH task AS (
                SELECT Id, WhatId, WhoId,
                    CASE WHEN TaskSubtype = 'Email' AND Subject LIKE 'Email received%' THEN 'two-way'
                         WHEN NOT IsClosed THEN 'planned'
                         WHEN TaskSubtype = 'Email' THEN 'out'
                         WHEN TaskSubtype <> 'Call' OR CallType = 'Internal' THEN 'other'
                         WHEN CallDisposition = 'No answer' THEN 'out' ELSE 'two-way' END AS kind,
                    ${DAY('CASE WHEN IsClosed THEN coalesce(CompletedDateTime, ActivityDate) ELSE ActivityDate END')} AS day
                FROM ${csv('Task')})
            SELECT d.id, d.won, t.Id AS touch_id, t.WhoId AS who, t.kind, t.day, false AS event
            FROM task t JOIN kept d ON d.id = t.WhatId WHERE NOT d.won OR t.kind = 'two-way'
            UNION ALL
            SELECT d.id, d.won, e.Id, e.WhoId, 'two-way', ${DAY('ActivityDate')}, true
            FROM ${csv('Event')} e JOIN kept d ON d.id = e.WhatId`);
    await connection.run(`
        CREATE TABLE fact AS WITH late AS (
            SELECT id, min(place) AS place FROM change WHERE rank >= ${MIDDLE_RANK} AND NOT won GROUP BY id),
        base AS (
            SELECT c.id, min_by(c.amount, c.place) AS amount, min(c.place) AS place
            FROM change c JOIN late l ON l.id = c.id AND c.place >= l.place WHERE c.amount IS NOT NULL GROUP BY c.id),
        late_change AS (
            SELECT b.id, greatest(coalesce(max(abs(c.amount - b.amount) / abs(b.amount)::DOUBLE), 0), coalesce(max(abs(c.amount_now - b.amount) / abs(b.amount)::DOUBLE), 0)) AS change
            FROM base b JOIN change c ON c.id = b.id AND c.place >= b.place GROUP BY b.id),
        history AS (
            SELECT id,
                max(day) FILTER (stage = stage_now AND stage IS DISTINCT FROM stage_before) AS entered,
                count(*) FILTER (close_on > ${DAY('close_before')}) AS pushes,
                coalesce(sum(close_on - ${DAY('close_before')}) FILTER (close_on > ${DAY('close_before')}), 0) AS push_days,
                count(*) FILTER (rank >= 0 AND rank < rank_before) AS backward,
                max(day) FILTER (rank >= 0 AND rank < rank_before) AS last_backward
            FROM change WHERE NOT won GROUP BY id),
        two_way AS (
            SELECT id, max(day) AS day FROM touch WHERE NOT won AND kind = 'two-way' AND day <= ${AS_OF} GROUP BY id),
        activity AS (
            SELECT t.id,
                max(t.day) FILTER (t.kind <> 'planned' AND t.day <= ${AS_OF}) AS last_activity,
                max(w.day) AS last_two_way,
                count(*) FILTER (t.kind = 'out' AND t.day <= ${AS_OF} AND t.day > coalesce(w.day, -1)) AS outbound,
                min(t.day) FILTER (t.kind = 'out' AND t.day <= ${AS_OF} AND t.day > coalesce(w.day, -1)) AS first_outbound,
                least(min(t.day) FILTER (t.kind = 'planned'), min(t.day) FILTER (t.event AND t.day > ${AS_OF})) AS next_step,
                min(t.day) FILTER (t.kind <> 'planned' AND t.day > ${AS_OF}) AS changes
            FROM touch t LEFT JOIN two_way w ON w.id = t.id WHERE NOT t.won GROUP BY t.id)
        SELECT d.id, d.created_on % ${WEIGHTS} + 1 AS weight,
                coalesce(h.entered, d.created_on) AS stageEnteredOn, coalesce(h.pushes, 0) AS closePushCount, coalesce(h.push_days, 0) AS closePushDays,
                CAST(round(coalesce(l.change, 0) * 1000000) AS BIGINT) AS lateAmountChange,
                coalesce(h.backward, 0) AS backwardMoveCount, coalesce(h.last_backward, -1) AS lastBackwardMoveOn,
                coalesce(a.last_activity, -1) AS lastActivityOn, coalesce(a.last_two_way, -1) AS lastTwoWayOn, coalesce(a.outbound, 0) AS outboundSinceTwoWay,
                coalesce(a.first_outbound, -1) AS firstOutboundSinceTwoWayOn, coalesce(a.next_step, -1) AS nextStepDueOn, coalesce(a.changes, -1) AS changesOn
            FROM kept d LEFT JOIN history h ON h.id = d.id LEFT JOIN late_change l ON l.id = d.id LEFT JOIN activity a ON a.id = d.id
            WHERE NOT d.won`);
    return { ...(await featureSums(connection)), ...(await learnedSums(connection)) };
}

async function featureSums(connection: DuckDBConnection): Promise<Checksums> {
    const sums = FEATURES.map(
        (name) => `sum(${name})::DOUBLE AS "${name}", sum(${name} * weight)::DOUBLE AS "${name} weighted"`
    );
    return firstRow(
        connection,
        `WITH outbound AS (
            SELECT t.id, substr(unnest(max(lpad(CAST(t.day AS VARCHAR), 8, '0') || t.touch_id, 5)), 9) AS evidence FROM touch t
            WHERE t.kind = 'out' AND t.day <= ${AS_OF} AND NOT t.won AND t.id IN (SELECT id FROM fact WHERE outboundSinceTwoWay >= ${SHOWN_OUTBOUND})
            GROUP BY t.id),
        push AS (
            SELECT c.id, unnest(max_by(c.change_id, c.place, 5)) AS evidence FROM change c
            WHERE c.close_on > ${DAY('c.close_before')} AND c.id IN (SELECT id FROM fact WHERE closePushCount >= ${SHOWN_PUSHES})
            GROUP BY c.id)
        SELECT count(*)::DOUBLE AS "openDeals", ${sums.join(', ')},
            (SELECT sum(CAST(substr(evidence, 7, 9) AS BIGINT) * weight)::DOUBLE FROM outbound JOIN fact USING (id)) AS "evidence outbound",
            (SELECT sum(CAST(substr(evidence, 7, 9) AS BIGINT) * weight)::DOUBLE FROM push JOIN fact USING (id)) AS "evidence pushes",
            (SELECT count(DISTINCT who)::DOUBLE FROM touch WHERE NOT won) AS "people on open deals"
        FROM fact`
    );
}

/** Days in each stage, the longest silence that ended in it, amounts, and the chance of a win: by segment and for the firm. */
async function learnedSums(connection: DuckDBConnection): Promise<Checksums> {
    await connection.run(`
        CREATE TABLE stay AS SELECT *, lead(from_on) OVER (PARTITION BY id ORDER BY place) AS to_on FROM (
            SELECT id, segment, stage, stage_now, won_on, place, day AS from_on FROM change WHERE won AND stage IS DISTINCT FROM stage_before)`);
    await connection.run(`
        CREATE TABLE sample AS
            SELECT id, segment, stage, sum(greatest(0, ${WEEKDAYS('coalesce(to_on, won_on)')} - ${WEEKDAYS('from_on')})) AS days
            FROM stay WHERE stage <> stage_now GROUP BY id, segment, stage`);
    await connection.run(`
        CREATE TABLE silence AS
            WITH point AS (
                SELECT d.id, d.created_on, t.day FROM touch t JOIN kept d ON d.id = t.id WHERE d.won AND t.kind = 'two-way' AND t.day <= d.close_on),
            spoken AS (SELECT DISTINCT id FROM point),
            every AS (
                SELECT * FROM point UNION ALL SELECT d.id, d.created_on, d.close_on FROM kept d JOIN spoken s ON s.id = d.id),
            gap AS (
                SELECT id, day, ${WEEKDAYS('day')} - ${WEEKDAYS('greatest(created_on, coalesce(lag(day) OVER (PARTITION BY id ORDER BY day), created_on))')} AS days FROM every),
            last_of_day AS (SELECT id, from_on, arg_max(stage, place) AS stage FROM stay GROUP BY id, from_on),
            first_stay AS (SELECT id, arg_min(stage, place) AS stage FROM stay GROUP BY id),
            ended AS (
                SELECT g.id, coalesce(l.stage, f.stage) AS stage, max(g.days) AS days
                FROM gap g ASOF LEFT JOIN last_of_day l ON l.id = g.id AND l.from_on < g.day JOIN first_stay f ON f.id = g.id
                GROUP BY ALL)
            SELECT s.segment, s.stage, greatest(0, coalesce(e.days, 0)) AS days
            FROM sample s JOIN spoken USING (id) LEFT JOIN ended e ON e.id = s.id AND e.stage = s.stage`);
    const sums: Checksums = {};
    const perStage = await connection.runAndReadAll(`
        WITH median AS (
            SELECT coalesce(segment, '') AS segment, stage, quantile_cont(days, 0.5)::DOUBLE AS median, count(*)::DOUBLE AS deals
            FROM sample GROUP BY GROUPING SETS ((segment, stage), (stage))),
        quiet AS (
            SELECT coalesce(segment, '') AS segment, stage, round(quantile_cont(days, 0.9) * 1000000)::DOUBLE AS silence, count(*)::DOUBLE AS silences
            FROM silence GROUP BY GROUPING SETS ((segment, stage), (stage)))
        SELECT * FROM median JOIN quiet USING (segment, stage)`);
    for (const { segment, stage, median, deals, silence, silences } of perStage.getRowObjects()) {
        sums[`${segment} ${stage} median days`] = Number(median);
        sums[`${segment} ${stage} won deals`] = Number(deals);
        sums[`${segment} ${stage} silence p90`] = Number(silence);
        sums[`${segment} ${stage} silences`] = Number(silences);
    }
    const [from, to] = CHANCE_AGES;
    const perSegment = await connection.runAndReadAll(`
        WITH aged AS (
            SELECT segment, won, closed, amount, CASE WHEN closed THEN close_on ELSE ${AS_OF} END - created_on AS age FROM deal),
        counted AS (
            SELECT coalesce(segment, '') AS segment, age, count(*) FILTER (won) AS wins, count(*) FILTER (closed AND NOT won) AS losses, count(*) AS deals
            FROM aged WHERE age >= 0 GROUP BY GROUPING SETS ((segment, age), (age))),
        risk AS (
            SELECT *, sum(deals) OVER (PARTITION BY segment ORDER BY age DESC) AS at_risk FROM counted),
        open_share AS (
            SELECT *, CASE WHEN max(CASE WHEN wins + losses = at_risk THEN 1 ELSE 0 END) OVER w = 1 THEN 0
                ELSE exp(sum(ln(CASE WHEN wins + losses = at_risk THEN 1 ELSE 1 - (wins + losses) / at_risk END)) OVER w) END AS still_open
            FROM risk WINDOW w AS (PARTITION BY segment ORDER BY age)),
        won_share AS (
            SELECT *, sum(coalesce(lag_open, 1) * wins / at_risk) OVER (PARTITION BY segment ORDER BY age) AS won_by FROM (
                SELECT *, lag(still_open) OVER (PARTITION BY segment ORDER BY age) AS lag_open FROM open_share)),
        amount95 AS (
            SELECT coalesce(segment, '') AS segment, round(quantile_cont(amount::DOUBLE * 100, 0.95)) AS p95
            FROM deal WHERE won AND amount > 0 GROUP BY GROUPING SETS ((segment), ()))
        SELECT segment, any_value(p95) AS p95,
            round((arg_max(won_by, age) FILTER (age <= ${to}) - arg_max(won_by, age) FILTER (age <= ${from})) / arg_max(still_open, age) FILTER (age <= ${from}) * 1000000) AS chance
        FROM won_share JOIN amount95 USING (segment) GROUP BY segment`);
    for (const { segment, p95, chance } of perSegment.getRowObjects()) {
        sums[`${segment} amount p95`] = Number(p95);
        sums[`${segment} chance of a win`] = Number(chance);
    }
    return sums;
}

async function firstRow(connection: DuckDBConnection, sql: string): Promise<Checksums> {
    const rows = await connection.runAndReadAll(sql);
    return Object.fromEntries(
        Object.entries(rows.getRowObjects()[0]!).map(([name, value]) => [name, Number(value)])
    );
}
