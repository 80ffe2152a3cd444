// One changed transaction at a time, for rows chosen by hash: another amount, or all but its id another (month, product, payees,
// shares). Measures each change and a full run of the same process, and says what differs in the end from a full run over the
// changed rows.
import { LiveRun } from '../../../../service/src/domain/incentives/columnar/live-run.ts';
import { Pool } from '../../../../service/src/domain/incentives/columnar/pool.ts';
import { Run } from '../../../../service/src/domain/incentives/columnar/run.ts';
import { differingBits } from '../../../../service/test/domain/incentives/columnar/same-bits.ts';
import { changeRow, makeRows, mix, transactionOf } from '../workload.ts';
import { costOf } from './engine.ts';
import { benchPlan, kernelOf, loadRows, published } from './bench-plan.ts';

const WARM_UP = 2000;
const CHANGES = 4000;
const FULL_RUNS = 8;

export interface ChangeFigures {
    /** CPU of one full run with one thread, in the middle: other work stretches a run on the clock, but hardly a change */
    fullMs: number;
    amount: ChangeTimes;
    everything: ChangeTimes;
    changes: number;
    /** names of numbers that are not those of a full run */
    different: string[];
}

export interface ChangeTimes {
    /** in the middle, and of the slowest in a hundred */
    middleUs: number;
    slowUs: number;
}

export async function measureChanges(count: number): Promise<ChangeFigures> {
    const plan = benchPlan();
    const kernel = kernelOf(published(plan));
    const rows = makeRows(count);
    const loaded = loadRows(plan, rows);
    const pool = new Pool();
    const full: number[] = [];
    for (let n = 0; n < FULL_RUNS; n++)
        full.push((await costOf(() => new Run(loaded, kernel, pool).calculate())).cpuMs);
    const live = new LiveRun(loaded, kernel, pool);
    const now = new Map<number, number>();
    let number = 0;
    const change = (what: 'amount' | 'everything'): number => {
        const row = mix(++number, 30) % count;
        changeRow(rows, row, count + number, what);
        const transaction = transactionOf(rows, row);
        return timeOf(() => {
            const { value, reason } = live.change(now.get(row) ?? row, transaction);
            if (reason !== null) throw new Error(reason);
            now.set(row, value);
        });
    };
    const measured = (what: 'amount' | 'everything'): ChangeTimes => {
        for (let n = 0; n < WARM_UP; n++) change(what);
        const times = Array.from({ length: CHANGES }, () => change(what)).sort((a, b) => a - b);
        return { middleUs: middleOf(times) * 1000, slowUs: times[Math.floor(CHANGES * 0.99)]! * 1000 };
    };
    const [everything, amount] = [measured('everything'), measured('amount')];
    const anew = new Run(loadRows(plan, rows), kernel).calculate();
    return {
        fullMs: middleOf(full),
        amount,
        everything,
        changes: number,
        different: differingBits(live.run, anew)
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
