// What each warning rule proved to be worth on the org's own past: the same days over again, one in four weeks back from the
// last day whose outcomes are known, and what became of the deals. No behaviour of its own beyond choosing the days.
import { RULE_KEYS } from '../pipeline/default-policy.ts';
import type { FeatureOptions } from '../pipeline/features.ts';
import { policyBook } from '../pipeline/policy.ts';
import type { ActivityCoverage, RulePolicy } from '../pipeline/types.ts';
import { flagRecords } from './record.ts';
import { FlagReplay, type ReplayRows } from './replay.ts';
import type { Feedback, FlagRecord } from './types.ts';

/** A deal that is not won so many days after the warning went badly. */
export const HORIZON_DAYS = 90;
/** Far enough apart that a deal is not on every one, near enough that a year's deals are. */
const DAYS_APART = 28;
const REPLAYED_DAYS = 8;

export interface RuleFacts {
    rows: ReplayRows;
    policies: readonly RulePolicy[];
    activityCoverage: ActivityCoverage;
    feedback: readonly Feedback[];
}

/** Of an org without a past every rule has a record that says so. */
export function measureRules(
    { rows, policies, activityCoverage, feedback }: RuleFacts,
    org: Omit<FeatureOptions, 'activityCoverage' | 'hasNextStepField'>
): FlagRecord[] {
    const options = { ...org, activityCoverage, hasNextStepField: false };
    const replay = new FlagReplay(rows, options, policyBook(policies));
    const last = org.asOf - HORIZON_DAYS;
    const landmarks = Array.from({ length: REPLAYED_DAYS }, (_, back) => last - DAYS_APART * back).flatMap(
        (day) => replay.on(day, HORIZON_DAYS)
    );
    return flagRecords(landmarks, feedback, RULE_KEYS, HORIZON_DAYS);
}
