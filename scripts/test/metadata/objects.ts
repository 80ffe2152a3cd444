// Checks of custom objects and fields, and of what every metadata file has to say or must not say.
import { componentName, elements, lineAt, withSuffix, xmlContent, type Check } from './source-file.ts';

const API_VERSION = '65.0';
const WITH_API_VERSION = ['.cls-meta.xml', '.trigger-meta.xml', '.js-meta.xml'];

export const fieldsAreExplained: Check = {
    name: 'every custom field has a label, a description and help text',
    problemsIn: (files) =>
        withSuffix(files, '.field-meta.xml').flatMap((file) => {
            const content = xmlContent(file);
            return ['label', 'description', 'inlineHelpText']
                .filter((element) => !String(content[element] ?? '').trim())
                .map((element) => ({ file: file.path, reason: `has no <${element}>` }));
        })
};

/** A key that is not unique makes a second row of a run that is repeated; one with case takes two writings for two keys. */
export const externalKeysAreKeys: Check = {
    name: 'external keys are unique external ids without regard to case',
    problemsIn: (files) =>
        withSuffix(files, '.field-meta.xml').flatMap((file) => {
            const content = xmlContent(file);
            const isNamedKey = componentName(file.path) === 'ExternalKey__c';
            if (!isNamedKey && content['externalId'] !== 'true') return [];
            return Object.entries({ externalId: 'true', unique: 'true', caseSensitive: 'false' })
                .filter(([element, value]) => content[element] !== value)
                .map(([element, value]) => ({ file: file.path, reason: `<${element}> is not ${value}` }));
        })
};

export const objectsHaveSharingModel: Check = {
    name: 'every custom object says who sees its records by default (sharingModel)',
    problemsIn: (files) =>
        withSuffix(files, '__c.object-meta.xml')
            .filter((file) => !xmlContent(file)['sharingModel'])
            // A custom setting has no records to share.
            .filter((file) => !xmlContent(file)['customSettingsType'])
            .map((file) => ({ file: file.path, reason: 'has no <sharingModel>' }))
};

/** A master's deletion takes its details along, and its sharing decides theirs: not for records that are not ours. */
export const standardObjectsAreNoMasters: Check = {
    name: 'no master-detail relationship to a standard object',
    problemsIn: (files) =>
        withSuffix(files, '.field-meta.xml').flatMap((file) => {
            const { type, referenceTo } = xmlContent(file);
            const isToStandard = type === 'MasterDetail' && !String(referenceTo).endsWith('__c');
            return isToStandard
                ? [{ file: file.path, reason: `is a master-detail to ${referenceTo}: make it a lookup` }]
                : [];
        })
};

export const apiVersionsAreTheSame: Check = {
    name: `every apiVersion is ${API_VERSION}`,
    problemsIn: (files) =>
        withSuffix(files, '-meta.xml').flatMap((file) => {
            const version = xmlContent(file)['apiVersion'];
            const isRequired = WITH_API_VERSION.some((suffix) => file.path.endsWith(suffix));
            if (version === undefined && !isRequired) return [];
            if (version === API_VERSION) return [];
            return [{ file: file.path, reason: `apiVersion is ${version ?? 'missing'}, not ${API_VERSION}` }];
        })
};

/** A <license> ties a permission set to one user licence, and it cannot be changed in later versions of a package. */
export const nothingNeedsOneLicense: Check = {
    name: 'no <license> element',
    problemsIn: (files) =>
        withSuffix(files, '-meta.xml').flatMap((file) => {
            const index = file.text.search(/<license>/);
            if (index < 0) return [];
            return [{ file: file.path, line: lineAt(file.text, index), reason: 'has a <license> element' }];
        })
};

export const calloutSetGrantsOnlyThePrincipal: Check = {
    name: 'SpmCallout grants the external credential principal and nothing else',
    problemsIn: (files) =>
        withSuffix(files, '/SpmCallout.permissionset-meta.xml').flatMap((file) => {
            const content = xmlContent(file);
            const about = [
                'label',
                'description',
                'hasActivationRequired',
                'externalCredentialPrincipalAccesses'
            ];
            const more = Object.keys(content)
                .filter((element) => !about.includes(element))
                .map((element) => ({ file: file.path, reason: `grants <${element}> too` }));
            const grantsIt = elements(content, 'externalCredentialPrincipalAccesses').some(
                ({ enabled }) => enabled === 'true'
            );
            return grantsIt ? more : [...more, { file: file.path, reason: 'grants no principal' }];
        })
};

/** Components of TypeScript's `paths`; see scripts/test/lwc-paths.ts. */
export const typesKnowEveryComponent: Check = {
    name: 'config/lwc-paths.generated.json names every component',
    problemsIn: (files) => {
        const [paths] = withSuffix(files, 'config/lwc-paths.generated.json');
        const known = paths ? Object.keys(JSON.parse(paths.text).compilerOptions.paths) : [];
        return withSuffix(files, '.js-meta.xml')
            .filter((file) => !known.includes(`c/${componentName(file.path)}`))
            .map((file) => ({ file: file.path, reason: 'is not there: run node scripts/test/lwc-paths.ts' }));
    }
};
