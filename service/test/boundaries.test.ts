import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';

const source = fileURLToPath(new URL('../src', import.meta.url));
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts')
);

/** Files and packages a file imports, files relative to src. */
function importsOf(file: string): string[] {
    const text = readFileSync(join(source, file), 'utf8');
    const found = [...text.matchAll(/(?:\bfrom +|\bimport(?: +|\())'([^'\n]+)'/g)].map((match) => match[1]);
    return found.map((name) =>
        name.startsWith('.') ? relative(source, join(source, dirname(file), name)) : name
    );
}

function strays(folder: string, allowed: (imported: string) => boolean): string[] {
    const own = files.filter((file) => file.startsWith(`${folder}/`));
    expect(own.length).toBeGreaterThan(3);
    return own.flatMap((file) =>
        importsOf(file)
            .filter((name) => !allowed(name))
            .map((name) => `${file} -> ${name}`)
    );
}

describe('which way things point', () => {
    test('the domain imports only the domain, and the packages that read YAML and hash without Node', () => {
        const pure = ['domain/', 'yaml', '@noble/hashes/'];
        expect(strays('domain', (name) => pure.some((start) => name.startsWith(start)))).toEqual([]);
    });

    test('the checker of results shares no code with the engine: only itself, YAML and hashes', () => {
        const own = 'domain/incentives-checker/';
        const pure = [own, 'yaml', '@noble/hashes/'];
        expect(
            strays('domain/incentives-checker', (name) => pure.some((start) => name.startsWith(start)))
        ).toEqual([]);
        const users = files.filter(
            (file) => !file.startsWith(own) && importsOf(file).some((name) => name?.startsWith(own))
        );
        expect(users).toEqual(['domain/pay/check-pay.ts']);
    });

    test('use cases import the domain and each other', () => {
        expect(
            strays('usecases', (name) => name.startsWith('domain/') || name.startsWith('usecases/'))
        ).toEqual([]);
    });

    test('the state knows ports and the domain, not Salesforce or HTTP', () => {
        const allowed = ['state/', 'domain/', 'usecases/ports/', 'better-sqlite3', 'pg', 'pg-boss', 'node:'];
        expect(strays('state', (name) => allowed.some((start) => name.startsWith(start)))).toEqual([]);
    });

    test('Salesforce adapters know ports and the domain, no use case and no state', () => {
        const stray = strays(
            'salesforce',
            (name) => !/^(state|http)\//.test(name) && !/^usecases\/(?!ports)/.test(name)
        );
        expect(stray).toEqual([]);
    });

    test('routes know ports, not how runs are carried out', () => {
        expect(
            strays(
                'http',
                (name) => !/^(state|salesforce|domain)\//.test(name) && !/^usecases\/(?!ports)/.test(name)
            )
        ).toEqual([]);
    });

    test('only main.ts reads the environment of the process', () => {
        const code = (file: string) => readFileSync(join(source, file), 'utf8').replace(/^\s*\/\/.*$/gm, '');
        expect(files.filter((file) => code(file).includes('process.env'))).toEqual(['main.ts']);
    });
});
