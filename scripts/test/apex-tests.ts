// Runs the Apex tests of the package: fresh orgs in memory, one with one currency and one with several, force-app
// deployed, every @IsTest class executed by the local org's interpreter. One line a test, then `N passed, N failed`;
// exit code 1 on a failure or when nothing ran.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ComponentSet, MetadataConverter } from '@salesforce/source-deploy-retrieve';
import type { ApexProblem } from '../local-org/apex/errors.ts';
import { createApexRuntime } from '../local-org/apex/runtime.ts';
import type { TestResult } from '../local-org/apex/test-runner.ts';
import { createOrg, type CreateOrgOptions } from '../local-org/create-org.ts';
import type { LocalOrg } from '../local-org/local-org.ts';
import { deploy } from '../local-org/metadata/deploy.ts';

const FOLDERS = ['force-app/main', 'force-app/tests'];

async function deployPackage(org: LocalOrg): Promise<string[]> {
    const root = join(import.meta.dirname, '../..');
    const folders = FOLDERS.map((folder) => join(root, folder)).filter((folder) => existsSync(folder));
    const components = ComponentSet.fromSource(folders);
    const { zipBuffer } = await new MetadataConverter().convert(components, 'metadata', { type: 'zip' });
    const outcome = deploy(org, zipBuffer!, {}, org.adminUserId);
    if (outcome.success) return [];
    const problems = outcome.errors.map(({ fileName, problem }) => `${fileName}: ${problem}`);
    return [outcome.errorMessage, ...problems].filter((line) => typeof line === 'string');
}

const problemLine = ({ className, line, message }: ApexProblem): string => `${className}:${line} ${message}`;

function testLine(result: TestResult): string {
    const name = `${result.className}.${result.methodName}`;
    if (result.outcome === 'Pass') return `pass  ${name}`;
    return `FAIL  ${name}\n      ${result.message}\n      ${result.stackTrace?.replaceAll('\n', '\n      ')}`;
}

function stop(title: string, lines: string[]): never {
    console.error([title, ...lines].join('\n'));
    process.exit(1);
}

const KINDS: { name: string; options: Partial<CreateOrgOptions> }[] = [
    { name: 'one currency', options: { currency: 'GBP' } },
    {
        name: 'several currencies',
        options: { currency: 'GBP', features: ['multiCurrency'], currencyRates: { EUR: 1.2 } }
    }
];

let passed = 0;
let failed = 0;
for (const { name, options } of KINDS) {
    console.log(`--- in an org with ${name}`);
    const org = createOrg({ file: ':memory:', ...options });
    const deployProblems = await deployPackage(org);
    if (deployProblems.length > 0) stop('The package does not deploy into the local org:', deployProblems);
    const apex = createApexRuntime(org);
    const problems = apex.check();
    if (problems.length > 0) stop('The Apex of the package does not compile:', problems.map(problemLine));
    const run = apex.runTests(process.argv.length > 2 ? { classNames: process.argv.slice(2) } : {});
    for (const result of run.results) console.log(testLine(result));
    passed += run.passed;
    failed += run.failed;
    org.close();
}
console.log(`${passed} passed, ${failed} failed`);
if (passed + failed === 0) stop('No Apex test ran.', []);
// Not process.exit: what is still on its way through a pipe, the count above all, would be lost.
process.exitCode = failed === 0 ? 0 : 1;
