// The thread of simulate-in-thread.ts: one simulation, then it ends.
import { parentPort, workerData } from 'node:worker_threads';
import { simulateReplay, type SimulationJob } from '../domain/replay/simulate-replay.ts';
import { planCheckingPacks } from './rule-pack-files.ts';
import type { ThreadMessage } from './simulate-in-thread.ts';

const tell = (message: ThreadMessage): void => parentPort!.postMessage(message);

tell({ answer: simulateReplay(workerData as SimulationJob, planCheckingPacks(), (step) => tell({ step })) });
