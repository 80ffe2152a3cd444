// Service, scripts and local org: native ES modules (run jest with --experimental-vm-modules).
export default {
    rootDir: '..',
    roots: ['<rootDir>/service', '<rootDir>/scripts'],
    testEnvironment: 'node',
    testMatch: ['**/*.test.ts'],
    testPathIgnorePatterns: ['/node_modules/', '/\\.plumbline/'],
    extensionsToTreatAsEsm: ['.ts'],
    transform: { '\\.ts$': '<rootDir>/config/jest-strip-types.cjs' },
    testTimeout: 60000
};
