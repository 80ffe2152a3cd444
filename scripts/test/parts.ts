// The parts of `npm test`: those on one core run first, two at a time, then those on jest, quick and telling ones first; what looks at
// the results of others comes last.

export interface Part {
    name: string;
    what: string;
    /** runs on jest; `command` then holds the arguments of jest */
    jest: boolean;
    command: string[];
    /** passes or fails as a whole; any other part without jest ends with `N passed, N failed` */
    isOneCheck?: boolean;
    /** reads what the others have told */
    isLast?: boolean;
}

const nodeJest = ['--config', 'config/jest.node.config.mjs'];

export const PARTS: Part[] = [
    {
        name: 'types',
        what: 'TypeScript and JSDoc types',
        jest: false,
        isOneCheck: true,
        command: ['node', 'scripts/test/types.ts']
    },
    {
        name: 'lint',
        what: 'ESLint',
        jest: false,
        isOneCheck: true,
        command: [
            'node',
            'node_modules/eslint/bin/eslint.js',
            '--config',
            'config/eslint.config.mjs',
            '--max-warnings',
            '0',
            'service',
            'scripts',
            'force-app',
            'config'
        ]
    },
    {
        name: 'format',
        what: 'Prettier',
        jest: false,
        isOneCheck: true,
        command: ['node', 'node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.']
    },
    {
        name: 'metadata',
        what: 'the package metadata',
        jest: false,
        command: ['node', 'scripts/test/metadata-checks.ts']
    },
    {
        name: 'lwc',
        what: 'Lightning Web Components',
        jest: true,
        command: ['--config', 'config/jest.lwc.config.cjs']
    },
    { name: 'service', what: 'the service', jest: true, command: [...nodeJest, 'service'] },
    {
        name: 'local-org',
        what: 'the local org',
        jest: true,
        command: [...nodeJest, 'scripts/local-org']
    },
    {
        name: 'apex',
        what: 'Apex tests of the package, run by the local org',
        jest: false,
        command: ['node', 'scripts/test/apex-tests.ts']
    },
    {
        name: 'apex-static',
        what: 'Apex types and security rules of the package (apex-ls and PMD, where a Java is found)',
        jest: false,
        command: ['node', 'scripts/test/apex-static-checks.ts']
    },
    {
        name: 'scripts',
        what: 'demo, plans, models, seeds and checks',
        jest: true,
        command: [
            ...nodeJest,
            'scripts/',
            '--testPathIgnorePatterns',
            '/node_modules/',
            '/scripts/local-org/',
            '/scripts/e2e/'
        ]
    },
    {
        name: 'e2e',
        what: 'the whole thread in a real browser, and the real sf CLI',
        jest: true,
        command: [...nodeJest, 'scripts/e2e']
    },
    {
        name: 'documents',
        what: 'each command of the documents was carried out by a test that passed',
        jest: false,
        isLast: true,
        command: ['node', 'scripts/test/documented/carried-out.ts']
    }
];
