// The names a component may import and who answers for each: `vendor` (lwc and the open-source base components),
// `platform` (our shims of what those lack). Any other lightning/ or @salesforce/ name is refused by name.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { baseComponentsFolder, browserFolder } from './places.ts';

const baseSource = join(baseComponentsFolder, 'src', 'lightning');

/** Module name -> source file in browser/. They hold state, so each exists once on the page. */
export const platformModules: ReadonlyMap<string, string> = new Map(
    Object.entries({
        'lightning/messageService': 'shims/message-service.ts',
        'lightning/mobileCapabilities': 'shims/mobile-capabilities.ts',
        'lightning/navigation': 'shims/navigation.ts',
        'lightning/platformShowToastEvent': 'shims/platform-show-toast-event.ts',
        'lightning/primitiveUtils': 'shims/primitive-utils.ts',
        'lightning/refresh': 'shims/refresh.ts',
        'lightning/uiRecordApi': 'shims/ui-record-api.ts',
        '@salesforce/apex': 'shims/apex.ts',
        'local-org/apexMethod': 'platform/apex-method.ts',
        'local-org/shell': 'main.ts'
    }).map(([name, file]) => [name, join(browserFolder, file)])
);

/** Every base component and library of lightning-base-components that has code, except those shimmed above. */
export const vendorModules: readonly string[] = [
    'lwc',
    ...readdirSync(baseSource)
        .filter((name) => existsSync(join(baseSource, name, `${name}.js`)))
        .map((name) => `lightning/${name}`)
        .filter((name) => !platformModules.has(name))
];

const onPage = new Set<string>([...vendorModules, ...platformModules.keys()]);

export function isOnPage(name: string): boolean {
    return onPage.has(name);
}

/** Base components may also be a lone stylesheet or template (`lightning/sldsCommon`). */
export function baseComponentFile(name: string): string | undefined {
    const short = name.slice('lightning/'.length);
    return ['js', 'html', 'css']
        .map((ext) => join(baseSource, short, `${short}.${ext}`))
        .find((path) => existsSync(path));
}
