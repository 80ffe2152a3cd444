// What the metadata checks look at: source files by their path in the repository, and what they say about them.
import { globSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';

export interface SourceFile {
    /** from the root of the repository, with forward slashes */
    path: string;
    text: string;
}

export interface Problem {
    file: string;
    line?: number;
    reason: string;
}

export interface Check {
    /** what holds when there are no problems */
    name: string;
    problemsIn(files: SourceFile[]): Problem[];
}

const TEXT_FILES = /\.(cls|trigger|js|ts|html|css|xml|json|mjs|cjs|yaml|yml|md)$/;

export function readSources(root: string, folders: string[]): SourceFile[] {
    return folders
        .flatMap((folder) => globSync(`${folder}/**/*`, { cwd: root }))
        .map((path) => path.replaceAll('\\', '/'))
        .filter((path) => TEXT_FILES.test(path) && statSync(join(root, path)).isFile())
        .sort()
        .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

export function withSuffix(files: SourceFile[], suffix: string): SourceFile[] {
    return files.filter(({ path }) => path.endsWith(suffix));
}

/** `DealHealth__c` for `.../DealHealth__c.object-meta.xml`. */
export function componentName(path: string): string {
    return basename(path).split('.')[0]!;
}

export function isTestFile(path: string): boolean {
    return path.includes('/__tests__/');
}

export function lineAt(text: string, index: number): number {
    return text.slice(0, index).split('\n').length;
}

export type XmlContent = Record<string, unknown>;

const parser = new XMLParser({ ignoreDeclaration: true, ignoreAttributes: true, parseTagValue: false });

/** Content of the root element; values are text. Whether it is valid metadata is for the deploy to say. */
export function xmlContent(file: SourceFile): XmlContent {
    const [root] = Object.values(parser.parse(file.text) as Record<string, unknown>);
    return typeof root === 'object' && root !== null ? (root as XmlContent) : {};
}

/** A repeated element is a list, a single one is not, and an absent one is undefined. */
export function elements(content: XmlContent, name: string): XmlContent[] {
    const value = content[name];
    if (value === undefined) return [];
    return (Array.isArray(value) ? value : [value]) as XmlContent[];
}
