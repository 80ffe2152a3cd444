// No route without a word about who may pass: each is tried by a peer in the lists of doors, or is named here with the
// reason why it holds nothing of anybody. All but the public ones ask for a session first.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { callAs, DATA } from './support/doors.ts';
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
    'GET //lightning/static/:layer/*'
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
    'GET //id/:orgId/:userId'
];
/** Need the right to change metadata; a rep is refused whatever he asks for. */
const ADMINISTRATORS = [
    'POST /metadata/deployRequest',
    'GET /metadata/deployRequest/:id',
    'PATCH /metadata/deployRequest/:id',
    'POST //services/Soap/m/:version',
    'GET /tooling/query'
];

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
    const known = new Set([...DOORS, ...PUBLIC, ...OF_THE_CALLER, ...ADMINISTRATORS]);
    expect(routes.filter((route) => !known.has(route) && !OWN.test(route))).toEqual([]);
    expect([...known].filter((route) => !routes.includes(route))).toEqual([]);
});

test('all but the public routes ask for a session', async () => {
    const asked = routes.filter((route) => !PUBLIC.includes(route) && !OWN.test(route));
    const answers = await Promise.all(
        asked.map(async (route) => {
            const [method, path] = route.split(' ') as [string, string];
            const url = (path.startsWith('//') ? path.slice(1) : DATA + path).replace(':version', 'v65.0');
            const response = await fetch(local.url + url.replace(/:\w+/g, 'x'), {
                method,
                ...(method === 'GET' || method === 'DELETE' ? {} : bodyFor(path))
            });
            return `${route}: ${/INVALID_SESSION_ID/.exec(await response.text())?.[0]}`;
        })
    );
    expect(answers).toEqual(asked.map((route) => `${route}: INVALID_SESSION_ID`));
});

function bodyFor(path: string): RequestInit {
    const type = (name: string): RequestInit['headers'] => ({ 'Content-Type': name });
    if (path.endsWith('/batches')) return { headers: type('text/csv'), body: 'Id\n' };
    if (path.includes('/Soap/')) return { headers: type('text/xml'), body: soap('describeMetadata', 'none') };
    if (path === '/metadata/deployRequest')
        return { headers: type('multipart/form-data; boundary=x'), body: '--x--' };
    return { headers: type('application/json'), body: '{}' };
}

function soap(operation: string, session: string): string {
    return (
        '<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"><Header><SessionHeader>' +
        `<sessionId>${session}</sessionId></SessionHeader></Header><Body><${operation}/></Body></Envelope>`
    );
}

test('a rep neither deploys nor reads metadata', async () => {
    const call = callAs(local, TEAM.peer);
    const token = local.org.auth.issueToken(local.org.users.byUsername(TEAM.peer)!.userId);
    const multipart = [
        '--x',
        'Content-Disposition: form-data; name="file"; filename="package.zip"',
        '',
        'PK',
        '--x--',
        ''
    ].join('\r\n');
    const asked = await Promise.all([
        call('POST', '/metadata/deployRequest', multipart, {
            'Content-Type': 'multipart/form-data; boundary=x'
        }),
        call('GET', '/metadata/deployRequest/0Af000000000001AAA'),
        call('PATCH', '/metadata/deployRequest/0Af000000000001AAA', {
            deployResult: { status: 'Canceling' }
        }),
        ...[
            'deploy',
            'checkDeployStatus',
            'cancelDeploy',
            'listMetadata',
            'describeMetadata',
            'retrieve'
        ].map((operation) =>
            call('POST', '//services/Soap/m/65.0', soap(operation, token), { 'Content-Type': 'text/xml' })
        )
    ]);
    expect(asked.map(({ body }) => /INSUFFICIENT_ACCESS/.exec(JSON.stringify(body))?.[0])).toEqual(
        asked.map(() => 'INSUFFICIENT_ACCESS')
    );
});
