// Type checks of every TypeScript and JSDoc project; prints the compiler's own messages.
import { spawnSync } from 'node:child_process';

const projects = [
    'tsconfig.json',
    'scripts/local-org/lightning/browser/tsconfig.json',
    'config/tsconfig.lwc.json'
];
let failed = 0;
for (const project of projects) {
    const result = spawnSync(
        process.execPath,
        ['node_modules/typescript/bin/tsc', '--noEmit', '-p', project],
        { stdio: 'inherit' }
    );
    console.log(`${project}: ${result.status === 0 ? 'clean' : 'has errors'}`);
    if (result.status !== 0) failed++;
}
process.exit(failed === 0 ? 0 : 1);
