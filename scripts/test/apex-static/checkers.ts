// The Apex checkers and where they come from: packages of Salesforce's Code Analyzer. One carries PMD with Salesforce's own
// rules and apex-ls, the type checker, with the platform's types of API 65; another Graph Engine.
import { join } from 'node:path';
import { cachedPackages } from '../../cached-packages.ts';

const CORE = '@salesforce/code-analyzer-core';
const PMD = '@salesforce/code-analyzer-pmd-engine';
const GRAPH = '@salesforce/code-analyzer-sfge-engine';
const VERSIONS = { [CORE]: '0.52.0', [PMD]: '0.46.0' };
const GRAPH_VERSIONS = { [CORE]: '0.52.0', [GRAPH]: '0.25.0' };
// Core and engines were released against different versions of what they share, and fail with two of it.
const SHARED = { '@salesforce/code-analyzer-engine-api': '0.42.0' };

/** Folder with the checkers' `node_modules`. */
export function checkersFolder(): string {
    return cachedPackages({
        name: `apex-checkers-${VERSIONS[PMD]}`,
        dependencies: VERSIONS,
        overrides: SHARED
    });
}

/** The same for Graph Engine, which is run by itself: it needs minutes. */
export function graphEngineFolder(): string {
    return cachedPackages({
        name: `graph-engine-${GRAPH_VERSIONS[GRAPH]}`,
        dependencies: GRAPH_VERSIONS,
        overrides: SHARED
    });
}

export const modulePath = (folder: string, name: string): string =>
    join(folder, 'node_modules', name, 'dist', 'index.js');

export const javaLibrary = (folder: string): string =>
    join(folder, 'node_modules', PMD, 'dist', 'java-lib', '*');

export const coreModule = (folder: string): string => modulePath(folder, CORE);
export const pmdModule = (folder: string): string => modulePath(folder, PMD);
export const graphModule = (folder: string): string => modulePath(folder, GRAPH);
