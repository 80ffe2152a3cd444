// ESLint for the whole repository: service and scripts (TypeScript), Lightning Web Components of the package, and the
// few plain JavaScript files. Types are tsc's business (scripts/test/types.ts), so no rule here needs type information.
// `--config` makes the folder ESLint runs in the base of all patterns: run it from the root of the repository.
import { createRequire } from 'node:module';
import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const require = createRequire(import.meta.url);
const lwc = require('@salesforce/eslint-config-lwc');

const COMPONENTS = ['force-app/**/lwc/**/*.js'];
const COMPONENT_TESTS = ['force-app/**/__tests__/**/*.js'];

/** A leading underscore says that a name is there for its place only. */
const unusedUnderscores = {
    args: 'after-used',
    argsIgnorePattern: '^_',
    varsIgnorePattern: '^_',
    caughtErrorsIgnorePattern: '^_',
    destructuredArrayIgnorePattern: '^_',
    ignoreRestSiblings: true
};

const everywhere = {
    eqeqeq: ['error', 'always', { null: 'ignore' }],
    'prefer-const': 'error',
    'no-var': 'error',
    'no-eval': 'error',
    'no-implied-eval': 'error',
    'no-self-compare': 'error',
    'no-template-curly-in-string': 'error',
    'no-throw-literal': 'error',
    'object-shorthand': 'error'
};

const readonly = (...names) => Object.fromEntries(names.map((name) => [name, 'readonly']));
const nodeGlobals = readonly('process', 'console', 'Buffer', 'URL', 'setTimeout', 'clearTimeout', 'fetch');
const commonJsGlobals = readonly('require', 'module', '__dirname');
const jestGlobals = readonly(
    'jest',
    'describe',
    'it',
    'test',
    'expect',
    'beforeEach',
    'afterEach',
    'beforeAll',
    'afterAll'
);

export default [
    {
        ignores: [
            '**/node_modules/',
            '.plumbline/',
            'coverage/',
            'scripts/cli/lib/',
            '**/*.generated.*',
            'scripts/local-org/test/fixtures/'
        ]
    },
    { linterOptions: { reportUnusedDisableDirectives: 'error' } },

    // Service, scripts and the Lightning shell of the local org. Undefined names are found by tsc.
    { ...js.configs.recommended, files: ['**/*.{ts,mjs,cjs}'] },
    ...tseslint.configs.recommended.map((entry) => ({ ...entry, files: ['**/*.ts'] })),
    {
        files: ['**/*.ts'],
        rules: {
            ...everywhere,
            '@typescript-eslint/no-unused-vars': ['error', unusedUnderscores],
            '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
            '@typescript-eslint/no-import-type-side-effects': 'error'
        }
    },
    // Tests look into JSON bodies of all shapes; a wrong guess fails the test.
    {
        files: ['**/*.test.ts', '**/test/**/*.ts', 'scripts/e2e/**/*.ts'],
        rules: { '@typescript-eslint/no-explicit-any': 'off' }
    },
    // What wires and Apex calls give to components is a plain object on the platform, so the local org throws those.
    // Their records have fields that only the org knows; so do the platform's own types.
    {
        files: ['scripts/local-org/lightning/browser/**/*.ts', '**/*.d.ts'],
        rules: { 'no-throw-literal': 'off', '@typescript-eslint/no-explicit-any': 'off' }
    },
    {
        files: ['service/src/**/*.ts'],
        ignores: ['service/src/main.ts'],
        rules: { 'no-console': 'error' }
    },

    // Components of the package, by Salesforce's own rules, and their Jest tests.
    ...lwc.configs.recommended.map((entry) => ({ ...entry, files: [...COMPONENTS, ...COMPONENT_TESTS] })),
    {
        files: COMPONENTS,
        rules: {
            // Prettier decides on these parentheses.
            'no-confusing-arrow': 'off',
            ...everywhere,
            'no-console': 'error',
            'no-unused-vars': ['error', unusedUnderscores]
        }
    },
    {
        files: COMPONENT_TESTS,
        languageOptions: { globals: { ...jestGlobals, ...readonly('require', 'process', 'global') } },
        rules: {
            // Tests call the stand-ins of wire adapters directly, wait for the page step by step, and clear it at the end.
            '@lwc/lwc/no-unexpected-wire-adapter-usages': 'off',
            '@lwc/lwc/no-async-operation': 'off',
            '@lwc/lwc/no-inner-html': 'off',
            'no-await-in-loop': 'off'
        }
    },

    // Settings files and the script that finds a recent Node.
    {
        files: ['**/*.mjs'],
        languageOptions: { globals: nodeGlobals },
        rules: everywhere
    },
    {
        files: ['**/*.cjs'],
        languageOptions: { sourceType: 'commonjs', globals: { ...nodeGlobals, ...commonJsGlobals } },
        rules: everywhere
    },
    { files: ['config/jest-mocks/**/*.cjs'], languageOptions: { globals: jestGlobals } }
];
