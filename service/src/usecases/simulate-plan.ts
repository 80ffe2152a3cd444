// A plan version tried on the past: read, replay in a thread, write. Statements and periods are not touched. What cannot be simulated is
// kept as well, with every problem, so that whoever asked reads what to correct.
import { formatDay } from '../domain/calendar.ts';
import { addDays } from '../domain/incentives/dates.ts';
import { SIMULATION_STEPS } from '../domain/incentives/simulation/simulation.ts';
import { hashOf } from '../domain/hash-chain.ts';
import type { Problem } from '../domain/problem.ts';
import type { ReplayFacts, SimulationAsk } from '../domain/replay/replay-facts.ts';
import { replaysOf, type Replays } from '../domain/replay/replay-input.ts';
import type { SimulationAnswer } from '../domain/replay/simulate-replay.ts';
import { storedSimulation, type StoredSimulation } from '../domain/replay/stored-simulation.ts';
import { report } from './assess-pipeline.ts';
import type { RunDeps } from './assess-pipeline.ts';
import type { RunRecord } from './ports/runs.ts';
import type { Simulate } from './ports/simulations.ts';
import { NoteBook } from './run-notes.ts';
import { RunRefused } from './run-refused.ts';

/** As long as other runs are kept. */
const KEEP_DAYS = 90;
const DAY_MS = 86_400_000;
const COMPUTING = { from: 30, to: 85 };

type SimulationDeps = Pick<RunDeps, 'org' | 'engineVersion' | 'onProgress' | 'checkStop'> & {
    simulate: Simulate;
};

export async function simulatePlan(run: RunRecord, deps: SimulationDeps): Promise<void> {
    const { simulations } = deps.org;
    const warnings = new NoteBook();
    const ask = run.simulation!;
    report(run, deps, 'Reading', 0);
    run.scope = 'Full';
    const read = await simulations.read(ask);
    if ('unknown' in read) throw noSuchVersion(read.unknown);
    const { facts, rowCount, nowMs } = read;
    const today = formatDay(Math.floor(nowMs / DAY_MS));
    run.dataAsOf = new Date(nowMs).toISOString();
    run.counts.read = rowCount;

    report(run, deps, 'Computing', COMPUTING.from);
    const { replays, answer } = await replayed(run, deps, facts, today);
    const stored = replays && answer.data && kept(facts, replays, answer);
    run.counts.computed = stored?.payeeCount ?? 0;

    report(run, deps, 'Writing', COMPUTING.to);
    const status = !stored ? 'Failed' : stored.leftCount > 0 ? 'Partial' : 'Succeeded';
    const { written } = await simulations.save(
        {
            runKey: run.runKey,
            ask,
            requestedBy: run.requestedBy,
            status,
            dataAsOf: run.dataAsOf,
            tried: facts.tried,
            against: facts.against,
            people: facts.people,
            dealCount: replays?.tried.dealCount ?? 0,
            inputHash: replays ? inputHashOf(replays) : '',
            stored,
            problems: answer.problems,
            deleteAfter: addDays(today, KEEP_DAYS),
            engineVersion: deps.engineVersion
        },
        { note: warnings.add, checkStop: deps.checkStop }
    );
    run.counts.written = written;
    run.warnings = warnings.list();
    run.errors = answer.problems.map(({ code }) => ({ code, message: NOT_MADE, count: 1 }));
    run.status = status;
}

const NOT_MADE = 'The plan could not be simulated; the simulation in Salesforce names each problem.';

async function replayed(
    run: RunRecord,
    deps: SimulationDeps,
    facts: ReplayFacts,
    today: string
): Promise<{ replays: Replays | null; answer: SimulationAnswer }> {
    const notOver = whyNotOver(run.simulation!, today);
    if (notOver) return { replays: null, answer: notMade([notOver]) };
    const { replays, problems } = replaysOf(facts, run.simulation!);
    if (!replays) return { replays, answer: notMade(problems) };
    const { tried, against } = replays;
    const answer = await deps.simulate(
        { tried, against },
        { onStep: (step) => report(run, deps, 'Computing', percentAt(step)), checkStop: deps.checkStop }
    );
    return { replays, answer };
}

function notMade(problems: Problem[]): SimulationAnswer {
    return { data: null, problems, packNames: {} };
}

function percentAt(step: (typeof SIMULATION_STEPS)[number]): number {
    const part = SIMULATION_STEPS.indexOf(step) / SIMULATION_STEPS.length;
    return Math.floor(COMPUTING.from + (COMPUTING.to - COMPUTING.from) * part);
}

function kept(facts: ReplayFacts, replays: Replays, { data, packNames }: SimulationAnswer): StoredSimulation {
    const { tried, peopleOf } = replays;
    const problems = [...data!.problems, ...facts.problems];
    return storedSimulation(
        { ...data!, problems },
        { plan: tried.plan, peopleOf, paid: facts.paid, dealCount: tried.dealCount, packNames }
    );
}

function inputHashOf({ tried, against }: Replays): string {
    const texts = [tried, against].map((one) => one && [one.definition, one.input]);
    return hashOf(texts);
}

function whyNotOver({ to }: SimulationAsk, today: string): Problem | null {
    if (to < today) return null;
    return {
        code: 'SIMULATION_NOT_OVER',
        where: 'the last day of the simulation',
        value: to,
        fix: 'Choose a time that is over: a simulation replays what has happened.'
    };
}

function noSuchVersion(keys: readonly string[]): RunRefused {
    return new RunRefused(
        'PLAN_VERSION_NOT_FOUND',
        `The org has no plan version ${keys.join(' and no plan version ')}.`,
        'Choose a version again: it was deleted or has another key (ExternalKey__c) now.'
    );
}
