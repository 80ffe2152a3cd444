// The tenants file: the first orgs this service works for, and how each proves who it is. Owns the shape and the checks;
// the keys of an org are kept only as SHA-256. What becomes of the entries is tenants/take-tenants-file.ts.
import Type from 'typebox';
import { Value } from 'typebox/value';
import { myDomainProblem } from './salesforce/my-domain.ts';
import type { MyDomainRules } from './salesforce/my-domain.ts';
import { isId18 } from './salesforce/record-id.ts';
import type { ConfigProblem } from './config.ts';

/** What signing in to an org takes. */
export interface OrgAccess {
    /** 18 characters. */
    orgId: string;
    /** Origin of the org: https://acme.my.salesforce.com */
    myDomain: string;
    /** Namespace of the installed package, '' when deployed as source. */
    namespace: string;
    clientId: string;
    clientSecret: string;
}

/** An entry of the tenants file. */
export interface Tenant extends OrgAccess {
    /** SHA-256 (hex) of the keys this org may sign in with; two during a rotation. */
    keySha256: string[];
}

const TenantSchema = Type.Object(
    {
        orgId: Type.String({
            pattern: '^00D[A-Za-z0-9]{15}$',
            description: 'the 18-character organization id'
        }),
        myDomain: Type.String({ description: 'the My Domain of the org' }),
        namespace: Type.String({
            pattern: '^([A-Za-z][A-Za-z0-9_]{0,14})?$',
            description: 'the namespace or ""'
        }),
        clientId: Type.String({ minLength: 1, description: 'the consumer key of the external client app' }),
        clientSecret: Type.String({
            minLength: 1,
            description: 'the consumer secret of the external client app'
        }),
        keySha256: Type.Array(Type.String({ pattern: '^[0-9a-f]{64}$' }), {
            minItems: 1,
            maxItems: 2,
            description: 'one or two SHA-256 sums in lower-case hex'
        })
    },
    { additionalProperties: false }
);

/** Reads the text of the tenants file. Secrets never appear in a problem. */
export function parseTenants(
    text: string,
    rules: MyDomainRules
): { tenants: Tenant[]; problems: ConfigProblem[] } {
    const where = 'tenants file';
    let rows: unknown;
    try {
        rows = JSON.parse(text);
    } catch {
        return { tenants: [], problems: [{ where, what: 'is not JSON', fix: 'Correct the file' }] };
    }
    if (!Array.isArray(rows) || rows.length === 0) {
        const what = 'is not a list of at least one tenant';
        return { tenants: [], problems: [{ where, what, fix: 'Add a tenant for each connected org' }] };
    }
    const problems = rows.flatMap((row, index) => tenantProblems(row, `tenant ${index + 1}`, rules));
    const tenants = rows as Tenant[];
    if (problems.length === 0) problems.push(...duplicates(tenants));
    return { tenants: problems.length === 0 ? tenants : [], problems };
}

function tenantProblems(row: unknown, where: string, rules: MyDomainRules): ConfigProblem[] {
    if (typeof row !== 'object' || row === null) {
        return [{ where, what: 'is not an object', fix: 'Write it as in operations.md' }];
    }
    const problems: ConfigProblem[] = [];
    const values = row as Record<string, unknown>;
    for (const [name, schema] of Object.entries(TenantSchema.properties)) {
        if (Value.Check(schema, values[name])) continue;
        const { description } = schema as { description?: string };
        const what = values[name] === undefined ? 'is missing' : 'is not valid';
        problems.push({ where: `${where}.${name}`, what, fix: `Set it to ${description}` });
    }
    for (const name of Object.keys(values)) {
        if (name in TenantSchema.properties) continue;
        problems.push({ where: `${where}.${name}`, what: 'is not a known property', fix: 'Remove it' });
    }
    if (typeof values.orgId === 'string' && values.orgId.length === 18 && !isId18(values.orgId)) {
        problems.push({
            where: `${where}.orgId`,
            what: 'has a wrong checksum',
            fix: 'Copy the 18-character id again'
        });
    }
    if (typeof values.myDomain === 'string') {
        const problem = myDomainProblem(values.myDomain, rules);
        if (problem)
            problems.push({
                where: `${where}.myDomain`,
                what: problem,
                fix: 'Copy it from My Domain in Setup'
            });
    }
    return problems;
}

function duplicates(tenants: Tenant[]): ConfigProblem[] {
    const seen = new Set<string>();
    const problems: ConfigProblem[] = [];
    for (const [index, { orgId }] of tenants.entries()) {
        if (seen.has(orgId)) {
            const where = `tenant ${index + 1}.orgId`;
            problems.push({ where, what: `repeats ${orgId}`, fix: 'Keep one tenant for each org' });
        }
        seen.add(orgId);
    }
    return problems;
}
