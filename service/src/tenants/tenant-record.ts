// What is kept of a tenant, and every change to it as a pure function: from one record to the next, or a TenantProblem.
// At most two keys live at once and at least one; who signs in with a key cannot take that one away.
import { fingerprintOf } from './org-key.ts';

/** - Active: works
 *  - Suspended: the operator has stopped it; its key is known and refused by name, nothing runs
 *  - Disconnected: the org has ended it; its client secret is gone, the operator registers it anew */
export type TenantStatus = 'Active' | 'Suspended' | 'Disconnected';

export interface TenantKey {
    sha256: string;
    createdAt: string;
}

export interface TenantDetails {
    orgId: string;
    myDomain: string;
    namespace: string;
    clientId: string;
}

export interface TenantRecord extends TenantDetails {
    /** Null when disconnected, and for tenants of a file read without PLUMBLINE_SECRET_KEYS. */
    sealedSecret: string | null;
    status: TenantStatus;
    keys: TenantKey[];
    createdAt: string;
    changedAt: string;
    /** SHA-256 of the entry of the tenants file last taken over; null for tenants no file names. */
    fileSum: string | null;
}

export type TenantProblemCode =
    | 'TENANT_NOT_FOUND'
    | 'TENANT_SUSPENDED'
    | 'TENANT_DISCONNECTED'
    | 'TENANT_BUSY'
    | 'MY_DOMAIN_REFUSED'
    | 'ORG_ID_REFUSED'
    | 'TWO_KEYS_LIVE'
    | 'KEY_NOT_FOUND'
    | 'LAST_KEY'
    | 'KEY_IN_USE';

export class TenantProblem extends Error {
    readonly code: TenantProblemCode;
    readonly where: string;
    constructor(code: TenantProblemCode, where: string) {
        super(code);
        this.name = 'TenantProblem';
        this.code = code;
        this.where = where;
    }
}

const MOST_KEYS = 2;

export function newRecord(details: TenantDetails, now: string): TenantRecord {
    const { orgId, myDomain, namespace, clientId } = details;
    return {
        orgId,
        myDomain,
        namespace,
        clientId,
        sealedSecret: null,
        status: 'Active',
        keys: [],
        createdAt: now,
        changedAt: now,
        fileSum: null
    };
}

/** Takes over what the operator says of an org that is known. One that had disconnected begins anew, without its keys. */
export function withDetails(record: TenantRecord, details: TenantDetails): TenantRecord {
    const { myDomain, namespace, clientId } = details;
    const known = { ...record, myDomain, namespace, clientId };
    return record.status === 'Disconnected' ? { ...known, status: 'Active', keys: [] } : known;
}

export function withKey(record: TenantRecord, sha256: string, now: string): TenantRecord {
    if (record.keys.length >= MOST_KEYS) throw new TenantProblem('TWO_KEYS_LIVE', 'keys');
    return { ...record, keys: [...record.keys, { sha256, createdAt: now }] };
}

/** @param inUse sum of the key the caller signed in with; null for the operator */
export function withoutKey(record: TenantRecord, fingerprint: string, inUse: string | null): TenantRecord {
    const key = record.keys.find(({ sha256 }) => fingerprintOf(sha256) === fingerprint);
    if (!key) throw new TenantProblem('KEY_NOT_FOUND', 'fingerprint');
    if (record.keys.length === 1) throw new TenantProblem('LAST_KEY', 'fingerprint');
    if (key.sha256 === inUse) throw new TenantProblem('KEY_IN_USE', 'fingerprint');
    return { ...record, keys: record.keys.filter((one) => one !== key) };
}

export function suspended(record: TenantRecord): TenantRecord {
    refuseDisconnected(record);
    return { ...record, status: 'Suspended' };
}

export function resumed(record: TenantRecord): TenantRecord {
    refuseDisconnected(record);
    return { ...record, status: 'Active' };
}

/** The keys stay, so that whoever still calls with one is told what happened; the client secret goes. */
export function disconnected(record: TenantRecord): TenantRecord {
    return { ...record, status: 'Disconnected', sealedSecret: null, clientId: '' };
}

/** Throws the named refusal unless the tenant may be worked for. */
export function refuseInactive({ status }: Pick<TenantRecord, 'status'>): void {
    if (status === 'Suspended') throw new TenantProblem('TENANT_SUSPENDED', 'org');
    if (status === 'Disconnected') throw new TenantProblem('TENANT_DISCONNECTED', 'org');
}

function refuseDisconnected({ status }: TenantRecord): void {
    if (status === 'Disconnected') throw new TenantProblem('TENANT_DISCONNECTED', 'org');
}
