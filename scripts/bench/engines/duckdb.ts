// The same features as SQL in DuckDB, on the same files. Columns are declared, only those that are needed are read, and
// rows of lost deals are left out early: the best form found. It does less than our side: no evidence ids, no contacts
// of decision makers, no silences and no chance of a win.
import { DuckDBInstance } from '@duckdb/node-api';
import { FEATURES, WEIGHTS, type Checksums } from '../checksums.ts';
import { AS_OF, OPEN_STAGES, TABLES, fileOf, type Size } from '../data.ts';

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
            SELECT Id AS id, StageName AS stage, IsWon AS won, Amount AS amount, ${DAY('CloseDate')} AS close_on, ${DAY('CreatedDate')} AS created_on
            FROM ${csv('Opportunity')} WHERE IsWon OR NOT IsClosed`);
    await connection.run(`
        CREATE TABLE change AS
            WITH ordered AS (
                SELECT d.id, d.won, d.stage AS stage_now, d.amount AS amount_now, d.close_on AS won_on, h.StageName AS stage, h.Amount AS amount,
                    ${DAY('h.CloseDate')} AS close_on, ${DAY('h.CreatedDate')} AS day,
                    row_number() OVER w AS place,
                    lag(h.StageName) OVER w AS stage_before, lag(h.CloseDate) OVER w AS close_before,
                    lead(${DAY('h.CreatedDate')}) OVER w AS next_day
                FROM ${csv('OpportunityHistory')} h JOIN deal d ON d.id = h.OpportunityId
                WINDOW w AS (PARTITION BY h.OpportunityId ORDER BY h.CreatedDate, h.Id))
            SELECT *, ${RANK} AS rank, ${RANK.replace('CASE stage', 'CASE stage_before')} AS rank_before FROM ordered`);
    await connection.run(`
        CREATE TABLE touch AS
            SELECT t.WhatId AS id,
                CASE WHEN TaskSubtype = 'Email' AND Subject LIKE 'Email received%' THEN 'two-way'
                     WHEN NOT IsClosed THEN 'planned'
                     WHEN TaskSubtype = 'Email' THEN 'out'
                     WHEN TaskSubtype <> 'Call' OR CallType = 'Internal' THEN 'other'
                     WHEN CallDisposition = 'No answer' THEN 'out' ELSE 'two-way' END AS kind,
                -- open tasks count on their due date, as does a mail received whose task is still open
                ${DAY('CASE WHEN IsClosed THEN coalesce(CompletedDateTime, ActivityDate) ELSE ActivityDate END')} AS day, false AS event
            FROM ${csv('Task')} t SEMI JOIN (SELECT id FROM deal WHERE NOT won) o ON o.id = t.WhatId
            UNION ALL
            SELECT e.WhatId, 'two-way', ${DAY('ActivityDate')}, true
            FROM ${csv('Event')} e SEMI JOIN (SELECT id FROM deal WHERE NOT won) o ON o.id = e.WhatId`);
    const rows = await connection.runAndReadAll(`
        WITH late AS (
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
            SELECT id, max(day) AS day FROM touch WHERE kind = 'two-way' AND day <= ${AS_OF} GROUP BY id),
        activity AS (
            SELECT t.id,
                max(t.day) FILTER (t.kind <> 'planned' AND t.day <= ${AS_OF}) AS last_activity,
                max(w.day) AS last_two_way,
                count(*) FILTER (t.kind = 'out' AND t.day <= ${AS_OF} AND t.day > coalesce(w.day, -1)) AS outbound,
                min(t.day) FILTER (t.kind = 'out' AND t.day <= ${AS_OF} AND t.day > coalesce(w.day, -1)) AS first_outbound,
                least(min(t.day) FILTER (t.kind = 'planned'), min(t.day) FILTER (t.event AND t.day > ${AS_OF})) AS next_step,
                min(t.day) FILTER (t.kind <> 'planned' AND t.day > ${AS_OF}) AS changes
            FROM touch t LEFT JOIN two_way w ON w.id = t.id GROUP BY t.id),
        fact AS (
            SELECT CAST(substr(d.id, 7, 9) AS BIGINT) % ${WEIGHTS} + 1 AS weight,
                coalesce(h.entered, d.created_on) AS stageEnteredOn, coalesce(h.pushes, 0) AS closePushCount, coalesce(h.push_days, 0) AS closePushDays,
                CAST(round(coalesce(l.change, 0) * 1000000) AS BIGINT) AS lateAmountChange,
                coalesce(h.backward, 0) AS backwardMoveCount, coalesce(h.last_backward, -1) AS lastBackwardMoveOn,
                coalesce(a.last_activity, -1) AS lastActivityOn, coalesce(a.last_two_way, -1) AS lastTwoWayOn, coalesce(a.outbound, 0) AS outboundSinceTwoWay,
                coalesce(a.first_outbound, -1) AS firstOutboundSinceTwoWayOn, coalesce(a.next_step, -1) AS nextStepDueOn, coalesce(a.changes, -1) AS changesOn
            FROM deal d LEFT JOIN history h ON h.id = d.id LEFT JOIN late_change l ON l.id = d.id LEFT JOIN activity a ON a.id = d.id
            WHERE NOT d.won)
        SELECT count(*)::DOUBLE AS openDeals, ${FEATURES.map((name) => `sum(${name})::DOUBLE AS "${name}", sum(${name} * weight)::DOUBLE AS "${name} weighted"`).join(', ')} FROM fact`);
    const sums = Object.fromEntries(
        Object.entries(rows.getRowObjects()[0]!).map(([name, value]) => [name, Number(value)])
    );
    const medians = await connection.runAndReadAll(`
        WITH run AS (
            SELECT id, stage, stage_now, won_on, day, place,
                lead(day) OVER (PARTITION BY id ORDER BY place) AS until
            FROM change WHERE won AND stage IS DISTINCT FROM stage_before),
        stay AS (
            SELECT id, stage, sum(greatest(0, ${WEEKDAYS('coalesce(until, won_on)')} - ${WEEKDAYS('day')})) AS days
            FROM run WHERE stage <> stage_now GROUP BY id, stage)
        SELECT stage, quantile_cont(days, 0.5)::DOUBLE AS median, count(*)::DOUBLE AS deals FROM stay GROUP BY stage`);
    for (const { stage, median, deals } of medians.getRowObjects()) {
        sums[`median days ${stage}`] = Number(median);
        sums[`won deals ${stage}`] = Number(deals);
    }
    const p95 = await connection.runAndReadAll(
        `SELECT quantile_cont(amount::DOUBLE * 100, 0.95) AS p95 FROM deal WHERE won AND amount > 0`
    );
    sums['won amount p95'] = Math.round(Number(p95.getRowObjects()[0]!['p95']));
    return sums;
}
