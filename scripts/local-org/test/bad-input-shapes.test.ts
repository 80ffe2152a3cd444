// Every route with ids, parameters and bodies of every wrong shape: refused as Salesforce refuses, never an error of the
// org itself, and the database whole. The seed of a failure is in the message; the same seed finds it again.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { callAs, type Call } from './support/doors.ts';
import { startPrivateOrg, type PrivateOrg } from './support/private-org.ts';
import { ADMIN } from './support/test-org.ts';
import { expectUnharmed } from './support/unharmed.ts';

let local: PrivateOrg;
let admin: Call;
beforeAll(async () => {
    local = await startPrivateOrg();
    admin = callAs(local, ADMIN);
    local.org.limits.dailyApiRequests = Number.MAX_SAFE_INTEGER;
});
afterAll(() => local.stop());

const odd = fc.constantFrom<unknown>(
    ...[
        '',
        'x',
        'Account',
        'constructor',
        '__proto__',
        'Id',
        '001000000000001AAA',
        '006',
        "a'b",
        'SELECT Id FROM Account'
    ],
    ...[
        null,
        true,
        0,
        -1,
        1e300,
        [],
        {},
        [null],
        [{}],
        ['Id'],
        { Id: {} },
        { attributes: { type: 'Account' } }
    ]
);
/** The words that bodies of the API are made of, with values they are not made of. */
const WORDS = [
    ...[
        'records',
        'attributes',
        'type',
        'ids',
        'fields',
        'allOrNone',
        'referenceId',
        'compositeRequest',
        'batchRequests'
    ],
    ...[
        'method',
        'url',
        'body',
        'richInput',
        'httpHeaders',
        'haltOnError',
        'operation',
        'object',
        'query',
        'state'
    ],
    ...[
        'externalIdFieldName',
        'columnDelimiter',
        'lineEnding',
        'apiName',
        'className',
        'params',
        'username',
        'kind'
    ],
    ...[
        'Name',
        'Id',
        'OwnerId',
        'Owner',
        'Amount',
        'IsDeleted',
        'Deal__c',
        'Deal__r',
        '__proto__',
        'constructor'
    ]
];
const { body } = fc.letrec<{ body: unknown }>((tie) => ({
    body: fc.oneof(
        { maxDepth: 4 },
        odd,
        fc.array(tie('body'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...WORDS), tie('body'), { maxKeys: 4 })
    )
}));
const part = fc.constantFrom(
    ...['Account', 'Pitch__c', 'constructor', '__proto__', 'Id', 'Code__c', '001000000000001AAA', 'nonsense'],
    ...['%00', '%F0%9F%98%80', '..%2F..', 'a'.repeat(500), '-1', '0r8-1', "'"]
);
const parameters = fc.constantFrom(
    ...[
        '',
        '?fields=',
        '?fields=Id,Nope',
        '?fields=Id;',
        '?ids=x,&fields=Id',
        '?q=',
        '?q=SELECT',
        '?q=a&q=b',
        '?q=%E0%A4%A'
    ],
    ...[
        '?explain=x',
        '?columns=1&q=SELECT+Id+FROM+constructor',
        '?start=x&end=y',
        '?maxRecords=0',
        '?locator=%FF',
        '?limit=x'
    ],
    ...[
        '?optionalFields=Account.Owner.Owner.Name',
        '?includeDetails=maybe',
        '?formFactor=',
        '?allOrNone=1&ids=null'
    ]
);

/** Pages and files are no API; the doors of the local org itself would switch faults on. */
const isTried = (route: string): boolean =>
    !/ (\/$|\/assets|\/lightning|\/services\/(oauth2|Soap)|\/local-org\/(faults|limits))/.test(route);

const wrongShape = (answer: { status: number; body: any }): boolean =>
    answer.status >= 500 ||
    (answer.status >= 400 &&
        !(Array.isArray(answer.body) && answer.body.every((one) => one.errorCode && 'message' in one)));

test('nothing of the wrong shape is an error of the org itself', async () => {
    const routes = local.routes.filter(isTried);
    const request = fc.record({
        route: fc.constantFrom(...routes),
        parts: fc.array(part, { minLength: 3, maxLength: 3 }),
        parameters,
        body
    });
    await fc.assert(
        fc.asyncProperty(request, async ({ route, parts, parameters: query, body: given }) => {
            const [method, pattern] = route.split(' ') as [string, string];
            let next = 0;
            const path = pattern.replace(':version', 'v65.0').replace(/:\w+/g, () => parts[next++]!);
            const hasBody = method !== 'GET' && method !== 'DELETE';
            const type = path.endsWith('/batches') ? 'text/csv' : 'application/json';
            const text = hasBody ? JSON.stringify(given) : undefined;
            const answer = await admin(method, `/${path}${query}`, text, { 'Content-Type': type });
            // A tree tells what is wrong with each of its records.
            const isTree = path.includes('/composite/tree/') && answer.body?.hasErrors === true;
            if (wrongShape(answer) && !isTree)
                throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
        }),
        { numRuns: 3000 }
    );
    expectUnharmed(local.org);
    expect((await admin('GET', '/limits')).status).toBe(200);
});
