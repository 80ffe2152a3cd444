// The rule packs that come with the product and check plans alone: config/rule-packs, as `plan -- simulate` takes them.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseRulePack } from '../domain/incentives/rule-packs/parse-rule-pack.ts';
import type { RulePack } from '../domain/incentives/rule-packs/rule-pack.ts';

const FOLDER = fileURLToPath(new URL('../../../config/rule-packs', import.meta.url));

/** A pack that is wrong stops whoever reads it: packs ship with the product. */
export function planCheckingPacks(): RulePack[] {
    return readdirSync(FOLDER)
        .sort()
        .map(readPack)
        .filter(({ requirements }) => requirements.length === 0);
}

function readPack(key: string): RulePack {
    const { pack, problems } = parseRulePack(readFileSync(join(FOLDER, key, 'pack.yaml'), 'utf8'));
    if (pack === null) throw new Error(`rule pack ${key}: ${problems[0]?.code} at ${problems[0]?.where}`);
    return pack;
}
