// The local org's own doors, which no Salesforce org has: signing a browser in as any user, and what an admin types into
// Setup (credentials after an install, the certificate of a client app). Open to whoever reaches the port; the server listens on 127.0.0.1.
import type { FastifyInstance } from 'fastify';
import type { LocalOrg } from '../local-org.ts';
import { OrgError } from '../org.ts';
import { objectBody, textOf } from './json-body.ts';

export function registerLocal(app: FastifyInstance, org: LocalOrg): void {
    org.db.exec(
        'CREATE TABLE IF NOT EXISTS local_credentials (name TEXT PRIMARY KEY, url TEXT, username TEXT, password TEXT)'
    );

    app.post('/local-org/session', async (request, reply) => {
        const username = textOf(objectBody(request.body), 'username') ?? '';
        const user = org.users.byUsername(username);
        if (!user?.isActive) {
            throw new OrgError(
                404,
                'NOT_FOUND',
                `No active user is called "${username}". GET /local-org/users lists them.`
            );
        }
        const accessToken = org.auth.issueToken(user.userId);
        reply.header('Set-Cookie', `sid=${encodeURIComponent(accessToken)}; Path=/; HttpOnly; SameSite=Lax`);
        return { userId: user.userId, username: user.username, name: user.name, accessToken };
    });

    app.put<{ Params: { name: string } }>('/local-org/credentials/:name', async (request, reply) => {
        const body = objectBody(request.body);
        const [url, username, password] = ['url', 'username', 'password'].map((name) => textOf(body, name));
        if (!url || !username || !password) {
            throw new OrgError(400, 'INVALID_INPUT', 'A credential needs url, username and password');
        }
        org.db
            .prepare(
                'INSERT OR REPLACE INTO local_credentials (name, url, username, password) VALUES (?, ?, ?, ?)'
            )
            .run(request.params.name, url, username, password);
        return reply.code(204).send();
    });

    app.put<{ Params: { clientId: string }; Body: { certificate?: string } | null }>(
        '/local-org/clients/:clientId',
        async (request, reply) => {
            try {
                org.auth.clientKeys.trust(request.params.clientId, String(request.body?.certificate ?? ''));
            } catch (error) {
                const reason = (error as Error).message;
                const message = `certificate must be the app's RSA certificate as PEM text; this one cannot be used: ${reason}`;
                throw new OrgError(400, 'INVALID_INPUT', message);
            }
            return reply.code(204).send();
        }
    );

    app.get('/local-org/users', async () =>
        org.db
            .prepare(
                `SELECT u."Id" AS id, u."Username" AS username, u."Name" AS name, u."Title" AS title, r."Name" AS role,
                        p."Name" AS profile
                 FROM "User" u JOIN "Profile" p ON p."Id" = u."ProfileId" LEFT JOIN "UserRole" r ON r."Id" = u."UserRoleId"
                 WHERE u."IsActive" = 1 ORDER BY u."Name"`
            )
            .all()
    );
}
