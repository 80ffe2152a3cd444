// Takes the tenants file over into the registry at start. An entry counts when it is new or has been edited since it was
// last taken over, so that what was changed meanwhile (a rotated key, a suspension) is not turned back by every restart.
import { createHash } from 'node:crypto';
import type { Tenant } from '../tenants.ts';
import type { TenantRecord } from './tenant-record.ts';
import { withDetails } from './tenant-record.ts';
import type { TenantRegistry } from './tenant-registry.ts';

export async function takeTenantsFile(
    registry: TenantRegistry,
    entries: readonly Tenant[],
    now: string
): Promise<void> {
    for (const entry of entries) {
        registry.holdSecret(entry.orgId, entry.clientSecret);
        await registry.enter(entry, (record) => taken(record, entry, registry, now));
    }
    const named = new Set(entries.map(({ orgId }) => orgId));
    for (const { record } of await registry.list()) {
        const hasSecret = record.sealedSecret !== null || record.status === 'Disconnected';
        if (!hasSecret && !named.has(record.orgId)) await registry.end(record.orgId);
    }
}

function taken(record: TenantRecord, entry: Tenant, registry: TenantRegistry, now: string): TenantRecord {
    const fileSum = createHash('sha256').update(JSON.stringify(entry)).digest('hex');
    if (record.fileSum === fileSum) {
        // Sealed now, if keys to seal with were not there the last time.
        const isOpen = record.sealedSecret === null && record.status !== 'Disconnected';
        return isOpen ? registry.withSecret(record, entry.clientSecret) : record;
    }
    const known = registry.withSecret(withDetails(record, entry), entry.clientSecret);
    const keys = entry.keySha256.map(
        (sha256) => record.keys.find((key) => key.sha256 === sha256) ?? { sha256, createdAt: now }
    );
    return { ...known, keys, fileSum };
}
