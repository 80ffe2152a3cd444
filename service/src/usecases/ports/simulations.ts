// Simulations of plan versions: what they are tried on, and where they are kept.
import type { SimulationStep } from '../../domain/incentives/simulation/simulation.ts';
import type { Problem } from '../../domain/problem.ts';
import type { ReplayFacts, ReplayVersion, SimulationAsk } from '../../domain/replay/replay-facts.ts';
import type { SimulationAnswer, SimulationJob } from '../../domain/replay/simulate-replay.ts';
import type { StoredSimulation } from '../../domain/replay/stored-simulation.ts';
import type { PayBatch } from './pay.ts';

/** Reading what a plan version is tried on and writing what came out; nothing here touches statements or periods. */
export interface SimulationGateway {
    /** `unknown`: keys of plan versions the org does not have. */
    read(
        ask: SimulationAsk
    ): Promise<{ facts: ReplayFacts; rowCount: number; nowMs: number } | { unknown: string[] }>;
    /** Writes the simulation and its parts, and deletes simulations nobody keeps any longer. */
    save(kept: KeptSimulation, options: Pick<PayBatch, 'note' | 'checkStop'>): Promise<{ written: number }>;
}

export interface KeptSimulation {
    runKey: string;
    ask: SimulationAsk;
    /** who asked and owns it; null or nobody the org knows: the integration user */
    requestedBy: string | null;
    status: 'Succeeded' | 'Partial' | 'Failed';
    dataAsOf: string;
    tried: ReplayVersion;
    against: ReplayVersion | null;
    people: ReplayFacts['people'];
    dealCount: number;
    /** of plans, input and rule packs; '' where there was no input */
    inputHash: string;
    /** null: it could not be made, and the problems say why */
    stored: StoredSimulation | null;
    problems: readonly Problem[];
    /** day after which it is deleted */
    deleteAfter: string;
    engineVersion: string;
}

/** Makes a simulation without holding up whoever asks meanwhile. */
export type Simulate = (
    job: SimulationJob,
    options: { onStep: (step: SimulationStep) => void; checkStop: () => void }
) => Promise<SimulationAnswer>;
