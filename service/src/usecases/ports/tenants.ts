// Tenants as they are stored.

/** A tenant as it is stored: what is known of it as JSON, which only tenants/ reads. */
export interface TenantRow {
    orgId: string;
    record: string;
    /** another one after every change */
    revision: number;
    lastSeenAt: string | null;
}

export interface TenantStore {
    list(): Promise<TenantRow[]>;
    find(orgId: string): Promise<TenantRow | null>;
    /** False when the org has a row already. */
    insert(orgId: string, record: string): Promise<boolean>;
    /** False when the row is not at this revision any more. */
    replace(orgId: string, record: string, revision: number): Promise<boolean>;
    seen(orgId: string, moment: string): Promise<void>;
    /** The row and everything else that is remembered of the org. */
    remove(orgId: string): Promise<void>;
}
