// Looks for text that is a secret by its form. Owns the forms; a secret without a form (a plain word) is not found.
import { lineAt, type Check } from './source-file.ts';

const FORMS: [what: string, form: RegExp][] = [
    ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
    ['a Salesforce session or access token', /\b00D[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?![\w.]{20,}/],
    ['a Salesforce consumer key', /\b3MVG9[\w.]{40,}/],
    ['a Salesforce login URL for the CLI', /\bforce:\/\/[^\s@]+@/],
    ['an AWS access key', /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/],
    ['a GitHub token', /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{22,})/],
    ['a Slack token', /\bxox[abprs]-[A-Za-z0-9-]{10,}/],
    ['an API key of a model provider', /\bsk-[A-Za-z0-9_-]{20,}/],
    ['a JSON web token', /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/],
    ['a password inside a URL', /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@'"`${}]+:[^\s/@'"`${}]{3,}@/i],
    [
        'a secret given as text',
        /\b\w*(?:password|passphrase|secret|api_?key|access_?token|auth_?token)["']?\s*[:=]\s*(["'])(?=[^"'\s]*\d)[^"'\s${}<>]{12,}\1/i
    ]
];

export const noSecrets: Check = {
    name: 'nothing in the package, its settings, the service and its pages looks like a secret',
    problemsIn: (files) =>
        files.flatMap(({ path, text }) =>
            FORMS.flatMap(([what, form]) => {
                const index = text.search(form);
                return index < 0 ? [] : [{ file: path, line: lineAt(text, index), reason: `holds ${what}` }];
            })
        )
};
