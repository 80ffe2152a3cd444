// The ground the rest of the org stands on, opened from one database: ids, schema, metadata, users.
// createOrg() (server) adds queries, records and routes to it.
import type { Database } from 'better-sqlite3';
import { createIds } from './ids.ts';
import type { Ids } from './ids.ts';
import { createMetadataStore } from './metadata/store.ts';
import type { WritableMetadata } from './metadata/store.ts';
import type { Users } from './org.ts';
import { createSchemaStore } from './schema/store.ts';
import type { SchemaOptions, SchemaStore } from './schema/store.ts';
import { createUsers } from './users.ts';

export interface Foundation {
    db: Database;
    clock: () => Date;
    ids: Ids;
    schema: SchemaStore;
    metadata: WritableMetadata;
    users: Users;
}

export interface FoundationOptions extends SchemaOptions {
    clock?: () => Date;
}

/** Opens (or fills) `db`; call bootstrapOrg() next, which is needed once and harmless later. */
export function createSchemaAndMetadata(db: Database, options: FoundationOptions = {}): Foundation {
    const clock = options.clock ?? (() => new Date());
    const ids = createIds(db);
    const schema = createSchemaStore(db, options);
    const metadata = createMetadataStore(db, ids, clock);
    return { db, clock, ids, schema, metadata, users: createUsers(db, schema, clock) };
}
