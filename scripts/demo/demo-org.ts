// A local org with the package, people and data in it, and the service connected: what the demo shows and the end-to-end
// tests drive. Owns the order of the steps; each step is a file of its own in steps/.
import { fileURLToPath } from 'node:url';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Connection } from 'jsforce';
import { createOrg } from '../local-org/create-org.ts';
import type { LocalOrg } from '../local-org/local-org.ts';
import { startLocalOrg } from '../local-org/server.ts';
import type { OrgContent } from './content.ts';
import { startStep } from './progress.ts';
import { connectOrg, type OrgKey } from './steps/connect.ts';
import { deployPackage } from './steps/deploy-package.ts';
import { loadContent } from './steps/load-content.ts';
import { runToEnd, startService, type RunningService, type RunView } from './steps/service.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const SOURCE_FOLDERS = ['force-app', 'config/subscriber'].map((folder) => join(root, folder));

export interface DemoOrgOptions {
    /** where the org's database, the service's state and its log are kept */
    folder: string;
    orgPort: number;
    servicePort: number;
    /** made only when there is no org in the folder yet */
    content: () => OrgContent;
    /** environment of the service beyond the defaults */
    serviceEnv?: Record<string, string>;
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
    about: { notes: string[]; signIns: OrgContent['signIns'] };
    stop(): Promise<void>;
}

/** What a finished set-up leaves in the folder; without it the folder is thrown away and made anew. */
interface Ready {
    orgKey: OrgKey;
    packageHash: string;
    about: DemoOrg['about'];
}

export async function openDemoOrg(options: DemoOrgOptions): Promise<DemoOrg> {
    const { folder } = options;
    const file = (name: string): string => join(folder, name);
    const readyFile = file('ready.json');
    let ready = existsSync(readyFile) ? (JSON.parse(readFileSync(readyFile, 'utf8')) as Ready) : null;
    if (!ready) rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });

    const content = ready ? null : options.content();
    const org = createOrg({ file: file('org.db'), ...(content ? { timeZone: content.timeZone } : {}) });
    const server = await startLocalOrg({ org, port: options.orgPort, host: '127.0.0.1' });
    const closeOrg = async (): Promise<void> => {
        await server.close();
        org.close();
    };
    try {
        const admin = connectAs(org, server.url, org.adminUserId);
        const packageHash = hashOfSources();
        if (ready?.packageHash !== packageHash) {
            const step = startStep('Deploying the package');
            step.done(`${await deployPackage(admin, SOURCE_FOLDERS)} components`);
        }
        const serviceUrl = `http://127.0.0.1:${options.servicePort}`;
        if (content)
            ready = await setUp({
                org,
                url: server.url,
                admin,
                content,
                serviceUrl,
                tenantsFile: file('tenants.json'),
                packageHash
            });
        ready!.packageHash = packageHash;
        writeFileSync(readyFile, JSON.stringify(ready), { mode: 0o600 });

        const service = await startService({
            port: options.servicePort,
            stateFile: file('state.db'),
            tenantsFile: file('tenants.json'),
            logFile: file('service.log'),
            env: options.serviceEnv ?? {}
        });
        const firstRun = await firstRunOf(service, ready!.orgKey);
        await preparePages(server.url);
        return {
            org,
            url: server.url,
            orgKey: ready!.orgKey,
            service,
            connectionOf: (username) => connectAs(org, server.url, userIdOf(org, username)),
            firstRun,
            about: ready!.about,
            async stop() {
                await service.stop();
                await closeOrg();
            }
        };
    } catch (error) {
        await closeOrg();
        throw error;
    }
}

interface SetUp {
    org: LocalOrg;
    url: string;
    admin: Connection;
    content: OrgContent;
    serviceUrl: string;
    tenantsFile: string;
    packageHash: string;
}

async function setUp({
    org,
    url,
    admin,
    content,
    serviceUrl,
    tenantsFile,
    packageHash
}: SetUp): Promise<Ready> {
    const loading = startStep('Loading data');
    const rowCount = loadContent(org, content, (count) =>
        loading.update(`${count.toLocaleString('en')} rows`)
    );
    loading.done(`${rowCount.toLocaleString('en')} rows of ${content.title}`);
    const connecting = startStep('Connecting org and service');
    const orgKey = await connectOrg({
        org,
        orgUrl: url,
        serviceUrl,
        admin,
        people: content.people,
        tenantsFile
    });
    connecting.done('permission sets, integration user, key');
    return { orgKey, packageHash, about: { notes: content.notes, signIns: content.signIns } };
}

/** The first visitor would wait for the base components to be built; later starts find them in the cache. */
async function preparePages(url: string): Promise<void> {
    const step = startStep('Preparing the pages');
    const answer = await fetch(`${url}/lightning`);
    await answer.text();
    step.done(answer.ok ? 'ready' : `answered ${answer.status}`);
}

async function firstRunOf(service: RunningService, orgKey: OrgKey): Promise<RunView> {
    const step = startStep('Computing deal health');
    const run = await runToEnd(service.url, orgKey, (view) =>
        step.update(`${view['stage']} ${view['progressPercent']} %`)
    );
    const counts = run['counts'] as Record<string, number>;
    step.done(
        `${run.status}: ${counts['read']} rows read, ${counts['computed']} deals computed, ${counts['written']} rows written, ${counts['apiCalls']} API calls`
    );
    return run;
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
