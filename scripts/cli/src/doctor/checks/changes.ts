// Whether the org tells of changes as they happen (Change Data Capture). Nothing depends on it but how fresh figures are.
import { listed, passed, warning, type Check } from '../check.ts';

/** Without these a change waits for the clock; the others make calls and meetings count at once, too. */
const NEEDED = 'Opportunity';
const USEFUL = ['Opportunity', 'OpportunityContactRole', 'Task', 'Event'];
const SETUP = `Setup > Change Data Capture: select ${USEFUL.join(', ')}; whoever runs the service sets PLUMBLINE_CHANGE_EVENTS.`;

interface Member {
    fullName: string;
}

const changeEvents: Check = {
    name: 'change-events',
    about: 'Change Data Capture is on for opportunities: a changed deal has its new warnings within seconds, else within a minute or two.',
    async look({ connection }) {
        const found = await connection.metadata.list({ type: 'PlatformEventChannelMember' });
        const members = [found ?? []].flat() as Member[];
        const selected = USEFUL.filter((name) =>
            members.some(({ fullName }) => fullName === `ChangeEvents_${name}ChangeEvent`)
        );
        return selected.includes(NEEDED)
            ? passed(`The org tells of changes to ${listed(selected)}.`)
            : warning('Change Data Capture is off for opportunities.', SETUP);
    }
};

export const CHANGE_CHECKS: Check[] = [changeEvents];
