// npm run --silent security -- secrets | sbom | audit: what a reviewer of security asks for, from the command line. Ends with 1
// when something is found, 2 when used wrongly, 3 when the registry does not answer such a question.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { scan, trackedFiles, withoutAllowed } from './checks/secrets.ts';
import { refuse } from '../options.ts';
import { missingIn, sbomOf } from './checks/sbom.ts';

const root = join(import.meta.dirname, '../..');

const COMMANDS: Record<string, () => number> = {
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
    }
};

const USAGE = 'npm run --silent security -- secrets | sbom | audit';
const [name = '', ...more] = process.argv.slice(2);
if (name === '--help') console.log(USAGE);
else if (Object.hasOwn(COMMANDS, name) && more.length === 0) process.exitCode = COMMANDS[name]!();
else refuse(name === '' ? 'Say what to look for.' : `${[name, ...more].join(' ')} is none of these.`, USAGE);
