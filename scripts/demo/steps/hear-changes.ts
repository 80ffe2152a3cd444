// What an administrator and ops do so that changes are heard of as they happen: Setup > Change Data Capture in the org, two settings of
// the service. The local org's Pub/Sub API is on a port of its own.
import type { LocalOrg } from '../../local-org/local-org.ts';
import { selectObjects } from '../../local-org/pubsub/select-objects.ts';
import { startPubSub } from '../../local-org/pubsub/server.ts';

const OBJECTS = ['Opportunity', 'OpportunityContactRole', 'Task', 'Event'];

/** The environment of the service for it. What is started is put with what has to be stopped. */
export async function hearChanges(
    org: LocalOrg,
    started: { stop(): Promise<void> }[]
): Promise<Record<string, string>> {
    selectObjects(org, OBJECTS);
    const pubSub = await startPubSub({ org });
    started.push({ stop: () => pubSub.close() });
    return { PLUMBLINE_CHANGE_EVENTS: 'true', PLUMBLINE_PUBSUB_ADDRESS: pubSub.address };
}
