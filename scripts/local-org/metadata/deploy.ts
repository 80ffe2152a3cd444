// One deploy, from zip to org: read, apply in one transaction, check references, and keep all or nothing. Main path of
// the metadata folder. Who may deploy and how clients ask for it is the routes' business (routes/metadata-*.ts).
import { checkLightningBundle } from './check/lightning.ts';
import { checkReferences } from './check/references.ts';
import { applyCustomMetadata } from './apply/custom-metadata.ts';
import { applyCustomObjects } from './apply/custom-objects.ts';
import { checkApexSource, writeApexClassRow } from './apply/apex.ts';
import { applyPermissionSet } from './apply/permission-sets.ts';
import type { TestRun } from '../apex/test-runner.ts';
import { insertSetupRow } from '../setup-rows.ts';
import { listOf, textOf } from './deploy-context.ts';
import { runDeployTests } from './deploy-tests.ts';
import type { DeployContext, DeployParts } from './deploy-context.ts';
import { mergedLabels } from './labels.ts';
import type { CustomLabel } from './labels.ts';
import { readPackage } from './package-reader.ts';
import type { DeployPackage, PackageComponent } from './package-reader.ts';
import { UnreadablePackage } from './problems.ts';
import type { DeployProblem } from './problems.ts';
import { removeComponents } from './remove-components.ts';
import { addToPackage } from './unmanaged-packages.ts';
import { openDeployZip } from './zip.ts';

export interface DeployOptions {
    checkOnly?: boolean;
    /** of an installed package: its objects and fields are named with it */
    namespace?: string;
    /** Runs tests against what is about to be kept; one that fails keeps nothing. */
    runTests?: () => TestRun;
}

export interface DeployedComponent {
    type: string;
    fullName: string;
    fileName: string;
    id: string;
    state: 'created' | 'changed' | 'unchanged' | 'deleted';
}

export interface DeployOutcome {
    success: boolean;
    apiVersion: string;
    components: DeployedComponent[];
    errors: DeployProblem[];
    warnings: DeployProblem[];
    /** Null when none were asked for, or when there was nothing good to test. */
    tests: TestRun | null;
    /** Set when the package could not be read at all. */
    errorMessage: string | null;
    /** Salesforce's code for the message. */
    errorStatusCode: string;
}

/** Ends the transaction without keeping anything. */
class NothingKept extends Error {}

export function deploy(
    parts: DeployParts,
    zip: Buffer,
    options: DeployOptions,
    userId: string
): DeployOutcome {
    let pack: DeployPackage;
    try {
        pack = readPackage(openDeployZip(zip));
    } catch (error) {
        if (!(error instanceof UnreadablePackage)) throw error;
        return { ...NO_OUTCOME, errorMessage: error.message, errorStatusCode: error.statusCode };
    }
    const context: DeployContext = {
        ...parts,
        userId,
        namespace: options.namespace ?? '',
        problems: [...pack.problems]
    };
    let components: DeployedComponent[] = [];
    let tests: TestRun | null = null;
    const isGood = (): boolean => errorsOf(context).length === 0 && !tests?.failed;
    inTransaction(parts, () => {
        const [after, before] = [true, false].map((isAfter) =>
            pack.removals.filter((removal) => removal.isAfterAdding === isAfter)
        );
        components = [
            ...removeComponents(context, before!),
            ...applyPackage(context, pack.components),
            ...removeComponents(context, after!)
        ];
        if (pack.name !== null) addToPackage(context, pack.name, components);
        if (!isGood() || (options.checkOnly && !options.runTests)) throw new NothingKept();
        countDeploy(parts);
        if (options.runTests) tests = runDeployTests(context, options.runTests);
        if (!isGood() || options.checkOnly) throw new NothingKept();
    });
    return {
        ...NO_OUTCOME,
        success: isGood(),
        apiVersion: pack.apiVersion,
        components,
        errors: errorsOf(context),
        warnings: context.problems.filter(({ problemType }) => problemType === 'Warning'),
        tests
    };
}

const NO_OUTCOME: DeployOutcome = {
    success: false,
    apiVersion: '',
    components: [],
    errors: [],
    warnings: [],
    tests: null,
    errorMessage: null,
    errorStatusCode: ''
};

function countDeploy({ schema, metadata }: DeployParts): void {
    schema.bumpVersion();
    metadata.bumpVersion();
}

function errorsOf(context: DeployContext): DeployProblem[] {
    return context.problems.filter(({ problemType }) => problemType === 'Error');
}

function inTransaction(parts: DeployParts, work: () => void): void {
    const { db, schema, metadata } = parts;
    const before = schema.version;
    try {
        db.transaction(work)();
    } catch (error) {
        const wasCounted = schema.version > before;
        schema.reload();
        metadata.reload();
        if (wasCounted) {
            // The version that was taken back is counted too: what tests compiled under it must not be met again.
            countDeploy(parts);
            countDeploy(parts);
        }
        if (!(error instanceof NothingKept)) throw error;
    }
}

/** Components that could not be parsed have problems already; applying the rest tells about more mistakes at once. */
function applyPackage(context: DeployContext, components: PackageComponent[]): DeployedComponent[] {
    const unreadable = new Set(
        context.problems
            .filter((one) => one.problemType === 'Error')
            .map((one) => `${one.componentType}:${one.fullName}`)
    );
    const readable = components.filter(({ type, fullName }) => !unreadable.has(`${type}:${fullName}`));
    const objects = readable.filter(({ type }) => type === 'CustomObject');
    applyCustomObjects(context, objects);
    const deployed = readable.flatMap((component) => applyComponent(context, component));
    for (const component of readable) {
        if (component.type === 'LightningComponentBundle') checkLightningBundle(context, component);
        else checkReferences(context, component);
    }
    return deployed;
}

function applyComponent(context: DeployContext, component: PackageComponent): DeployedComponent[] {
    const self = storeComponent(context, component);
    switch (component.type) {
        case 'ApexClass':
        case 'ApexTrigger':
            if (self.state !== 'unchanged') checkApexSource(context, component);
            if (component.type === 'ApexClass') writeApexClassRow(context, component, self.id);
            break;
        case 'CustomMetadata':
            applyCustomMetadata(context, component);
            break;
        case 'CustomPermission':
            writeCustomPermissionRow(context, component, self.id);
            break;
        case 'ExternalCredential':
            storePrincipals(context, component);
            break;
        case 'PermissionSet':
            applyPermissionSet(context, component, self.id);
            break;
    }
    const children = component.children.map((one) => storeChild(context, component, one));
    return component.partial ? children : [self, ...children];
}

function storeComponent(context: DeployContext, component: PackageComponent): DeployedComponent {
    const { type, fullName, fileName, files } = component;
    const content = contentToKeep(context, component);
    const state = context.metadata.put({ type, fullName, content, files }, context.userId);
    return { type, fullName, fileName, state, id: idOf(context, type, fullName) };
}

/** Labels and the parts of an object add to what the org has; everything else replaces it. */
function contentToKeep(context: DeployContext, component: PackageComponent): Record<string, unknown> {
    const before = context.metadata.content(component.type, component.fullName) ?? {};
    if (component.type === 'CustomLabels') {
        return {
            labels: mergedLabels(
                context.metadata,
                component.children.map(({ content }) => content as CustomLabel)
            )
        };
    }
    if (component.type !== 'CustomObject') return component.content;
    const merged: Record<string, unknown> = component.partial
        ? { ...before }
        : { ...before, ...component.content };
    for (const element of ['fields', 'validationRules', 'listViews']) {
        const byName = new Map(
            [...listOf(before, element), ...listOf(component.content, element)].map((one) => [
                String(one.fullName),
                one
            ])
        );
        if (byName.size > 0) merged[element] = [...byName.values()];
    }
    return merged;
}

function storeChild(
    context: DeployContext,
    component: PackageComponent,
    { type, name, content }: PackageComponent['children'][number]
): DeployedComponent {
    const fullName = component.type === 'CustomLabels' ? name : `${component.fullName}.${name}`;
    const state = context.metadata.put({ type, fullName, content, files: new Map() }, context.userId);
    return { type, fullName, fileName: component.fileName, state, id: idOf(context, type, fullName) };
}

function storePrincipals(context: DeployContext, component: PackageComponent): void {
    for (const parameter of listOf(component.content, 'externalCredentialParameters')) {
        if (!String(parameter.parameterType).endsWith('Principal')) continue;
        const fullName = `${component.fullName}-${parameter.parameterName}`;
        const stored = {
            type: 'ExternalCredentialPrincipal',
            fullName,
            content: parameter,
            files: new Map()
        };
        context.metadata.put(stored, context.userId);
    }
}

function writeCustomPermissionRow(context: DeployContext, component: PackageComponent, id: string): void {
    context.db.prepare('DELETE FROM "CustomPermission" WHERE "Id" = ?').run(id);
    const row = {
        Id: id,
        DeveloperName: component.fullName,
        MasterLabel: textOf(component.content, 'label') ?? component.fullName,
        Description: textOf(component.content, 'description')
    };
    insertSetupRow(context.db, context, 'CustomPermission', row, context.userId);
}

function idOf(context: DeployContext, type: string, fullName: string): string {
    const row = context.metadata.row(type, fullName);
    if (!row) throw new Error(`${type} ${fullName} was not stored.`);
    return row.id;
}
