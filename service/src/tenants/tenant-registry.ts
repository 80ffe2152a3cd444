// The tenants of this service, kept in the state and shared by all processes: who they are, what may be said of them, and
// every change. What a change means is tenant-record.ts; how a secret lies in the state is secret-vault.ts.
import { myDomainProblem } from '../salesforce/my-domain.ts';
import type { MyDomainRules } from '../salesforce/my-domain.ts';
import { isId18 } from '../salesforce/record-id.ts';
import type { OrgAccess } from '../tenants.ts';
import type { TenantRow, TenantStore } from '../usecases/ports/tenants.ts';
import { newKey, sha256Of } from './org-key.ts';
import { SecretUnreadable } from './secret-vault.ts';
import type { SecretVault } from './secret-vault.ts';
import {
    TenantProblem,
    disconnected,
    newRecord,
    refuseInactive,
    withDetails,
    withKey
} from './tenant-record.ts';
import type { TenantDetails, TenantRecord } from './tenant-record.ts';

/** Another process sees a suspension or a new key so much later at most. */
const CACHE_MS = 2_000;
const CACHE_SIZE = 1_000;
const SEEN_EVERY_MS = 60_000;
const ATTEMPTS = 5;

export interface KnownTenant {
    record: TenantRecord;
    revision: number;
    lastSeenAt: string | null;
}

interface CachedTenant {
    known: KnownTenant | null;
    at: number;
    /** when that it has called is worth noting again */
    noteAgainAt: number;
}

export interface RegistryDeps {
    store: TenantStore;
    /** Null: no secret is ever written; only tenants of the file work. */
    vault: SecretVault | null;
    rules: MyDomainRules;
    now?: () => number;
}

export class TenantRegistry {
    readonly #store: TenantStore;
    readonly #vault: SecretVault | null;
    readonly #rules: MyDomainRules;
    readonly #now: () => number;
    readonly #cache = new Map<string, CachedTenant>();
    /** Only in memory, and only of tenants whose secret is not sealed. */
    readonly #fileSecrets = new Map<string, string>();

    constructor({ store, vault, rules, now = Date.now }: RegistryDeps) {
        this.#store = store;
        this.#vault = vault;
        this.#rules = rules;
        this.#now = now;
    }

    async find(orgId: string): Promise<KnownTenant | null> {
        const cached = this.#cache.get(orgId);
        if (cached && this.#now() - cached.at < CACHE_MS) return cached.known;
        const row = await this.#store.find(orgId);
        const known = row ? knownOf(row) : null;
        // Anybody can ask for any org id: what is remembered of them must not grow without end.
        if (this.#cache.size >= CACHE_SIZE) this.#cache.clear();
        this.#cache.set(orgId, { known, at: this.#now(), noteAgainAt: nextNote(known?.lastSeenAt ?? null) });
        return known;
    }

    async list(): Promise<KnownTenant[]> {
        return (await this.#store.list()).map(knownOf);
    }

    async isActive(orgId: string): Promise<boolean> {
        return (await this.find(orgId))?.record.status === 'Active';
    }

    async activeOrgIds(): Promise<string[]> {
        const all = await this.list();
        return all.filter(({ record }) => record.status === 'Active').map(({ record }) => record.orgId);
    }

    /** How to sign in to the org, with the secret in the clear: for the client of the org only. Throws the named refusal
     *  of a tenant that may not be worked for. */
    async access(orgId: string): Promise<OrgAccess> {
        const { record } = await this.#mustFind(orgId);
        refuseInactive(record);
        const { myDomain, namespace, clientId } = record;
        return { orgId, myDomain, namespace, clientId, clientSecret: this.#secretOf(record) };
    }

    /** Registers an org or takes over what is said of it now; the key only when it has none. Again is the same as once. */
    async register(
        details: TenantDetails,
        clientSecret: string
    ): Promise<{ record: TenantRecord; key: string | null }> {
        this.#check(details);
        const key = newKey();
        const apply = (record: TenantRecord): TenantRecord => {
            const known = this.#withSecret(withDetails(record, details), clientSecret);
            return known.keys.length > 0 ? known : withKey(known, sha256Of(key), this.#moment());
        };
        const record = await this.#insertOrChange(newRecord(details, this.#moment()), apply);
        const isNew = record.keys.some(({ sha256 }) => sha256 === sha256Of(key));
        return { record, key: isNew ? key : null };
    }

    /** Makes a second key and hands it out, once. */
    async addKey(orgId: string): Promise<string> {
        const key = newKey();
        await this.change(orgId, (record) => withKey(record, sha256Of(key), this.#moment()));
        return key;
    }

    /** The record after the change; unchanged when `apply` gives an equal one. */
    async change(orgId: string, apply: (record: TenantRecord) => TenantRecord): Promise<TenantRecord> {
        for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
            const row = await this.#store.find(orgId);
            if (!row) throw new TenantProblem('TENANT_NOT_FOUND', 'orgId');
            const { record, revision } = knownOf(row);
            const next = apply(record);
            if (isSame(record, next)) return record;
            const stamped = { ...next, changedAt: this.#moment() };
            if (await this.#store.replace(orgId, JSON.stringify(stamped), revision)) {
                this.#cache.delete(orgId);
                return stamped;
            }
        }
        throw new TenantProblem('TENANT_BUSY', 'orgId');
    }

    /** With everything that is remembered of the org. */
    async remove(orgId: string): Promise<void> {
        this.#fileSecrets.delete(orgId);
        await this.#store.remove(orgId);
        this.#cache.delete(orgId);
    }

    /** Notes that the org has called, at most once a minute. */
    async seen({ record, lastSeenAt }: KnownTenant): Promise<void> {
        const cached = this.#cache.get(record.orgId);
        if (this.#now() < (cached?.noteAgainAt ?? nextNote(lastSeenAt))) return;
        const moment = this.#moment();
        await this.#store.seen(record.orgId, moment);
        if (!cached?.known) return;
        cached.known = { ...cached.known, lastSeenAt: moment };
        cached.noteAgainAt = nextNote(moment);
    }

    /** A secret of the file that may not be written stays in memory. */
    holdSecret(orgId: string, clientSecret: string): void {
        this.#fileSecrets.set(orgId, clientSecret);
    }

    /** Seals with the first key what another one has sealed. Returns how many, and what could not be read. */
    async resealAll(): Promise<{ resealed: number; unreadable: string[] }> {
        const vault = this.#vault;
        const outcome = { resealed: 0, unreadable: [] as string[] };
        if (!vault) return outcome;
        for (const { record } of await this.list()) {
            if (record.sealedSecret === null || !vault.isOld(record.sealedSecret)) continue;
            try {
                await this.change(record.orgId, (now) =>
                    now.sealedSecret === null
                        ? now
                        : {
                              ...now,
                              sealedSecret: vault.seal(vault.open(now.sealedSecret, now.orgId), now.orgId)
                          }
                );
                outcome.resealed += 1;
            } catch (error) {
                if (!(error instanceof SecretUnreadable)) throw error;
                outcome.unreadable.push(record.orgId);
            }
        }
        return outcome;
    }

    /** Inserts, or changes what somebody else has inserted. `apply` is asked for the first record too. */
    async #insertOrChange(
        first: TenantRecord,
        apply: (record: TenantRecord) => TenantRecord
    ): Promise<TenantRecord> {
        if ((await this.#store.find(first.orgId)) === null) {
            const record = apply(first);
            if (await this.#store.insert(record.orgId, JSON.stringify(record))) {
                this.#cache.delete(record.orgId);
                return record;
            }
        }
        return this.change(first.orgId, apply);
    }

    /** For the tenants file: as `register`, with keys the org already has. */
    async enter(
        details: TenantDetails,
        apply: (record: TenantRecord) => TenantRecord
    ): Promise<TenantRecord> {
        this.#check(details);
        return this.#insertOrChange(newRecord(details, this.#moment()), apply);
    }

    /** Ends what only the file knew the secret of, when the file does not name it any more. */
    async end(orgId: string): Promise<void> {
        await this.change(orgId, disconnected);
    }

    /** The same secret again leaves the sealed text as it is: a registration sent twice changes nothing. */
    withSecret(record: TenantRecord, clientSecret: string): TenantRecord {
        return this.#vault ? this.#withSecret(record, clientSecret) : record;
    }

    #withSecret(record: TenantRecord, clientSecret: string): TenantRecord {
        if (!this.#vault) throw new Error('Tenants can be registered only with PLUMBLINE_SECRET_KEYS.');
        if (record.sealedSecret !== null && this.#opens(record, clientSecret)) return record;
        return { ...record, sealedSecret: this.#vault.seal(clientSecret, record.orgId) };
    }

    #opens(record: TenantRecord, clientSecret: string): boolean {
        try {
            return this.#secretOf(record) === clientSecret;
        } catch {
            return false;
        }
    }

    #secretOf({ orgId, sealedSecret }: TenantRecord): string {
        if (sealedSecret !== null && this.#vault) return this.#vault.open(sealedSecret, orgId);
        const held = this.#fileSecrets.get(orgId);
        if (held === undefined) throw new SecretUnreadable(orgId, 'PLUMBLINE_SECRET_KEYS is not set');
        return held;
    }

    #check({ orgId, myDomain }: TenantDetails): void {
        if (!/^00D/.test(orgId) || !isId18(orgId)) throw new TenantProblem('ORG_ID_REFUSED', 'body/orgId');
        if (myDomainProblem(myDomain, this.#rules) !== null)
            throw new TenantProblem('MY_DOMAIN_REFUSED', 'body/myDomain');
    }

    async #mustFind(orgId: string): Promise<KnownTenant> {
        const known = await this.find(orgId);
        if (!known) throw new TenantProblem('TENANT_NOT_FOUND', 'orgId');
        return known;
    }

    #moment(): string {
        return new Date(this.#now()).toISOString();
    }
}

function nextNote(lastSeenAt: string | null): number {
    return lastSeenAt === null ? 0 : Date.parse(lastSeenAt) + SEEN_EVERY_MS;
}

function knownOf({ record, revision, lastSeenAt }: TenantRow): KnownTenant {
    return { record: JSON.parse(record) as TenantRecord, revision, lastSeenAt };
}

function isSame(before: TenantRecord, after: TenantRecord): boolean {
    return JSON.stringify(before) === JSON.stringify(after);
}
