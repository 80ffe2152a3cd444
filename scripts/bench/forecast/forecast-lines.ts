// The forecast of 100,000 open deals with one shared shock: the transform against the simulation of 10,000 runs in typed
// arrays, both held against a reference of high precision. Methods take turns, each in a process of its own.
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { atLeast, atMost, DifferentResults, told, type Line } from '../lines.ts';
import type { ForecastMeasurement, Method } from './forecast-process.ts';

const ROUNDS = 3;
/** A quantile further from the reference than this is wrong, not inexact. */
const WRONG_PPM = 1;

export async function forecastLines(isLarge: boolean): Promise<Line[]> {
    const [deals, runs] = isLarge ? [100_000, 10_000] : [10_000, 2_000];
    const reference = await measure('reference', deals, runs, 0);
    const rounds: { ours: ForecastMeasurement; theirs: ForecastMeasurement }[] = [];
    for (let round = 0; round < ROUNDS; round++)
        rounds.push({
            ours: await measure('transform', deals, runs, 0),
            theirs: await measure('simulation', deals, runs, round + 1)
        });
    const ppm = ({ quantiles }: ForecastMeasurement): number =>
        Math.max(...quantiles.map((value, at) => 1e6 * Math.abs(value / reference.quantiles[at]! - 1)));
    const middle = (of: (round: (typeof rounds)[number]) => number): number =>
        rounds.map(of).sort((a, b) => a - b)[Math.floor(ROUNDS / 2)]!;
    const oursPpm = Math.max(...rounds.map(({ ours }) => ppm(ours)));
    const theirsPpm = Math.min(...rounds.map(({ theirs }) => ppm(theirs)));
    if (oursPpm > WRONG_PPM)
        throw new DifferentResults(
            `the forecast by transform is ${oursPpm.toFixed(2)} ppm away from the reference; at most ${WRONG_PPM} is right`
        );
    const what = `simulation of ${runs} runs / transform, ${deals} open deals with one shock, CPU`;
    const ratio = middle(({ ours, theirs }) => theirs.cpuMs / ours.cpuMs);
    return [
        isLarge ? atLeast(what, ratio, 100, ' x') : told(what, `${ratio.toFixed(1)} x`),
        told(
            'the same against the first transform of a process',
            `${middle(({ ours, theirs }) => theirs.cpuMs / ours.firstMs).toFixed(1)} x`
        ),
        atMost('largest error of P10, P50, P90 by transform / by simulation', oursPpm / theirsPpm, 1, ''),
        told('these errors, parts of a million', `${oursPpm.toExponential(1)} / ${theirsPpm.toFixed(0)}`)
    ];
}

function measure(method: Method, deals: number, runs: number, seed: number): Promise<ForecastMeasurement> {
    const child = fork(
        join(import.meta.dirname, 'forecast-process.ts'),
        [method, deals, runs, seed].map(String)
    );
    return new Promise((resolve, reject) => {
        child.once('message', (message) => resolve(message as ForecastMeasurement));
        child.once('error', reject);
        child.once('exit', (code, signal) =>
            reject(new Error(`the forecast by ${method} ended with ${signal ?? code} before it answered.`))
        );
    });
}
