// Which API versions there are, and the list of resources under one of them.
import type { FastifyInstance } from 'fastify';
import type { LocalOrg } from '../local-org.ts';
import { notFound } from './errors.ts';
import { identityUrl } from './identity.ts';

const NEWEST_VERSION = 65;
/** Listed; older numbers that clients hard-code are answered all the same. */
const OLDEST_LISTED = 50;
const OLDEST_ANSWERED = 20;

export const DATA = '/services/data/:version';

/** Salesforce's release of each version: 65 is Winter '26, three releases a year. */
function releaseOf(version: number): string {
    const season = ['Spring', 'Summer', 'Winter'][version % 3]!;
    return `${season} '${Math.floor((version + 13) / 3)}`;
}

/** `v65.0`. */
function isAnswered(version: string): boolean {
    const number = Number(/^v(\d+)\.0$/.exec(version)?.[1]);
    return number >= OLDEST_ANSWERED && number <= NEWEST_VERSION;
}

export function registerVersions(app: FastifyInstance, org: LocalOrg): void {
    app.get('/services/data', async () =>
        Array.from({ length: NEWEST_VERSION - OLDEST_LISTED + 1 }, (_, index) => {
            const version = OLDEST_LISTED + index;
            return {
                label: releaseOf(version),
                url: `/services/data/v${version}.0`,
                version: `${version}.0`
            };
        })
    );

    app.get<{ Params: { version: string } }>(DATA, async (request) => {
        const user = org.auth.authenticate(request);
        const root = `/services/data/${request.params.version}`;
        const names = [
            'sobjects',
            'query',
            'queryAll',
            'limits',
            'recent',
            'tabs',
            'theme',
            'composite',
            'tooling',
            'metadata',
            'jobs'
        ];
        return {
            ...Object.fromEntries(names.map((name) => [name, `${root}/${name}`])),
            identity: identityUrl(request, org, user.userId)
        };
    });

    // A version the org does not have is unknown, whatever follows it.
    app.addHook('onRequest', async (request) => {
        const version = /^\/services\/data\/([^/?]+)/.exec(request.url)?.[1];
        if (version !== undefined && !isAnswered(version)) throw notFound();
    });
}
