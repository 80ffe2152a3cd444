// Service, scripts and local org: run by Node itself, without jest's sandbox (jest-native).
export default {
    rootDir: '..',
    roots: ['<rootDir>/service', '<rootDir>/scripts'],
    testEnvironment: '<rootDir>/config/jest-native/environment.cjs',
    runtime: '<rootDir>/config/jest-native/runtime.cjs',
    testMatch: ['**/*.test.ts'],
    testPathIgnorePatterns: ['/node_modules/', '/\\.plumbline/'],
    transform: {},
    testSequencer: '<rootDir>/config/jest-longest-first.cjs',
    // One more than the cores of a small machine: a test that waits for a process, a database or a browser leaves its core to others.
    maxWorkers: 3,
    // Modules of test files are not given back; a worker that holds gigabytes spends its time collecting garbage.
    workerIdleMemoryLimit: '1500MB',
    // Only what never ends fails: how long a test takes on a busy machine proves nothing.
    testTimeout: 300_000
};
