import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { supportPage } from '../support-page/page.ts';

test('the page about what is supported says what the org answers today', async () => {
    const written = readFileSync(
        fileURLToPath(new URL('../../../service/docs/local-org-support.md', import.meta.url)),
        'utf8'
    );
    // When this fails: node scripts/local-org/support-page/main.ts, and read what changed.
    expect(await supportPage()).toBe(written);
});
