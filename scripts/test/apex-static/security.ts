// Security, error-prone and performance rules of PMD and of Salesforce's AppExchange review, by Code Analyzer's engine.
import { coreModule, pmdModule } from './checkers.ts';
import { analyze, type Analysis } from './code-analyzer.ts';
import type { Java } from './java.ts';

const RULES = 'pmd:(Security,ErrorProne,Performance)';

/** `paths`: files or folders inside of `project`. */
export async function checkSecurity(
    java: Java,
    checkers: string,
    project: string,
    paths: string[]
): Promise<Analysis> {
    const engine = {
        coreModule: coreModule(checkers),
        pluginModule: pmdModule(checkers),
        settings: { pmd: { java_command: java.command }, cpd: { disable_engine: true } },
        rules: RULES
    };
    return analyze(engine, project, paths);
}
