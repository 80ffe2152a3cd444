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

/** A component of the org that is to go. */
interface Going extends Removal {
    id: string;
}

export function removeComponents(context: DeployContext, removals: readonly Removal[]): DeployedComponent[] {
    const going = removals.flatMap((removal) => found(context, removal) ?? []);
    const names = new Set(going.map(({ type, fullName }) => `${type} ${fullName}`));
    const staying = going.length > 0 ? writtenComponents(context, goesWith(going, names)) : [];
    const free = going.filter((one) => {
        const problem = whyItStays(context, one, staying);
        if (problem) tell(context, one, problem, 'Error');
        return problem === null;
    });
    // With an object go its tab, its layouts and its records: they first, or they would not be found.
    const isObject = ({ type }: Going): boolean => type === 'CustomObject';
    for (const one of [...free.filter((some) => !isObject(some)), ...free.filter(isObject)])
        remove(context, one);
    forgetLabels(context, free);
    return free.map(({ type, fullName, fileName, id }) => ({
        type,
        fullName,
        fileName,
        id,
        state: 'deleted'
    }));
}

function found(context: DeployContext, removal: Removal): Going | null {
    const { type, fullName } = removal;
    const row = context.metadata.row(type, fullName);
    if (row) return { ...removal, id: row.id };
    tell(context, removal, `No ${type} named: ${fullName} found`, 'Warning');
    return null;
}

/** With an object go its parts, layouts and tab. */
function goesWith(all: readonly Removal[], going: ReadonlySet<string>) {
    const owners = all
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

function remove(context: DeployContext, { type, fullName }: Going): void {
    WITH_IT[type]?.(context, fullName);
    context.metadata.remove(type, fullName);
}

/** The one file of all labels lists them as well: written once, however many go. */
function forgetLabels({ metadata }: DeployContext, going: readonly Going[]): void {
    const gone = new Set(going.filter(({ type }) => type === 'CustomLabel').map(({ fullName }) => fullName));
    const row = metadata.row('CustomLabels', 'CustomLabels');
    const content = metadata.content('CustomLabels', 'CustomLabels');
    if (gone.size === 0 || !row || !content) return;
    const labels = (content['labels'] as { fullName: string }[]).filter(
        ({ fullName }) => !gone.has(fullName)
    );
    const files = metadata.files('CustomLabels', 'CustomLabels') ?? new Map();
    metadata.put(
        { type: 'CustomLabels', fullName: row.fullName, content: { labels }, files },
        row.lastModifiedById
    );
}

function tell(
    context: DeployContext,
    { type, fullName, fileName }: Removal,
    problem: string,
    problemType: 'Error' | 'Warning'
): void {
    context.problems.push({ componentType: type, fullName, fileName, problem, problemType });
}
