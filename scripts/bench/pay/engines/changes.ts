// One changed transaction at a time: other amounts, months, products, payees and shares for rows chosen by hash. Measures each
// change and a full run of the same process, and says what differs in the end from a full run over the changed rows.
import { LiveRun } from '../../../../service/src/domain/incentives/columnar/live-run.ts';
import { Pool } from '../../../../service/src/domain/incentives/columnar/pool.ts';
import { Run } from '../../../../service/src/domain/incentives/columnar/run.ts';
import type { Transaction } from '../../../../service/src/domain/incentives/input.ts';
import { differingBits } from '../../../../service/test/domain/incentives/columnar/same-bits.ts';
import { changeRow, makeRows, mix, transactionOf } from '../workload.ts';
import { benchPlan, kernelOf, loadRows, published } from './bench-plan.ts';

const WARM_UP = 1000;
const CHANGES = 4000;
const FULL_RUNS = 8;

export interface ChangeFigures {
    /** of one full run with one thread, in the middle */
    fullMs: number;
    /** of a change, in the middle and of the slowest in a hundred */
    middleUs: number;
    slowUs: number;
    changes: number;
    /** names of numbers that are not those of a full run */
    different: string[];
}

export function measureChanges(count: number): ChangeFigures {
    const plan = benchPlan();
    const kernel = kernelOf(published(plan));
    const rows = makeRows(count);
    const loaded = loadRows(plan, rows);
    const pool = new Pool();
    const fullMs = middleOf(
        Array.from({ length: FULL_RUNS }, () => timeOf(() => new Run(loaded, kernel, pool).calculate()))
    );
    const live = new LiveRun(loaded, kernel, pool);
    const now = new Map<number, number>();
    const times: number[] = [];
    for (let number = 0; number < WARM_UP + CHANGES; number++) {
        const row = mix(number, 30) % count;
        changeRow(rows, row, count + number);
        const transaction: Transaction = transactionOf(rows, row);
        const started = performance.now();
        const { value, reason } = live.change(now.get(row) ?? row, transaction);
        if (number >= WARM_UP) times.push(performance.now() - started);
        if (reason !== null) throw new Error(reason);
        now.set(row, value!);
    }
    times.sort((a, b) => a - b);
    const full = new Run(loadRows(plan, rows), kernel).calculate();
    return {
        fullMs,
        middleUs: middleOf(times) * 1000,
        slowUs: times[Math.floor(times.length * 0.99)]! * 1000,
        changes: WARM_UP + CHANGES,
        different: differingBits(live.run, full)
    };
}

function timeOf(work: () => unknown): number {
    const started = performance.now();
    work();
    return performance.now() - started;
}

function middleOf(times: readonly number[]): number {
    return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)]!;
}
