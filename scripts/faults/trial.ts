// One org with a scene in it and a service beside it, on which faults are tried step by step; and the judgement after each step:
// the same rows as in an org nothing happened to, the chain of calculations whole, the reports of the runs true.
import { rmSync } from 'node:fs';
import { killingProxy } from '../../service/test/support/killing-proxy.ts';
import type { KillingProxy } from '../../service/test/support/killing-proxy.ts';
import { connectedOrg } from '../../service/test/support/local-org.ts';
import type { ConnectedOrg } from '../../service/test/support/local-org.ts';
import { serviceFolder, ServiceProcess } from '../../service/test/support/service-process.ts';
import type { ProcessOptions } from '../../service/test/support/service-process.ts';
import { brokenChain } from './pay-chain.ts';
import { apexOf, FileWatch, linesOf, payFiles } from './pay-files.ts';
import { differencesOf, rowsOfOrg } from './rows-of-org.ts';
import { untrueReports } from './run-reports.ts';
import type { EndedRun } from './run-reports.ts';
import type { Scene, Step } from './scenes/scene.ts';
import { Tally } from './tally.ts';

/** The rows after each step where nothing happened. */
export type Undisturbed = string[][];

export interface Place {
    crm: ConnectedOrg;
    proxy: KillingProxy;
    folder: string;
    /** On the folder; started by who uses it. */
    service: ServiceProcess;
    /** The last words of the service, each time it ended by itself. */
    deaths: string[];
}

export interface Struck {
    struck: number;
    /** Every run that was asked for, in order, as the service says it ended. */
    runs: EndedRun[];
}

/** Has the work of a step done with a fault in the middle, and goes on until it is done. */
export type Strike = (place: Place, step: Step) => Promise<Struck>;

export async function undisturbed(scene: Scene, options: ProcessOptions = {}): Promise<Undisturbed> {
    const rows: Undisturbed = [];
    const tally = new Tally();
    await inOneOrg(scene, tally, 'nothing', async (place, step) => {
        const { service } = place;
        if (service.isDead) await service.start(options);
        const { runKey } = await service.ask('POST', '/v1/runs', step.work);
        const runs = await goOn(place, step, runKey, options);
        rows.push(await everythingIn(place.crm, scene));
        return { struck: 1, runs };
    });
    if (!tally.isClean || rows.length < scene.steps.length)
        throw new Error(`Undisturbed, too, there is: ${[...tally.deaths, ...tally.differences].join('; ')}`);
    return rows;
}

/** All steps of a scene, a fault in each. A step that ended otherwise ends the trial: what follows would differ as well. */
export async function tryFault(
    fault: string,
    scene: Scene,
    expected: Undisturbed,
    strike: Strike,
    tally: Tally
): Promise<void> {
    await inOneOrg(scene, tally, fault, strike, expected);
}

async function inOneOrg(
    scene: Scene,
    tally: Tally,
    fault: string,
    strike: Strike,
    expected?: Undisturbed
): Promise<void> {
    const crm = await connectedOrg();
    const proxy = await killingProxy(crm.url);
    const folder = serviceFolder(crm, proxy.origin);
    const service = new ServiceProcess(crm.tenant.orgId, folder);
    const place: Place = { crm, proxy, folder, service, deaths: [] };
    try {
        for (const [index, step] of scene.steps.entries()) {
            step.prepare(crm);
            const watch = scene.writesPay ? new FileWatch(apexOf(crm)) : null;
            await watch?.begin();
            const { struck, runs, wrong } = await struckOrBroken(strike, place, step);
            const halfFiles = (await watch?.end()) ?? [];
            if (watch) tally.addFiles(watch);
            const found = wrong ?? [
                ...halfFiles,
                ...untrueReports(crm, runs),
                ...brokenChain(crm),
                ...(expected ? differencesOf(await everythingIn(crm, scene), expected[index]!) : [])
            ];
            tally.add(fault, step.name, struck, found, place.deaths.splice(0));
            if (found.length > 0) return;
        }
    } finally {
        await service.end();
        await proxy.close();
        await crm.close();
        rmSync(folder, { recursive: true, force: true });
    }
}

/** Every row, and where there is pay the files made of it. */
async function everythingIn(crm: ConnectedOrg, { writesPay }: Scene): Promise<string[]> {
    return [...rowsOfOrg(crm), ...(writesPay ? linesOf(await payFiles(apexOf(crm))) : [])];
}

async function struckOrBroken(
    strike: Strike,
    place: Place,
    step: Step
): Promise<Struck & { wrong?: string[] }> {
    try {
        return await strike(place, step);
    } catch (error) {
        return { struck: 1, runs: [], wrong: [String(error)] };
    }
}

export const POLL_MS = 10;
const PATIENCE_MS = 90_000;
const TRIES = 3;

export async function until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
    const givenUpAt = performance.now() + PATIENCE_MS;
    while (!(await condition())) {
        if (performance.now() > givenUpAt) throw new Error(`after ${PATIENCE_MS / 1000} s not yet: ${what}`);
        await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
}

/** Asks for the run, and does `fault` when the org has got so many calls of it. False: the run was over before. */
export async function duringRun(
    { proxy, service }: Place,
    { work }: Step,
    atCall: number,
    fault: (runKey: string) => unknown
): Promise<{ runKey: string; struck: number }> {
    proxy.arm(null, () => undefined);
    const { runKey } = await service.ask('POST', '/v1/runs', work);
    await until(
        'the run is under way',
        async () => proxy.count() >= atCall || (await isDone(service, runKey))
    );
    if (proxy.count() < atCall) return { runKey, struck: 0 };
    await fault(runKey);
    return { runKey, struck: 1 };
}

export async function isDone(service: ServiceProcess, runKey: string): Promise<boolean> {
    const run = await service.ask('GET', `/v1/runs/${runKey}`).catch(() => null);
    return run?.stage === 'done';
}

/** Waits for the run; one that ended otherwise is asked for again, as people would, once the service was started again. */
export async function goOn(
    { service, deaths }: Place,
    { work }: Step,
    runKey: string,
    options: ProcessOptions = {}
): Promise<EndedRun[]> {
    const runs: EndedRun[] = [];
    let current = runKey;
    for (;;) {
        await until(`run ${current} is over`, () => service.isDead || isDone(service, current));
        if (service.isDead) {
            deaths.push(service.lastWords());
            await service.start(options);
            continue;
        }
        const { status } = await service.ask('GET', `/v1/runs/${current}`);
        runs.push({ runKey: current, status });
        if (status === 'succeeded' || runs.length === TRIES) return runs;
        await service.end('SIGTERM');
        await service.start(options);
        current = (await service.ask('POST', '/v1/runs', work)).runKey;
    }
}
