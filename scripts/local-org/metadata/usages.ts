// Who mentions a name: what may be neither deleted nor renamed while others are written with it. Reads the words of
// deployed components, not their meaning, so it may call a component a user that only says the name in a comment.
import type { LocalOrg } from '../local-org.ts';
import { COMPONENT_TYPES } from './component-types.ts';

/** These lose what they granted; they do not hold anything back. */
const FOLLOWING = new Set(['PermissionSet']);

/** Components that hold all of `words`, as `ApexClass RunController`, without `isOwn` ones. */
export function usersOf(
    org: LocalOrg,
    words: string[],
    isOwn: (type: string, fullName: string) => boolean
): string[] {
    const patterns = words.map((word) => new RegExp(`(?<!\\w)${word}(?!\\w)`, 'i'));
    return COMPONENT_TYPES.filter(({ name }) => !FOLLOWING.has(name)).flatMap(({ name: type }) =>
        org.metadata
            .rows(type)
            .filter(({ fullName }) => !isOwn(type, fullName))
            .filter(({ fullName }) => {
                const text = textOf(org, type, fullName);
                return patterns.every((pattern) => pattern.test(text));
            })
            .map(({ fullName }) => `${type} ${fullName}`)
    );
}

/** Salesforce's words for it. */
export function inUse(type: string, users: string[]): string {
    return `This ${type} is referenced elsewhere in salesforce.com. Remove the usage and try again: ${users.join(', ')}`;
}

function textOf(org: LocalOrg, type: string, fullName: string): string {
    const files = [...(org.metadata.files(type, fullName)?.values() ?? [])];
    const content = JSON.stringify(org.metadata.content(type, fullName) ?? {});
    return [content, ...files.map((body) => body.toString('utf8'))].join('\n');
}
