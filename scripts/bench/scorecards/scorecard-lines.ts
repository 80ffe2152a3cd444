// The scorecard section of the bench: every metric and score of a firm from raw rows, against DuckDB doing the sums of it, and one
// changed fact against a full pass. Sums must agree; what follows from changes must be what a full pass comes to.
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { atLeast, DifferentResults, told, type Line } from '../lines.ts';
import { answerOf, duel } from '../pay/duel.ts';
import type { ChangeFigures } from './measure-changes.ts';
import { definitions, peopleFor } from './workload.ts';

const ROUNDS = 3;

/** Targets are for the large size. */
export async function scorecardLines(isLarge: boolean): Promise<Line[]> {
    const rows = isLarge ? 5_000_000 : 100_000;
    const number = (count: number): string => count.toLocaleString('en');
    const metrics = new Set(definitions().metrics.map(({ id }) => id)).size;
    const name = `scorecards, ${number(peopleFor(rows))} people x ${metrics} metrics x 12 months, ${number(rows)} facts`;
    const { cpu, wall, ours, theirs, different } = await duel(
        'scorecards',
        'scorecards-duckdb',
        rows,
        ROUNDS
    );
    if (different.length > 0)
        throw new DifferentResults(`DuckDB and Plumbline sum differently:\n  ${different.join('\n  ')}`);
    const changes = await measured(rows);
    const lines = [
        atLeast(`${name}, sums in DuckDB / sums, metrics and scores in ours, CPU`, cpu, 3, ' x ours'),
        told('the same, wall clock (DuckDB on all cores, ours on one)', `${wall.toFixed(1)} x ours`),
        told(
            'ours',
            `${ours.wallMs.toFixed(0)} ms, ${ours.cpuMs.toFixed(0)} ms of CPU, ${ours.peakMb.toFixed(0)} MB`
        ),
        told(
            'DuckDB',
            `${theirs.wallMs.toFixed(0)} ms, ${theirs.cpuMs.toFixed(0)} ms of CPU, ${theirs.peakMb.toFixed(0)} MB`
        ),
        atLeast('scorecards, full pass / one changed fact', changes.fullMs / changes.middleMs, 500, ' x'),
        told(
            `scorecards, one changed fact (of ${number(changes.changes)})`,
            `${(changes.middleMs * 1000).toFixed(0)} us (99 %: ${(changes.slowMs * 1000).toFixed(0)} us)`
        )
    ];
    return isLarge ? lines : lines.map(({ what, measured: value }) => told(what, value));
}

async function measured(rows: number): Promise<ChangeFigures> {
    const child = fork(join(import.meta.dirname, 'measure-changes.ts'), [String(rows)]);
    const figures = (await answerOf(child)) as ChangeFigures;
    if (figures.different.length > 0)
        throw new DifferentResults(
            `after ${figures.changes} changed facts scorecards are not those of a full pass: ${figures.different.join(', ')}`
        );
    return figures;
}
