// References between components that hold only when the whole deploy is in: tabs, apps, pages, layouts, credentials,
// formulas. Each check says which name leads nowhere; lightning.ts does the same for components' code.
import { checkFormula } from '../../formula/formula.ts';
import { child, listOf, missing, report, textOf } from '../deploy-context.ts';
import { checkChannelMember } from './channel-members.ts';
import type { DeployContext } from '../deploy-context.ts';
import type { PackageComponent } from '../package-reader.ts';

type Content = Record<string, unknown>;

export function checkReferences(context: DeployContext, component: PackageComponent): void {
    CHECKS[component.type]?.(context, component);
}

const CHECKS: Record<string, (context: DeployContext, component: PackageComponent) => void> = {
    CustomApplication: checkApplication,
    CustomObject: checkFormulas,
    CustomTab: checkTab,
    FlexiPage: checkFlexiPage,
    Layout: checkLayout,
    NamedCredential: checkNamedCredential,
    PlatformEventChannelMember: checkChannelMember
};

function checkFormulas(context: DeployContext, component: PackageComponent): void {
    const object = context.schema.object(component.fullName);
    if (!object) return;
    for (const { type, name } of component.children) {
        const where = child(component, type, name);
        const field = object.fields.find((one) => one.name === name);
        if (type === 'CustomField' && field?.formula) {
            for (const problem of checkFormula(field.formula, object, context.schema, field.type))
                report(context, where, problem);
        }
        if (type === 'CustomField' && field?.defaultFormula) {
            const { defaultFormula, type: expected } = field;
            for (const problem of checkFormula(defaultFormula, object, context.schema, expected, 'default'))
                report(context, where, problem);
        }
        const rule = object.validationRules.find((one) => one.name === name);
        if (type === 'ValidationRule' && rule) {
            for (const problem of checkFormula(rule.condition, object, context.schema, 'boolean', 'rule'))
                report(context, where, problem);
            if (rule.field && !context.schema.field(object.name, rule.field)) {
                report(
                    context,
                    where,
                    missing('errorDisplayField', 'CustomField', `${object.name}.${rule.field}`)
                );
            }
        }
    }
}

function checkTab(context: DeployContext, component: PackageComponent): void {
    const { content, fullName } = component;
    const flexiPage = textOf(content, 'flexiPage');
    const lwc = textOf(content, 'lwcComponent');
    if (content.customObject === true && !context.schema.object(fullName)) {
        report(context, component, missing('customObject', 'CustomObject', fullName));
    }
    if (flexiPage) need(context, component, 'flexiPage', 'FlexiPage', flexiPage);
    if (lwc) need(context, component, 'lwcComponent', 'LightningComponentBundle', lwc);
    for (const element of ['page', 'scontrol', 'auraComponent']) {
        if (content[element])
            report(context, component, `The local org does not support tabs of ${element}.`);
    }
    if (content.customObject !== true && !flexiPage && !lwc && !content.url) {
        report(
            context,
            component,
            `Tab ${fullName} shows nothing: give it customObject, flexiPage, lwcComponent or url.`
        );
    }
}

function checkApplication(context: DeployContext, component: PackageComponent): void {
    const { content } = component;
    const tabs = [...listOf<string>(content, 'tabs'), textOf(content, 'defaultLandingTab')];
    for (const tab of tabs) {
        if (tab && !tab.startsWith('standard-')) need(context, component, 'tab', 'CustomTab', tab);
    }
    const utilityBar = textOf(content, 'utilityBar');
    if (utilityBar) need(context, component, 'utilityBar', 'FlexiPage', utilityBar);
    for (const override of listOf(content, 'actionOverrides')) {
        const page = override.type === 'Flexipage' && textOf(override, 'content');
        if (page) need(context, component, 'content', 'FlexiPage', page);
    }
    if (content.profileActionOverrides) {
        report(context, component, 'The local org does not support profileActionOverrides.');
    }
}

const PAGE_TARGETS: Record<string, string> = {
    RecordPage: 'lightning__RecordPage',
    AppPage: 'lightning__AppPage',
    HomePage: 'lightning__HomePage',
    UtilityBar: 'lightning__UtilityBar'
};

function checkFlexiPage(context: DeployContext, component: PackageComponent): void {
    const { content } = component;
    const sobjectType = textOf(content, 'sobjectType');
    if (sobjectType && !context.schema.object(sobjectType)) {
        report(context, component, missing('sobjectType', 'CustomObject', sobjectType));
    }
    if (content.type === 'RecordPage' && !sobjectType)
        report(context, component, 'A record page needs an sobjectType.');
    for (const region of listOf(content, 'flexiPageRegions')) {
        for (const item of listOf(region, 'itemInstances')) {
            const name = (item.componentInstance as Content | undefined)?.componentName as string | undefined;
            if (name) checkPageComponent(context, component, name);
        }
    }
}

/** Components with a namespace other than `c` are Salesforce's own. */
function checkPageComponent(
    context: DeployContext,
    component: PackageComponent,
    componentName: string
): void {
    const [namespace, name] = componentName.includes(':') ? componentName.split(':') : ['c', componentName];
    if (namespace !== 'c') return;
    const bundle = context.metadata.content('LightningComponentBundle', name);
    if (!bundle) {
        report(
            context,
            component,
            `We couldn't retrieve the design time component information for component ${componentName}.`
        );
        return;
    }
    const target = PAGE_TARGETS[String(component.content.type)];
    const targets = listOf<string>((bundle.targets ?? {}) as Content, 'target');
    if (bundle.isExposed !== true || (target && !targets.includes(target))) {
        report(
            context,
            component,
            `Component ${componentName} is not exposed for ${target ?? component.content.type}.`
        );
    }
}

/** Fields that only layouts of custom metadata types know. */
const LAYOUT_ONLY = new Set(['IsProtected']);

function checkLayout(context: DeployContext, component: PackageComponent): void {
    const objectName = component.fullName.split('-')[0];
    if (!context.schema.object(objectName)) {
        report(context, component, missing('object', 'CustomObject', objectName));
        return;
    }
    for (const section of listOf(component.content, 'layoutSections')) {
        for (const column of listOf(section, 'layoutColumns')) {
            for (const item of listOf(column, 'layoutItems')) {
                const field = textOf(item, 'field');
                if (field && !LAYOUT_ONLY.has(field) && !context.schema.field(objectName, field)) {
                    report(context, component, missing('field', 'CustomField', `${objectName}.${field}`));
                }
            }
        }
    }
}

function checkNamedCredential(context: DeployContext, component: PackageComponent): void {
    const parameters = listOf(component.content, 'namedCredentialParameters');
    for (const parameter of parameters) {
        const credential = textOf(parameter, 'externalCredential');
        if (credential) need(context, component, 'externalCredential', 'ExternalCredential', credential);
    }
    if (component.content.namedCredentialType !== 'SecuredEndpoint') {
        report(context, component, 'The local org supports only named credentials of type SecuredEndpoint.');
    } else if (!parameters.some(({ parameterType }) => parameterType === 'Url')) {
        report(context, component, 'Required field is missing: a parameter of type Url');
    }
}

function need(
    context: DeployContext,
    component: PackageComponent,
    field: string,
    type: string,
    name: string
): void {
    if (!context.metadata.row(type, name)) report(context, component, missing(field, type, name));
}
