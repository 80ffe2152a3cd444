// A rep's private rows, hidden fields and hidden objects, tried through every door there is. The law for each: a peer is
// told the same about the secret as about something that never existed, and nothing changes; who may see it is told more.
// A route that is in no list here fails the last tests.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { callAs, type Door } from './support/doors.ts';
import { JOB_DOORS } from './support/job-doors.ts';
import { PAGE_DOORS } from './support/page-doors.ts';
import { startPrivateOrg, type PrivateOrg, type Target } from './support/private-org.ts';
import { READ_DOORS } from './support/read-doors.ts';
import { TEAM } from './support/test-org.ts';
import { WRITE_DOORS } from './support/write-doors.ts';

const DOORS: Door[] = [...READ_DOORS, ...WRITE_DOORS, ...JOB_DOORS, ...PAGE_DOORS];

let local: PrivateOrg;
beforeAll(async () => {
    local = await startPrivateOrg();
});
afterAll(() => local.stop());

/** The answer with the target's own words, other ids and times replaced, as text. */
function told(answer: unknown, target: Target): string {
    let text = JSON.stringify(answer);
    for (const [part, value] of Object.entries(target)) {
        text = text.replace(new RegExp(value, 'gi'), `<${part}>`);
        if (/^\w{18}$/.test(value)) text = text.replaceAll(value.slice(0, 15), `<${part}>`);
    }
    return text
        .replace(/\b[a-zA-Z0-9]{15}[A-Z0-5]{3}\b/g, '<id>')
        .replace(/\d{4}-\d\d-\d\dT[\d:.]+(Z|\+0000)/g, '<time>')
        .replace(/X-\d{4}/g, '<number>');
}

async function ask(door: Door, username: string, target: Target): Promise<string> {
    return told(await door.ask(callAs(local, username), target), target);
}

describe('a peer learns nothing when he', () => {
    test.each(DOORS.map((door) => [door.name, door] as const))('%s', async (_name, door) => {
        const secret = await local.secret();
        const before = local.rowsOf(secret);
        const aboutNobody = await ask(door, TEAM.peer, local.nobody());
        expect(await ask(door, TEAM.peer, secret)).toBe(aboutNobody);
        expect(local.rowsOf(secret)).toEqual(before);
    });
});

describe('the door does open: who may see it is told more, when he', () => {
    test.each(DOORS.map((door) => [door.name, door] as const))('%s', async (_name, door) => {
        const user = door.opensFor === 'owner' ? TEAM.rep : TEAM.manager;
        const aboutNobody = await ask(door, user, local.nobody());
        expect(await ask(door, user, await local.secret())).not.toBe(aboutNobody);
    });
});
