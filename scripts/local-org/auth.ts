// Who is calling: access tokens (`<orgId>!<random>`, stored hashed) and the client apps that may ask for one.
// Owns sessions and clients in the org's database; what a user may do is users.ts.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { FastifyRequest } from 'fastify';
import { isStruck, type FaultOf, type Faults } from './faults.ts';
import { createClientKeys, type ClientKeys } from './jwt-bearer.ts';
import { OrgError } from './org.ts';
import type { UserContext, Users } from './org.ts';

export interface Client {
    clientId: string;
    clientSecret: string;
    /** Whose permissions the client's tokens carry. */
    runAsUserId: string;
}

export interface Auth {
    /** A new access token for this user; valid two hours after its last use. */
    issueToken(userId: string): string;
    revokeToken(token: string): void;
    /** Throws OrgError 401 INVALID_SESSION_ID. `request` is what the token came with, where that is known. */
    authenticateToken(token: string, request?: { url: string; method: string }): UserContext;
    /** By `Authorization: Bearer` (or OAuth), or the cookie `sid` that the Lightning pages carry. */
    authenticate(request: FastifyRequest): UserContext;
    /** What an admin does in Setup for the External Client App: allow the flow and choose who it runs as. */
    registerClient(client: Client): void;
    /** The run-as user, or undefined when id or secret are wrong. */
    userOfClient(clientId: string, clientSecret: string): string | undefined;
    /** Public keys of the client apps that sign in with a certificate. */
    clientKeys: ClientKeys;
}

const IDLE_MS = 2 * 60 * 60 * 1000;

export function createAuth(org: {
    db: Database;
    orgId: string;
    users: Users;
    clock: () => Date;
    faults: Faults;
}): Auth {
    createTables(org.db);
    const select = org.db.prepare(
        'SELECT user_id AS userId, expires_at AS expiresAt FROM local_session WHERE token_hash = ?'
    );
    const insert = org.db.prepare(
        'INSERT INTO local_session (token_hash, user_id, expires_at) VALUES (?, ?, ?)'
    );
    const extend = org.db.prepare('UPDATE local_session SET expires_at = ? WHERE token_hash = ?');
    const remove = org.db.prepare('DELETE FROM local_session WHERE token_hash = ?');
    const expiry = (): number => org.clock().getTime() + IDLE_MS;

    const auth: Auth = {
        clientKeys: createClientKeys(org.db),
        issueToken(userId) {
            const token = `${org.orgId}!${randomBytes(48).toString('base64url')}`;
            insert.run(hashOf(token), userId, expiry());
            return token;
        },
        revokeToken: (token) => void remove.run(hashOf(token)),
        authenticateToken(token, request) {
            const hash = hashOf(token);
            const session = select.get(hash) as { userId: string; expiresAt: number } | undefined;
            if (!session || session.expiresAt < org.clock().getTime()) throw invalidSession();
            const isKilled = (fault: FaultOf<'killSession'>): boolean =>
                (!fault.userId || fault.userId === session.userId) &&
                (request ? isStruck(fault, request) : !fault.path);
            if (org.faults.take('killSession', isKilled)) {
                remove.run(hash);
                throw invalidSession();
            }
            const user = org.users.context(session.userId);
            if (!user.isActive) throw invalidSession();
            // One write a minute is enough to keep a session alive; one per request would dominate small reads.
            if (session.expiresAt - org.clock().getTime() < IDLE_MS - 60_000) extend.run(expiry(), hash);
            return user;
        },
        authenticate(request) {
            const token = bearerOf(request) ?? cookieOf(request, 'sid');
            if (!token) throw invalidSession();
            return auth.authenticateToken(token, request);
        },
        registerClient(client) {
            org.db
                .prepare(
                    'INSERT OR REPLACE INTO local_client (client_id, secret_hash, user_id) VALUES (?, ?, ?)'
                )
                .run(client.clientId, hashOf(client.clientSecret), client.runAsUserId);
        },
        userOfClient(clientId, clientSecret) {
            const row = org.db
                .prepare(
                    'SELECT secret_hash AS secretHash, user_id AS userId FROM local_client WHERE client_id = ?'
                )
                .get(clientId) as { secretHash: string; userId: string } | undefined;
            return row && isSame(row.secretHash, hashOf(clientSecret)) ? row.userId : undefined;
        }
    };
    return auth;
}

export function invalidSession(): OrgError {
    return new OrgError(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
}

export function bearerOf(request: FastifyRequest): string | undefined {
    return /^(?:Bearer|OAuth)\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
}

function cookieOf(request: FastifyRequest, name: string): string | undefined {
    const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
    const pair = pairs.find((one) => one.startsWith(`${name}=`));
    try {
        return pair && decodeURIComponent(pair.slice(name.length + 1));
    } catch {
        return undefined;
    }
}

function createTables(db: Database): void {
    db.exec(`
        CREATE TABLE IF NOT EXISTS local_session (
            token_hash TEXT PRIMARY KEY, user_id TEXT NOT NULL, expires_at INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS local_client (
            client_id TEXT PRIMARY KEY, secret_hash TEXT NOT NULL, user_id TEXT NOT NULL);
    `);
}

function hashOf(secret: string): string {
    return createHash('sha256').update(secret).digest('hex');
}

function isSame(left: string, right: string): boolean {
    return timingSafeEqual(Buffer.from(left), Buffer.from(right));
}
