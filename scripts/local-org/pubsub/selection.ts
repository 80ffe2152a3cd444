// For which objects Change Data Capture is on: the members of the standard channel ChangeEvents, as Setup > Change Data Capture
// or a deploy of PlatformEventChannelMember puts them there. An org without the add-on may select five.
import type { WritableMetadata } from '../metadata/store.ts';

export const MEMBER_TYPE = 'PlatformEventChannelMember';
export const STANDARD_CHANNEL = 'ChangeEvents';
export const MOST_SELECTED = 5;

/** Standard objects of the local org that have change events; every custom object has. */
const CAPTURED = new Set([
    'Account',
    'Case',
    'Contact',
    'Event',
    'Lead',
    'Opportunity',
    'OpportunityContactRole',
    'Product2',
    'Task'
]);

export interface Selection {
    isOn(objectName: string): boolean;
}

export function createSelection(metadata: WritableMetadata): Selection {
    let seen = -1;
    let names = new Set<string>();
    return {
        isOn(objectName) {
            const now = metadata.changesOf(MEMBER_TYPE);
            if (now !== seen) names = new Set(selectedObjects(metadata));
            seen = now;
            return names.has(objectName);
        }
    };
}

export function selectedObjects(metadata: WritableMetadata): string[] {
    return metadata.list(MEMBER_TYPE).flatMap(({ fullName }) => {
        const { eventChannel, selectedEntity } = metadata.content(MEMBER_TYPE, fullName) ?? {};
        const name = eventChannel === STANDARD_CHANNEL ? objectOfEvent(String(selectedEntity)) : undefined;
        return name ?? [];
    });
}

/** `OpportunityChangeEvent` is told of Opportunity, `Deal__ChangeEvent` of Deal__c; undefined for objects without change events. */
export function objectOfEvent(eventName: string): string | undefined {
    const [, name, custom] = /^([A-Za-z]\w*?)(__)?ChangeEvent$/.exec(eventName) ?? [];
    if (name === undefined) return undefined;
    if (custom) return `${name}__c`;
    return CAPTURED.has(name) ? name : undefined;
}

export function eventOfObject(objectName: string): string {
    return objectName.replace(/(__)c$/, '$1') + 'ChangeEvent';
}
