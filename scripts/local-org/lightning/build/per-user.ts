// Modules whose value depends on who looks at the page: read from the page when it is opened, not fixed by the build.
import { I18N_NAMES } from '../i18n.ts';

const VALUES: [name: string, path: string][] = [
    ['@salesforce/client/formFactor', 'formFactor'],
    ['@salesforce/user/Id', 'userId'],
    ['@salesforce/user/isGuest', 'isGuest'],
    ...I18N_NAMES.map((name): [string, string] => [
        `@salesforce/i18n/${name}`,
        `i18n[${JSON.stringify(name)}]`
    ])
];

/** Module name to its source. */
export const perUser: ReadonlyMap<string, string> = new Map(
    VALUES.map(([name, path]) => [name, `export default globalThis.localOrgPage.${path};`])
);
