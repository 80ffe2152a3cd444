// Checks of what screens show: labels that exist and are used, icons that exist (an unknown icon is blank, without a
// word from the platform).
import { globSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import {
    elements,
    isTestFile,
    lineAt,
    withSuffix,
    xmlContent,
    type Check,
    type Problem,
    type SourceFile
} from './source-file.ts';

const LABEL_USES: [suffix: string, use: RegExp][] = [
    ['.js', /@salesforce\/label\/c\.(\w+)/g],
    ['.cls', /\b(?:System\.)?Label\.(?:c\.)?(\w+)/g],
    ['-meta.xml', /\$Label\.(?:c\.)?(\w+)/g],
    ['-meta.xml', /\{!\$?Label\.(\w+)\}/g]
];
const ICON_FILES = /\.(html|js|tab-meta\.xml|flexipage-meta\.xml|app-meta\.xml|quickAction-meta\.xml)$/;
const CATEGORIES = 'utility|standard|custom|action|doctype';
const WHOLE_ICON = new RegExp(`["'\`>](${CATEGORIES}):(\\w+)(?=["'\`<])`, 'g');
const COMPOSED_ICON = new RegExp(`["'\`](${CATEGORIES}):(?:\\$\\{|["'\`]\\s*\\+)`, 'g');

interface Use {
    file: string;
    line: number;
    name: string;
}

export const labelsExist: Check = {
    name: 'every label that is used exists',
    problemsIn: (files) => {
        const known = new Set(labels(files).map(({ name }) => name));
        return labelUses(files)
            .filter(({ name }) => !known.has(name))
            .map(({ file, line, name }) => ({ file, line, reason: `there is no label ${name}` }));
    }
};

export const labelsAreUsed: Check = {
    name: 'every label is used',
    problemsIn: (files) => {
        const used = new Set(labelUses(files).map(({ name }) => name));
        return labels(files)
            .filter(({ name }) => !used.has(name))
            .map(({ file, line, name }) => ({ file, line, reason: `the label ${name} is used nowhere` }));
    }
};

/** @param icons names as `utility:lock` */
export function iconsExist(icons: ReadonlySet<string>): Check {
    return {
        name: 'every icon exists in the Lightning Design System',
        problemsIn: (files) =>
            files
                .filter(({ path }) => ICON_FILES.test(path) && !isTestFile(path))
                .flatMap((file) => [
                    ...uses(file, WHOLE_ICON, ([, category, name]) => `${category}:${name}`)
                        .filter(({ name }) => !icons.has(name))
                        .map(({ line, name }): Problem => ({
                            file: file.path,
                            line,
                            reason: `there is no icon ${name}`
                        })),
                    ...uses(file, COMPOSED_ICON, ([text]) => text).map(({ line }) => ({
                        file: file.path,
                        line,
                        reason: 'puts an icon name together: write whole names, so that they can be checked'
                    }))
                ])
    };
}

export function designSystemIcons(root: string): Set<string> {
    const folder = join(root, 'node_modules/@salesforce-ux/design-system/assets/icons');
    const files = globSync(`{${CATEGORIES.replaceAll('|', ',')}}/*.svg`, { cwd: folder });
    return new Set(files.map((file) => `${dirname(file)}:${basename(file, '.svg')}`));
}

function labels(files: SourceFile[]): Use[] {
    return withSuffix(files, '.labels-meta.xml').flatMap((file) =>
        elements(xmlContent(file), 'labels').map(({ fullName }) => ({
            file: file.path,
            line: lineAt(file.text, file.text.indexOf(`<fullName>${fullName}</fullName>`)),
            name: String(fullName)
        }))
    );
}

function labelUses(files: SourceFile[]): Use[] {
    return LABEL_USES.flatMap(([suffix, use]) =>
        withSuffix(files, suffix)
            .filter(({ path }) => !isTestFile(path))
            .flatMap((file) => uses(file, use, ([, name]) => name!))
    );
}

function uses(
    { path, text }: SourceFile,
    pattern: RegExp,
    nameOf: (match: RegExpMatchArray) => string
): Use[] {
    return [...text.matchAll(pattern)].map((match) => ({
        file: path,
        line: lineAt(text, match.index),
        name: nameOf(match)
    }));
}
