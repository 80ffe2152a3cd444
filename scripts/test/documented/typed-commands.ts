// Every command the README and the documents give people to type: in blocks of code and between backticks. A command is what begins
// with a program below and a word of lower case; prose that names a program is none.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface TypedCommand {
    document: string;
    /** as it stands there, without comment, in one line */
    text: string;
}

const DOCUMENTS = ['README.md', 'service/docs/**/*.md', 'scripts/**/README.md'];
/** They tell what was, and give nobody anything to type. */
const HISTORY = ['service/docs/decisions.md', 'service/docs/changelog.md'];
const COMMAND = /^(?:npm (?:run [a-z]|test|ci|install)|npx [a-z]|node [a-z]|sf [a-z]|curl )/;
const BLOCK_LINE = /^(?: {4,}|\t)(?=\S)/;
/** Names of programs whose commands stand by themselves. */
const PROGRAMS = ['sf plumbline', 'npm run plan', 'npm run scorecards', 'npm run security'];

export function documents(root: string): string[] {
    return globSync(DOCUMENTS, { cwd: root, exclude: ['**/node_modules/**'] })
        .map((path) => path.replaceAll('\\', '/'))
        .filter((path) => !HISTORY.includes(path));
}

export function typedCommands(root: string): TypedCommand[] {
    return documents(root).flatMap((document) =>
        commandsIn(readFileSync(join(root, document), 'utf8')).map((text) => ({ document, text }))
    );
}

export function commandsIn(text: string): string[] {
    const prose: string[] = [];
    const found: string[] = [];
    let isFenced = false;
    for (const line of text.split('\n')) {
        if (/^\s*```/.test(line)) isFenced = !isFenced;
        else if (isFenced || BLOCK_LINE.test(line)) found.push(line);
        else prose.push(line);
    }
    for (const [, code] of prose.join('\n').matchAll(/`([^`]+)`/g)) found.push(code!);
    return found
        .flatMap((line) => alternatives(asTyped(line)))
        .filter((line) => COMMAND.test(line) && !PROGRAMS.includes(line));
}

/** In one line, without settings before it, `--silent`, and what stands behind it: a comment, or words two spaces on. */
function asTyped(line: string): string {
    return line
        .trim()
        .replace(/^(?:\$ )?(?:[A-Z_]+=(?:'[^']*'|\S+) )+/, '')
        .replace(/^.* \| (?=curl )/, '')
        .replace(/\s+#\s.*$/, '')
        .replace(/ {2,}.*$/, '')
        .replace(/\s+/g, ' ')
        .replace('npm run --silent', 'npm run')
        .trim();
}

/** `deploy start|report` is two commands, `list metadata[-types]` too. */
function alternatives(line: string): string[] {
    const optional = /(\w+)\[(-\w+)\]|\[(\w+)\]/.exec(line);
    if (optional) {
        const [whole, word = '', end = '', alone = ''] = optional;
        return [word, `${word}${end}${alone}`].flatMap((one) =>
            alternatives(line.replace(whole, one).trim())
        );
    }
    const choice = / ([a-z][\w-]*(?:\|[a-z][\w-]*)+)/.exec(line);
    if (!choice) return [line];
    return choice[1]!.split('|').flatMap((one) => alternatives(line.replace(choice[1]!, one)));
}

/** Words of the command before its options, and the options; of a call of curl its path. */
export function partsOf(text: string): { words: string; options: string[] } {
    const path = /^curl .*?https?:\/\/[^/\s]+(\/\S*)/.exec(text);
    if (path) return { words: `curl ${path[1]}`, options: [] };
    const options = [...text.matchAll(/(?<= |\[)--[a-z][\w-]*/g)].map(([option]) => option);
    return { words: text.replace(/(?<! --) \[?--[a-z].*$/, ''), options };
}
