// Tenants in the memory of one process, for tests of what does not touch the state.
import type { TenantRow, TenantStore } from '../../src/usecases/ports/tenants.ts';

export class MemoryTenantStore implements TenantStore {
    readonly rows = new Map<string, TenantRow>();

    async list(): Promise<TenantRow[]> {
        return [...this.rows.values()].sort((a, b) => (a.orgId < b.orgId ? -1 : 1));
    }

    async find(orgId: string): Promise<TenantRow | null> {
        return this.rows.get(orgId) ?? null;
    }

    async insert(orgId: string, record: string): Promise<boolean> {
        if (this.rows.has(orgId)) return false;
        this.rows.set(orgId, { orgId, record, revision: 1, lastSeenAt: null });
        return true;
    }

    async replace(orgId: string, record: string, revision: number): Promise<boolean> {
        const row = this.rows.get(orgId);
        if (row?.revision !== revision) return false;
        this.rows.set(orgId, { ...row, record, revision: revision + 1 });
        return true;
    }

    async seen(orgId: string, moment: string): Promise<void> {
        const row = this.rows.get(orgId);
        if (row) this.rows.set(orgId, { ...row, lastSeenAt: moment });
    }

    async remove(orgId: string): Promise<void> {
        this.rows.delete(orgId);
    }
}
