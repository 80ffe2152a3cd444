// Service, scripts and local org: native ES modules (run jest with --experimental-vm-modules).
export default {
    rootDir: '..',
    roots: ['<rootDir>/service', '<rootDir>/scripts'],
    testEnvironment: 'node',
    testMatch: ['**/*.test.ts'],
    testPathIgnorePatterns: ['/node_modules/', '/\\.plumbline/'],
    extensionsToTreatAsEsm: ['.ts'],
    transform: { '\\.ts$': '<rootDir>/config/jest-strip-types.cjs' },
    testSequencer: '<rootDir>/config/jest-longest-first.cjs',
    // Both cores of a small machine; jest alone would leave one idle.
    maxWorkers: 2,
    // Modules of test files are not given back; a worker that holds gigabytes spends its time collecting garbage.
    workerIdleMemoryLimit: '1500MB',
    testTimeout: 120000
};
