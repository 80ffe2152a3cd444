// The options of a deploy as clients send them. What would change its meaning and is not understood is refused by name.
import { notSupported } from '../org.ts';

export interface RequestedOptions {
    checkOnly?: boolean;
    testLevel?: string;
    runTests?: string[];
    performRetrieve?: boolean;
    /** False keeps the good components of a bad package. */
    rollbackOnError?: boolean;
    purgeOnDelete?: boolean;
}

export const TEST_LEVELS = ['NoTestRun', 'RunSpecifiedTests', 'RunLocalTests', 'RunAllTestsInOrg'];

export function checkOptions(options: RequestedOptions): void {
    if (options.testLevel && !TEST_LEVELS.includes(options.testLevel))
        throw notSupported(`testLevel ${options.testLevel} in a deploy`);
    if (options.rollbackOnError === false)
        throw notSupported(
            'keeping the good part of a bad package (rollbackOnError false, sf --ignore-errors)'
        );
    if (options.performRetrieve) throw notSupported('performRetrieve in a deploy');
    if (options.purgeOnDelete) throw notSupported('purgeOnDelete in a deploy');
}
