// The pay bench as SQL in DuckDB, on its own tables. Whole numbers of 64 bits throughout (wider ones are many times slower), the
// shares of a transaction in its row, so that no join is needed to share it out, and one window over all credits of a payee,
// product and year: the best form found.
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { CELL_NAMES, CREDIT_NAMES, PRIME, WEIGHTS, type Checksums } from '../checksums.ts';
import { mostCents, PAYEES, PERIODS, SHARES } from '../workload.ts';
import { costOf, type Engine } from './engine.ts';

/** First cents of each band and rates in millionths, by product. */
const BANDS: [number, number][][] = [
    [
        [-100_000_000_000, 40_000],
        [20_000_000, 55_000],
        [40_000_000, 70_000],
        [60_000_000, 82_500],
        [80_000_000, 101_250]
    ],
    [
        [-100_000_000_000, 60_000],
        [15_000_000, 75_000],
        [30_000_000, 90_000],
        [50_000_000, 113_500],
        [75_000_000, 130_625]
    ],
    [
        [-100_000_000_000, 20_000],
        [25_000_000, 27_500],
        [45_000_000, 35_000],
        [65_000_000, 41_250],
        [85_000_000, 50_125]
    ]
];

/** `mix` of workload.ts. */
export const HASH = `
    CREATE MACRO scrambled(x) AS xor(x, x >> 15);
    CREATE MACRO twice(x) AS (scrambled(x) * 739982445) & 4294967295;
    CREATE MACRO thrice(x) AS (xor(x, x >> 12) * 695872825) & 4294967295;
    CREATE MACRO mix(i, what) AS scrambled(thrice(twice((i::UBIGINT * 2654435761 + what::UBIGINT * 2246822519) & 4294967295)))::BIGINT;`;

const HALF_EVEN = `
    CREATE MACRO below(n, d) AS (n - ((n % d) + d) % d) // d;
    CREATE MACRO over(n, d) AS 2 * (((n % d) + d) % d) - d;
    CREATE MACRO half_even(n, d) AS below(n, d) + CASE WHEN over(n, d) > 0 OR (over(n, d) = 0 AND below(n, d) % 2 <> 0) THEN 1 ELSE 0 END;`;

export async function duckDbEngine(count: number, threads: number): Promise<Engine> {
    const instance = await DuckDBInstance.create(':memory:', { threads: String(threads) });
    const connection = await instance.connect();
    await connection.run(HASH + HALF_EVEN);
    await makeTables(connection, count);
    return {
        run: () =>
            costOf(async () => {
                for (const statement of calculation()) await connection.run(statement);
            }),
        sums: () => checksums(connection)
    };
}

async function makeTables(connection: DuckDBConnection, count: number): Promise<void> {
    const share = (place: number): string =>
        `CASE WHEN n > ${place} THEN 500 + mix(i, ${20 + place}) % 20 * 100 ELSE 0 END`;
    await connection.run(`
        CREATE TABLE txn AS
            WITH counted AS (
                SELECT i, mix(i, 4) % 100 AS place, CASE WHEN place < 15 THEN 1 WHEN place < 50 THEN 2 WHEN place < 85 THEN 3 ELSE 4 END AS n,
                    mix(i, 10) % ${PAYEES} AS first, 1 + mix(i, 11) % 499 AS step,
                    CASE WHEN mix(i, 3) % 100 < 3 THEN -1 ELSE 1 END * (10000 + mix(i, 2) % ${mostCents(count)}) AS amount,
                    mix(i, 1) % ${PERIODS} AS period, mix(i, 5) % 3 AS product
                FROM range(${count}) t(i))
            SELECT i::INTEGER AS id, period::SMALLINT AS period, product::SMALLINT AS product, amount::BIGINT AS amount, n::TINYINT AS n,
                first::SMALLINT AS p0, ((first + step) % ${PAYEES})::SMALLINT AS p1, ((first + 2 * step) % ${PAYEES})::SMALLINT AS p2,
                ((first + 3 * step) % ${PAYEES})::SMALLINT AS p3,
                (${share(1)})::BIGINT AS s1, (${share(2)})::BIGINT AS s2, (${share(3)})::BIGINT AS s3
            FROM counted`);
    await connection.run(`
        CREATE TABLE cell AS
            SELECT (c // ${PAYEES})::SMALLINT AS period, (c % ${PAYEES})::SMALLINT AS payee,
                mix((c % ${PAYEES}) * ${PERIODS} + c // ${PAYEES}, 6) % 10 <> 0 AS certified,
                ((4000 + mix(c % ${PAYEES}, 7) % 8 * 1000) * 100)::BIGINT AS cap
            FROM range(${PAYEES * PERIODS}) t(c)`);
}

/** A figure for each band: `of` its place, first cents and rate. */
function byBand(x: string, of: (product: number, band: number) => string): string {
    const bands = (product: number): string =>
        BANDS[product]!.map(([low], band) => ({ low, text: of(product, band) }))
            .reverse()
            .reduce(
                (text, { low, text: own }, place) =>
                    place === BANDS[product]!.length - 1
                        ? `${text} ELSE ${own} END`
                        : `${text} WHEN ${x} >= ${low} THEN ${own}`,
                'CASE'
            );
    return `CASE product WHEN 0 THEN ${bands(0)} WHEN 1 THEN ${bands(1)} ELSE ${bands(2)} END`;
}

/** The line of each band: rate x cents and what makes it meet the band before, in millionths of a cent. */
function intercept(product: number, band: number): number {
    const own = BANDS[product]!;
    let sum = -own[0]![0] * own[0]![1];
    for (let place = 1; place <= band; place++) sum += (own[place - 1]![1] - own[place]![1]) * own[place]![0];
    return sum;
}

function calculation(): string[] {
    const line = (x: string): string =>
        byBand(x, (product, band) => `${BANDS[product]![band]![1]} * ${x} + ${intercept(product, band)}`);
    const band = (x: string): string => byBand(x, (_, place) => String(place + 1));
    const part = (place: number): string => `amount * s${place} // ${SHARES}`;
    const other = (place: number): string =>
        `SELECT id, period, product, p${place} AS payee, ${part(place)} AS credit FROM txn WHERE n > ${place}`;
    return [
        `CREATE OR REPLACE TABLE explanation AS
            WITH credited AS (
                SELECT id, period, product, p0 AS payee, amount - ${part(1)} - ${part(2)} - ${part(3)} AS credit FROM txn
                UNION ALL ${other(1)} UNION ALL ${other(2)} UNION ALL ${other(3)}),
            walked AS (
                SELECT *, sum(credit) OVER (PARTITION BY (payee::INTEGER * 3 + product) * 2 + period // 12 ORDER BY period::BIGINT * 4294967296 + id
                    ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)::BIGINT AS after
                FROM credited)
            SELECT id, period, product, payee, credit, after - credit AS before, (${line('after')}) - (${line('(after - credit)')}) AS commission,
                (${band('(after - credit)')})::TINYINT AS band_from, (${band('after')})::TINYINT AS band_to
            FROM walked`,
        `CREATE OR REPLACE TABLE line AS
            WITH earned AS (
                SELECT period, payee, product, sum(commission)::BIGINT AS commission FROM explanation GROUP BY ALL)
            SELECT c.period, c.payee, p.product, half_even(least(coalesce(e.commission, 0) * CASE WHEN c.certified THEN 2 ELSE 1 END, c.cap * 2000000), 2000000) AS earning
            FROM cell c CROSS JOIN (SELECT unnest([0, 1, 2])::SMALLINT AS product) p LEFT JOIN earned e ON e.period = c.period AND e.payee = c.payee AND e.product = p.product`,
        `CREATE OR REPLACE TABLE pay AS
            WITH dues AS (
                SELECT period, payee, sum(earning)::BIGINT AS due FROM line GROUP BY ALL),
            deferrals AS (
                SELECT *, CASE WHEN due > 0 THEN half_even(due * 4, 10) ELSE 0 END AS deferred FROM dues),
            shared AS (
                SELECT *, deferred - 2 * (deferred // 3) AS tranche1, deferred // 3 AS tranche2, deferred // 3 AS tranche3 FROM deferrals)
            SELECT *, due - deferred + coalesce(lag(tranche1, 1) OVER w, 0) + coalesce(lag(tranche2, 2) OVER w, 0) + coalesce(lag(tranche3, 3) OVER w, 0) AS paid
            FROM shared WINDOW w AS (PARTITION BY payee ORDER BY period)`
    ];
}

async function checksums(connection: DuckDBConnection): Promise<Checksums> {
    const weighted = (figure: string, weight: string): string =>
        `(sum(((${figure}) % ${PRIME} + ${PRIME}) % ${PRIME} * (${weight})) % ${PRIME})::BIGINT`;
    const cell = `(period::BIGINT * ${PAYEES} + payee)`;
    const [credit, line, pay] = [
        `(id::BIGINT * 31 + payee) % ${WEIGHTS} + 1`,
        `(${cell} * 3 + product) % ${WEIGHTS} + 1`,
        `${cell} % ${WEIGHTS} + 1`
    ];
    const figures = [
        await values(connection, `SELECT ${weighted('earning', line)} FROM line`),
        await values(
            connection,
            `SELECT ${['due', 'tranche1', 'tranche2', 'tranche3', 'paid'].map((one) => weighted(one, pay)).join()} FROM pay`
        ),
        await values(
            connection,
            `SELECT ${['credit', 'before', 'commission', 'band_from', 'band_to'].map((one) => weighted(one, credit)).join()} FROM explanation`
        )
    ].flat();
    return Object.fromEntries([...CELL_NAMES, ...CREDIT_NAMES].map((name, index) => [name, figures[index]!]));
}

async function values(connection: DuckDBConnection, sql: string): Promise<number[]> {
    const rows = await connection.runAndReadAll(sql);
    return rows.getRows()[0]!.map(Number);
}
