// Prints what each command of the compiled plugin is called and takes, as JSON: what documents are held against.
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildPlugin } from './build.ts';

interface Command {
    summary?: string;
    description?: string;
    examples?: string[];
    flags?: Record<string, { summary?: string; options?: string[] }>;
    args?: Record<string, object>;
}

const folder = join(await buildPlugin(), 'lib', 'commands');
const commands: Record<string, object> = {};
for (const path of globSync('**/*.js', { cwd: folder })) {
    const loaded = (await import(pathToFileURL(join(folder, path)).href)) as { default: Command };
    const { summary, description, examples = [], flags = {}, args = {} } = loaded.default;
    commands[path.replace(/\.js$/, '').replaceAll('/', ' ')] = {
        summary,
        description,
        examples,
        flags: Object.fromEntries(
            Object.entries(flags).map(([name, { summary: told }]) => [name, told ?? ''])
        ),
        args: Object.keys(args)
    };
}
console.log(JSON.stringify(commands));
