// Random plans with random transactions, and whether the fast engine tells of each what the reference engine tells in exact
// fractions of BigInt: every earning, sum, credit, line, tranche and payout. Sets come in chunks, each from its own seed, so that
// any of them can be made again alone.
import fc from 'fast-check';
import { calculate } from '../../../service/src/domain/incentives/calculate.ts';
import { generatedKernel } from '../../../service/src/domain/incentives/columnar/kernel.ts';
import { load, publishedKernel, runLoaded } from '../../../service/src/domain/incentives/columnar/load.ts';
import { differences, hasProblems } from '../../../service/test/domain/incentives/columnar/differences.ts';
import {
    fittingArbitrary,
    type Fitting
} from '../../../service/test/domain/incentives/columnar/fitting-arbitrary.ts';
import { differingBits } from '../../../service/test/domain/incentives/columnar/same-bits.ts';

export const CHUNK = 500;

export interface Tally {
    /** sets the fast engine calculated, and were compared */
    compared: number;
    /** of those, with payees who left the whole numbers */
    exact: number;
    /** sets it left to the reference engine, by the word: a problem, or outside its class */
    withProblems: number;
    outside: number;
    /** seed and place of a set, and what differs */
    differences: string[];
}

export function emptyTally(): Tally {
    return { compared: 0, exact: 0, withProblems: 0, outside: 0, differences: [] };
}

export function addTally(sum: Tally, { differences: found, ...counts }: Tally): void {
    for (const name of ['compared', 'exact', 'withProblems', 'outside'] as const) sum[name] += counts[name];
    sum.differences.push(...found);
}

export function compareChunk(seed: number, chunk: number): Tally {
    const tally = emptyTally();
    const sets = fc.sample(fittingArbitrary, { seed: seed * 1_000_003 + chunk, numRuns: CHUNK });
    for (const [place, set] of sets.entries()) {
        const found = compareSet(set, tally);
        if (found.length > 0)
            tally.differences.push(`seed ${seed}, set ${chunk * CHUNK + place}: ${found.join('; ')}`);
    }
    return tally;
}

/** From generated code and from operators; whoever is not calculated must have a reason. */
function compareSet({ plan, input }: Fitting, tally: Tally): string[] {
    const loaded = load(plan, input).value;
    const generated = loaded && runLoaded(loaded, generatedKernel(publishedKernel(plan).value!)).value;
    const reference = calculate(plan, input);
    if (!generated) {
        tally[hasProblems(reference) ? 'withProblems' : 'outside']++;
        return [];
    }
    tally.compared++;
    if (generated.exact.size > 0) tally.exact++;
    const operators = runLoaded(loaded!).value;
    return [
        ...differences(reference, generated),
        ...(operators
            ? differingBits(operators, generated)
            : ['the operators leave it to the reference engine'])
    ];
}
