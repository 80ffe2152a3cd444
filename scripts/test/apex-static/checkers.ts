// The two Apex checkers and where they come from: one npm package of Salesforce's Code Analyzer carries both, PMD with
// Salesforce's own rules and apex-ls, the type checker, with the platform's types of API 65.
import { join } from 'node:path';
import { cachedPackages } from '../../cached-packages.ts';

const CORE = '@salesforce/code-analyzer-core';
const PMD = '@salesforce/code-analyzer-pmd-engine';
const VERSIONS = { [CORE]: '0.52.0', [PMD]: '0.46.0' };

/** Folder with the checkers' `node_modules`. */
export function checkersFolder(): string {
    return cachedPackages({
        name: `apex-checkers-${VERSIONS[PMD]}`,
        dependencies: VERSIONS,
        // The two were released against different versions of what they share, and fail with two of it.
        overrides: { '@salesforce/code-analyzer-engine-api': '0.42.0' }
    });
}

export const modulePath = (folder: string, name: string): string =>
    join(folder, 'node_modules', name, 'dist', 'index.js');

export const javaLibrary = (folder: string): string =>
    join(folder, 'node_modules', PMD, 'dist', 'java-lib', '*');

export const coreModule = (folder: string): string => modulePath(folder, CORE);
export const pmdModule = (folder: string): string => modulePath(folder, PMD);
