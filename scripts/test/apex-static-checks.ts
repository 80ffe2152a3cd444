// Static checks of the package's Apex beside the interpreter: types by apex-ls, security by PMD. Both run on Java; where
// there is none they are skipped, and the closing line says so.
import { join } from 'node:path';
import { checkersFolder } from './apex-static/checkers.ts';
import { EXCEPTIONS, withoutExceptions } from './apex-static/exceptions.ts';
import { findJava, noJava } from './apex-static/java.ts';
import { checkSecurity } from './apex-static/security.ts';
import { checkTypes } from './apex-static/type-check.ts';
import { isTestFile, readSources, type Problem } from './metadata/source-file.ts';

const root = join(import.meta.dirname, '../..');
const PACKAGE_FOLDERS = ['force-app', 'config/subscriber'];

const java = findJava();
if (!java) {
    console.log(`skip the types of the package's Apex\nskip the security of the package`);
    console.log(`Both need Java, and ${noJava}. Install one (for example Temurin 21) to run them.`);
    console.log('0 passed, 0 failed, 2 skipped (no Java)');
    process.exit(0);
}

let passed = 0;
let failed = 0;

function report(name: string, problems: Problem[]): void {
    console.log(`${problems.length === 0 ? 'ok  ' : 'FAIL'} ${name}`);
    for (const { file, line, reason } of problems) console.log(`       ${file}:${line ?? 1} ${reason}`);
    if (problems.length === 0) passed++;
    else failed++;
}

const checkers = checkersFolder();
report('the types of the package hold (apex-ls)', await checkTypes(java, checkers, root));

const files = readSources(root, PACKAGE_FOLDERS).filter(({ path }) => !isTestFile(path));
const { ruleCount, violations } = await checkSecurity(
    java,
    checkers,
    root,
    files.map(({ path }) => path)
);
const { left, unused } = withoutExceptions(violations);
report(`the package keeps ${ruleCount} rules of security, errors and performance (PMD)`, [
    ...left.map(({ rule, file, line, message }) => ({ file, line, reason: `${message} (${rule})` })),
    ...(ruleCount === 0
        ? [{ file: 'scripts/test/apex-static/security.ts', reason: 'no rule was selected' }]
        : [])
]);
report(
    `each of the ${EXCEPTIONS.length} exceptions is still needed`,
    unused.map(({ rule, reason }) => ({
        file: 'scripts/test/apex-static/exceptions.ts',
        reason: `nothing needs the exception from ${rule} any more: ${reason}`
    }))
);

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
