// node scripts/local-org/support-page/main.ts: writes service/docs/local-org-support.md.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { supportPage } from './page.ts';

writeFileSync(
    join(import.meta.dirname, '..', '..', '..', 'service', 'docs', 'local-org-support.md'),
    await supportPage()
);
