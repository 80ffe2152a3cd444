// Salesforce Graph Engine over the Apex of the package: it follows every path from what a page, an address or an asynchronous job
// may call to what is read and changed. What departs from a rule for a reason stands in graph-exceptions.ts. Minutes, not seconds.
import { relative } from 'node:path';
import { coreModule, graphEngineFolder, graphModule } from '../../test/apex-static/checkers.ts';
import { analyze, type Violation } from '../../test/apex-static/code-analyzer.ts';
import type { Java } from '../../test/apex-static/java.ts';

const APEX = 'force-app/main';
const HEAP = '6g';
/** The longest paths need one to two minutes of a core, and more where the machine is shared. */
const PATH_TIMEOUT_MS = 900_000;
const THREADS = 2;
const NOT_FOLLOWED = /entry point: (.+):(\d+):\d+: (.+)/s;

export interface GraphFindings {
    ruleCount: number;
    violations: Violation[];
}

export async function followPaths(java: Java, project: string, apex = APEX): Promise<GraphFindings> {
    const folder = graphEngineFolder();
    const engine = {
        coreModule: coreModule(folder),
        pluginModule: graphModule(folder),
        settings: {
            sfge: {
                java_command: java.command,
                java_max_heap_size: HEAP,
                java_thread_count: THREADS,
                java_thread_timeout: PATH_TIMEOUT_MS
            }
        },
        rules: 'sfge'
    };
    const { ruleCount, violations, errors } = await analyze(engine, project, [apex]);
    return { ruleCount, violations: [...violations, ...errors.map((error) => notFollowed(project, error))] };
}

/** The engine only logs what it gave up on: here it is a finding like any other, so that no path is passed over in silence. */
export function notFollowed(project: string, error: string): Violation {
    const [, file, line, why = error] = NOT_FOLLOWED.exec(error) ?? [];
    return {
        rule: 'NotFollowed',
        file: file ? relative(project, file).replaceAll('\\', '/') : APEX,
        line: Number(line ?? 1),
        message: why.slice(0, 300)
    };
}
