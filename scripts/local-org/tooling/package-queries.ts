// What Salesforce asks of a query on SubscriberPackageVersion: one version by its id, which must be there.
import type { Database } from 'better-sqlite3';
import { to18 } from '../ids.ts';
import { notSupported, OrgError } from '../org.ts';
import type { Comparison, Condition, Query } from '../soql/ast.ts';

export function checkPackageQuery(db: Database, { from, where }: Query): void {
    if (from.name.toLowerCase() !== 'subscriberpackageversion') return;
    const comparisons = where ? conjuncts(where) : [];
    if (comparisons.some((one) => fieldOf(one) === 'installationkey'))
        throw notSupported('installation keys (SubscriberPackageVersion.InstallationKey)');
    const id = comparisons.map(idOf).find((one) => one !== undefined);
    if (!id) {
        const message =
            "Implementation restriction: You can only perform queries of the form Id='<some_value>'.";
        throw new OrgError(400, 'MALFORMED_QUERY', message);
    }
    if (!isKnownVersion(db, id)) throw packageUnavailable();
}

export function isKnownVersion(db: Database, id: string): boolean {
    if (id.length !== 15 && id.length !== 18) return false;
    return db.prepare('SELECT 1 FROM "SubscriberPackageVersion" WHERE "Id" = ?').get(to18(id)) !== undefined;
}

export function packageUnavailable(): OrgError {
    return new OrgError(
        400,
        'PACKAGE_UNAVAILABLE',
        'The package version is not fully available. If this is a recently created package version, try again in a ' +
            'few minutes or contact the package publisher.'
    );
}

function conjuncts(condition: Condition): Comparison[] {
    if (condition.kind === 'compare') return [condition];
    return condition.kind === 'and' ? condition.operands.flatMap(conjuncts) : [];
}

function fieldOf({ left }: Comparison): string | undefined {
    return left.kind === 'field' ? left.path.at(-1)?.toLowerCase() : undefined;
}

function idOf(comparison: Comparison): string | undefined {
    const { operator, value } = comparison;
    return fieldOf(comparison) === 'id' && operator === '=' && value.kind === 'string'
        ? value.raw
        : undefined;
}
