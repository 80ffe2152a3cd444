import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { packKeys, readPack } from '../../scripts/plan/rule-pack-files.ts';
import { PROFILE_EXAMPLE, rulePackPage } from '../../scripts/plan/rule-pack-page.ts';
import { parsePlan } from '../src/domain/incentives/parse-plan.ts';
import { checkPlan } from '../src/domain/incentives/rule-packs/check-plan.ts';
import { CHECKS_IN_WORDS } from '../src/domain/incentives/rule-packs/plan-checks/in-words.ts';
import { PLAN_CHECKS } from '../src/domain/incentives/rule-packs/plan-checks/index.ts';
import { NO_PROFILE, parsePlanProfile } from '../src/domain/incentives/rule-packs/plan-profile.ts';

const page = readFileSync(fileURLToPath(new URL('../docs/rule-packs.md', import.meta.url)), 'utf8');

test('the page of rule packs is what the packs say now (npm run plan -- packs writes it)', () => {
    expect(page).toBe(rulePackPage(packKeys().map(readPack)));
});

test('the page shows beside every figure and rule that was not read that compliance must confirm it', () => {
    const packs = packKeys().map((key) => readPack(key).pack);
    const figures = packs.flatMap((pack) => [...pack.figures, ...pack.checks]);
    const open = figures.filter(({ status }) => status === 'toBeConfirmedByCompliance');
    expect(page.match(/\| \*\*to be confirmed by compliance\*\* \|/g)).toHaveLength(open.length);
    expect(page).toContain('**Nothing here is legal advice.**');
});

test('every check is described, and the profile shown can be read', () => {
    expect(Object.keys(CHECKS_IN_WORDS).sort()).toEqual(Object.keys(PLAN_CHECKS).sort());
    expect(parsePlanProfile(PROFILE_EXAMPLE).problems).toEqual([]);
});

describe('every plan of config/plans', () => {
    const folder = fileURLToPath(new URL('../../config/plans', import.meta.url));
    const plans = readdirSync(folder).map(
        (key) => parsePlan(readFileSync(`${folder}/${key}/plan.yaml`, 'utf8')).plan!
    );
    const findings = plans.flatMap((plan) =>
        packKeys().flatMap((key) =>
            checkPlan(readPack(key).pack, plan, NO_PROFILE, null, '2026-01-01').map((finding) => ({
                plan: plan.key,
                ...finding
            }))
        )
    );

    test('can be held against every pack; whatever does not pass says what was found and what to do', () => {
        expect(findings.length).toBeGreaterThan(plans.length * 25);
        const mute = findings.filter(
            ({ verdict, found, fix }) =>
                found === '' || (['fail', 'toBeReviewed'].includes(verdict) && fix === '')
        );
        expect(mute).toEqual([]);
    });

    test('is told apart by the checks: each passes somewhere and each is hit or open somewhere', () => {
        // No plan there ties pay to a product for a time, and a gate on conduct is one only by a profile.
        for (const check of Object.keys(PLAN_CHECKS).filter(
            (one) => !['productContests', 'waivers'].includes(one)
        )) {
            const verdicts = new Set(
                findings.filter((one) => one.check === check).map(({ verdict }) => verdict)
            );
            expect({ check, isOpenSomewhere: verdicts.has('fail') || verdicts.has('toBeReviewed') }).toEqual({
                check,
                isOpenSomewhere: true
            });
        }
        const passing = new Set(
            findings.filter(({ verdict }) => verdict === 'pass').map(({ check }) => check)
        );
        // These need a profile or a replay before they can pass.
        const needMore = [
            'quantitativeShare',
            'qualitativeSource',
            'fixedToVariable',
            'conductGate',
            'payoutInBreaches',
            'deferralTerms'
        ];
        expect(
            Object.keys(PLAN_CHECKS).filter((check) => !passing.has(check) && !needMore.includes(check))
        ).toEqual([]);
    });
});
