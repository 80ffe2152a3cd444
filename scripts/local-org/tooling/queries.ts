// SOQL over the Tooling API's objects: the org's own query engine with another schema, and the rules that only these
// objects have. Nothing here writes.
import type { LocalOrg } from '../local-org.ts';
import { notSupported } from '../org.ts';
import type { QueriedRecord } from '../org.ts';
import { createQueries } from '../queries.ts';
import type { PagedQueries, QueryCursor } from '../queries.ts';
import type { Schema } from '../schema/types.ts';
import { parseQuery } from '../soql/parse.ts';
import { COMPLEX_FIELDS } from './objects.ts';
import { checkPackageQuery } from './package-queries.ts';

/** Objects of Salesforce that clients ask for when they want what this org does not do. */
const REFUSED: Record<string, string> = {
    apexcodecoverage: 'code coverage of Apex tests (ApexCodeCoverage)',
    apexcodecoverageaggregate: 'code coverage of Apex tests (ApexCodeCoverageAggregate)',
    apexorgwidecoverage: 'code coverage of Apex tests (ApexOrgWideCoverage)',
    apextestsuite: 'Apex test suites (ApexTestSuite)',
    testsuitemembership: 'Apex test suites (TestSuiteMembership)',
    flowtestresult: 'flow tests (FlowTestResult)',
    apexlog: 'debug logs (ApexLog)',
    traceflag: 'debug logs (TraceFlag)'
};

export function createToolingQueries(org: LocalOrg, schema: Schema): PagedQueries {
    const queries = createQueries({ ...org, schema, sharesFunctions: true });
    const check = (soql: string): void => {
        const query = parseQuery(soql);
        const refused = REFUSED[query.from.name.toLowerCase()];
        if (refused) throw notSupported(refused);
        checkPackageQuery(org.db, query);
    };
    const shaped = (cursor: QueryCursor): QueryCursor => ({
        totalSize: cursor.totalSize,
        page: (offset, size, caller) => cursor.page(offset, size, caller).map(toToolingRecord)
    });
    return {
        ...queries,
        openCursor(ctx, soql, options) {
            check(soql);
            return shaped(queries.openCursor(ctx, soql, options));
        },
        query(ctx, soql, options) {
            check(soql);
            const { totalSize, records } = queries.query(ctx, soql, options);
            return { totalSize, records: records.map(toToolingRecord) };
        }
    };
}

/** Addresses of the Tooling API, and objects where columns hold them. */
function toToolingRecord(record: QueriedRecord): QueriedRecord {
    const { type, url } = record.attributes;
    const complex = COMPLEX_FIELDS[type] ?? [];
    const entries = Object.entries(record).map(([name, value]) => {
        if (name === 'attributes')
            return [name, { type, url: url?.replace('/sobjects/', '/tooling/sobjects/') }];
        if (complex.includes(name) && typeof value === 'string') return [name, JSON.parse(value)];
        const isParent = typeof value === 'object' && value !== null && 'attributes' in value;
        return [name, isParent ? toToolingRecord(value as QueriedRecord) : value];
    });
    return Object.fromEntries(entries) as QueriedRecord;
}
