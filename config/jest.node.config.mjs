// Service, scripts and local org: native ES modules (run jest with --experimental-vm-modules).
export default {
    rootDir: '..',
    roots: ['<rootDir>/service', '<rootDir>/scripts'],
    testEnvironment: 'node',
    testMatch: ['**/*.test.ts'],
    testPathIgnorePatterns: ['/node_modules/', '/\\.plumbline/'],
    extensionsToTreatAsEsm: ['.ts'],
    transform: {
        '\\.ts$': '<rootDir>/config/jest-strip-types.cjs',
        'antlr4\\.node\\.mjs$': '<rootDir>/config/jest-globals-once.cjs'
    },
    // The parser of Apex works for many tests and uses globals in its inmost loop.
    transformIgnorePatterns: ['/node_modules/(?!.*/antlr4\\.node\\.mjs$)'],
    testSequencer: '<rootDir>/config/jest-longest-first.cjs',
    // One more than the cores of a small machine: a test that waits for a process, a database or a browser leaves its core to others.
    maxWorkers: 3,
    // Modules of test files are not given back; a worker that holds gigabytes spends its time collecting garbage.
    workerIdleMemoryLimit: '1500MB',
    testTimeout: 120000
};
