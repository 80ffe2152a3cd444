// No route without a word about who may pass: each is tried by a peer in the lists of doors, or is named here with the
// reason why it holds nothing of anybody. All but the public ones ask for a session first.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DATA } from './support/doors.ts';
import { JOB_DOORS } from './support/job-doors.ts';
import { PAGE_DOORS } from './support/page-doors.ts';
import { startPrivateOrg, type PrivateOrg } from './support/private-org.ts';
import { READ_DOORS } from './support/read-doors.ts';
import { TEAM } from './support/test-org.ts';
import { WRITE_DOORS } from './support/write-doors.ts';

/** Answered without a session, as in Salesforce: signing in and out, and files that are the same for everybody. */
const PUBLIC = [
    'GET //services/data',
    'POST //services/oauth2/token',
    'GET //services/oauth2/revoke',
    'POST //services/oauth2/revoke',
    'GET //',
    'GET //assets/*',
    'GET //lightning',
    'GET //lightning/*',
    'GET //lightning/static/shell.css',
    'GET //lightning/static/:layer/*',
    // Refused by name, whoever asks.
    'POST //services/Soap/u/*',
    'POST //services/Soap/c/*'
];
/** The local org's own, for tests and for what an admin does in Setup; README.md says that they are open. */
const OWN = /^\w+ \/\/local-org\//;
/** Tell who one is, what one can open and how much of the API is used: nothing of another user. */
const OF_THE_CALLER = [
    'GET ',
    'GET /limits',
    'GET /tabs',
    'GET /theme',
    'GET //services/oauth2/userinfo',
    'POST //services/oauth2/userinfo',
    'GET //id/:orgId/:userId',
    // Every channel is refused by name.
    'POST //cometd/:version'
];
/** Need the right to change the setup; a rep is refused whatever he asks for. */
const ADMINISTRATORS =
    /^\w+ (\/limits\/recordCount|\/metadata\/|\/tooling\/|\/named-credentials\/|\/\/services\/Soap\/(?![uc]\/))/;

let local: PrivateOrg;
let routes: string[];
beforeAll(async () => {
    local = await startPrivateOrg();
    routes = local.routes.map((route) => {
        const [method, url] = route.split(' ') as [string, string];
        const root = '/services/data/:version';
        const isData = url === root || url.startsWith(`${root}/`);
        return `${method} ${isData ? url.slice(root.length) : `/${url}`}`;
    });
});
afterAll(() => local.stop());

const DOORS = [...READ_DOORS, ...WRITE_DOORS, ...JOB_DOORS, ...PAGE_DOORS].flatMap((door) => door.routes);

test('every route is a door that was tried, or is named with a reason', () => {
    const known = new Set([...DOORS, ...PUBLIC, ...OF_THE_CALLER]);
    const others = routes.filter((route) => !OWN.test(route) && !ADMINISTRATORS.test(route));
    expect(others.filter((route) => !known.has(route))).toEqual([]);
    expect([...known].filter((route) => !routes.includes(route))).toEqual([]);
});

test('all but the public routes ask for a session', async () => {
    const asked = routes.filter((route) => !PUBLIC.includes(route) && !OWN.test(route));
    const answers = await Promise.all(asked.map(async (route) => (await send(route)).text()));
    expect(answers.map((text) => /INVALID_SESSION_ID/.exec(text)?.[0])).toEqual(
        asked.map(() => 'INVALID_SESSION_ID')
    );
});

test('a rep neither changes nor reads the setup: each route of administrators refuses him', async () => {
    const asked = routes.filter((route) => ADMINISTRATORS.test(route));
    const token = local.org.auth.issueToken(local.org.users.byUsername(TEAM.peer)!.userId);
    const answers = await Promise.all(
        asked.map(
            async (route) =>
                `${route}: ${/INSUFFICIENT_ACCESS/.exec(await (await send(route, token)).text())}`
        )
    );
    expect(asked.length).toBeGreaterThan(10);
    expect(answers).toEqual(asked.map((route) => `${route}: INSUFFICIENT_ACCESS`));
});

test.each(['deploy', 'checkDeployStatus', 'cancelDeploy', 'listMetadata', 'retrieve', 'checkRetrieveStatus'])(
    'a rep may not call %s of the Metadata API',
    async (operation) => {
        const token = local.org.auth.issueToken(local.org.users.byUsername(TEAM.peer)!.userId);
        const response = await fetch(`${local.url}/services/Soap/m/65.0`, {
            method: 'POST',
            headers: { 'Content-Type': 'text/xml' },
            body: soap(operation, token)
        });
        expect(await response.text()).toContain('sf:INSUFFICIENT_ACCESS');
    }
);

/** Something that the route would take, with no session or with this one. */
function send(route: string, token?: string): Promise<Response> {
    const [method, path] = route.split(' ') as [string, string];
    const url = (path.startsWith('//') ? path.slice(1) : DATA + path).replace(':version', 'v65.0');
    const { type, body } = bodyFor(path, token);
    const hasBody = method !== 'GET' && method !== 'DELETE';
    return fetch(local.url + url.replace(/:\w+/g, 'x'), {
        method,
        headers: {
            ...(token ? { Authorization: `Bearer ${token}` } : {}),
            ...(hasBody ? { 'Content-Type': type } : {})
        },
        ...(hasBody ? { body } : {})
    });
}

const MULTIPART = [
    '--x',
    'Content-Disposition: form-data; name="file"; filename="a.zip"',
    '',
    'PK',
    '--x--',
    ''
];

function bodyFor(path: string, token = 'none'): { type: string; body: string } {
    if (path.endsWith('/batches')) return { type: 'text/csv', body: 'Id\n' };
    if (path.includes('/Soap/')) return { type: 'text/xml', body: soap('describeMetadata', token) };
    if (path === '/metadata/deployRequest')
        return { type: 'multipart/form-data; boundary=x', body: MULTIPART.join('\r\n') };
    return { type: 'application/json', body: '{}' };
}

function soap(operation: string, session: string): string {
    return (
        '<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"><Header><SessionHeader>' +
        `<sessionId>${session}</sessionId></SessionHeader></Header><Body><${operation}/></Body></Envelope>`
    );
}
