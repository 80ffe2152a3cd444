// The plan and the rows of the pay bench as our engine takes them, and the sums of what it came to. The plan is read from YAML in
// each process; the text of its kernel is checked against the hash it was published with.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { peopleOf } from '../../../../service/src/domain/incentives/columnar/cells.ts';
import type { Kernel } from '../../../../service/src/domain/incentives/columnar/frame.ts';
import { generatedKernel } from '../../../../service/src/domain/incentives/columnar/kernel.ts';
import { publishedKernel } from '../../../../service/src/domain/incentives/columnar/load.ts';
import type { Pool } from '../../../../service/src/domain/incentives/columnar/pool.ts';
import type { Loaded, Run } from '../../../../service/src/domain/incentives/columnar/run.ts';
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
import { columnsOf, PAYEES, peopleInput, PERIODS, PRODUCTS, type RowColumns } from '../workload.ts';

export function benchPlan(): Plan {
    const { plan, problems } = parsePlan(readFileSync(join(import.meta.dirname, '..', 'plan.yaml'), 'utf8'));
    if (!plan) throw new Error(JSON.stringify(problems));
    return plan;
}

export function loadRows(plan: Plan, rows: RowColumns): Loaded {
    const shape = shapeOf(plan);
    return { shape, people: peopleOf(shape, peopleInput()), columns: columnsOf(rows) };
}

/** A kernel's text and hash, as a publication stores them. */
export interface Published {
    text: string;
    hash: string;
}

export function published(plan: Plan): Published {
    const text = publishedKernel(plan).value!;
    return { text, hash: hashOf(text) };
}

/** Refuses a text that is not the one published. */
export function kernelOf({ text, hash }: Published): Kernel {
    if (hashOf(text) !== hash) throw new Error('the kernel is not the one that was published');
    return generatedKernel(text);
}

function hashOf(text: string): string {
    return createHash('sha256').update(text).digest('hex');
}

/** Everything a run holds: columns of transactions, sums of cells, and what came out for credits and payees. */
export function bytesOf({ frame, loaded }: Run, pool: Pool): number {
    const { amount, period, day, splitStart, splitPayee, splitShare, fields } = loaded.columns;
    const columns = [
        amount,
        period,
        day,
        splitStart,
        splitPayee,
        splitShare,
        ...fields.map(({ codes }) => codes)
    ];
    const results = pool.arrays.map(([, array]) => array);
    const { low, rate, intercept, multiplier, slotFirst, slotWeight, lineFirst } = frame;
    const numbers = [low, rate, intercept, multiplier, slotFirst, slotWeight, lineFirst];
    return [...columns, ...results, ...numbers].reduce((sum, { byteLength }) => sum + byteLength, 0);
}

export function sumsOf({ frame, pay, program, loaded, exact }: Run): Checksums {
    if (exact.size > 0) throw new Error('the bench stays in whole numbers');
    const { cells } = program.people;
    const ofCells = new WeightedSums(CELL_NAMES);
    const tranches = pay.tranches.length / 3;
    for (let cell = 0; cell < cells; cell++) {
        const number = (cell % PERIODS) * PAYEES + Math.floor(cell / PERIODS);
        const weight = cellWeight(number);
        for (let product = 0; product < PRODUCTS.length; product++)
            ofCells.add(0, pay.earning[product * cells + cell]!, lineWeight(number, product));
        ofCells.add(1, pay.due[cell]!, weight);
        for (let tranche = 0; tranche < 3; tranche++)
            ofCells.add(2 + tranche, pay.tranches[tranche * tranches + cell]!, weight);
        ofCells.add(5, pay.paid[cell]!, weight);
    }
    const ofCredits = new WeightedSums(CREDIT_NAMES);
    const millionths = program.walkParts.map((parts) => 1e6 / Number(parts));
    const product = loaded.columns.fields[0]!.codes;
    let credit = 0;
    for (let row = 0; row < loaded.columns.count; row++)
        for (let split = frame.splitStart[row]!; split < frame.splitStart[row + 1]!; split++, credit++) {
            const weight = creditWeight(row, frame.splitPayee[split]!);
            ofCredits.add(0, frame.credit[credit]!, weight);
            ofCredits.add(1, frame.before[credit]!, weight);
            ofCredits.add(2, frame.worth[credit]! * millionths[product[row]!]!, weight);
            ofCredits.add(3, frame.bands[credit]! >> 8, weight);
            ofCredits.add(4, frame.bands[credit]! & 255, weight);
        }
    return { ...ofCells.sums, ...ofCredits.sums };
}
