// The rule packs of config/rule-packs, for the tests.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseRulePack } from '../../../../src/domain/incentives/rule-packs/parse-rule-pack.ts';
import type { RulePack } from '../../../../src/domain/incentives/rule-packs/rule-pack.ts';
import {
    parsePackCases,
    type PackCase
} from '../../../../src/domain/incentives/rule-packs/run-pack-cases.ts';

const folder = fileURLToPath(new URL('../../../../../config/rule-packs', import.meta.url));

export const packKeys = readdirSync(folder);

export function packText(key: string): string {
    return readFileSync(`${folder}/${key}/pack.yaml`, 'utf8');
}

export function packOf(key: string): RulePack {
    const { pack, problems } = parseRulePack(packText(key));
    if (pack === null) throw new Error(JSON.stringify(problems));
    return pack;
}

export function casesOf(key: string): PackCase[] {
    const path = `${folder}/${key}/cases.yaml`;
    if (!existsSync(path)) return [];
    const { cases, problems } = parsePackCases(readFileSync(path, 'utf8'));
    if (problems.length > 0) throw new Error(JSON.stringify(problems));
    return cases;
}
