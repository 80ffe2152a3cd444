// Puts the parts together: state, orgs, runs, HTTP. main.ts runs it as a process; tests run it inside theirs.
import { createHash, randomUUID } from 'node:crypto';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { buildApp } from './app.ts';
import type { Config } from './config.ts';
import { ENGINE_VERSION } from './engine-version.ts';
import { ERRORS } from './http/error-catalogue.ts';
import { buildMetricsApp } from './http/metrics-app.ts';
import type { RateLimits } from './http/rate-limits.ts';
import { createMetrics } from './metrics/metrics.ts';
import { checkConnection } from './salesforce/check-connection.ts';
import { shippedDataMap } from './salesforce/data-map-file.ts';
import { shippedDefinitions } from './salesforce/definition-files.ts';
import { OrgProblem, codeOf } from './salesforce/errors.ts';
import { createOrgs } from './salesforce/org-gateway.ts';
import { FactsInOrg } from './salesforce/write-facts.ts';
import { openState } from './state/open-state.ts';
import { createOrgMemory } from './state/org-memory.ts';
import { createRunJournal } from './state/run-journal.ts';
import { createTenantStore } from './state/tenant-rows.ts';
import { openRegistry } from './tenants/open-registry.ts';
import { SecretUnreadable } from './tenants/secret-vault.ts';
import { TenantProblem } from './tenants/tenant-record.ts';
import { payInThread } from './threads/pay-in-thread.ts';
import { peopleInThread } from './threads/people-in-thread.ts';
import { reviewInThread } from './threads/review-in-thread.ts';
import { simulateInThread } from './threads/simulate-in-thread.ts';
import { createWriterLock } from './state/writer-lock.ts';
import { carryOutRun } from './usecases/carry-out-run.ts';
import { importFacts } from './usecases/import-facts.ts';
import { RunRefused } from './usecases/run-refused.ts';
import type { WorkOutPay } from './usecases/ports.ts';
import { createRunDesk } from './usecases/run-desk.ts';
import type { RunningDesk } from './usecases/run-desk.ts';
import { startSchedule } from './usecases/schedule.ts';

export interface Service {
    app: FastifyInstance;
    /** listens on a port of its own, where one is set */
    metricsApp: FastifyInstance;
    runs: RunningDesk;
    /** Finishes or checkpoints what runs, then closes everything. */
    close(): Promise<void>;
}

const LOCK_PAUSE_MS = 500;

export async function createService(
    config: Config,
    logger: FastifyBaseLogger,
    options: { rateLimits?: RateLimits; workOutPay?: WorkOutPay } = {}
): Promise<Service> {
    const state = await openState(config);
    const tenants = await openRegistry(config, createTenantStore(state), logger);
    const orgs = createOrgs((orgId) => tenants.access(orgId), {
        overlapMs: config.deltaOverlapMs,
        safetyMs: config.deltaSafetyMs
    });
    const journal = createRunJournal(state);
    const now = () => new Date();
    const metrics = createMetrics(async () => {
        const counts = await journal.unfinishedByOrg();
        return (await tenants.activeOrgIds()).map((orgId): [string, number] => [
            orgId,
            counts.get(orgId) ?? 0
        ]);
    });
    const runs = createRunDesk({
        orgIds: () => tenants.activeOrgIds(),
        isActive: (orgId) => tenants.isActive(orgId),
        journal,
        lock: createWriterLock(state),
        newRunKey: randomUUID,
        now,
        pause: () => new Promise((resolve) => setTimeout(resolve, LOCK_PAUSE_MS)),
        carryOut: (run, checkStop) =>
            carryOutRun(run, checkStop, {
                openGateway: orgs.open,
                memoryOf: (orgId) => createOrgMemory(state, orgId),
                journal,
                engineVersion: ENGINE_VERSION,
                hash: (text) => createHash('sha256').update(text).digest('hex'),
                now,
                workOutPay: options.workOutPay ?? payInThread,
                simulate: simulateInThread,
                reviewQuarters: reviewInThread,
                reviewPeople: peopleInThread,
                dataMap: shippedDataMap(),
                describeError,
                onError: ({ runKey, orgId }, error) =>
                    logger.error({ err: error, runKey, orgId }, 'run had an error'),
                onFinished: (run) => {
                    const { runKey, orgId, status, scope, counts } = run;
                    logger.info({ runKey, orgId, status, scope, counts }, 'run finished');
                    metrics.runFinished(run);
                }
            })
    });
    const stopSchedule = startSchedule(
        { minutes: config.scheduleMinutes, forecastHour: config.forecastHour },
        () => tenants.activeOrgIds(),
        runs,
        (error) => logger.error({ err: error }, 'scheduled runs could not be asked for')
    );
    let isClosing = false;
    const app = await buildApp({
        tenants,
        operatorKeySha256: config.operatorKeySha256,
        schedule: { minutes: config.scheduleMinutes, forecastHour: config.forecastHour },
        runs,
        verifyOutbound: async (orgId, saidDomain) => checkConnection(await orgs.client(orgId), saidDomain),
        importFacts: async (orgId, batch) =>
            importFacts(
                batch,
                new FactsInOrg(await orgs.client(orgId)),
                shippedDefinitions().definitions.signals
            ),
        readiness: async () => (isClosing ? ['stopping'] : (await state.answers()) ? [] : ['state']),
        logger,
        rateLimits: options.rateLimits,
        requestAnswered: metrics.requestAnswered
    });
    const metricsApp = await buildMetricsApp(metrics, logger);
    await runs.start();
    return {
        app,
        metricsApp,
        runs,
        close: async () => {
            isClosing = true;
            stopSchedule();
            await runs.stop();
            await app.close();
            await metricsApp.close();
            await state.close();
        }
    };
}

function describeError(error: unknown): { code: string; message: string } {
    if (error instanceof OrgProblem || error instanceof RunRefused)
        return { code: error.code, message: `${error.message} ${error.fix}` };
    if (error instanceof SecretUnreadable || error instanceof TenantProblem) {
        const { message, fix } = ERRORS[error.code];
        return { code: error.code, message: `${message} ${fix}` };
    }
    return {
        code: codeOf(error),
        message: 'The run could not be carried out; the log of the service has the place.'
    };
}
