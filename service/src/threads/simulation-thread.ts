// The thread of simulate-in-thread.ts: one simulation, then it ends.
import { workerData } from 'node:worker_threads';
import type { SimulationStep } from '../domain/incentives/simulation/simulation.ts';
import { simulateReplay, type SimulationJob } from '../domain/replay/simulate-replay.ts';
import { answerWith } from './in-thread.ts';
import { planCheckingPacks } from './rule-pack-files.ts';

answerWith((onStep: (step: SimulationStep) => void) =>
    simulateReplay(workerData as SimulationJob, planCheckingPacks(), onStep)
);
