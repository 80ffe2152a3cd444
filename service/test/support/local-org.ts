// A local org with the package deployed and the real service connected to it: for tests of reading, writing and whole
// runs. The org is made once per `npm test` and copied for each test, so tests do not see each other's rows.
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { createOrg, type CreateOrgOptions } from '../../../scripts/local-org/create-org.ts';
import type { LocalOrg } from '../../../scripts/local-org/local-org.ts';
import { startLocalOrg } from '../../../scripts/local-org/server.ts';
import { publish, runFolder } from '../../../scripts/test/run-folder.ts';
import type { Config } from '../../src/config.ts';
import { loggerOptions } from '../../src/logging.ts';
import { OrgClient } from '../../src/salesforce/connect.ts';
import { createService } from '../../src/service.ts';
import type { Service } from '../../src/service.ts';
import type { Tenant } from '../../src/tenants.ts';
import type { RunRecord, RunRequest } from '../../src/usecases/ports/runs.ts';
import { CLIENT_ID, CLIENT_SECRET } from './org-constants.ts';
import { KEY, sha256 } from './test-app.ts';

export type Row = Record<string, string | number | boolean | null>;

export interface ConnectedOrg {
    org: LocalOrg;
    url: string;
    tenant: Tenant;
    config: Config;
    log: string[];
    service: Service;
    /** Runs to the end and hands back the record of the journal. */
    run(request?: Partial<RunRequest>): Promise<RunRecord>;
    /** Stops the service and starts it again, by default on the same state. */
    restartService(options?: { withoutState?: boolean }): Promise<void>;
    client(): OrgClient;
    /** As the administrator, so that nothing is hidden. */
    query(soql: string): Record<string, unknown>[];
    update(objectName: string, row: Row): void;
    insert(objectName: string, row: Row): string;
    remove(id: string): void;
    close(): Promise<void>;
}

function templateFile(options: string): string {
    const template = join(runFolder(), `org-${sha256(options)}.db`);
    if (existsSync(template)) return template;
    const draft = `${template}.${process.pid}`;
    const maker = fileURLToPath(new URL('./make-org.ts', import.meta.url));
    execFileSync(process.execPath, ['--disable-warning=ExperimentalWarning', maker, draft, options], {
        stdio: 'pipe'
    });
    publish(draft, template);
    return template;
}

/** Copies the org that make-org.ts made to this path. */
export function copyOrgTo(file: string, options: Partial<CreateOrgOptions> = {}): void {
    copyFileSync(templateFile(JSON.stringify(options)), file);
}

/** @param parts what the service is built with instead of its own
 *  @param options of the org, e.g. several currencies */
export async function connectedOrg(
    parts: Parameters<typeof createService>[2] = {},
    options: Partial<CreateOrgOptions> = {}
): Promise<ConnectedOrg> {
    const folder = mkdtempSync(join(tmpdir(), 'plumbline-run-'));
    copyOrgTo(join(folder, 'org.db'), options);
    const org = createOrg({ file: join(folder, 'org.db'), ...options });
    const server = await startLocalOrg({ org });
    const tenant: Tenant = {
        orgId: org.orgId,
        myDomain: server.url,
        namespace: '',
        clientId: CLIENT_ID,
        clientSecret: CLIENT_SECRET,
        keySha256: [sha256(KEY)]
    };
    const stateFile = join(folder, 'state.db');
    const config = configFor(tenant, stateFile);
    const log: string[] = [];
    const logger = pino(loggerOptions('info'), { write: (line: string) => void log.push(line) });
    const start = () => createService(config, logger, parts);
    let service = await start();
    const admin = { user: org.users.context(org.adminUserId), mode: 'system' as const };
    const must = (results: { success: boolean; id: string | null; errors: object[] }[]): string => {
        if (!results[0]?.success) throw new Error(JSON.stringify(results[0]?.errors));
        return results[0].id!;
    };
    return {
        org,
        url: server.url,
        tenant,
        config,
        log,
        get service() {
            return service;
        },
        run: async (request = {}) => {
            const asked = await service.runs.request({
                orgId: org.orgId,
                kind: 'Pipeline',
                period: null,
                trigger: 'Manual',
                requestedBy: null,
                scope: null,
                ...request
            });
            await service.runs.idle(org.orgId);
            return (await service.runs.find(org.orgId, asked!.run.runKey))!;
        },
        restartService: async ({ withoutState = false } = {}) => {
            await service.close();
            if (withoutState)
                for (const end of ['', '-wal', '-shm']) rmSync(stateFile + end, { force: true });
            service = await start();
        },
        client: () => new OrgClient(tenant),
        query: (soql) => org.queries.query(admin, soql).records,
        update: (objectName, row) =>
            void must(org.records.update(admin, objectName, [row], { allOrNone: true })),
        insert: (objectName, row) => must(org.records.insert(admin, objectName, [row], { allOrNone: true })),
        remove: (id) => void must(org.records.delete(admin, [id], { allOrNone: true })),
        close: async () => {
            await service.close();
            await server.close();
            org.close();
            rmSync(folder, { recursive: true, force: true });
        }
    };
}

/** Local orgs commit at once and keep one clock, so delta runs need neither overlap nor safety. */
export function configFor(tenant: Tenant, stateFile: string): Config {
    return {
        host: '127.0.0.1',
        port: 0,
        stateFile,
        databaseUrl: null,
        runSlots: 4,
        // What breaks in a test is looked at, not waited for.
        runRetries: 0,
        runRetrySeconds: 1,
        logLevel: 'info',
        scheduleMinutes: 0,
        forecastHour: null,
        metricsPort: null,
        changeEvents: null,
        deltaOverlapMs: 0,
        deltaSafetyMs: 0,
        allowLoopback: true,
        operatorKeySha256: null,
        operatorHost: '127.0.0.1',
        operatorPort: 0,
        secretKeys: null,
        tenants: [tenant]
    };
}
