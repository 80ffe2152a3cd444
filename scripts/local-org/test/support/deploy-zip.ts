// Deploy packages for tests, written file by file.
import { zipSync, type Zippable } from 'fflate';

const XMLNS = 'xmlns="http://soap.sforce.com/2006/04/metadata"';

/** A zip with package.xml naming `members` (`{ ApexClass: ['A'] }`) and these files. */
export function deployZip(
    members: Record<string, string[]>,
    files: Record<string, string>,
    topFolder = ''
): Buffer {
    const types = Object.entries(members).map(
        ([name, list]) =>
            `<types>${list.map((member) => `<members>${member}</members>`).join('')}<name>${name}</name></types>`
    );
    const all: Record<string, string> = {
        'package.xml': metadata('Package', `${types.join('')}<version>65.0</version>`),
        ...files
    };
    // Packing nothing takes as long as packing a page: of ten thousand empty files that is felt.
    const entries: Zippable = {};
    for (const [path, text] of Object.entries(all))
        entries[topFolder + path] = [Buffer.from(text), { level: text === '' ? 0 : 6 }];
    return Buffer.from(zipSync(entries));
}

export function metadata(type: string, inner: string): string {
    return `<?xml version="1.0" encoding="UTF-8"?>\n<${type} ${XMLNS}>${inner}</${type}>\n`;
}

/** A custom object file; `fields` and more go in as XML. */
export function objectXml(label: string, inner = ''): string {
    return metadata(
        'CustomObject',
        `<deploymentStatus>Deployed</deploymentStatus>${inner}<label>${label}</label>
         <nameField><displayFormat>X-{0000}</displayFormat><label>Number</label><type>AutoNumber</type></nameField>
         <pluralLabel>${label}s</pluralLabel><sharingModel>Private</sharingModel>`
    );
}

export function fieldXml(name: string, type: string, inner = ''): string {
    return `<fields><fullName>${name}</fullName>${inner}<label>${name}</label><type>${type}</type></fields>`;
}

export function lookupXml(name: string, target: string, children: string): string {
    return fieldXml(
        name,
        'Lookup',
        `<deleteConstraint>SetNull</deleteConstraint><referenceTo>${target}</referenceTo>
         <relationshipName>${children}</relationshipName>`
    );
}

export function apexClass(name: string, source: string): Record<string, string> {
    return {
        [`classes/${name}.cls`]: source,
        [`classes/${name}.cls-meta.xml`]: metadata(
            'ApexClass',
            '<apiVersion>65.0</apiVersion><status>Active</status>'
        )
    };
}

export function lwcBundle(name: string, files: Record<string, string>, meta = ''): Record<string, string> {
    const bundle = Object.entries(files).map(([file, text]) => [`lwc/${name}/${file}`, text]);
    return {
        ...Object.fromEntries(bundle),
        [`lwc/${name}/${name}.js-meta.xml`]: metadata(
            'LightningComponentBundle',
            `<apiVersion>65.0</apiVersion>${meta || '<isExposed>false</isExposed>'}`
        )
    };
}
