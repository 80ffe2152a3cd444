// The metadata types the local org takes, one line each: where their files lie in a package and what they are called.
// Owns nothing else; a type that is not here is refused by name at deploy.

export interface ComponentType {
    name: string;
    /** Folder inside the package. */
    folder: string;
    /** File suffix without the dot; a folder per component when null. */
    suffix: string | null;
    /** A second file `<file>-meta.xml` holds the definition. */
    hasMetaFile: boolean;
    /** First three characters of component ids. */
    keyPrefix: string;
    /** Types inside the file of this one, named `Object.Child` in a manifest: XML element to type. */
    children: Record<string, string>;
}

const NONE = {};
const OBJECT_CHILDREN = {
    fields: 'CustomField',
    validationRules: 'ValidationRule',
    listViews: 'ListView'
};

export const COMPONENT_TYPES: ComponentType[] = [
    type('CustomLabels', 'labels', 'labels', '101', { labels: 'CustomLabel' }),
    type('CustomPermission', 'customPermissions', 'customPermission', '0CP'),
    type('CustomObject', 'objects', 'object', '01I', OBJECT_CHILDREN),
    type('CustomMetadata', 'customMetadata', 'md', 'm00'),
    type('StaticResource', 'staticresources', 'resource', '081', NONE, true),
    type('ExternalCredential', 'externalCredentials', 'externalCredential', '0pk'),
    type('NamedCredential', 'namedCredentials', 'namedCredential', '0XA'),
    type('ApexClass', 'classes', 'cls', '01p', NONE, true),
    type('ApexTrigger', 'triggers', 'trigger', '01q', NONE, true),
    type('LightningComponentBundle', 'lwc', null, '0Rb'),
    type('FlexiPage', 'flexipages', 'flexipage', '0M0'),
    type('CustomTab', 'tabs', 'tab', '01r'),
    type('CustomApplication', 'applications', 'app', '02u'),
    type('Layout', 'layouts', 'layout', '00h'),
    type('PermissionSet', 'permissionsets', 'permissionset', '0PS'),
    type('PlatformEventChannelMember', 'platformEventChannelMembers', 'platformEventChannelMember', '0v8')
];

const CHILD_PREFIXES: Record<string, string> = {
    CustomField: '00N',
    ValidationRule: '03d',
    ListView: '00B',
    CustomLabel: '101',
    ExternalCredentialPrincipal: '7pr',
    Package: '033'
};

export function componentType(name: string): ComponentType | undefined {
    return COMPONENT_TYPES.find((one) => one.name === name);
}

/** Every deploy adds to such a component, so no deployed file holds all of it. */
export function isMergedType(name: string): boolean {
    return name === 'CustomObject' || name === 'CustomLabels';
}

/** The type whose file holds components of `name`: CustomObject for CustomField. */
export function parentTypeOf(name: string): ComponentType | undefined {
    return COMPONENT_TYPES.find((one) => Object.values(one.children).includes(name));
}

export function keyPrefixOf(typeName: string): string {
    const prefix = componentType(typeName)?.keyPrefix ?? CHILD_PREFIXES[typeName];
    if (!prefix)
        throw new Error(`Metadata type ${typeName} has no key prefix; add it to component-types.ts.`);
    return prefix;
}

function type(
    name: string,
    folder: string,
    suffix: string | null,
    keyPrefix: string,
    children: Record<string, string> = NONE,
    hasMetaFile = false
): ComponentType {
    return { name, folder, suffix, hasMetaFile, keyPrefix, children };
}
