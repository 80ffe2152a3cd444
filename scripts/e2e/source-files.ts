// A package in source format as a map from component file to meaning, so that two folders can be compared: XML without
// regard to layout and order of different elements, everything else as bytes.
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { XMLParser } from 'fast-xml-parser';

const parser = new XMLParser({ parseTagValue: false });
/** The folder of a metadata type; what lies above it (the feature, `main/default`) is the author's choice. */
const TYPE_FOLDER =
    /^(?:.*\/)?((?:applications|classes|customMetadata|customPermissions|externalCredentials|flexipages|labels|layouts|lwc|namedCredentials|objects|permissionsets|tabs)\/.*)$/;

export function sourceFiles(...folders: string[]): Map<string, unknown> {
    const files = new Map<string, unknown>();
    for (const folder of folders) {
        for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
            const path = join(entry.parentPath, entry.name);
            const key = TYPE_FOLDER.exec(
                path
                    .slice(folder.length + 1)
                    .split(sep)
                    .join('/')
            )?.[1];
            // Tests of components never leave the machine.
            if (!entry.isFile() || !key || key.includes('/__tests__/')) continue;
            files.set(key, meaningOf(path));
        }
    }
    return files;
}

function meaningOf(path: string): unknown {
    const text = readFileSync(path, 'utf8');
    if (!path.endsWith('-meta.xml')) return text;
    const content = parser.parse(text);
    // Labels are found by name; sf writes them in the order it asked for them.
    content.CustomLabels?.labels.sort((a: Label, b: Label) => (a.fullName < b.fullName ? -1 : 1));
    return content;
}

interface Label {
    fullName: string;
}
