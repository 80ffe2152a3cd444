// LWC tests: Salesforce's own preset, plus the package's real labels and accessibility matchers.
const { jestConfig } = require('@salesforce/sfdx-lwc-jest/config');

module.exports = {
    ...jestConfig,
    rootDir: '..',
    // A busy machine takes longer over the accessibility rules than jest's five seconds; no test asserts time.
    testTimeout: 60_000,
    roots: ['<rootDir>/force-app'],
    testPathIgnorePatterns: ['/node_modules/'],
    modulePathIgnorePatterns: ['<rootDir>/.plumbline'],
    setupFilesAfterEnv: [
        ...jestConfig.setupFilesAfterEnv,
        '<rootDir>/config/jest-mocks/labels.cjs',
        '<rootDir>/config/jest-mocks/accessibility.cjs'
    ]
};
