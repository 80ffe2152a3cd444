// What an administrator does in Setup > Change Data Capture: moves objects to the selected ones. A deploy of
// PlatformEventChannelMember does the same.
import type { LocalOrg } from '../local-org.ts';
import { eventOfObject, MEMBER_TYPE, MOST_SELECTED, selectedObjects, STANDARD_CHANNEL } from './selection.ts';

export function selectObjects(org: LocalOrg, objectNames: readonly string[]): void {
    const all = new Set([...selectedObjects(org.metadata), ...objectNames]);
    if (all.size > MOST_SELECTED)
        throw new Error(
            `The org may select ${MOST_SELECTED} objects for Change Data Capture, not ${all.size}.`
        );
    for (const objectName of objectNames) {
        const selectedEntity = eventOfObject(objectName);
        const fullName = `${STANDARD_CHANNEL}_${selectedEntity}`;
        const xml =
            '<?xml version="1.0" encoding="UTF-8"?>\n' +
            `<${MEMBER_TYPE} xmlns="http://soap.sforce.com/2006/04/metadata">\n` +
            `    <eventChannel>${STANDARD_CHANNEL}</eventChannel>\n` +
            `    <selectedEntity>${selectedEntity}</selectedEntity>\n` +
            `</${MEMBER_TYPE}>\n`;
        const path = `platformEventChannelMembers/${fullName}.platformEventChannelMember`;
        const content = { eventChannel: STANDARD_CHANNEL, selectedEntity };
        const files = new Map([[path, Buffer.from(xml)]]);
        org.metadata.put({ type: MEMBER_TYPE, fullName, content, files }, org.adminUserId);
    }
}
