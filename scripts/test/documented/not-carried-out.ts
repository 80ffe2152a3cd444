// Which commands of the documents no test has carried out, by what jest told of its tests.
import type { RunBy } from './run-by.ts';

/** As jest writes it with --json. */
export interface TestFile {
    /** its whole path */
    name: string;
    assertionResults: { title: string; status: string }[];
}

/** One line for each row whose test has not passed, with what became of it. */
export function notCarriedOut(rows: readonly RunBy[], files: readonly TestFile[]): string[] {
    return rows.flatMap(({ command, options = [], file, test }) => {
        const found = files
            .filter(({ name }) => name.replaceAll('\\', '/').endsWith(`/${file}`))
            .flatMap(({ assertionResults }) => assertionResults)
            .filter(({ title }) => title === test);
        if (found.length > 0 && found.every(({ status }) => status === 'passed')) return [];
        const what = found.length === 0 ? 'was not run' : found.map(({ status }) => status).join(', ');
        return [`${[command, ...options].join(' ')}: "${test}" in ${file} ${what}`];
    });
}
