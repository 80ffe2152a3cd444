// Reads deals with their history, activities and contact roles into the features of the domain: everything (REST below
// 10,000 rows, Bulk above), or only the deals named. Order of objects does not matter to the features, but reading
// opportunities first lets them drop rows of lost deals.
import type { PipelineFeatures } from '../domain/pipeline/features.ts';
import type { Problem } from '../domain/problem.ts';
import type { Notes } from '../usecases/ports/org.ts';
import type { FeatureTable } from './bulk/feature-columns.ts';
import { readRowsInBulk } from './bulk/query-job.ts';
import type { BulkOptions } from './bulk/query-job.ts';
import type { OrgClient } from './connect.ts';
import { MissingAccessError } from './errors.ts';
import { noteBadValue } from './map-rows.ts';
import type { ObjectFields } from './object-fields.ts';
import { PIPELINE_OBJECTS } from './pipeline-objects.ts';
import type { PipelineObject } from './pipeline-objects.ts';
import { countRows, idList, readRows, readTogether } from './query.ts';
import type { RawRow, SelectQuery } from './query.ts';

const BULK_FROM = 10_000;
/** Ids in one WHERE: about 27 characters each in a URL of at most 16,000. */
const IDS_A_QUERY = 400;

export interface ReadOptions extends BulkOptions {
    bulkFrom?: number;
    /** Called before each request that may take long, so that a stop ends the reading. */
    checkStop?: () => void;
}

export class PipelineReading {
    readonly #client: OrgClient;
    readonly #fields: ObjectFields;
    readonly #options: ReadOptions;

    constructor(client: OrgClient, fields: ObjectFields, options: ReadOptions = {}) {
        this.#client = client;
        this.#fields = fields;
        this.#options = options;
    }

    /** Every deal; returns the number of rows. `onObject` hears how far it is, 0 to 1. */
    async everything(
        features: PipelineFeatures,
        note: Notes,
        onObject: (done: number) => void
    ): Promise<number> {
        let read = 0;
        for (const [index, source] of PIPELINE_OBJECTS.entries()) {
            const query = await this.#query(source, note);
            if (!query) continue;
            this.#options.checkStop?.();
            const count = await countRows(this.#client, query);
            if (source.object === 'Opportunity') features.expectDeals(count);
            if (count < (this.#options.bulkFrom ?? BULK_FROM)) {
                read += await readRows(this.#client, query, (row) => source.add(features, row, note));
            } else {
                const onBadValue = (field: string, problem: Problem) =>
                    noteBadValue(`${source.object}.${field}`, problem, note);
                const table = asReadable(source.table(features), query.fields);
                read += await readRowsInBulk(this.#client, query, table, { ...this.#options, onBadValue });
            }
            onObject((index + 1) / PIPELINE_OBJECTS.length);
        }
        return read;
    }

    /** Only these deals. Ids of deals that no longer exist are simply not among the features afterwards. */
    async deals(ids: readonly string[], features: PipelineFeatures, note: Notes): Promise<number> {
        let read = 0;
        for (let start = 0; start < ids.length; start += IDS_A_QUERY) {
            this.#options.checkStop?.();
            read += await this.#someDeals(ids.slice(start, start + IDS_A_QUERY), features, note);
        }
        return read;
    }

    async #someDeals(ids: readonly string[], features: PipelineFeatures, note: Notes): Promise<number> {
        const reads = [];
        for (const source of PIPELINE_OBJECTS) {
            const query = await this.#query(source, note);
            if (!query) continue;
            const chunk = `${source.dealField} IN ${idList(ids)}`;
            const where = query.where ? `${query.where} AND ${chunk}` : chunk;
            reads.push({
                query: { ...query, where },
                onRow: (row: RawRow) => source.add(features, row, note)
            });
        }
        return readTogether(this.#client, reads);
    }

    async #query(source: PipelineObject, note: Notes): Promise<SelectQuery | null> {
        const readable = await this.#fields.readable(source, note);
        if (!readable) {
            if (source.object === 'Opportunity') {
                throw new MissingAccessError(
                    'OBJECT_REQUIRED',
                    'The service cannot read opportunities.',
                    'Give the Run As user the permission set SpmCrmRead.'
                );
            }
            note('OBJECT_NOT_READABLE', `${source.object} cannot be read; what depends on it is not judged.`);
            return null;
        }
        const fields = await this.#comparable(source, readable.fields, note);
        return {
            object: source.object,
            fields,
            ...(source.isArchived ? { where: 'IsDeleted = false', allRows: true } : {})
        };
    }

    /** In an org with several currencies amounts of different deals cannot be compared; conversion is not there yet, so
     *  amounts are left out instead of being compared wrongly. */
    async #comparable(source: PipelineObject, fields: string[], note: Notes): Promise<string[]> {
        const names = await this.#fields.namesOf(source.object);
        const withAccount = await this.#withPersonAccounts(source, fields);
        if (!names?.has('currencyisocode') || !fields.includes('Amount')) return withAccount;
        note('CURRENCIES_NOT_CONVERTED', 'The org has several currencies: amounts are not judged (R8).');
        return withAccount.filter((field) => field !== 'Amount');
    }

    async #withPersonAccounts(source: PipelineObject, fields: string[]): Promise<string[]> {
        if (source.object !== 'Opportunity') return fields;
        const account = await this.#fields.namesOf('Account');
        return account?.has('ispersonaccount') ? [...fields, 'Account.IsPersonAccount'] : fields;
    }
}

/** A column that could not be asked for is not missed in the answer. */
function asReadable({ columns, sink }: FeatureTable, fields: readonly string[]): FeatureTable {
    const asked = new Set(fields);
    return { columns: columns.map((column) => ({ ...column, isOptional: !asked.has(column.name) })), sink };
}
