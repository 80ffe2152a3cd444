// Puts together what hears of changes in orgs as they happen: subscriptions, who follows which org, and the runs brought forward.
// Switched off it is nothing at all, and the clock alone asks for runs.
import type { FastifyBaseLogger } from 'fastify';
import type { ChangeMeters } from './metrics/change-meters.ts';
import type { OrgClient } from './salesforce/connect.ts';
import { createChangeFeed } from './salesforce/pubsub/change-feed.ts';
import type { FeedTimes } from './salesforce/pubsub/change-feed.ts';
import { refusalCode } from './salesforce/pubsub/protocol.ts';
import type { PubSubAddress } from './salesforce/pubsub/protocol.ts';
import type { ConnectionCheck } from './tenants/connection-report.ts';
import type { RunDesk, WriterLock } from './usecases/ports/runs.ts';
import { followChanges } from './usecases/follow-changes.ts';
import { createHurry } from './usecases/hurry-runs.ts';

/** How a test makes waits short, or follows other topics. */
export interface ChangeOptions {
    times?: FeedTimes;
    topics?: readonly string[];
    lookMs?: number;
    apartMs?: number;
}

export interface ChangeDeps {
    client: (orgId: string) => Promise<OrgClient>;
    tenants: {
        activeOrgIds: () => Promise<readonly string[]>;
        isActive: (orgId: string) => Promise<boolean>;
    };
    runs: Pick<RunDesk, 'request'>;
    lock: WriterLock;
    meters: ChangeMeters;
    logger: FastifyBaseLogger;
}

export interface Hearing {
    /** For the setup page: whether the org would tell this service of changes to deals. */
    check(orgId: string): Promise<ConnectionCheck>;
    stop(): Promise<void>;
}

const DEALS = '/data/OpportunityChangeEvent';

export function hearChanges(
    place: PubSubAddress,
    { client, tenants, runs, lock, meters, logger }: ChangeDeps,
    { times, topics, lookMs, apartMs }: ChangeOptions = {}
): Hearing {
    const onError = (error: unknown): void => logger.error({ err: error }, 'following changes had an error');
    const feed = createChangeFeed({
        ...place,
        ...(times ? { times } : {}),
        ...(topics ? { topics } : {}),
        sessionOf: async (orgId, refused) => {
            const org = await client(orgId);
            const accesstoken = await org.token(refused);
            return { accesstoken, instanceurl: org.tenant.myDomain, tenantid: orgId };
        },
        onEvent: meters.eventHeard,
        onStream: (orgId, topic, state) => {
            if (state === 'Open') meters.streamOpened(orgId, topic);
            else meters.streamEnded(orgId, topic, state.endedBy);
            logger.info({ orgId, topic, state }, 'a subscription to changes');
        }
    });
    const hurry = createHurry({
        runs,
        isActive: tenants.isActive,
        hasCallsToSpare: async (orgId) => (await client(orgId)).hasCallsToSpare,
        onHurried: meters.runHurried,
        onError,
        ...(apartMs === undefined ? {} : { apartMs })
    });
    const stopFollowing = followChanges({
        feed: {
            follow: (orgId, onChange) => {
                const stop = feed.follow(orgId, onChange);
                return async () => {
                    await stop();
                    meters.orgLeft(orgId);
                };
            }
        },
        activeOrgIds: tenants.activeOrgIds,
        lock,
        onChange: hurry.changed,
        onError,
        ...(lookMs === undefined ? {} : { lookMs })
    });
    return {
        check: async (orgId) => changesCheck(await feed.mayHear(orgId, DEALS).catch(refusalCode)),
        stop: async () => {
            hurry.stop();
            await stopFollowing();
            feed.close();
        }
    };
}

/** @param answer whether the Run As user may hear of deals, or why that is not known */
function changesCheck(answer: boolean | string): ConnectionCheck {
    if (answer === true) {
        const message = 'Changes to deals count within seconds where Change Data Capture is on for them.';
        return { name: 'changes', outcome: 'ok', code: null, message, fix: null };
    }
    const [code, fix] =
        answer === false
            ? [
                  'CHANGES_NOT_HEARD',
                  'Assign SpmCrmRead (View All Records of opportunities) to the Run As user.'
              ]
            : [answer, 'Tell whoever runs the service the code; meanwhile nothing is lost.'];
    const message = 'The org does not tell the service of changes; they count within a minute or two.';
    return { name: 'changes', outcome: 'warning', code, message, fix };
}
