// The Metadata API's calls for single components: create, read, update, upsert. Each component is saved by a deploy of
// its own and fails alone. Deleting is delete-component.ts, renaming rename-object.ts.
import type { LocalOrg } from '../local-org.ts';
import { componentType, parentTypeOf } from './component-types.ts';
import { deploy } from './deploy.ts';
import type { XmlComponent } from './metadata-xml.ts';
import { checkSingle, packageOf, split } from './single-component.ts';
import { notSupported } from '../org.ts';

export interface SaveProblem {
    message: string;
    statusCode: string;
}

export interface ComponentResult {
    errors: SaveProblem[];
    fullName: string;
    success: boolean;
    /** Upsert only. */
    created?: boolean;
}

export function createComponent(org: LocalOrg, userId: string, component: XmlComponent): ComponentResult {
    checkSingle(component.type);
    const { type, fullName } = component;
    if (exists(org, type, fullName)) {
        const message = `There is already a component of type ${type} named ${fullName}.`;
        return failed(fullName, 'DUPLICATE_DEVELOPER_NAME', message);
    }
    return save(org, userId, component);
}

export function updateComponent(org: LocalOrg, userId: string, component: XmlComponent): ComponentResult {
    checkSingle(component.type);
    if (!exists(org, component.type, component.fullName)) return notFound(component.type, component.fullName);
    return save(org, userId, component);
}

export function upsertComponent(org: LocalOrg, userId: string, component: XmlComponent): ComponentResult {
    checkSingle(component.type);
    const isNew = !exists(org, component.type, component.fullName);
    const result = save(org, userId, component);
    return { ...result, created: isNew && result.success };
}

/** As deployed; null when there is none. */
export function readComponent(org: LocalOrg, type: string, fullName: string): Record<string, unknown> | null {
    if (!componentType(type) && !parentTypeOf(type)) throw notSupported(`metadata type ${type}`);
    if (!exists(org, type, fullName)) return null;
    const stored = org.metadata.row(type, fullName)?.fullName;
    const name = stored ?? org.schema.object(fullName)?.name ?? fullName;
    return { ...org.metadata.content(type, fullName), fullName: name };
}

/** Standard objects and their fields are there without having been deployed. */
export function exists(org: LocalOrg, type: string, fullName: string): boolean {
    if (org.metadata.row(type, fullName)) return true;
    if (type === 'CustomObject') return org.schema.object(fullName) !== undefined;
    if (type === 'CustomField') return org.schema.field(...split(fullName)) !== undefined;
    return false;
}

export function notFound(type: string, fullName: string): ComponentResult {
    return failed(fullName, 'INVALID_CROSS_REFERENCE_KEY', `no ${type} named ${fullName} found`);
}

export function failed(fullName: string, statusCode: string, message: string): ComponentResult {
    return { errors: [{ message, statusCode }], fullName, success: false };
}

function save(org: LocalOrg, userId: string, component: XmlComponent): ComponentResult {
    const { type, fullName, content, problems } = component;
    if (fullName === '') return failed('', 'REQUIRED_FIELD_MISSING', 'Required field is missing: fullName');
    if (problems.length) return failed(fullName, 'INVALID_FIELD', problems[0].problem);
    const outcome = deploy(org, packageOf(type, fullName, content), {}, userId);
    const messages = outcome.errors.map(({ problem }) => problem);
    if (outcome.errorMessage) messages.push(outcome.errorMessage);
    return {
        errors: messages.map((message) => ({ message, statusCode: statusCodeOf(message) })),
        fullName,
        success: outcome.success
    };
}

/** A deploy tells problems in words; single saves give them a code as well. */
function statusCodeOf(message: string): string {
    if (/The local org does not support/.test(message)) return 'LOCAL_ORG_NOT_SUPPORTED';
    if (/^Required field is missing/.test(message)) return 'REQUIRED_FIELD_MISSING';
    if (/no \w+ named .* found$/.test(message)) return 'INVALID_CROSS_REFERENCE_KEY';
    return 'FIELD_INTEGRITY_EXCEPTION';
}
