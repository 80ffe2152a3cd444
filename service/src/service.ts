// Puts the parts together: state, orgs, runs, HTTP. main.ts runs it as a process; tests run it inside theirs.
import { createHash, randomUUID } from 'node:crypto';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { buildApp } from './app.ts';
import { hearChanges } from './changes.ts';
import type { ChangeOptions } from './changes.ts';
import type { Config } from './config.ts';
import { ENGINE_VERSION } from './engine-version.ts';
import { buildOperatorApp } from './operator-app.ts';
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
import { rememberingPay } from './threads/pay-in-thread.ts';
import { peopleInThread } from './threads/people-in-thread.ts';
import { reviewInThread } from './threads/review-in-thread.ts';
import { simulateInThread } from './threads/simulate-in-thread.ts';
import { createWriterLock } from './state/writer-lock.ts';
import { carryOutRun } from './usecases/carry-out-run.ts';
import { importFacts } from './usecases/import-facts.ts';
import { RunRefused } from './usecases/run-refused.ts';
import { inTrace, newTraceId } from './trace.ts';
import type { DescribeError } from './usecases/ports/org.ts';
import type { WorkOutPay } from './usecases/ports/pay.ts';
import { createRunDesk } from './usecases/run-desk.ts';
import type { RunningDesk } from './usecases/run-desk.ts';
import { startSchedule } from './usecases/schedule.ts';

export interface Service {
    app: FastifyInstance;
    /** listens on a port of its own; null without an operator */
    operatorApp: FastifyInstance | null;
    /** listens on a port of its own, where one is set */
    metricsApp: FastifyInstance;
    runs: RunningDesk;
    /** Finishes or checkpoints what runs, then closes everything. */
    close(): Promise<void>;
}

export async function createService(
    config: Config,
    logger: FastifyBaseLogger,
    options: { rateLimits?: RateLimits; workOutPay?: WorkOutPay; changes?: ChangeOptions } = {}
): Promise<Service> {
    const onStateError = (error: unknown) => logger.error({ err: error }, 'the state had an error');
    const state = await openState(config, onStateError);
    const tenants = await openRegistry(config, createTenantStore(state.store), logger);
    const orgs = createOrgs((orgId) => tenants.access(orgId), {
        overlapMs: config.deltaOverlapMs,
        safetyMs: config.deltaSafetyMs
    });
    const journal = createRunJournal(state.store);
    const now = () => new Date();
    const metrics = createMetrics(async () => {
        const counts = await journal.unfinishedByOrg();
        return (await tenants.activeOrgIds()).map((orgId): [string, number] => [
            orgId,
            counts.get(orgId) ?? 0
        ]);
    });
    const payOf = rememberingPay();
    const runs = createRunDesk({
        isActive: (orgId) => tenants.isActive(orgId),
        journal,
        queue: state.queue({
            slots: config.runSlots,
            retries: config.runRetries,
            retrySeconds: config.runRetrySeconds,
            orgIds: () => tenants.activeOrgIds(),
            onError: onStateError
        }),
        lock: createWriterLock(state.store),
        newRunKey: randomUUID,
        now,
        onError: (error, run) =>
            logger.error(
                { err: error, runKey: run?.runKey, orgId: run?.orgId, traceId: run?.traceId },
                'a run broke'
            ),
        carryOut: (run, turn) =>
            inTrace((run.traceId ??= newTraceId()), () =>
                carryOutRun(run, turn, {
                    openGateway: orgs.open,
                    memoryOf: (orgId) => createOrgMemory(state.store, orgId),
                    journal,
                    engineVersion: ENGINE_VERSION,
                    hash: (text) => createHash('sha256').update(text).digest('hex'),
                    now,
                    workOutPay: options.workOutPay ?? payOf(run.orgId),
                    simulate: simulateInThread,
                    reviewQuarters: reviewInThread,
                    reviewPeople: peopleInThread,
                    dataMap: shippedDataMap(),
                    describeError,
                    onError: ({ runKey, orgId, traceId }, error) =>
                        logger.error({ err: error, runKey, orgId, traceId }, 'run had an error'),
                    onFinished: (run) => {
                        const { runKey, orgId, traceId, status, scope, counts } = run;
                        logger.info({ runKey, orgId, traceId, status, scope, counts }, 'run finished');
                        metrics.runFinished(run);
                    }
                })
            )
    });
    const stopSchedule = await startSchedule(
        { minutes: config.scheduleMinutes, forecastHour: config.forecastHour },
        { startMinutes: state.startMinutes, activeOrgIds: () => tenants.activeOrgIds(), runs }
    );
    const hearing =
        config.changeEvents &&
        hearChanges(
            config.changeEvents,
            {
                client: orgs.client,
                tenants: {
                    activeOrgIds: () => tenants.activeOrgIds(),
                    isActive: (orgId) => tenants.isActive(orgId)
                },
                runs,
                lock: createWriterLock(state.store),
                meters: metrics.changes,
                logger
            },
            options.changes
        );
    let isClosing = false;
    const edge = { logger, rateLimits: options.rateLimits, requestAnswered: metrics.requestAnswered };
    const app = await buildApp({
        ...edge,
        tenants,
        schedule: { minutes: config.scheduleMinutes, forecastHour: config.forecastHour },
        runs,
        verifyOutbound: async (orgId, saidDomain) => {
            const report = await checkConnection(await orgs.client(orgId), saidDomain);
            if (hearing && report.outbound.orgId) report.checks.push(await hearing.check(orgId));
            return report;
        },
        importFacts: async (orgId, batch) =>
            importFacts(
                batch,
                new FactsInOrg(await orgs.client(orgId)),
                shippedDefinitions().definitions.signals
            ),
        readiness: async () => (isClosing ? ['stopping'] : (await state.store.answers()) ? [] : ['state'])
    });
    const { operatorKeySha256 } = config;
    const operatorApp =
        operatorKeySha256 === null
            ? null
            : await buildOperatorApp({ ...edge, operatorKeySha256, tenants, putAside: runs.putAside });
    const metricsApp = await buildMetricsApp(metrics, logger);
    await runs.start();
    return {
        app,
        operatorApp,
        metricsApp,
        runs,
        close: async () => {
            isClosing = true;
            await hearing?.stop();
            await stopSchedule();
            await runs.stop();
            await app.close();
            await operatorApp?.close();
            await metricsApp.close();
            await state.close();
        }
    };
}

const describeError: DescribeError = (error) => {
    if (error instanceof OrgProblem || error instanceof RunRefused)
        return { code: error.code, message: `${error.message} ${error.fix}`, isUnderstood: true };
    if (error instanceof SecretUnreadable || error instanceof TenantProblem) {
        const { message, fix } = ERRORS[error.code];
        return { code: error.code, message: `${message} ${fix}`, isUnderstood: true };
    }
    return {
        code: codeOf(error),
        message: 'The run could not be carried out; the log of the service has the place.',
        // A code of Salesforce is an answer of the org: asked again, it answers the same.
        isUnderstood: typeof (error as { errorCode?: unknown } | null)?.errorCode === 'string'
    };
};
