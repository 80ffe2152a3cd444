// /composite/tree/T: records with their children, made in one transaction (`sf data import tree`). At most 200 records of
// five types, five levels deep. A failure undoes all of it and names the records that failed by the ids the caller gave them.
import type { FastifyInstance } from 'fastify';
import type { LocalOrg } from '../local-org.ts';
import { notSupported, OrgError } from '../org.ts';
import type { CallContext, InputRow, SaveError } from '../org.ts';
import { TAKEN_BACK } from '../records/all-or-none.ts';
import type { FieldDef, ObjectDef } from '../schema/types.ts';
import { accessOf, mayReadObject } from '../soql/access.ts';
import { callOf } from './call.ts';
import { jsonRow } from './json-rows.ts';
import { visibleObject } from './sobjects.ts';
import { DATA } from './versions.ts';

const MOST_RECORDS = 200;
const MOST_LEVELS = 5;
const MOST_TYPES = 5;

type Given = Record<string, unknown>;

/** One record of a tree, on its way to being saved. */
interface TreeNode {
    referenceId: string;
    object: ObjectDef;
    row: InputRow;
    level: number;
    parent: { node: TreeNode; field: FieldDef } | null;
    id: string | null;
}

interface Failure {
    referenceId: string;
    errors: SaveError[];
}

class TreeRefused extends Error {
    readonly failures: Failure[];
    constructor(failures: Failure[]) {
        super('A record of the tree was refused');
        this.failures = failures;
    }
}

export function registerCompositeTree(app: FastifyInstance, org: LocalOrg): void {
    app.post<{ Params: { type: string }; Body: unknown }>(
        `${DATA}/composite/tree/:type`,
        async (request, reply) => {
            const ctx = callOf(org, request);
            const root = visibleObject(org, ctx, request.params.type);
            try {
                const nodes = readTrees(org, ctx, root, recordsIn(request.body, 'records'));
                const groups = groupsOf(nodes);
                org.db.transaction(() => groups.forEach((group) => saveGroup(org, ctx, group)))();
                const results = groups.flat().map(({ referenceId, id }) => ({ referenceId, id }));
                return reply.code(201).send({ hasErrors: false, results });
            } catch (error) {
                if (!(error instanceof TreeRefused)) throw error;
                return reply.code(400).send({ hasErrors: true, results: error.failures });
            }
        }
    );
}

/** A record as it was given, with what its place in the tree says about it. */
interface Place {
    given: Given;
    object: ObjectDef;
    level: number;
    parent: TreeNode['parent'];
}

/** The records level by level, in the order given, once nothing about their shape is wrong. */
function readTrees(org: LocalOrg, ctx: CallContext, root: ObjectDef, records: Given[]): TreeNode[] {
    const failures: Failure[] = [];
    const nodes: TreeNode[] = [];
    let places: Place[] = records.map((given) => ({ given, object: root, level: 1, parent: null }));
    while (places.length > 0) {
        checkSize(places[0]!.level, nodes.length + places.length);
        const below: Place[] = [];
        for (const { given, object, level, parent } of places) {
            const { referenceId, problem } = attributesOf(org, ctx, object, given);
            if (problem) failures.push(failure(referenceId, problem));
            const { fields, related } = split(given);
            const row = jsonRow(org.schema, object.name, fields);
            const node: TreeNode = { referenceId, object, row, level, parent, id: null };
            checkLookup(node);
            nodes.push(node);
            for (const [name, value] of related) below.push(...placesUnder(org, ctx, node, name, value));
        }
        places = below;
    }
    failures.push(...duplicates(nodes));
    if (failures.length) throw new TreeRefused(failures);
    checkTypes(nodes);
    return nodes;
}

function placesUnder(
    org: LocalOrg,
    ctx: CallContext,
    node: TreeNode,
    relationship: string,
    value: unknown
): Place[] {
    const relation = org.schema.childRelationship(node.object.name, relationship);
    if (!relation || !mayReadObject(accessOf(ctx), relation.child)) {
        const message = `No such column '${relationship}' on sobject of type ${node.object.name}`;
        throw new OrgError(400, 'INVALID_FIELD', message);
    }
    const parent = { node, field: relation.field };
    const level = node.level + 1;
    return recordsIn(value, relationship).map((given) => ({ given, object: relation.child, level, parent }));
}

function checkSize(level: number, count: number): void {
    if (level > MOST_LEVELS) throw wrong(`SObject trees can be at most ${MOST_LEVELS} levels deep.`);
    if (count > MOST_RECORDS) throw wrong(`The request can contain at most ${MOST_RECORDS} records.`);
}

/** Records of one level and type are saved in one go, as Salesforce does; the first group that fails ends it. */
function groupsOf(nodes: TreeNode[]): TreeNode[][] {
    const groups = new Map<string, TreeNode[]>();
    for (const node of nodes) {
        const key = `${node.level} ${node.object.name}`;
        groups.set(key, [...(groups.get(key) ?? []), node]);
    }
    return [...groups.values()];
}

function saveGroup(org: LocalOrg, ctx: CallContext, group: TreeNode[]): void {
    const rows = group.map(({ row, parent }) =>
        parent ? { ...row, [parent.field.name]: parent.node.id } : row
    );
    const results = org.records.insert(ctx, group[0]!.object.name, rows, { allOrNone: true });
    const failures = results.flatMap(({ errors }, index) =>
        errors.length && errors[0]!.statusCode !== TAKEN_BACK
            ? [{ referenceId: group[index]!.referenceId, errors }]
            : []
    );
    if (failures.length) throw new TreeRefused(failures);
    group.forEach((node, index) => (node.id = results[index]!.id));
}

function attributesOf(
    org: LocalOrg,
    ctx: CallContext,
    expected: ObjectDef,
    given: Given
): { referenceId: string; problem?: string } {
    const { type, referenceId } = (given['attributes'] ?? {}) as { type?: unknown; referenceId?: unknown };
    if (typeof referenceId !== 'string' || referenceId === '')
        throw wrong('Include a reference ID for each record in the request.');
    if (typeof type !== 'string' || type === '')
        return { referenceId, problem: 'Include an entity type for each record in the request.' };
    const object = org.schema.object(type);
    if (object === expected && mayReadObject(accessOf(ctx), object)) return { referenceId };
    return { referenceId, problem: `Invalid entity type provided in the request: ${type}` };
}

/** Child records come as `{ Contacts: { records: [...] } }`; every other value is a field. */
function split(given: Given): { fields: Given; related: [string, unknown][] } {
    const isRelated = (value: unknown): boolean =>
        value !== null && typeof value === 'object' && 'records' in value;
    const entries = Object.entries(given);
    return {
        fields: Object.fromEntries(entries.filter(([, value]) => !isRelated(value))),
        related: entries.filter(([, value]) => isRelated(value))
    };
}

function recordsIn(value: unknown, name: string): Given[] {
    const records = (value as { records?: unknown } | null)?.records;
    const areRecords =
        Array.isArray(records) && records.every((one) => one !== null && typeof one === 'object');
    if (areRecords && records.length > 0) return records as Given[];
    throw new OrgError(400, 'JSON_PARSER_ERROR', `The property ${name} must be a list of records`);
}

/** A record under another one belongs to it. What Salesforce does when it also says otherwise is not known here. */
function checkLookup({ row, object, parent }: TreeNode): void {
    const lookup = parent?.field.name;
    const isSet = Object.keys(row).some((name) => name.toLowerCase() === lookup?.toLowerCase());
    if (isSet) throw notSupported(`nested records that set ${object.name}.${lookup} themselves`);
}

function duplicates(nodes: TreeNode[]): Failure[] {
    const counts = new Map<string, number>();
    for (const { referenceId } of nodes) counts.set(referenceId, (counts.get(referenceId) ?? 0) + 1);
    return nodes
        .filter(({ referenceId }) => counts.get(referenceId)! > 1)
        .map(({ referenceId }) => failure(referenceId, 'Duplicate ReferenceId provided in the request.'));
}

function checkTypes(nodes: TreeNode[]): void {
    if (new Set(nodes.map(({ object }) => object.name)).size <= MOST_TYPES) return;
    throw wrong(`The request can contain records of at most ${MOST_TYPES} types.`);
}

function failure(referenceId: string, message: string): Failure {
    return { referenceId, errors: [{ statusCode: 'INVALID_INPUT', message, fields: [] }] };
}

function wrong(message: string): OrgError {
    return new OrgError(400, 'INVALID_INPUT', message);
}
