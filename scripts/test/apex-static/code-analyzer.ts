// Runs one engine of Salesforce's Code Analyzer over files and tells what it found. Which rules and which engine is the
// business of security.ts (PMD) and scripts/security/checks/graph-engine.ts.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';

export interface Engine {
    /** files of the installed core and of the engine's plug-in */
    coreModule: string;
    pluginModule: string;
    /** by name of the engine, as in a code-analyzer.yml */
    settings: Record<string, Record<string, unknown>>;
    /** which rules, as behind --rule-selector */
    rules: string;
}

export interface Violation {
    rule: string;
    /** from the root of the project, with forward slashes */
    file: string;
    line: number;
    message: string;
}

export interface Analysis {
    ruleCount: number;
    violations: Violation[];
    /** what the engine logged as errors: whatever it could not look at */
    errors: string[];
}

/** What is used of Code Analyzer, which lies in the cache and not in the project. */
interface Analyzer {
    onEvent(type: unknown, heard: (event: { logLevel: number; message: string }) => void): void;
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
export async function analyze(engine: Engine, project: string, paths: string[]): Promise<Analysis> {
    const logs = mkdtempSync(join(tmpdir(), 'plumbline-analyzer-'));
    const errors: string[] = [];
    try {
        const analyzer = await newAnalyzer(engine, logs, errors);
        const workspace = await analyzer.createWorkspace(paths.map((path) => join(project, path)));
        const rules = await analyzer.selectRules([engine.rules], { workspace });
        const found = (await analyzer.run(rules, { workspace })).getViolations();
        const violations = found.map((one) => violation(project, one));
        return { ruleCount: rules.getCount(), violations, errors };
    } finally {
        rmSync(logs, { recursive: true, force: true });
    }
}

async function newAnalyzer(
    { coreModule, pluginModule, settings }: Engine,
    logs: string,
    errors: string[]
): Promise<Analyzer> {
    const core = await load(coreModule);
    const { createEnginePlugin } = await load(pluginModule);
    const config = core.CodeAnalyzerConfig.fromObject({ log_folder: logs, engines: settings });
    const analyzer = new core.CodeAnalyzer(config) as Analyzer;
    analyzer.onEvent(core.EventType.EngineLogEvent, ({ logLevel, message }) => {
        if (logLevel === core.LogLevel.Error) errors.push(message);
    });
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
