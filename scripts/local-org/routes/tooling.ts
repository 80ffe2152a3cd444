// The Tooling API is refused by name: what `sf` needs of it in this org is only that SourceMember does not exist (404 on
// its describe means "no source tracking"), and that is what an unknown path answers.
import type { FastifyInstance } from 'fastify';
import type { LocalOrg } from '../local-org.ts';
import { notSupported } from '../org.ts';
import { DATA } from './versions.ts';

export function registerTooling(app: FastifyInstance, org: LocalOrg): void {
    app.get<{ Querystring: { q?: string } }>(`${DATA}/tooling/query`, async (request) => {
        org.auth.authenticate(request);
        const objectName = /\bfrom\s+(\w+)/i.exec(request.query.q ?? '')?.[1] ?? 'nothing';
        throw notSupported(`Tooling API queries on ${objectName}`);
    });
}
