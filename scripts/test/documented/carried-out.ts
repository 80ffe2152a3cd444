// The last part of `npm test`: every command the documents give people to type was carried out in this run, by the test that is named
// for it in run-by.ts, and that test passed. One line a command that was not, then the count.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PARTS } from '../parts.ts';
import { notCarriedOut, type TestFile } from './not-carried-out.ts';
import { RUN_BY } from './run-by.ts';

const root = join(import.meta.dirname, '../../..');

/** What the parts on jest have told of their tests. */
function toldBy(part: string): TestFile[] {
    const file = join(root, '.plumbline/test-results', `${part}.json`);
    if (!existsSync(file)) return [];
    const { testResults } = JSON.parse(readFileSync(file, 'utf8')) as { testResults: TestFile[] };
    return testResults;
}

const files = PARTS.filter(({ jest }) => jest).flatMap(({ name }) => toldBy(name));
const missing = notCarriedOut(RUN_BY, files);
for (const line of missing) console.log(`not carried out: ${line}`);
console.log(`${RUN_BY.length - missing.length} passed, ${missing.length} failed`);
process.exitCode = missing.length === 0 ? 0 : 1;
