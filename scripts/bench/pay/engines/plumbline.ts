// Our engine on the pay bench: with one thread, with two, with operators instead of generated code, and one change at a time. The
// plan is read from YAML in each process; the text of its kernel is checked against the hash it was published with.
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { peopleOf } from '../../../../service/src/domain/incentives/columnar/cells.ts';
import type { Kernel } from '../../../../service/src/domain/incentives/columnar/frame.ts';
import { generatedKernel } from '../../../../service/src/domain/incentives/columnar/kernel.ts';
import { layoutOf } from '../../../../service/src/domain/incentives/columnar/layout.ts';
import { publishedKernel } from '../../../../service/src/domain/incentives/columnar/load.ts';
import { operatorKernel } from '../../../../service/src/domain/incentives/columnar/operators.ts';
import { Pool } from '../../../../service/src/domain/incentives/columnar/pool.ts';
import { Run, type Loaded } from '../../../../service/src/domain/incentives/columnar/run.ts';
import { shapeOf } from '../../../../service/src/domain/incentives/columnar/shape.ts';
import { parsePlan } from '../../../../service/src/domain/incentives/parse-plan.ts';
import type { Plan } from '../../../../service/src/domain/incentives/plan.ts';
import {
    CELL_NAMES,
    cellWeight,
    CREDIT_NAMES,
    creditWeight,
    lineWeight,
    WeightedSums,
    type Checksums
} from '../checksums.ts';
import { columnsOf, makeRows, peopleInput, type RowColumns } from '../workload.ts';

export function benchPlan(): Plan {
    const { plan, problems } = parsePlan(readFileSync(join(import.meta.dirname, '..', 'plan.yaml'), 'utf8'));
    if (!plan) throw new Error(JSON.stringify(problems));
    return plan;
}

export function loadRows(plan: Plan, rows: RowColumns): Loaded {
    const shape = shapeOf(plan);
    return { shape, people: peopleOf(shape, peopleInput()), columns: columnsOf(rows) };
}

/** Text and hash, as a publication stores them. */
export function publishedText(plan: Plan): { text: string; hash: string } {
    const text = publishedKernel(plan).value!;
    return { text, hash: hashOf(text) };
}

/** Refuses a text that is not the one published. */
export function kernelOf({ text, hash }: { text: string; hash: string }): Kernel {
    if (hashOf(text) !== hash) throw new Error('the kernel is not the one that was published');
    return generatedKernel(text);
}

function hashOf(text: string): string {
    return bytesToHex(sha256(utf8ToBytes(text)));
}

/** A calculation to be repeated, and what it came to. */
export function prepare(
    kind: 'generated' | 'operators',
    count: number
): { run: () => void; sums: () => Checksums; bytes: () => number } {
    const plan = benchPlan();
    const loaded = loadRows(plan, makeRows(count));
    const kernel =
        kind === 'generated' ? kernelOf(publishedText(plan)) : operatorKernel(layoutOf(loaded.shape));
    const pool = new Pool();
    let run: Run;
    return {
        run: () => void (run = new Run(loaded, kernel, pool).calculate()),
        sums: () => checksumsOf(run),
        bytes: () => bytesOf(run, pool)
    };
}

/** Everything a run holds for its credits: columns of transactions, and what came out. */
function bytesOf({ frame }: Run, pool: Pool): number {
    const { amount, period, splitStart, splitPayee, splitShare, codes } = frame;
    const inputs = [amount, period, splitStart, splitPayee, splitShare, ...codes];
    const arrays = [...inputs, ...pool.arrays.map(([, array]) => array)];
    // Days are kept too, for the order of rows.
    return arrays.reduce((sum, { byteLength }) => sum + byteLength, period.byteLength);
}

export function checksumsOf({ frame, pay, program, loaded, exact }: Run): Checksums {
    if (exact.size > 0) throw new Error('the bench stays in whole numbers');
    const { cells } = program.people;
    const ofCells = new WeightedSums(CELL_NAMES);
    for (let cell = 0; cell < cells; cell++) {
        const weight = cellWeight(cell);
        for (let product = 0; product < 3; product++)
            ofCells.add(0, pay.earning[product * cells + cell]!, lineWeight(cell, product));
        ofCells.add(1, pay.due[cell]!, weight);
        for (let tranche = 0; tranche < 3; tranche++)
            ofCells.add(2 + tranche, pay.tranches[tranche * 2 * cells + cell]!, weight);
        ofCells.add(5, pay.paid[cell]!, weight);
    }
    const ofCredits = new WeightedSums(CREDIT_NAMES);
    const millionths = program.walkParts.map((parts) => 1e6 / Number(parts));
    const product = loaded.columns.fields[0]!.codes;
    let credit = 0;
    for (let row = 0; row < loaded.columns.count; row++)
        for (let split = frame.splitStart[row]!; split < frame.splitStart[row + 1]!; split++, credit++) {
            const weight = creditWeight(row, frame.splitPayee[split]!);
            const figures = [
                frame.credit[credit]!,
                frame.before[credit]!,
                frame.worth[credit]! * millionths[product[row]!]!,
                frame.bands[credit]! >> 8,
                frame.bands[credit]! & 255
            ];
            for (const [name, figure] of figures.entries()) ofCredits.add(name, figure, weight);
        }
    return { ...ofCells.sums, ...ofCredits.sums };
}
