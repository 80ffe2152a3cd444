// Lightning web components at deploy: every import from @salesforce/* and c/*, and every c- tag, must lead to something
// in the org. Compiling them is the Lightning build's business.
import { labelIn } from '../labels.ts';
import { report } from '../deploy-context.ts';
import type { DeployContext } from '../deploy-context.ts';
import type { PackageComponent } from '../package-reader.ts';
import { positionAt } from '../problems.ts';
import { withoutComments } from '../apply/apex.ts';

const IMPORT = /(?:\bfrom\s*|\bimport\s*\(?\s*)(['"])([^'"\n]+)\1/g;
const CHILD_TAG = /<c-([a-z][a-z0-9_]*(?:-[a-z0-9_]+)*)[\s/>]/g;

export function checkLightningBundle(context: DeployContext, component: PackageComponent): void {
    const { fullName, files } = component;
    if (!/^[a-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)*$/.test(fullName)) {
        report(
            context,
            component,
            `"${fullName}" is no name for a component: it begins with a lower-case letter.`
        );
    }
    const isModule = files.has(`lwc/${fullName}/${fullName}.js`);
    if (
        !isModule &&
        !files.has(`lwc/${fullName}/${fullName}.html`) &&
        !files.has(`lwc/${fullName}/${fullName}.css`)
    ) {
        report(
            context,
            component,
            `lwc/${fullName} has no file ${fullName}.js, ${fullName}.html or ${fullName}.css`
        );
    }
    for (const [path, body] of files) {
        const text = body.toString('utf8');
        const where = { type: component.type, fullName, fileName: path };
        const check = (
            pattern: RegExp,
            group: number,
            problemOf: (name: string) => string | undefined
        ): void => {
            for (const match of text.matchAll(pattern)) {
                const problem = problemOf(match[group]);
                if (problem) report(context, where, problem, positionAt(text, match.index));
            }
        };
        if (path.endsWith('.js')) check(IMPORT, 2, (name) => importProblem(context, name));
        if (path.endsWith('.html')) check(CHILD_TAG, 1, (tag) => bundleProblem(context, camelCase(tag)));
    }
}

function importProblem(context: DeployContext, module: string): string | undefined {
    if (module.startsWith('c/')) return bundleProblem(context, module.slice(2));
    const [, kind, name] =
        /^@salesforce\/(apex|label|schema|resourceUrl|customPermission)\/(.+)$/.exec(module) ?? [];
    switch (kind) {
        case 'apex':
            return apexProblem(context, name);
        case 'label':
            return labelIn(context.metadata, name.replace(/^c\./, '')) === undefined
                ? `Invalid reference ${name} of type label`
                : undefined;
        case 'schema':
            return schemaProblem(context, name);
        case 'resourceUrl':
            return notStored(context, 'StaticResource', name, 'resourceUrl');
        case 'customPermission':
            return notStored(context, 'CustomPermission', name, 'customPermission');
        default:
            return undefined;
    }
}

function bundleProblem(context: DeployContext, name: string): string | undefined {
    return context.metadata.row('LightningComponentBundle', name)
        ? undefined
        : `No MODULE named markup://c:${name} found`;
}

function notStored(context: DeployContext, type: string, name: string, kind: string): string | undefined {
    return context.metadata.row(type, name) ? undefined : `Invalid reference ${name} of type ${kind}`;
}

function apexProblem(context: DeployContext, reference: string): string | undefined {
    const [className, method] = reference.split('.');
    if (className === '@salesforce' || !method) return undefined;
    const files = context.metadata.files('ApexClass', className);
    if (!files) return `Unable to find Apex action class referenced as '${className}'.`;
    const source = withoutComments(
        String([...files].find(([path]) => !path.endsWith('-meta.xml'))?.[1] ?? '')
    );
    const declaration = new RegExp(`@AuraEnabled\\b[^;{}]*\\bstatic\\b[^;{}]*\\b${method}\\s*\\(`, 'i');
    return declaration.test(source)
        ? undefined
        : `Unable to find Apex action method referenced as '${className}.${method}'.`;
}

/** `Object`, `Object.Field` or `Object.Parent__r.Field`. */
function schemaProblem(context: DeployContext, reference: string): string | undefined {
    const [objectName, ...path] = reference.split('.');
    const wrong = `Invalid reference ${reference} of type ${path.length ? 'sobjectField' : 'sobjectClass'}`;
    let object = context.schema.object(objectName);
    if (!object) return wrong;
    const last = path.pop();
    for (const step of path) {
        const field = context.schema.parentField(object.name, step);
        object = field && context.schema.object(field.referenceTo[0]);
        if (!object) return wrong;
    }
    return last === undefined || context.schema.field(object.name, last) ? undefined : wrong;
}

function camelCase(tag: string): string {
    return tag.replace(/-([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
}
