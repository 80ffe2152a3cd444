// esbuild plugin: LWC bundles in a folder on disk (`<root>/<name>/<name>.html` ...) become ES modules. Used for the base
// components and for the shell; deployed bundles are compiled by deployed-bundle.ts.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import type { Plugin } from 'esbuild';
import { compileLwcFile } from './compile-lwc.ts';

/** A template or stylesheet every bundle may have and most do not: one shared module stands for all absent ones. */
export const ABSENT = 'absent';

export interface LwcFolder {
    root: string;
    namespace: string;
    /** Files to answer with an empty stylesheet instead of compiling. */
    skip?: (path: string) => boolean;
}

export function lwcFolder({ root, namespace, skip }: LwcFolder): Plugin {
    return {
        name: `lwc-${namespace}`,
        setup(build) {
            build.onResolve({ filter: /^\.{1,2}\/.*\.(html|css)(\?scoped=true)?$/ }, (args) => {
                const [path, query] = resolve(dirname(args.importer), args.path).split('?') as [
                    string,
                    string?
                ];
                if (!existsSync(path)) return { path: ABSENT, namespace: ABSENT };
                return { path, suffix: query ? `?${query}` : '' };
            });
            addAbsentModule(build);
            build.onLoad({ filter: /\.(js|ts|html|css)$/ }, (args) => {
                if (!args.path.startsWith(root + sep)) return undefined;
                if (skip?.(args.path)) return { contents: 'export default [];', loader: 'js' };
                const contents = compileLwcFile({
                    namespace,
                    name: relative(root, args.path).split(sep)[0]!,
                    path: args.path,
                    source: readFileSync(args.path, 'utf8'),
                    scoped: args.suffix === '?scoped=true'
                });
                return { contents, loader: 'js' };
            });
        }
    };
}

export function addAbsentModule(build: Parameters<Plugin['setup']>[0]): void {
    build.onLoad({ filter: /.*/, namespace: ABSENT }, () => ({ contents: 'export default undefined;' }));
}
