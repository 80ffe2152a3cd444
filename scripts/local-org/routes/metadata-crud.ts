// The calls of the Metadata API for single components, as SOAP operations: readMetadata, createMetadata and the others.
// What they do is metadata/crud.ts, delete-component.ts and rename-object.ts; the envelope is metadata-soap.ts.
import type { LocalOrg } from '../local-org.ts';
import { createComponent, readComponent, updateComponent, upsertComponent } from '../metadata/crud.ts';
import type { ComponentResult } from '../metadata/crud.ts';
import { deleteComponent } from '../metadata/delete-component.ts';
import { parseSoapComponents } from '../metadata/metadata-xml.ts';
import type { XmlComponent } from '../metadata/metadata-xml.ts';
import { renameComponent } from '../metadata/rename-object.ts';
import { OrgError } from '../org.ts';
import type { UserContext } from '../org.ts';

type Xml = Record<string, unknown>;
type CrudOperation = (body: Xml, user: UserContext, envelope: string) => unknown;
type SaveComponent = (org: LocalOrg, userId: string, component: XmlComponent) => ComponentResult;

const MOST_COMPONENTS = 10;

export function crudOperations(org: LocalOrg): Record<string, CrudOperation> {
    const saving =
        (save: SaveComponent): CrudOperation =>
        (_body, user, envelope) => {
            const components = parseSoapComponents(envelope);
            checkCount(components.length);
            return components.map((component) => save(org, user.userId, component));
        };
    return {
        createMetadata: saving(createComponent),
        updateMetadata: saving(updateComponent),
        upsertMetadata: saving(upsertComponent),
        readMetadata: (body) => ({
            records: namesOf(body).map((name) => {
                const content = readComponent(org, String(body.type), name);
                return content
                    ? { '@xsi:type': body.type, ...fullNameFirst(content) }
                    : { '@xsi:nil': 'true' };
            })
        }),
        deleteMetadata: (body) => namesOf(body).map((name) => deleteComponent(org, String(body.type), name)),
        renameMetadata: (body) =>
            renameComponent(org, String(body.type), String(body.oldFullName), String(body.newFullName))
    };
}

function namesOf(body: Xml): string[] {
    const names = [body.fullNames ?? []].flat().map(String);
    checkCount(names.length);
    return names;
}

function checkCount(count: number): void {
    if (count <= MOST_COMPONENTS) return;
    const message = `a call takes at most ${MOST_COMPONENTS} components, not ${count}`;
    throw new OrgError(500, 'LIMIT_EXCEEDED', message);
}

/** As every component of the Metadata API begins. */
function fullNameFirst({ fullName, ...content }: Record<string, unknown>): Record<string, unknown> {
    return { fullName, ...content };
}
