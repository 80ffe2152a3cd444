// The local org's inner interfaces: who calls, what a query and a save look like. Every door (REST, Bulk, composite,
// Apex, UI API) goes through `query` and `save`, and those apply permissions and sharing. Nothing else touches rows.
import type { Database } from 'better-sqlite3';
import type { Schema } from './schema/types.ts';

/** The calling user with everything needed to decide access, loaded once per request. */
export interface UserContext {
    userId: string;
    username: string;
    name: string;
    profileName: string;
    roleId: string | null;
    isActive: boolean;
    timeZone: string;
    /** ids of users whose records this user sees through the role hierarchy, without himself */
    subordinateIds: ReadonlySet<string>;
    permissions: Permissions;
}

/** Union of profile and permission sets. Names are matched without regard to case. */
export interface Permissions {
    viewAllData: boolean;
    modifyAllData: boolean;
    customizeApplication: boolean;
    viewSetup: boolean;
    objectAccess(objectName: string): ObjectAccess;
    fieldAccess(objectName: string, fieldName: string): { read: boolean; edit: boolean };
    apexClass(name: string): boolean;
    tab(name: string): boolean;
    app(name: string): boolean;
    customPermission(name: string): boolean;
    externalCredentialPrincipal(name: string): boolean;
}

export interface ObjectAccess {
    read: boolean;
    create: boolean;
    edit: boolean;
    delete: boolean;
    viewAll: boolean;
    modifyAll: boolean;
}

/** `user`: object and field permissions and sharing of `user` apply. `sharing`: sharing only (Apex `with sharing` in
 *  system mode). `system`: nothing applies (Apex `without sharing`, the org itself). */
export type AccessMode = 'user' | 'sharing' | 'system';

export interface CallContext {
    user: UserContext;
    mode: AccessMode;
}

export type FieldValue = string | number | boolean | null;
/** A row on its way in: field API names (any case) to values; `{ X__r: { Key__c: 'v' } }` names a parent by external id. */
export type InputRow = Record<string, FieldValue | { [field: string]: FieldValue }>;

/** A queried record as REST returns it: `attributes` first, then the selected fields in canonical case and in order. */
export interface QueriedRecord {
    attributes: { type: string; url?: string };
    [field: string]: unknown;
}

export interface QueryOptions {
    /** Bind values for `:name` (Apex). */
    binds?: Record<string, unknown>;
    /** queryAll: deleted rows too. */
    allRows?: boolean;
}

export interface QueryOutcome {
    totalSize: number;
    records: QueriedRecord[];
    /** For `SELECT COUNT() FROM X`: totalSize holds the count and records is empty. */
}

export interface SaveError {
    /** Salesforce status code, e.g. `REQUIRED_FIELD_MISSING`. */
    statusCode: string;
    message: string;
    fields: string[];
}

export interface SaveResult {
    id: string | null;
    success: boolean;
    /** Upsert only: true when the row was inserted. */
    created?: boolean;
    errors: SaveError[];
}

export interface SaveOptions {
    /** True: one bad row rolls back all, and the good ones report ALL_OR_NONE_OPERATION_ROLLED_BACK. */
    allOrNone: boolean;
}

/** All reading and writing of rows. Implemented by queries.ts (query) and records.ts (the rest). */
export interface Records {
    insert(ctx: CallContext, objectName: string, rows: InputRow[], options: SaveOptions): SaveResult[];
    /** Each row carries `Id`. */
    update(ctx: CallContext, objectName: string, rows: InputRow[], options: SaveOptions): SaveResult[];
    upsert(
        ctx: CallContext,
        objectName: string,
        externalIdField: string,
        rows: InputRow[],
        options: SaveOptions
    ): SaveResult[];
    delete(ctx: CallContext, ids: string[], options: SaveOptions): SaveResult[];
    undelete(ctx: CallContext, ids: string[], options: SaveOptions): SaveResult[];
}

export interface Queries {
    /** Throws OrgError (MALFORMED_QUERY, INVALID_FIELD, INVALID_TYPE ...) with Salesforce's own wording. */
    query(ctx: CallContext, soql: string, options?: QueryOptions): QueryOutcome;
    /** Throws what `query` would throw for the text itself: objects, fields and types that do not fit. Reads no rows. */
    check(ctx: CallContext, soql: string, options?: QueryOptions): void;
    /** Same rows, one at a time, for Bulk and large result sets: memory stays flat. */
    iterate(ctx: CallContext, soql: string, options?: QueryOptions): Iterable<QueriedRecord>;
}

/** An answer that is an error in Salesforce's shape: HTTP status and `[{ errorCode, message, fields? }]`. */
export class OrgError extends Error {
    readonly status: number;
    readonly errorCode: string;
    readonly fields: string[];
    constructor(status: number, errorCode: string, message: string, fields: string[] = []) {
        super(message);
        this.name = 'OrgError';
        this.status = status;
        this.errorCode = errorCode;
        this.fields = fields;
    }
}

/** Refuses by name what the local org does not implement, so that no answer is ever a wrong one. */
export function notSupported(what: string): OrgError {
    return new OrgError(400, 'LOCAL_ORG_NOT_SUPPORTED', `The local org does not support ${what}.`);
}

/** Metadata as deployed, kept whole so that retrieve, the Lightning pages and the Apex interpreter read the same text. */
export interface MetadataStore {
    /** `type` is the Metadata API type (`ApexClass`, `LightningComponentBundle`, `CustomTab`, `FlexiPage`, `CustomApplication`,
     *  `CustomLabels`, `NamedCredential`, `ExternalCredential`, `CustomMetadata`, `PermissionSet`, `CustomObject` ...). */
    list(type: string): { fullName: string; lastModified: string }[];
    /** Files of one component by path inside the package, e.g. `classes/X.cls`, `lwc/x/x.js`. */
    files(type: string, fullName: string): Map<string, Buffer> | undefined;
    /** The component's -meta.xml parsed to plain objects (arrays where the Metadata API has arrays); undefined when absent. */
    content(type: string, fullName: string): Record<string, unknown> | undefined;
    /** A number that is another one when components of that type have changed since: for those who keep what they read. */
    changesOf(type: string): number;
    version: number;
}

/** The parts of a running org, built once by createOrg() and handed to every route. */
export interface Org {
    db: Database;
    /** 18-character organization id. */
    orgId: string;
    /** e.g. `Europe/London`; formulas and date literals use it. */
    timeZone: string;
    /** ISO code of the org's (corporate) currency. */
    currency: string;
    schema: Schema;
    metadata: MetadataStore;
    queries: Queries;
    records: Records;
    users: Users;
    clock: () => Date;
    /** Where the org is served; what Apex is told is the My Domain. */
    address?: string;
}

export interface Users {
    /** Throws OrgError INVALID_SESSION_ID-like errors are the routes' business; here unknown ids throw `Error`. */
    context(userId: string): UserContext;
    byUsername(username: string): UserContext | undefined;
}
