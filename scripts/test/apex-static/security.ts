// Security, error-prone and performance rules of PMD and of Salesforce's AppExchange review, by Code Analyzer's engine.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { coreModule, pmdModule } from './checkers.ts';
import type { Java } from './java.ts';

const RULES = 'pmd:(Security,ErrorProne,Performance)';

export interface Violation {
    rule: string;
    /** from the root of the project, with forward slashes */
    file: string;
    line: number;
    message: string;
}

/** What is used of Code Analyzer, which lies in the cache and not in the project. */
interface Analyzer {
    addEnginePlugin(plugin: unknown): Promise<void>;
    createWorkspace(files: string[]): Promise<unknown>;
    selectRules(selectors: string[], options: { workspace: unknown }): Promise<Selection>;
    run(rules: Selection, options: { workspace: unknown }): Promise<{ getViolations(): Found[] }>;
}
interface Selection {
    getCount(): number;
}
interface Found {
    getRule(): { getName(): string };
    getPrimaryLocation(): { getFile(): string | undefined; getStartLine(): number | undefined };
    getMessage(): string;
}

/** `paths`: files or folders inside of `project`. */
export async function checkSecurity(
    java: Java,
    checkers: string,
    project: string,
    paths: string[]
): Promise<{ ruleCount: number; violations: Violation[] }> {
    const logs = mkdtempSync(join(tmpdir(), 'plumbline-pmd-'));
    try {
        const analyzer = await newAnalyzer(java, checkers, logs);
        const workspace = await analyzer.createWorkspace(paths.map((path) => join(project, path)));
        const rules = await analyzer.selectRules([RULES], { workspace });
        const found = (await analyzer.run(rules, { workspace })).getViolations();
        return { ruleCount: rules.getCount(), violations: found.map((one) => violation(project, one)) };
    } finally {
        rmSync(logs, { recursive: true, force: true });
    }
}

async function newAnalyzer(java: Java, checkers: string, logs: string): Promise<Analyzer> {
    const core = await load(coreModule(checkers));
    const { createEnginePlugin } = await load(pmdModule(checkers));
    const config = core.CodeAnalyzerConfig.fromObject({
        log_folder: logs,
        engines: { pmd: { java_command: java.command }, cpd: { disable_engine: true } }
    });
    const analyzer = new core.CodeAnalyzer(config) as Analyzer;
    await analyzer.addEnginePlugin(createEnginePlugin());
    return analyzer;
}

const load = (path: string): Promise<any> => import(pathToFileURL(path).href);

/** A file that cannot be read is reported by Code Analyzer as a violation too, so nothing is passed over. */
function violation(project: string, found: Found): Violation {
    const place = found.getPrimaryLocation();
    return {
        rule: found.getRule().getName(),
        file: relative(project, place.getFile() ?? project).replaceAll('\\', '/'),
        line: place.getStartLine() ?? 1,
        message: found.getMessage()
    };
}
