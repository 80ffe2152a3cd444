// Which topics there are and who may hear them. Whoever subscribes to one object's events needs View All of it; to the standard
// channel anybody may, and hears of the objects of which he may see everything.
import type { Metadata } from '@grpc/grpc-js';
import type { LocalOrg } from '../local-org.ts';
import { OrgError } from '../org.ts';
import type { UserContext } from '../org.ts';
import { Refusal } from './refusals.ts';
import { objectOfEvent, STANDARD_CHANNEL } from './selection.ts';

export interface Topic {
    name: string;
    /** null: the channel of all selected objects */
    objectName: string | null;
}

export function topicNamed(org: LocalOrg, name: string): Topic {
    if (name === '') throw new Refusal('topic.validation.empty');
    if (name === `/data/${STANDARD_CHANNEL}`) return { name, objectName: null };
    const [, event] = /^\/data\/(\w+)$/.exec(name) ?? [];
    const objectName = event && objectOfEvent(event);
    if (!objectName || org.schema.object(objectName)?.name !== objectName)
        throw new Refusal('topic.not.found');
    return { name, objectName };
}

/** The headers every call carries. */
export function callerOf(org: LocalOrg, metadata: Metadata): UserContext {
    const header = (name: string): string => String(metadata.get(name)[0] ?? '');
    const [token, url, tenant] = ['accesstoken', 'instanceurl', 'tenantid'].map(header);
    if (!token || !url || tenant !== org.orgId || !isAddressOf(org, url!))
        throw new Refusal('service.auth.headers.invalid');
    try {
        return org.auth.authenticateToken(token);
    } catch (error) {
        if (error instanceof OrgError) throw new Refusal('service.auth.error');
        throw error;
    }
}

function isAddressOf(org: LocalOrg, url: string): boolean {
    return (
        org.address === undefined || (URL.canParse(url) && new URL(url).host === new URL(org.address).host)
    );
}

export function maySubscribe(user: UserContext, { objectName }: Topic): boolean {
    return objectName === null || hears(user, objectName);
}

export function hears({ permissions }: UserContext, objectName: string): boolean {
    return permissions.viewAllData || permissions.objectAccess(objectName).viewAll;
}
