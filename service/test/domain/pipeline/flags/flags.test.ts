import { describe, expect, test } from '@jest/globals';
import { formatDay } from '../../../../src/domain/calendar.ts';
import { DEFAULT_POLICIES, RULE_KEYS } from '../../../../src/domain/pipeline/default-policy.ts';
import { FLAG_RULES } from '../../../../src/domain/pipeline/flags/index.ts';
import type { RuleOutcome } from '../../../../src/domain/pipeline/flags/rule.ts';
import type { DealFacts, RuleKey, RulePolicy } from '../../../../src/domain/pipeline/types.ts';
import { NO_HISTORY, TODAY, custodyHistory, dealFacts } from '../deal-builder.ts';
import { FLAG_CASES } from './cases.ts';

const history = custodyHistory();

function judge(
    ruleKey: RuleKey,
    facts: DealFacts,
    withHistory = false,
    changes: Partial<RulePolicy> = {}
): RuleOutcome {
    const policy = { ...DEFAULT_POLICIES.find((record) => record.ruleKey === ruleKey)!, ...changes };
    const [, rule] = FLAG_RULES.find(([key]) => key === ruleKey)!;
    return rule({ facts, policy, learned: withHistory ? history : NO_HISTORY, asOf: TODAY });
}

describe.each([...RULE_KEYS])('%s', (ruleKey) => {
    const cases = FLAG_CASES.filter((one) => one.rule === ruleKey);

    test.each(cases.map((one) => [one.name, one] as const))('%s', (_name, one) => {
        const { flag, changesOn } = judge(ruleKey, dealFacts(one.given), one.history);
        if (one.expect === null) expect(flag).toBeNull();
        else expect(flag).toMatchObject({ ruleKey, ...one.expect });
        if (one.changesOn !== undefined) expect(formatDay(changesOn)).toBe(one.changesOn);
    });

    test('has cases in which it fires and in which it does not', () => {
        expect(cases.some((one) => one.expect !== null) && cases.some((one) => one.expect === null)).toBe(
            true
        );
    });

    test('carries evidence, and the action and importance of its policy, whenever it fires', () => {
        for (const one of cases.filter((candidate) => candidate.expect !== null)) {
            const { flag } = judge(ruleKey, dealFacts(one.given), one.history, {
                importance: 7,
                actionKey: 'k',
                actionText: 't'
            });
            expect(flag).toMatchObject({ importance: 7, actionKey: 'k', actionText: 't' });
            expect(flag!.evidence.length).toBeGreaterThan(0);
        }
    });

    test('writes the days of its evidence in the one form that screens turn into their reader’s', () => {
        for (const one of cases.filter((candidate) => candidate.expect !== null)) {
            const { flag } = judge(ruleKey, dealFacts(one.given), one.history);
            for (const { label } of flag!.evidence) {
                expect(label.replace(/\b\d{4}-\d{2}-\d{2}\b/g, 'a day')).not.toMatch(
                    /\b(?:19|20)\d\d\b|\d[-/]\d|\d\.\d+\./
                );
            }
        }
    });

    test('is silent when both thresholds are null', () => {
        for (const one of cases) {
            const { flag } = judge(ruleKey, dealFacts(one.given), one.history, {
                amberThreshold: null,
                redThreshold: null
            });
            expect(ruleKey === 'R1' && one.history ? null : flag).toBeNull();
        }
    });
});

test('R1 and R5 use the thresholds of the policy when learning is switched off', () => {
    const silent = dealFacts({ lastTwoWayOn: TODAY - 14, stageEnteredOn: TODAY - 42 });
    expect(judge('R1', silent, true, { isLearned: false }).flag).toMatchObject({
        threshold: 10,
        thresholdBasis: 'Policy'
    });
    expect(judge('R5', silent, true, { isLearned: false }).flag).toMatchObject({
        threshold: 30,
        thresholdBasis: 'Default'
    });
});
