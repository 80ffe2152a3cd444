// One thread's part of a run shared among several: its range of rows in both passes, its range of payees in the close. Threads wait
// for each other twice: until all totals are known, and until every payee is closed.
import type { Counts } from '../../../../service/src/domain/incentives/columnar/credits-of-row.ts';
import type { Kernel } from '../../../../service/src/domain/incentives/columnar/frame.ts';
import type { Memory, Pool } from '../../../../service/src/domain/incentives/columnar/pool.ts';
import { Run, type Loaded } from '../../../../service/src/domain/incentives/columnar/run.ts';
import { benchPlan, kernelOf, loadRows } from './bench-plan.ts';
import type { Given } from './threads.ts';

export type Arrays = Pool['arrays'];

/** Written by all, each its own range. */
const RESULTS = ['credit', 'before', 'worth', 'bands', 'earning', 'due', 'after', 'paid', 'tranches'];
/** Written by one, read by the others. */
const SUMS = ['total', 'below'];
const [COUNT, ROUND] = [0, 1];

/** Only what others read or write is shared: other memory is quicker to fill and to copy. */
export const memory: Memory = (bytes, name) =>
    RESULTS.includes(name) || SUMS.includes(name) ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);

type Totals = { total: Float64Array; below: Float64Array };

export class Part {
    readonly pool: Pool;
    last: Run;
    readonly #given: Given;
    readonly #loaded: Loaded;
    readonly #kernel: Kernel;
    #others: Totals[] = [];
    #earlier: Float64Array[] = [];

    constructor(given: Given, pool: Pool) {
        const plan = benchPlan();
        this.pool = pool;
        this.#given = given;
        this.#loaded = loadRows(plan, given.rows);
        this.#kernel = kernelOf(given.kernel);
        this.last = new Run(this.#loaded, this.#kernel, pool);
        if (this.last.program.layout.groups.some(({ lines }) => lines.some(({ isAddedUp }) => isAddedUp)))
            throw new Error('threads of the bench do not exchange sums of lines');
    }

    get results(): Arrays {
        return this.pool.arrays.filter(([name]) => RESULTS.includes(name));
    }

    get sums(): Arrays {
        return this.pool.arrays.filter(([name]) => SUMS.includes(name));
    }

    /** `sums` of all threads, in their order. */
    meet(sums: readonly Arrays[]): void {
        const totals = sums.map((own) => Object.fromEntries(own) as unknown as Totals);
        this.#others = totals.filter((_, number) => number !== this.#given.number);
        this.#earlier = totals.slice(0, this.#given.number).map(({ total }) => total);
    }

    run(): void {
        const { number, threads } = this.#given;
        const { count } = this.#loaded.columns;
        const run = new Run(this.#loaded, this.#kernel, this.pool);
        const rows = Array.from({ length: threads }, (_, part) => Math.floor((count * part) / threads));
        const [from, to] = [rows[number]!, rows[number + 1] ?? count];
        const start = run.startsOf(rows)[number] as Counts;
        run.firstPass(from, to, start);
        this.#wait();
        const payees = this.#loaded.people.payeeIds.length;
        const payeeAt = (part: number): number => Math.floor((payees * part) / threads);
        const own = [payeeAt(number), payeeAt(number + 1)] as const;
        run.addTotals(this.#others, this.pool, ...own);
        run.openCells();
        run.startSecondPass(this.#earlier);
        run.checkLines(run.secondPass(from, to, start));
        run.closePayees(...own);
        this.last = run;
        this.#wait();
    }

    /** Until all threads are here. */
    #wait(): void {
        const { meeting, threads } = this.#given;
        const round = Atomics.load(meeting, ROUND);
        if (Atomics.add(meeting, COUNT, 1) === threads - 1) {
            Atomics.store(meeting, COUNT, 0);
            Atomics.add(meeting, ROUND, 1);
            Atomics.notify(meeting, ROUND);
        } else while (Atomics.load(meeting, ROUND) === round) Atomics.wait(meeting, ROUND, round);
    }
}
