import { describe, expect, test } from '@jest/globals';
import { parseDay } from '../../../src/domain/calendar.ts';
import { DEFAULT_POLICIES } from '../../../src/domain/pipeline/default-policy.ts';
import { policyBook, validatePolicies } from '../../../src/domain/pipeline/policy.ts';
import { NONE, type RulePolicy } from '../../../src/domain/pipeline/types.ts';

const shipped = DEFAULT_POLICIES.find((record) => record.ruleKey === 'R1')!;
const today = parseDay('2026-11-21');
const record = (changes: Partial<RulePolicy>): RulePolicy => ({ ...shipped, ...changes });

describe('the policy in force', () => {
    test('is the shipped one where the org has no record of the rule', () => {
        const policy = policyBook([record({ ruleKey: 'R2', amberThreshold: 7 })]).inForce(today);
        expect(policy.find('R1', 'Proposal', 'Custody')).toBe(shipped);
        expect(policy.find('R2', 'Proposal', 'Custody')!.amberThreshold).toBe(7);
    });

    test('is the most specific: stage and segment, stage, segment, any', () => {
        const book = policyBook([
            record({ amberThreshold: 1 }),
            record({ amberThreshold: 2, segment: 'Custody' }),
            record({ amberThreshold: 3, stage: 'Proposal' }),
            record({ amberThreshold: 4, stage: 'Proposal', segment: 'Custody' })
        ]).inForce(today);
        const amber = (stage: string, segment: string): number | null =>
            book.find('R1', stage, segment)!.amberThreshold;
        expect([
            amber('Proposal', 'Custody'),
            amber('Proposal', ''),
            amber('Closing', 'Custody'),
            amber('Closing', '')
        ]).toEqual([4, 3, 2, 1]);
    });

    test('begins on its first day and ends before its end date', () => {
        const book = policyBook([
            record({ amberThreshold: 1, effectiveEndOn: today }),
            record({ amberThreshold: 2, effectiveStartOn: today, effectiveEndOn: today + 10 })
        ]);
        const amberOn = (day: number): number | undefined =>
            book.inForce(day).find('R1', '', '')?.amberThreshold ?? undefined;
        expect([amberOn(today - 1), amberOn(today), amberOn(today + 9), amberOn(today + 10)]).toEqual([
            1,
            2,
            2,
            undefined
        ]);
        expect([book.inForce(today - 5).nextChangeOn, book.inForce(today).nextChangeOn]).toEqual([
            today,
            today + 10
        ]);
        expect(book.inForce(today + 10).nextChangeOn).toBe(NONE);
    });

    test('leaves an inactive record aside, and a record without thresholds switches the rule off in its stage', () => {
        const off = { stage: 'Closing', amberThreshold: null, redThreshold: null };
        const policy = policyBook([
            record({ isActive: false, stage: 'Proposal' }),
            record({}),
            record(off)
        ]).inForce(today);
        expect(policy.find('R1', 'Proposal', '')!.stage).toBe('*');
        expect(policy.find('R1', 'Closing', '')).toBeNull();
    });
});

describe('policy problems', () => {
    test('are none in what ships', () => {
        expect(validatePolicies(DEFAULT_POLICIES)).toEqual([]);
    });

    test('are listed together, each with its place and what to do', () => {
        const problems = validatePolicies([
            record({ ruleKey: 'R99' as 'R1' }),
            record({ effectiveStartOn: today, effectiveEndOn: today, stage: 'A' }),
            record({ amberThreshold: -1, stage: 'B' }),
            record({ amberThreshold: 10, redThreshold: 5, stage: 'C' }),
            record({ ruleKey: 'R11', amberThreshold: 10, redThreshold: 20, stage: 'D' }),
            record({ minimumSampleSize: 0, importance: 1000, actionText: ' ', stage: 'E' }),
            record({ segment: '', stage: 'F' }),
            record({ amberThreshold: Number.NaN, redThreshold: null, stage: 'G' })
        ]);
        expect(problems.map(({ code }) => code)).toEqual([
            'POLICY_RULE_UNKNOWN',
            'POLICY_PERIOD_EMPTY',
            'POLICY_THRESHOLD_INVALID',
            'POLICY_THRESHOLDS_SWAPPED',
            'POLICY_THRESHOLDS_SWAPPED',
            'POLICY_SAMPLE_SIZE_INVALID',
            'POLICY_IMPORTANCE_INVALID',
            'POLICY_ACTION_BLANK',
            'POLICY_SCOPE_BLANK',
            'POLICY_THRESHOLD_INVALID'
        ]);
        expect(problems[2]).toMatchObject({ where: 'policy R1, stage B, segment *, from ever', value: '-1' });
    });

    test('name records of one rule, stage and segment that are in force on the same day', () => {
        const year = (start: string, end: string): RulePolicy =>
            record({ effectiveStartOn: parseDay(start), effectiveEndOn: parseDay(end) });
        const codes = (records: RulePolicy[]): string[] => validatePolicies(records).map(({ code }) => code);
        expect(codes([year('2026-01-01', '2027-01-01'), year('2025-01-01', '2026-01-01')])).toEqual([]);
        expect(codes([year('', ''), year('2026-01-01', '2026-02-01'), year('2026-05-01', '')])).toEqual([
            'POLICY_PERIODS_OVERLAP',
            'POLICY_PERIODS_OVERLAP'
        ]);
    });
});
