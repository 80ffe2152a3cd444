// Where the parts of this project lie that the plugin takes into an org. The plugin is linked from inside the project.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
export const PACKAGE_FOLDER = join(ROOT, 'force-app');
export const SUBSCRIBER_FOLDER = join(ROOT, 'config', 'subscriber');

/** Names of the package's own objects, without a namespace. */
export function packageObjects(): string[] {
    const main = join(PACKAGE_FOLDER, 'main');
    return readdirSync(main)
        .flatMap((feature) => filesIn(join(main, feature, 'objects')))
        .filter((name) => /__(c|mdt)$/.test(name))
        .sort();
}

function filesIn(folder: string): string[] {
    try {
        return readdirSync(folder);
    } catch {
        return [];
    }
}
