// A local org with the package, people and data in it, and the service connected: what the demo shows and the end-to-end
// tests drive. Owns the order of the steps; each step is a file of its own in steps/.
import { fileURLToPath } from 'node:url';
import { createHash } from 'node:crypto';
import { globSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Connection } from 'jsforce';
import { createOrg } from '../local-org/create-org.ts';
import type { LocalOrg } from '../local-org/local-org.ts';
import { startLocalOrg } from '../local-org/server.ts';
import type { OrgContent, PayContent } from './content.ts';
import { PAY_DESK } from './pay/pay-desk.ts';
import { goOnUnless } from './problem.ts';
import { startStep } from './progress.ts';
import { readReady, writeReady, type Ready } from './ready.ts';
import { CONDUCT_DESK } from './scorecards/conduct-desk.ts';
import type { ScorecardContent } from './scorecards/content.ts';
import { addDesk } from './steps/add-desk.ts';
import { askAboutPay } from './steps/ask-about-pay.ts';
import { buildScorecards } from './steps/build-scorecards.ts';
import { connectOrg, pointAtEachOther, type ConnectOptions, type OrgKey } from './steps/connect.ts';
import { deployPackage } from './steps/deploy-package.ts';
import { loadContent } from './steps/load-content.ts';
import { hearChanges } from './steps/hear-changes.ts';
import { forecastQuarters } from './steps/forecast-quarters.ts';
import { loadPay } from './steps/load-pay.ts';
import { payPeriods } from './steps/pay-periods.ts';
import { setUpScorecards } from './steps/set-up-scorecards.ts';
import { runToEnd, ServiceError, startService, type RunningService, type RunView } from './steps/service.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const SOURCE_FOLDERS = ['force-app', 'config/subscriber'].map((folder) => join(root, folder));

export interface DemoOrgOptions {
    /** where the org's database, the service's state and its log are kept; the caller owns it (folder-lock.ts) */
    folder: string;
    orgPort: number;
    servicePort: number;
    /** what the data is made from; a folder with data of another source is made anew */
    source?: string;
    /** make the folder anew in any case */
    fresh?: boolean;
    /** made only when there is no org in the folder yet */
    content: () => OrgContent;
    /** review quarters too: models are fitted, which takes a while and few tests need */
    isForecast?: boolean;
    /** build scorecards too */
    isScored?: boolean;
    /** the service hears of changes as they happen, and does not wait for the clock */
    isHearing?: boolean;
    /** environment of the service beyond the defaults */
    serviceEnv?: Record<string, string>;
    /** gives up the start at the next good moment, with StoppedEarly */
    signal?: AbortSignal;
}

export interface DemoOrg {
    org: LocalOrg;
    url: string;
    orgKey: OrgKey;
    service: RunningService;
    /** signs in as that user; throws when there is none */
    connectionOf(username: string): Connection;
    /** the outcome of the run made at start */
    firstRun: RunView;
    about: Ready['about'];
    stop(): Promise<void>;
}

export async function openDemoOrg(options: DemoOrgOptions): Promise<DemoOrg> {
    const { folder, source = '', signal } = options;
    const file = (name: string): string => join(folder, name);
    let ready = options.fresh ? null : readReady(folder, source);
    // Before anything is thrown away: data that cannot be read must not cost the data that is there.
    const content = ready ? null : options.content();
    if (!ready) rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });

    const { timeZone, currency } = content ?? {};
    const org = createOrg({ file: file('org.db'), ...(content ? { timeZone, currency } : {}) });
    const started: { stop(): Promise<void> }[] = [{ stop: async () => org.close() }];
    const stop = async (): Promise<void> => {
        for (const part of started.splice(0).reverse()) await part.stop();
    };
    try {
        const server = await startLocalOrg({ org, port: options.orgPort, host: '127.0.0.1' });
        started.push({ stop: () => server.close() });
        const admin = connectAs(org, server.url, org.adminUserId);
        const packageHash = hashOfSources();
        if (ready?.packageHash !== packageHash) {
            const step = startStep('Deploying the package');
            step.done(`${await deployPackage(admin, SOURCE_FOLDERS)} components`);
        }
        goOnUnless(signal);
        const addresses = {
            orgUrl: server.url,
            serviceUrl: `http://127.0.0.1:${options.servicePort}`,
            tenantsFile: file('tenants.json'),
            admin
        };
        if (content) {
            await fill(org, content, signal);
            const orgKey = await connect({ ...addresses, org, people: content.people });
            if (content.pay) {
                await addDesk(admin, PAY_DESK);
                loadPlans(org, content.pay);
            }
            if (content.scorecards) {
                await addDesk(admin, CONDUCT_DESK);
                loadScorecards(org, content.scorecards);
            }
            const { notes, signIns, pay } = content;
            const about = { notes, signIns, ...(pay ? { paid: pay.bestPaid } : {}) };
            ready = { orgKey, packageHash, source, about };
        }
        const { orgKey, about } = ready!;
        await pointAtEachOther(addresses, orgKey);
        goOnUnless(signal);
        writeReady(folder, { ...ready!, packageHash });

        const hearing = options.isHearing ? await hearChanges(org, started) : {};
        const service = await startService({
            port: options.servicePort,
            stateFile: file('state.db'),
            tenantsFile: addresses.tenantsFile,
            logFile: file('service.log'),
            env: { ...hearing, ...options.serviceEnv }
        });
        started.push(service);
        const firstRun = await firstRunOf(service, orgKey, signal);
        if (options.isForecast) await forecastQuarters(service, orgKey, signal);
        if (options.isScored) await buildScorecards(service, orgKey, signal);
        const connectionOf = (username: string): Connection =>
            connectAs(org, server.url, userIdOf(org, username));
        await payPeriods({ org, service, orgKey, connectionOf, signal });
        if (about.paid) await askAboutPay(org, about.paid, connectionOf);
        await preparePages(server.url);
        return {
            org,
            url: server.url,
            orgKey,
            service,
            connectionOf,
            firstRun,
            about,
            stop
        };
    } catch (error) {
        await stop();
        throw error;
    }
}

async function fill(org: LocalOrg, content: OrgContent, signal?: AbortSignal): Promise<void> {
    const step = startStep('Loading data');
    const rowCount = await loadContent(
        org,
        content,
        (count) => step.update(`${count.toLocaleString('en')} rows`),
        signal
    );
    step.done(`${rowCount.toLocaleString('en')} rows of ${content.title}`);
}

async function connect(options: ConnectOptions): Promise<OrgKey> {
    const step = startStep('Connecting org and service');
    const orgKey = await connectOrg(options);
    step.done('permission sets, integration user, key');
    return orgKey;
}

function loadPlans(org: LocalOrg, pay: PayContent): void {
    const step = startStep('Loading pay plans');
    step.done(`${loadPay(org, pay)} people on plans, ${pay.quarters.length} quarters`);
}

function loadScorecards(org: LocalOrg, content: ScorecardContent): void {
    const step = startStep('Loading facts of people');
    step.done(`${setUpScorecards(org, content).toLocaleString('en')} rows: definitions, facts, one-to-ones`);
}

/** The first visitor would wait for the base components to be built; later starts find them in the cache. */
async function preparePages(url: string): Promise<void> {
    const step = startStep('Preparing the pages');
    const answer = await fetch(`${url}/lightning`);
    await answer.text();
    step.done(answer.ok ? 'ready' : `answered ${answer.status}`);
}

async function firstRunOf(service: RunningService, orgKey: OrgKey, signal?: AbortSignal): Promise<RunView> {
    const step = startStep('Computing deal health');
    const died = service.ended.then((code): never => {
        throw new ServiceError(`the service ended by itself (exit code ${code}); see ${service.logFile}.`);
    });
    const follow = runToEnd(
        service.url,
        orgKey,
        (view) => step.update(`${view['stage']} ${view['progressPercent']} %`),
        signal
    );
    // The end of the process says more than the request that failed because of it.
    const run = await Promise.race([follow.catch((error) => orItsCause(error, died)), died]);
    const counts = run['counts'] as Record<string, number>;
    step.done(
        `${run.status}: ${counts['read']} rows read, ${counts['computed']} deals computed, ${counts['written']} rows written, ${counts['apiCalls']} API calls`
    );
    return run;
}

/** A request that could not be sent waits a moment for the news that the service is gone. */
async function orItsCause(error: unknown, died: Promise<never>): Promise<never> {
    if (error instanceof TypeError) await Promise.race([died, wait(1_000)]);
    throw error;
}

export function connectAs(org: LocalOrg, url: string, userId: string): Connection {
    return new Connection({ instanceUrl: url, accessToken: org.auth.issueToken(userId), version: '65.0' });
}

function userIdOf(org: LocalOrg, username: string): string {
    const user = org.users.byUsername(username);
    if (!user) throw new Error(`There is no user ${username} in this org.`);
    return user.userId;
}

function hashOfSources(): string {
    const hash = createHash('sha256');
    for (const folder of SOURCE_FOLDERS) {
        for (const file of globSync('**/*.*', { cwd: folder }).sort())
            hash.update(file).update(readFileSync(join(folder, file)));
    }
    return hash.digest('hex');
}
