// Opens an org from a database file (or memory) and puts its parts together. No HTTP here: server.ts serves what this
// returns. A new database is given an organization, profiles, stages and one administrator; an old one is used as it is.
import Database from 'better-sqlite3';
import { createApexRuntime } from './apex/runtime.ts';
import { createAuth } from './auth.ts';
import { bootstrapOrg, type OrgOptions } from './bootstrap.ts';
import { createBulkJobs } from './bulk/jobs.ts';
import { createFaults } from './faults.ts';
import { createSchemaAndMetadata } from './foundation.ts';
import { createLimits } from './limits.ts';
import type { LocalOrg } from './local-org.ts';
import { createQueries } from './queries.ts';
import { createRecentItems } from './recent-items.ts';
import { createChangeEvents } from './pubsub/change-events.ts';
import { createSelection } from './pubsub/selection.ts';
import { createRecords } from './records.ts';
import { loadRows } from './records/load.ts';
import type { Triggers } from './records/triggers.ts';
import type { SchemaOptions } from './schema/store.ts';
import { createSharing } from './sharing.ts';

export interface CreateOrgOptions extends OrgOptions, SchemaOptions {
    /** Path of the SQLite file, or `:memory:`. */
    file: string;
    clock?: () => Date;
    dailyApiRequests?: number;
}

export function createOrg(options: CreateOrgOptions): LocalOrg {
    const db = openDatabase(options.file);
    const foundation = createSchemaAndMetadata(db, options);
    const { schema, metadata, ids, users, clock } = foundation;
    const { orgId, adminUserId, timeZone, currency } = bootstrapOrg(db, foundation, options);
    const faults = createFaults();
    const sharing = createSharing({ db, schema });
    const bulkJobs = createBulkJobs(clock);
    const triggers: Triggers = { of: (ctx, objectName) => org.apex.triggers.of(ctx, objectName) };
    const changeEvents = createChangeEvents({ db, schema, selection: createSelection(metadata), clock });
    const parts: Omit<LocalOrg, 'apex'> = {
        db,
        orgId,
        adminUserId,
        timeZone,
        currency,
        clock,
        ids,
        schema,
        metadata,
        users,
        sharing,
        faults,
        bulkJobs,
        changeEvents,
        recentItems: createRecentItems(db, clock),
        queries: createQueries({ db, schema, currency, clock }),
        records: createRecords({
            ...{ db, schema, ids, users, sharing, faults },
            ...{ triggers, clock, currency, changes: changeEvents }
        }),
        auth: createAuth({ db, orgId, users, clock, faults }),
        limits: createLimits(clock, options.dailyApiRequests),
        load: (objectName, rows) => loadRows(org, objectName, rows),
        close() {
            bulkJobs.close();
            db.close();
        }
    };
    const org: LocalOrg = Object.assign(parts, { apex: createApexRuntime(parts) });
    return org;
}

/** The org is disposable: a crash of the machine may lose the last second, a crash of the process loses nothing. */
function openDatabase(file: string): Database.Database {
    const db = new Database(file);
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = NORMAL');
    db.pragma('cache_size = -65536');
    return db;
}
