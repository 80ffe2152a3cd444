// Our engine on the pay bench with one thread: generated code, or operators where code may not be made from text. Every run works
// out plan and people as numbers anew; only memory is kept.
import { layoutOf } from '../../../../service/src/domain/incentives/columnar/layout.ts';
import { operatorKernel } from '../../../../service/src/domain/incentives/columnar/operators.ts';
import { Pool } from '../../../../service/src/domain/incentives/columnar/pool.ts';
import { Run } from '../../../../service/src/domain/incentives/columnar/run.ts';
import { makeRows } from '../workload.ts';
import { benchPlan, bytesOf, kernelOf, loadRows, published, sumsOf } from './bench-plan.ts';
import { costOf, type Engine } from './engine.ts';

export function oneThread(kind: 'generated' | 'operators', count: number): Engine {
    const plan = benchPlan();
    const loaded = loadRows(plan, makeRows(count));
    const kernel = kind === 'generated' ? kernelOf(published(plan)) : operatorKernel(layoutOf(loaded.shape));
    const pool = new Pool();
    let run: Run;
    return {
        run: () => costOf(() => (run = new Run(loaded, kernel, pool).calculate())),
        sums: async () => sumsOf(run),
        bytes: () => bytesOf(run, pool)
    };
}
