// Types of the Apex of a project, by apex-ls: wrong types, missing methods, unknown fields and classes, paths without a
// return. It reads the project's own objects and the platform's types. Fields inside queries are not its business: the
// local org checks those when it loads the classes.
import { execFile } from 'node:child_process';
import { relative } from 'node:path';
import { promisify } from 'node:util';
import type { Problem } from '../metadata/source-file.ts';
import { javaLibrary } from './checkers.ts';
import type { Java } from './java.ts';

/** Its exit code when it found something. */
const FOUND_ISSUES = 4;

interface Report {
    files: { path: string; messages: { start: { line: number }; category: string; message: string }[] }[];
}

/** `project`: the folder with sfdx-project.json. */
export async function checkTypes(java: Java, checkers: string, project: string): Promise<Problem[]> {
    const main = 'io.github.apexdevtools.apexls.CheckForIssues';
    const asked = ['-cp', javaLibrary(checkers), main, '--nocache', '-f', 'json', '-w', project];
    const { code, stdout, stderr } = await promisify(execFile)(java.command, asked, {
        maxBuffer: 64 * 1024 * 1024
    })
        .then((ended) => ({ code: 0, ...ended }))
        .catch((error: { code: number; stdout: string; stderr: string }) => error);
    if (code !== 0 && code !== FOUND_ISSUES)
        throw new Error(`apex-ls ended with ${code}: ${stderr || stdout}`);
    const { files } = JSON.parse(stdout) as Report;
    return files.flatMap(({ path, messages }) =>
        messages.map(({ start, category, message }) => ({
            file: relative(project, path).replaceAll('\\', '/'),
            line: start.line,
            reason: `${message} (${category})`
        }))
    );
}
