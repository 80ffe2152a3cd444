// A running local org as the server side sees it: the shared `Org` plus what only the server's own parts use.
import type { ApexRuntime } from './apex/runtime.ts';
import type { Auth } from './auth.ts';
import type { BulkJobs } from './bulk/jobs.ts';
import type { Faults } from './faults.ts';
import type { Ids } from './ids.ts';
import type { Limits } from './limits.ts';
import type { WritableMetadata } from './metadata/store.ts';
import type { Org } from './org.ts';
import type { ChangeEvents } from './pubsub/change-events.ts';
import type { PagedQueries } from './queries.ts';
import type { RecentItems } from './recent-items.ts';
import type { LoadRow } from './records/load.ts';
import type { SchemaStore } from './schema/store.ts';
import type { Sharing } from './sharing.ts';

export interface LocalOrg extends Org {
    schema: SchemaStore;
    metadata: WritableMetadata;
    queries: PagedQueries;
    ids: Ids;
    sharing: Sharing;
    auth: Auth;
    limits: Limits;
    faults: Faults;
    bulkJobs: BulkJobs;
    /** Change Data Capture: what happened to rows of the selected objects. */
    changeEvents: ChangeEvents;
    /** Deployed Apex; every save asks it for triggers. */
    apex: ApexRuntime;
    recentItems: RecentItems;
    /** The administrator every new org starts with. */
    adminUserId: string;
    /** Loads seed rows fast, past validation and history; see records/load.ts. */
    load(objectName: string, rows: Iterable<LoadRow>): number;
    /** Ends bulk jobs and closes the database. */
    close(): void;
}
