// npm run --silent security -- secrets | sbom | audit | graph: what a reviewer of security asks for, from the command line. Ends with 1
// when something is found, 2 when used wrongly, 3 when the registry does not answer such a question,
// or there is no Java.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { followPaths } from './checks/graph-engine.ts';
import { GRAPH_EXCEPTIONS } from './checks/graph-exceptions.ts';
import { scan, trackedFiles, withoutAllowed } from './checks/secrets.ts';
import { refuse } from '../options.ts';
import { missingIn, sbomOf } from './checks/sbom.ts';
import { withoutExceptions } from '../test/apex-static/exceptions.ts';
import { findJava, noJava } from '../test/apex-static/java.ts';

const root = join(import.meta.dirname, '../..');

const COMMANDS: Record<string, () => number | Promise<number>> = {
    secrets: () => {
        const files = trackedFiles(root);
        const { left } = withoutAllowed(scan(root, files));
        for (const { file, line, what } of left) console.log(`${file}:${line} holds ${what}`);
        console.log(`${files.length} tracked files, ${left.length} findings`);
        return left.length === 0 ? 0 : 1;
    },
    sbom: () => {
        const sbom = sbomOf(root);
        console.log(JSON.stringify(sbom, null, 2));
        const missing = missingIn(sbom, root);
        for (const id of missing) console.error(`${id} is locked and not in the list`);
        return missing.length === 0 ? 0 : 1;
    },
    audit: () => {
        const { stdout } = spawnSync('npm', ['audit', '--json', '--omit=dev'], {
            cwd: root,
            encoding: 'utf8',
            shell: process.platform === 'win32'
        });
        const answer = JSON.parse(stdout) as {
            statusCode?: number;
            metadata?: { vulnerabilities: { total: number } };
        };
        if (!answer.metadata) {
            console.log(
                `The registry does not answer audits here (status ${answer.statusCode}); ask where it does.`
            );
            return 3;
        }
        console.log(JSON.stringify(answer.metadata.vulnerabilities));
        return answer.metadata.vulnerabilities.total === 0 ? 0 : 1;
    },
    graph: async () => {
        const java = findJava();
        if (!java) {
            console.log(`Graph Engine needs Java, and ${noJava}.`);
            return 3;
        }
        const { ruleCount, violations } = await followPaths(java, root);
        const { left, unused } = withoutExceptions(violations, GRAPH_EXCEPTIONS);
        for (const { rule, file, line, message } of left) console.log(`${file}:${line} ${message} (${rule})`);
        for (const { rule, file } of unused)
            console.log(`Nothing needs the exception from ${rule} in ${file}.`);
        const covered = violations.length - left.length;
        console.log(`${ruleCount} rules, ${left.length} findings, ${covered} more that are explained`);
        return ruleCount > 0 && left.length + unused.length === 0 ? 0 : 1;
    }
};

const USAGE = 'npm run --silent security -- secrets | sbom | audit | graph';
const [name = '', ...more] = process.argv.slice(2);
if (name === '--help') console.log(USAGE);
else if (Object.hasOwn(COMMANDS, name) && more.length === 0) process.exitCode = await COMMANDS[name]!();
else refuse(name === '' ? 'Say what to look for.' : `${[name, ...more].join(' ')} is none of these.`, USAGE);
