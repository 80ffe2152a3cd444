// Looks for secrets in every file the repository tracks: by their form, and as words that are too random to be words. What is
// found and is none stands in ALLOWED with the reason; an entry nothing needs any more is a problem itself.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Found {
    file: string;
    line: number;
    what: string;
    text: string;
}

const FORMS: [what: string, form: RegExp][] = [
    ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY-----/g],
    ['a session or access token of Salesforce', /\b00D[A-Za-z0-9]{12,15}![\w.]{20,}/g],
    ['a consumer key of Salesforce', /\b3MVG9[\w.]{40,}/g],
    ['a login URL for the CLI', /\bforce:\/\/[^\s@`$]+@/g],
    ['a key of AWS', /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g],
    ['a token of GitHub', /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{22,})/g],
    ['a token of npm', /\bnpm_[A-Za-z0-9]{36}\b/g],
    ['a token of Slack', /\bxox[abprs]-[A-Za-z0-9-]{10,}/g],
    ['a key of a model provider', /\bsk-[A-Za-z0-9_-]{20,}/g],
    ['a JSON web token', /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/g],
    ['a password inside a URL', /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@'"`${}]+:[^\s/@'"`${}]{3,}@/gi]
];

/** Long enough for a key, in the letters keys are written in. */
const WORD = /(?<![\w+/=-])[A-Za-z0-9+/_-]{32,}={0,2}(?![\w+/=-])/g;
/** Bits for each character; a random key in base64 has above 4.5 at that length, code and prose below. */
const RANDOM_FROM = 4.5;
const TEXT_FILES =
    /\.(?:cls|trigger|js|cjs|mjs|ts|mts|html|css|xml|json|ya?ml|md|csv|sh|txt)$|^[^.]+$|\/\.[a-z]+rc$/;

export interface Allowed {
    file: RegExp;
    text?: RegExp;
    reason: string;
}

export const ALLOWED: Allowed[] = [
    { file: /^package-lock\.json$/, reason: 'checksums of packages, which npm compares' },
    {
        file: /\.(?:ts|js)$/,
        text: /^0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-?$/,
        reason: 'the alphabet of ids'
    },
    {
        file: /^service\/test\/salesforce\/my-domain\.test\.ts$/,
        text: /^https:\/\/user:pass@$/,
        reason: 'an address that must be refused'
    }
];

export function trackedFiles(root: string): string[] {
    const listed = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8', maxBuffer: 1e8 });
    return listed.split('\0').filter((file) => TEXT_FILES.test(file));
}

export function secretsIn(file: string, text: string): Found[] {
    const found: Found[] = [];
    const report = (what: string, index: number, match: string): void => {
        const line = text.slice(0, index).split('\n').length;
        found.push({ file, line, what, text: match });
    };
    for (const [what, form] of FORMS)
        for (const match of text.matchAll(form)) report(what, match.index, match[0]);
    for (const match of text.matchAll(WORD))
        if (isRandom(match[0])) report('text too random to be a word', match.index, match[0]);
    return found;
}

/** Names in camelCase and paths have words in them; a key changes between kinds of letters all the time. */
function isRandom(word: string): boolean {
    if (/^[0-9a-f]+$/i.test(word) || !/[0-9]/.test(word) || !/[A-Z]/.test(word) || !/[a-z]/.test(word))
        return false;
    const counts = new Map<string, number>();
    for (const letter of word) counts.set(letter, (counts.get(letter) ?? 0) + 1);
    const bits = [...counts.values()].reduce(
        (sum, count) => sum - (count / word.length) * Math.log2(count / word.length),
        0
    );
    return bits >= RANDOM_FROM;
}

export function scan(root: string, files: string[]): Found[] {
    return files.flatMap((file) => {
        try {
            return secretsIn(file, readFileSync(join(root, file), 'utf8'));
        } catch {
            // Tracked, and just deleted by somebody who works on it.
            return [];
        }
    });
}

export function withoutAllowed(
    found: Found[],
    allowed: Allowed[] = ALLOWED
): { left: Found[]; unused: Allowed[] } {
    const covers = (one: Allowed, { file, text }: Found) =>
        one.file.test(file) && (one.text?.test(text) ?? true);
    return {
        left: found.filter((each) => !allowed.some((one) => covers(one, each))),
        unused: allowed.filter((one) => !found.some((each) => covers(one, each)))
    };
}
