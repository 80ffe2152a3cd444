// Signing in and out: /services/oauth2/* and the identity URL. Client credentials and signed assertions (JWT bearer) give
// tokens; the other grants are refused by name, in OAuth's own error shape.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GrantRefused, readAssertion } from '../jwt-bearer.ts';
import type { LocalOrg } from '../local-org.ts';
import type { UserContext } from '../org.ts';
import { notFound } from './errors.ts';
import { baseUrl, identity, identityUrl, userInfo } from './identity.ts';

type Form = Record<string, string | undefined>;

/** Grants of Salesforce that the local org does not have. */
const OTHER_GRANTS = ['password', 'authorization_code', 'refresh_token'];

/** The user whom a grant signs in; throws GrantRefused. */
type Grant = (request: FastifyRequest, form: Form) => UserContext;

export function registerOAuth(app: FastifyInstance, org: LocalOrg): void {
    app.addContentTypeParser(
        'application/x-www-form-urlencoded',
        { parseAs: 'string' },
        (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(body as string)))
    );

    const grants: Record<string, Grant> = {
        client_credentials: (request, form) => clientCredentials(org, request, form),
        'urn:ietf:params:oauth:grant-type:jwt-bearer': (request, form) => jwtBearer(org, request, form)
    };

    app.post<{ Body: Form }>('/services/oauth2/token', async (request, reply) => {
        const form = request.body ?? {};
        const name = form['grant_type'] ?? '';
        const grant = Object.hasOwn(grants, name) ? grants[name] : undefined;
        if (!grant) {
            const reason = OTHER_GRANTS.includes(name)
                ? `The local org does not support the grant type ${name}.`
                : 'grant type not supported';
            return refuse(reply, 'unsupported_grant_type', reason);
        }
        try {
            const { userId } = grant(request, form);
            return {
                access_token: org.auth.issueToken(userId),
                scope: 'api',
                instance_url: baseUrl(request),
                id: identityUrl(request, org, userId),
                token_type: 'Bearer',
                issued_at: String(org.clock().getTime())
            };
        } catch (error) {
            if (error instanceof GrantRefused) return refuse(reply, error.error, error.message);
            throw error;
        }
    });

    const answerUserInfo = async (request: FastifyRequest): Promise<object> =>
        userInfo(request, org, org.auth.authenticate(request));
    app.get('/services/oauth2/userinfo', answerUserInfo);
    app.post('/services/oauth2/userinfo', answerUserInfo);

    const revoke = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
        const { token } = { ...(request.query as Form), ...(request.body as Form | undefined) };
        if (!token) return refuse(reply, 'unsupported_token_type', 'a token to revoke is missing');
        org.auth.revokeToken(token);
        return reply.code(200).send();
    };
    app.get('/services/oauth2/revoke', revoke);
    app.post('/services/oauth2/revoke', revoke);

    app.get<{ Params: { orgId: string; userId: string } }>('/id/:orgId/:userId', async (request) => {
        const user = org.auth.authenticate(request);
        if (request.params.orgId !== org.orgId || request.params.userId !== user.userId) throw notFound();
        return identity(request, org, user);
    });
}

function clientCredentials(org: LocalOrg, request: FastifyRequest, form: Form): UserContext {
    const { clientId, clientSecret } = clientOf(request, form);
    const userId = org.auth.userOfClient(clientId, clientSecret);
    if (!userId) throw new GrantRefused('invalid_client', 'invalid client credentials');
    const user = org.users.context(userId);
    if (!user.isActive) throw new GrantRefused('invalid_grant', 'the run-as user is inactive');
    return user;
}

/** Every active user counts as approved in advance for an app that has a certificate. */
function jwtBearer(org: LocalOrg, request: FastifyRequest, form: Form): UserContext {
    const assertion = form['assertion'] ?? '';
    const { username } = readAssertion(assertion, org.auth.clientKeys, baseUrl(request), org.clock());
    const user = org.users.byUsername(username);
    if (!user) throw new GrantRefused('invalid_grant', "user hasn't approved this consumer");
    if (!user.isActive) throw new GrantRefused('invalid_grant', 'inactive user');
    return user;
}

/** Client id and secret come in the form or as Basic authorization. */
function clientOf(request: FastifyRequest, form: Form): { clientId: string; clientSecret: string } {
    const basic = /^Basic\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (!basic) return { clientId: form['client_id'] ?? '', clientSecret: form['client_secret'] ?? '' };
    const [clientId = '', ...secret] = Buffer.from(basic, 'base64').toString().split(':');
    return { clientId: decodeURIComponent(clientId), clientSecret: decodeURIComponent(secret.join(':')) };
}

function refuse(reply: FastifyReply, error: string, description: string): FastifyReply {
    return reply.code(400).send({ error, error_description: description });
}
