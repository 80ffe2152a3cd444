// What a deploy takes away: each component with what belongs to it alone. Names that the org does not have are warnings; what stays
// must not mention what goes, and a permission set that somebody holds stays, as in Salesforce.
import { belongsTo, isStandard, REMOVALS } from './delete-component.ts';
import type { DeployContext, DeployParts } from './deploy-context.ts';
import type { DeployedComponent } from './deploy.ts';
import type { Removal } from './read-removals.ts';
import { split } from './single-component.ts';
import { inUse, thoseWith, writtenComponents, type WrittenComponent } from './usages.ts';

type Remove = (org: DeployParts, fullName: string) => void;

const GRANTS = ['ObjectPermissions', 'FieldPermissions', 'SetupEntityAccess', 'PermissionSetTabSetting'];

/** Nothing but the component itself: whoever may use it is told by rows that point at its id. */
const withAccess: Remove = ({ db, metadata }, fullName) => {
    for (const type of ['ApexClass', 'CustomPermission']) {
        const id = metadata.row(type, fullName)?.id;
        if (!id) continue;
        db.prepare('DELETE FROM "SetupEntityAccess" WHERE "SetupEntityId" = ?').run(id);
        db.prepare(`DELETE FROM "${type}" WHERE "Id" = ?`).run(id);
    }
};

/** What goes with a component, beside those that single calls may delete as well. */
const WITH_IT: Record<string, Remove> = {
    ...REMOVALS,
    ApexClass: withAccess,
    CustomPermission: withAccess,
    CustomLabel({ metadata }, fullName) {
        const row = metadata.row('CustomLabels', 'CustomLabels');
        const content = metadata.content('CustomLabels', 'CustomLabels');
        if (!row || !content) return;
        const labels = (content['labels'] as { fullName: string }[]).filter(
            (one) => one.fullName !== fullName
        );
        const files = metadata.files('CustomLabels', 'CustomLabels') ?? new Map();
        metadata.put(
            { type: 'CustomLabels', fullName: row.fullName, content: { labels }, files },
            row.lastModifiedById
        );
    },
    CustomMetadata({ db }, fullName) {
        const [typeName, developerName] = split(fullName);
        db.prepare(`DELETE FROM "${typeName}__mdt" WHERE "DeveloperName" = ?`).run(developerName);
    },
    ExternalCredential({ db, metadata }, fullName) {
        for (const principal of metadata.rows('ExternalCredentialPrincipal')) {
            if (!principal.fullName.startsWith(`${fullName}-`)) continue;
            db.prepare('DELETE FROM "SetupEntityAccess" WHERE "SetupEntityId" = ?').run(principal.id);
            metadata.remove('ExternalCredentialPrincipal', principal.fullName);
        }
    },
    PermissionSet({ db, metadata }, fullName) {
        const { id } = metadata.row('PermissionSet', fullName)!;
        for (const table of GRANTS) db.prepare(`DELETE FROM "${table}" WHERE "ParentId" = ?`).run(id);
        db.prepare('DELETE FROM "PermissionSet" WHERE "Id" = ?').run(id);
    }
};

export function removeComponents(context: DeployContext, removals: readonly Removal[]): DeployedComponent[] {
    const there = removals.filter((removal) => isThere(context, removal));
    const going = new Set(there.map(({ type, fullName }) => `${type} ${fullName}`));
    const staying = there.length > 0 ? writtenComponents(context, goesWith(there, going)) : [];
    return there.flatMap((removal) => {
        const problem = whyItStays(context, removal, staying);
        if (problem) {
            tell(context, removal, problem, 'Error');
            return [];
        }
        return [remove(context, removal)];
    });
}

function isThere(context: DeployContext, removal: Removal): boolean {
    const { type, fullName } = removal;
    if (context.metadata.row(type, fullName)) return true;
    tell(context, removal, `No ${type} named: ${fullName} found`, 'Warning');
    return false;
}

/** With an object go its parts, layouts and tab. */
function goesWith(there: readonly Removal[], going: ReadonlySet<string>) {
    const owners = there
        .filter(({ type }) => type === 'CustomObject')
        .map(({ fullName }) => belongsTo(fullName));
    return (type: string, fullName: string): boolean =>
        going.has(`${type} ${fullName}`) || owners.some((isOwn) => isOwn(type, fullName));
}

function whyItStays(
    context: DeployContext,
    { type, fullName }: Removal,
    staying: readonly WrittenComponent[]
): string | null {
    if (isStandard(context, type, fullName))
        return `${fullName} is part of Salesforce itself and cannot be deleted`;
    if (type === 'PermissionSet' && holdersOf(context, fullName) > 0)
        return "You can't delete this permission set because users are assigned to it";
    const users = thoseWith(wordsOf(type, fullName), othersThan(type, fullName, staying));
    return users.length > 0 ? inUse(type, users) : null;
}

/** Its own object or list of labels names a part; that goes with it. */
function othersThan(
    type: string,
    fullName: string,
    staying: readonly WrittenComponent[]
): readonly WrittenComponent[] {
    if (type === 'CustomLabel') return staying.filter((one) => one.type !== 'CustomLabels');
    const [owner, part] = split(fullName);
    if (part === '') return staying;
    return staying.filter((one) => !(one.type === 'CustomObject' && one.fullName === owner));
}

/** A part is known by the words of its owner and its own, wherever both stand. */
function wordsOf(type: string, fullName: string): string[] {
    const [owner, part] = split(fullName);
    if (type === 'CustomMetadata' || type === 'Layout')
        return [fullName.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')];
    return part === '' ? [owner] : [owner, part];
}

function holdersOf({ db, metadata }: DeployContext, fullName: string): number {
    const count = db
        .prepare('SELECT COUNT(*) FROM "PermissionSetAssignment" WHERE "PermissionSetId" = ?')
        .pluck();
    return count.get(metadata.row('PermissionSet', fullName)!.id) as number;
}

function remove(context: DeployContext, { type, fullName, fileName }: Removal): DeployedComponent {
    const { id } = context.metadata.row(type, fullName)!;
    WITH_IT[type]?.(context, fullName);
    context.metadata.remove(type, fullName);
    return { type, fullName, fileName, id, state: 'deleted' };
}

function tell(
    context: DeployContext,
    { type, fullName, fileName }: Removal,
    problem: string,
    problemType: 'Error' | 'Warning'
): void {
    context.problems.push({ componentType: type, fullName, fileName, problem, problemType });
}
