// The rule packs of config/rule-packs with their cases. A pack that is wrong stops whoever reads it: packs ship with the product.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseRulePack } from '../../service/src/domain/incentives/rule-packs/parse-rule-pack.ts';
import type { RulePack } from '../../service/src/domain/incentives/rule-packs/rule-pack.ts';
import {
    parsePackCases,
    type PackCase
} from '../../service/src/domain/incentives/rule-packs/run-pack-cases.ts';

const FOLDER = fileURLToPath(new URL('../../config/rule-packs', import.meta.url));

export interface PackWithCases {
    pack: RulePack;
    cases: PackCase[];
    yaml: string;
}

export function packKeys(): string[] {
    return readdirSync(FOLDER).sort();
}

export function readPack(key: string): PackWithCases {
    const yaml = readFileSync(join(FOLDER, key, 'pack.yaml'), 'utf8');
    const { pack, problems } = parseRulePack(yaml);
    const casesFile = join(FOLDER, key, 'cases.yaml');
    const { cases, problems: ofCases } = existsSync(casesFile)
        ? parsePackCases(readFileSync(casesFile, 'utf8'))
        : { cases: [], problems: [] };
    const [first] = [...problems, ...ofCases];
    if (pack === null || first)
        throw new Error(`rule pack ${key}: ${first?.code} at ${first?.where}: ${first?.fix}`);
    return { pack, cases, yaml };
}

/** Packs that check plans; the others check awards. */
export function packsForPlans(): RulePack[] {
    return packKeys()
        .map((key) => readPack(key).pack)
        .filter(({ requirements }) => requirements.length === 0);
}
