// What a problem says of a name nobody gave: the name that was given and is nearly the same, if there is one.
import type { Problem } from '../../problem.ts';
import { didYouMean } from '../nearest.ts';

/** `given`: names that could have been meant. */
export function notGiven(path: readonly string[], where: string, given: readonly string[]): Problem {
    const name = path.join('.');
    // A word without quotes is read as a field.
    const inQuotes = path.length === 1 ? `, or '${name}' in quotes if the word is meant` : '';
    const fix = `${didYouMean(name, given)}Give ${name} in the input, or write default(${name}, ...)${inQuotes}.`;
    return { code: 'NOT_GIVEN', where, value: name, fix };
}
