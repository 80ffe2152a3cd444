import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { packKeys, readPack } from '../../scripts/plan/rule-pack-files.ts';
import { PROFILE_EXAMPLE, rulePackPage } from '../../scripts/plan/rule-pack-page.ts';
import { CHECKS_IN_WORDS } from '../src/domain/incentives/rule-packs/plan-checks/in-words.ts';
import { PLAN_CHECKS } from '../src/domain/incentives/rule-packs/plan-checks/index.ts';
import { parsePlanProfile } from '../src/domain/incentives/rule-packs/plan-profile.ts';

const page = readFileSync(fileURLToPath(new URL('../docs/rule-packs.md', import.meta.url)), 'utf8');

test('the page of rule packs is what the packs say now (npm run plan -- packs writes it)', () => {
    expect(page).toBe(rulePackPage(packKeys().map(readPack)));
});

test('the page shows beside every figure that is not read in a rule that compliance must confirm it', () => {
    const figures = packKeys().flatMap((key) => readPack(key).pack.figures);
    const open = figures.filter(({ status }) => status === 'toBeConfirmedByCompliance');
    expect(page.match(/\| \*\*to be confirmed by compliance\*\* \|/g)).toHaveLength(open.length);
    expect(page).toContain('**Nothing here is legal advice.**');
});

test('every check is described, and the profile shown can be read', () => {
    expect(Object.keys(CHECKS_IN_WORDS).sort()).toEqual(Object.keys(PLAN_CHECKS).sort());
    expect(parsePlanProfile(PROFILE_EXAMPLE).problems).toEqual([]);
});
