// What the bench measures, one section each. A section returns lines to print: a value, its target, whether it holds,
// and what makes the run fail. Add a section to SECTIONS; a target that is missed is shown, only wrong results fail.
import { differences } from './checksums.ts';
import { bytesOf, ensureData, type Size } from './data.ts';
import { measureDeltaRun } from './delta-run.ts';
import { forecastLines } from './forecast/forecast-lines.ts';
import { loadLines } from './load/load-lines.ts';
import { measureLocalOrg, type Pair } from './org/measure-org.ts';
import { nearRealTimeLines } from './near-real-time.ts';
import { outcomeLines } from './outcomes/outcome-lines.ts';
import { runEngine, startLoopback } from './run-engine.ts';
import { atLeast, atMost, DifferentResults, told, type Line } from './lines.ts';
import type { Measurement } from './measure.ts';
import { numberLines } from './pay/number-lines.ts';
import { payLines, proofLines } from './pay/pay-lines.ts';
import { payRunLines } from './pay/pay-runs.ts';
import { scorecardLines } from './scorecards/scorecard-lines.ts';

export interface BenchContext {
    root: string;
    size: Size;
    /** our run on the files, which are made for it: measured once and compared with the others */
    ours(): Promise<Measurement>;
    /** random plans and transactions to be compared, and where they come from */
    sets: number;
    seed: number;
}

export interface Section {
    name: string;
    run(context: BenchContext): Promise<Line[]>;
}

export const SECTIONS: Section[] = [
    { name: 'memory', run: memory },
    { name: 'DuckDB', run: againstDuckDb },
    { name: 'gzip', run: gzipShare },
    { name: 'jsforce', run: againstJsforce },
    { name: 'delta run', run: deltaRun },
    { name: 'near real time', run: nearRealTimeLines },
    { name: 'local org', run: localOrg },
    { name: 'load', run: ({ size }) => loadLines(size === 'large') },
    { name: 'forecast', run: ({ size }) => forecastLines(size === 'large') },
    { name: 'outcomes', run: ({ size }) => outcomeLines(size === 'large') },
    { name: 'pay', run: ({ root, size }) => payLines(root, size === 'large') },
    { name: 'pay runs', run: async ({ size }) => payRunLines(size === 'large') },
    { name: 'plan numbers', run: async ({ root, size }) => numberLines(root, size === 'large') },
    { name: 'scorecards', run: ({ size }) => scorecardLines(size === 'large') },
    { name: 'pay proof', run: ({ root, sets, seed }) => proofLines(root, sets, seed) }
];

async function memory({ ours }: BenchContext): Promise<Line[]> {
    return [atMost('peak memory of reading and features', (await ours()).peakMb, 500, ' MB')];
}

/** Other work on the machine slows one run and not the next, so engines take turns and the middle ratio counts. */
const ROUNDS = 3;

async function takeTurns(engines: string[], { root, size, ours }: BenchContext): Promise<Measurement[][]> {
    await ours();
    const rounds: Measurement[][] = [];
    for (let round = 0; round < ROUNDS; round++) {
        const measured: Measurement[] = [];
        for (const engine of engines) measured.push(await runEngine(engine, root, size));
        rounds.push(measured);
    }
    return rounds;
}

function middle(rounds: Measurement[][], of: (round: Measurement[]) => number): number {
    return rounds.map(of).sort((a, b) => a - b)[Math.floor(rounds.length / 2)]!;
}

async function againstDuckDb(context: BenchContext): Promise<Line[]> {
    const rounds = await takeTurns(['files', 'duckdb'], context);
    for (const [ours, theirs] of rounds) mustAgree('DuckDB', ours!, theirs!);
    return [
        atLeast(
            'DuckDB, CPU',
            middle(rounds, ([ours, theirs]) => theirs!.cpuMs / ours!.cpuMs),
            3,
            ' x ours'
        ),
        told(
            'DuckDB, wall clock',
            `${middle(rounds, ([ours, theirs]) => theirs!.wallMs / ours!.wallMs).toFixed(1)} x ours`
        ),
        told(
            'DuckDB, peak memory',
            `${middle(rounds, ([ours, theirs]) => theirs!.peakMb / ours!.peakMb).toFixed(1)} x ours`
        )
    ];
}

/** Unpacking runs on a thread of its own, so with two free cores the slower of the two sets the pace. On a busy machine
 *  the clock says little: the share by CPU time is what the target is about. */
async function gzipShare(context: BenchContext): Promise<Line[]> {
    const ours = await context.ours();
    await ensureData(context.root, context.size, true);
    const rounds = await takeTurns(['gunzip', 'gzip'], context);
    for (const [, whole] of rounds) mustAgree('gzip stream', ours, whole!);
    const byCpu = middle(
        rounds,
        ([alone, whole]) => (100 * alone!.cpuMs) / Math.max(alone!.cpuMs, whole!.cpuMs - alone!.cpuMs)
    );
    return [
        atLeast('gzip stream to features, share of the gunzip limit by CPU', byCpu, 60, ' %'),
        told(
            'the same by wall clock',
            `${middle(rounds, ([alone, whole]) => (100 * alone!.wallMs) / whole!.wallMs).toFixed(0)} %`
        )
    ];
}

/** Each reading by jsforce is compared with the two of ours around it. */
const JSFORCE_ROUNDS = 5;

/** The usual way needs minutes for the whole, so it reads a twentieth of it and is compared by time for a megabyte. Our
 *  side reads that twentieth too, over the same connection, to show that both tell the same. */
async function againstJsforce({ root, size, ours }: BenchContext): Promise<Line[]> {
    await ours();
    const part: Size = size === 'large' ? 'twentieth' : size;
    await ensureData(root, part, false);
    const server = await startLoopback(root, part);
    try {
        const oursOnPart = await runEngine('loopback', root, part, server.url);
        const rounds: Measurement[][] = [];
        let before = await runEngine('files', root, size);
        for (let round = 0; round < JSFORCE_ROUNDS; round++) {
            const theirs = await runEngine('jsforce', root, part, server.url);
            mustAgree('jsforce', oursOnPart, theirs);
            const after = await runEngine('files', root, size);
            rounds.push([before, theirs, after]);
            before = after;
        }
        const share = bytesOf(root, size) / bytesOf(root, part);
        const times = (
            of: (measured: Measurement) => number,
            [before, theirs, after]: Measurement[]
        ): number => (2 * of(theirs!) * share) / (of(before!) + of(after!));
        const ratio = (of: (measured: Measurement) => number): number =>
            middle(rounds, (round) => times(of, round));
        const cpuOfRounds = rounds.map((round) => times(({ cpuMs }) => cpuMs, round));
        return [
            atLeast(
                'jsforce record stream, CPU for a megabyte',
                ratio(({ cpuMs }) => cpuMs),
                40,
                ' x ours'
            ),
            told(
                'the same, lowest and highest of the rounds',
                `${Math.min(...cpuOfRounds).toFixed(1)} and ${Math.max(...cpuOfRounds).toFixed(1)}`
            ),
            told('the same by wall clock', `${ratio(({ wallMs }) => wallMs).toFixed(1)} x ours`),
            told('on the small part alone', `${(rounds[0]![1]!.cpuMs / oursOnPart.cpuMs).toFixed(1)} x ours`)
        ];
    } finally {
        server.stop();
    }
}

/** A run has calls that do not depend on its size, so the share is judged on 100,000 deals and only told below that. */
async function deltaRun({ size }: BenchContext): Promise<Line[]> {
    const figures = await measureDeltaRun(size === 'large' ? 'medium' : 'small');
    if (figures.rowsWritten !== figures.rowsDifferent)
        throw new DifferentResults(
            `the delta run wrote ${figures.rowsWritten} rows, but ${figures.rowsDifferent} rows have different values`
        );
    const share = (100 * figures.deltaCalls) / figures.fullCalls;
    const what = `API calls when ${figures.changedDeals} of ${figures.dealCount} deals changed, share of a full run's`;
    return [
        size === 'large' ? atMost(what, share, 2, ' %') : told(what, `${share.toFixed(1)} %`),
        told('of these calls / of the full run', `${figures.deltaCalls} / ${figures.fullCalls}`),
        told(
            'deals with chances by models / suggestions of that run',
            `${figures.scoredDeals} / ${figures.suggestions}`
        ),
        told('rows written / rows whose values changed', `${figures.rowsWritten} / ${figures.rowsDifferent}`)
    ];
}

/** What the local org's HTTP, permissions and SOQL cost on top of its database. There is no target: it is told. */
async function localOrg({ size }: BenchContext): Promise<Line[]> {
    const isLarge = size === 'large';
    const figures = await measureLocalOrg(isLarge ? 100_000 : 10_000, isLarge ? 1_000_000 : 20_000);
    const { rows, ingest, query, read, upsert, deals, rssMb } = figures;
    const times = ({ org, raw }: Pair): string => `${(org / raw).toFixed(1)} x raw`;
    const growth = rssMb.at(-1)! - rssMb[0]!;
    return [
        told(`local org, bulk ingest of ${rows} rows / better-sqlite3`, times(ingest)),
        told(`local org, bulk query of ${rows} rows / better-sqlite3`, times(query)),
        told('local org, one row read over HTTP / better-sqlite3', times(read)),
        told('local org, one row upserted over HTTP / better-sqlite3', times(upsert)),
        told(
            `local org of ${deals} deals, memory before and after 600 more selective queries`,
            `${rssMb[0]!.toFixed(0)} MB, ${growth >= 0 ? '+' : ''}${growth.toFixed(0)} MB`
        )
    ];
}

function mustAgree(name: string, ours: Measurement, theirs: Measurement): void {
    const different = differences(ours.checksums, theirs.checksums);
    if (different.length > 0)
        throw new DifferentResults(
            `${name} and Plumbline tell different results:\n  ${different.join('\n  ')}`
        );
}
