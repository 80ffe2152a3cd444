// One source file of an LWC bundle to one ES module, with the options the platform uses. TypeScript (the shell's own
// bundles) is stripped first, because @lwc/compiler reads JavaScript only. Resolving imports is the plugins' business.
import { transformSync as compileWithLwc } from '@lwc/compiler';
import { transformSync as stripTypes } from 'esbuild';

export interface LwcFile {
    /** `c`, `lightning` or `shell`. */
    namespace: string;
    /** Folder name of the bundle, e.g. `dealHealth`. */
    name: string;
    /** Path shown in messages; its extension decides what is compiled. */
    path: string;
    source: string;
    /** True for a stylesheet imported as `?scoped=true`. */
    scoped?: boolean;
    /** From the bundle's -meta.xml, e.g. 65. */
    apiVersion?: number;
}

export function compileLwcFile(file: LwcFile): string {
    const compiled = compileWithLwc(javascriptOf(file), file.path.replace(/\.ts$/, '.js'), {
        namespace: file.namespace,
        name: file.name,
        scopedStyles: file.scoped ?? false,
        enableDynamicComponents: true,
        enableLwcOn: true,
        // lightning-combobox calls attachInternals(); our own bundles must not rely on it.
        enableSyntheticElementInternals: file.namespace === 'lightning',
        ...(file.apiVersion ? { apiVersion: file.apiVersion } : {})
    });
    const problem = compiled.warnings?.find((warning) => warning.level === 0 || warning.level === 1);
    if (problem) throw new Error(`${file.path}: ${problem.message}`);
    return compiled.code;
}

function javascriptOf(file: LwcFile): string {
    if (!file.path.endsWith('.ts')) return file.source;
    return stripTypes(file.source, {
        loader: 'ts',
        target: 'esnext',
        sourcefile: file.path,
        tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true, useDefineForClassFields: true } }
    }).code;
}
