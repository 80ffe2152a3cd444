// The outcome section of the bench: models trained on the history of so many opportunities and every open one scored, against DuckDB
// working out the same features and a naive rate table; and one changed deal against the full pass. Features must be the same, and
// a deal by itself must get the numbers it had in the full pass.
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { DifferentResults, told, type Line } from '../lines.ts';
import { answerOf } from '../pay/duel.ts';
import type { Cost } from '../pay/engines/engine.ts';
import type { NaiveMeasured } from './duckdb.ts';
import type { OursMeasured } from './ours.ts';

/** Sums of the same numbers in another order differ by less. */
const SAME = 1e-9;
const MOST_SHARE = 1 / 1000;

export async function outcomeLines(isLarge: boolean): Promise<Line[]> {
    const count = isLarge ? 1_000_000 : 50_000;
    const naive = (await measured('naive', count)) as NaiveMeasured;
    const ours = (await measured('ours', count)) as OursMeasured;
    mustAgree(naive.sums, ours);
    const number = (value: number): string => Math.round(value).toLocaleString('en');
    const seconds = ({ cpuMs }: Cost): string => `${(cpuMs / 1000).toFixed(1)} s`;
    const fullMs = ours.fit.cpuMs + ours.score.cpuMs;
    const open = ours.sums['open deals']!;
    const name = `train and score ${number(count)} opportunities (${number(open)} open)`;
    const share = ours.middleMs / fullMs;
    return [
        told(
            `${name}, CPU / DuckDB's features and naive rate table`,
            `${(fullMs / naive.cost.cpuMs).toFixed(1)} x`
        ),
        told(
            'training (four outcomes raced, close dates) / scoring, CPU',
            `${seconds(ours.fit)} / ${seconds(ours.score)}`
        ),
        told(
            "DuckDB's features / ours, CPU",
            `${(naive.features.cpuMs / ours.features.cpuMs).toFixed(1)} x ours`
        ),
        told('DuckDB, CPU', seconds(naive.cost)),
        told(
            'scored with reasons and close dates, open deals a second',
            number(open / (ours.score.cpuMs / 1000))
        ),
        told('peak memory of training and scoring, the log included', `${number(ours.peakMb)} MB`),
        {
            what: 'scoring one changed deal: share of a full pass',
            measured: `1/${number(1 / share)}`,
            target: isLarge ? `at most 1/${number(1 / MOST_SHARE)}` : '',
            isMet: !isLarge || share <= MOST_SHARE
        },
        told(
            `one changed deal (of ${number(ours.changes)}), middle / 99 %`,
            `${(ours.middleMs * 1000).toFixed(0)} / ${(ours.slowMs * 1000).toFixed(0)} us`
        )
    ];
}

function mustAgree(naive: Record<string, number>, ours: OursMeasured): void {
    const different = Object.keys(naive).filter((name) => {
        const [a, b] = [naive[name]!, ours.sums[name] ?? NaN];
        return !(Math.abs(a - b) <= SAME * Math.max(1, Math.abs(a)));
    });
    if (different.length > 0)
        throw new DifferentResults(
            `DuckDB and Plumbline have different features:\n  ${different.map((name) => `${name}: ${naive[name]} and ${ours.sums[name]}`).join('\n  ')}`
        );
    if (ours.different.length > 0)
        throw new DifferentResults(
            `scored alone, deals have other numbers: ${ours.different.slice(0, 5).join(', ')}`
        );
    if (ours.ready < 4)
        throw new DifferentResults(`only ${ours.ready} of four models are ready on data with a signal`);
}

function measured(side: 'naive' | 'ours', count: number): Promise<unknown> {
    return answerOf(fork(join(import.meta.dirname, 'outcome-process.ts'), [side, String(count)]));
}
