// The registry as the service opens it at start: the tenants file taken over, secrets sealed with the first key.
import type { FastifyBaseLogger } from 'fastify';
import type { Config } from '../config.ts';
import type { TenantStore } from '../usecases/ports/tenants.ts';
import { SecretVault } from './secret-vault.ts';
import { takeTenantsFile } from './take-tenants-file.ts';
import { TenantRegistry } from './tenant-registry.ts';

export async function openRegistry(
    config: Pick<Config, 'secretKeys' | 'allowLoopback' | 'tenants'>,
    store: TenantStore,
    logger: Pick<FastifyBaseLogger, 'info' | 'error'>
): Promise<TenantRegistry> {
    const { secretKeys, allowLoopback, tenants } = config;
    const vault = secretKeys && new SecretVault(secretKeys);
    const registry = new TenantRegistry({ store, vault, rules: { allowLoopback } });
    await takeTenantsFile(registry, tenants, new Date().toISOString());
    const { resealed, unreadable } = await registry.resealAll();
    if (resealed > 0) logger.info({ resealed }, 'client secrets sealed with the first key');
    for (const orgId of unreadable)
        logger.error({ orgId, code: 'SECRET_UNREADABLE' }, 'client secret cannot be read');
    return registry;
}
