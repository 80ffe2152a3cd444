// Two ways to command the service for an org. Through the org: Apex calls it by the Named Credential, as the pages do, which proves the
// credential, the key and the person's access at once. Directly, with the key of the org, where anonymous Apex may not call the code of
// an installed package.
import { SfError, type Connection } from '@salesforce/core';
import { answerWith, ApexProblem, apexString, runApex } from '../org/anonymous-apex.ts';
import { tellService } from './http.ts';

export const ORG_KEY = 'PLUMBLINE_ORG_KEY';

export interface ServiceDoor {
    /** `the org` or the address of the service: for messages */
    through: string;
    post<T>(path: string, body: object): Promise<T>;
}

export interface OrgAndKey {
    serviceUrl: string;
    orgId: string;
    key: string;
}

export function throughOrg(connection: Connection): ServiceDoor {
    return {
        through: 'the org',
        async post<T>(path: string, body: object): Promise<T> {
            const statements = [
                `Map<String, Object> body = (Map<String, Object>) JSON.deserializeUntyped(${apexString(JSON.stringify(body))});`,
                `Map<String, Object> answer = SpmServiceClient.post(${apexString(path)}, body);`,
                answerWith('JSON.serialize(answer)')
            ];
            return JSON.parse(await runApex(connection, statements.join('\n')).catch(asRefusal)) as T;
        }
    };
}

export function directly({ serviceUrl, orgId, key }: OrgAndKey): ServiceDoor {
    const authorization = `Basic ${Buffer.from(`${orgId}:${key}`).toString('base64')}`;
    return {
        through: serviceUrl,
        post: <T>(path: string, body: object) =>
            tellService<T>(serviceUrl, path, {
                method: 'POST',
                body,
                headers: { authorization, 'x-spm-org': orgId }
            })
    };
}

/** What the callout of the org ends with, by the words of its exception, and what an admin does about it. */
const CALLOUT_PROBLEMS: [RegExp, string, string][] = [
    [
        /couldn't access the credential/i,
        'NOT_CONNECTED',
        'Run sf plumbline connect; the user needs the permission sets SpmCallout and SpmUserCredentials.'
    ],
    [
        /couldn't access the endpoint|named credential/i,
        'NOT_CONNECTED',
        'Install the package, then run sf plumbline connect.'
    ],
    [
        /answered 401/,
        'UNAUTHORIZED',
        'Run sf plumbline connect: the service does not know the key of this org.'
    ],
    [
        /ORG_MISMATCH/,
        'ORG_MISMATCH',
        'This is probably a copied sandbox: run sf plumbline connect for a key of its own.'
    ],
    [/answered 403/, 'UNAUTHORIZED', 'Ask whoever runs the service: the org may be suspended.'],
    [/answered 429/, 'RATE_LIMITED', 'Wait a minute and try again.'],
    [/answered 5\d\d/, 'SERVICE_ERROR', 'Try again; if it stays, send support the time of the call.'],
    [
        /timed out/i,
        'TIMEOUT',
        'Check that the service runs and that the URL of the Named Credential SpmService is its address.'
    ],
    [
        /refused|reset|unknown host|no route|end of file/i,
        'UNREACHABLE',
        'Check that the service runs and that the URL of the Named Credential SpmService is its address.'
    ]
];

function asRefusal(error: unknown): never {
    if (!(error instanceof ApexProblem)) throw error;
    const [, code, fix] = CALLOUT_PROBLEMS.find(([words]) => words.test(error.message)) ?? [
        null,
        'ApexFailed',
        'Check that the package is installed and that you may run Apex.'
    ];
    throw new SfError(error.message, code, [fix]);
}
