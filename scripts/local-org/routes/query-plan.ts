// GET /query?explain=: how a query would be answered. Real orgs estimate from statistics; here the rows that the caller
// would get are counted, so that a plan tells nothing about rows he may not see. One plan, the one that is taken.
import type { LocalOrg } from '../local-org.ts';
import type { CallContext } from '../org.ts';
import type { FieldDef, ObjectDef } from '../schema/types.ts';
import type { Condition, Expression } from '../soql/ast.ts';
import { parseQuery } from '../soql/parse.ts';

interface QueryPlan {
    cardinality: number;
    fields: string[];
    leadingOperationType: 'Index' | 'TableScan';
    notes: { description: string; fields: string[]; tableEnumOrId: string }[];
    relativeCost: number;
    sobjectCardinality: number;
    sobjectType: string;
}

/** Salesforce's standard indexes besides ids, lookups, external ids and unique fields. */
const INDEXED = new Set(['name', 'createddate', 'systemmodstamp', 'lastmodifieddate']);
/** A filter on a standard index is worth it below this share of an object's rows. */
const SELECTIVE_SHARE = 0.3;

export function explainQuery(org: LocalOrg, ctx: CallContext, soql: string): { plans: QueryPlan[] } {
    const cardinality = org.queries.openCursor(ctx, soql).totalSize;
    const query = parseQuery(soql);
    const object = org.schema.object(query.from.name)!;
    const total = org.queries.query(ctx, `SELECT COUNT() FROM ${object.name}`).totalSize;
    const filtered = filteredFields(org, object, query.where);
    const indexed = filtered.filter(isIndexed);
    const slow = filtered.filter((field) => !isIndexed(field));
    const isSelective = indexed.length > 0;
    const threshold = Math.max(1, total * SELECTIVE_SHARE);
    const plan: QueryPlan = {
        cardinality,
        fields: indexed.map(({ name }) => name),
        leadingOperationType: isSelective ? 'Index' : 'TableScan',
        notes: slow.map(({ name }) => ({
            description: 'Not considering filter for optimization because unindexed',
            fields: [name],
            tableEnumOrId: object.name
        })),
        relativeCost: (isSelective ? cardinality : Math.max(1, total)) / threshold,
        sobjectCardinality: total,
        sobjectType: object.name
    };
    return { plans: [plan] };
}

/** Fields of the object that every row must match: an index helps only where no OR leads around it. */
function filteredFields(org: LocalOrg, object: ObjectDef, where: Condition | null): FieldDef[] {
    if (where === null) return [];
    if (!('left' in where)) {
        if (where.kind !== 'and') return [];
        return where.operands.flatMap((one) => filteredFields(org, object, one));
    }
    const field = ownField(org, object, where.left);
    return field ? [field] : [];
}

function ownField(org: LocalOrg, object: ObjectDef, left: Expression): FieldDef | undefined {
    if (left.kind !== 'field') return undefined;
    return org.schema.field(object.name, left.path.at(-1)!);
}

function isIndexed(field: FieldDef): boolean {
    return (
        field.type === 'id' ||
        field.type === 'reference' ||
        field.externalId ||
        field.unique ||
        INDEXED.has(field.name.toLowerCase())
    );
}
