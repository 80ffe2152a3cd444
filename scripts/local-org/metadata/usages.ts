// Who mentions a name: what may be neither deleted nor renamed while others are written with it. Reads the words of
// deployed components, not their meaning, so it may call a component a user that only says the name in a comment.
import { COMPONENT_TYPES } from './component-types.ts';
import type { DeployParts } from './deploy-context.ts';

type Deployed = Pick<DeployParts, 'metadata'>;

/** Permission sets lose what they granted, labels hold words for people: neither holds anything back. */
const FOLLOWING = new Set(['PermissionSet', 'CustomLabels']);

export interface WrittenComponent {
    type: string;
    fullName: string;
    text: string;
}

/** Components that hold all of `words`, as `ApexClass RunController`, without `isOwn` ones. */
export function usersOf(
    org: Deployed,
    words: string[],
    isOwn: (type: string, fullName: string) => boolean
): string[] {
    return thoseWith(words, writtenComponents(org, isOwn));
}

/** All that could mention something, but for those `isLeftOut` names: read once where many names are looked for. */
export function writtenComponents(
    org: Deployed,
    isLeftOut: (type: string, fullName: string) => boolean
): WrittenComponent[] {
    return COMPONENT_TYPES.filter(({ name }) => !FOLLOWING.has(name)).flatMap(({ name: type }) =>
        org.metadata
            .rows(type)
            .filter(({ fullName }) => !isLeftOut(type, fullName))
            .map(({ fullName }) => ({ type, fullName, text: textOf(org, type, fullName) }))
    );
}

export function thoseWith(words: readonly string[], written: readonly WrittenComponent[]): string[] {
    const patterns = words.map((word) => new RegExp(`(?<!\\w)${word}(?!\\w)`, 'i'));
    return written
        .filter(({ text }) => patterns.every((pattern) => pattern.test(text)))
        .map(({ type, fullName }) => `${type} ${fullName}`);
}

/** Salesforce's words for it. */
export function inUse(type: string, users: string[]): string {
    return `This ${type} is referenced elsewhere in salesforce.com. Remove the usage and try again: ${users.join(', ')}`;
}

function textOf(org: Deployed, type: string, fullName: string): string {
    const files = [...(org.metadata.files(type, fullName)?.values() ?? [])];
    const content = JSON.stringify(org.metadata.content(type, fullName) ?? {});
    return [content, ...files.map((body) => body.toString('utf8'))].join('\n');
}
