// Which policy record is in force for a rule, stage and segment on a day, and what is wrong with a set of records.
// Reads no metadata itself: records come in as RulePolicy. What the thresholds mean is told in default-policy.ts.
import { formatDay } from '../calendar.ts';
import type { Problem } from '../problem.ts';
import { DEFAULT_POLICIES, RULE_KEYS } from './default-policy.ts';
import { NONE, type DayNumber, type RuleKey, type RulePolicy } from './types.ts';

export const ANY = '*';

/** All records of a run, readable on any day. */
export interface PolicyBook {
    inForce(asOf: DayNumber): PolicyInForce;
}

/** The policy of one day: records in force, found by rule, stage and segment. */
export interface PolicyInForce {
    asOf: DayNumber;
    /** null when the rule is off: no record, or one without thresholds. */
    find(ruleKey: RuleKey, stage: string, segment: string): RulePolicy | null;
    /** First day after `asOf` on which a record comes into force or ends; NONE when never. */
    nextChangeOn: DayNumber;
}

/** Rules without any record of the org fall back to the shipped record; a rule with records is governed by them alone. */
export function policyBook(records: readonly RulePolicy[]): PolicyBook {
    // A run assesses every deal as of one day, so remembering the last day is enough.
    let last: PolicyInForce | null = null;
    return {
        inForce: (asOf) => {
            if (last?.asOf !== asOf) last = policyInForce(records, asOf);
            return last;
        }
    };
}

function policyInForce(records: readonly RulePolicy[], asOf: DayNumber): PolicyInForce {
    const inForce = new Map<string, RulePolicy>();
    const governed = new Set(records.map((record) => record.ruleKey));
    const all = [...records, ...DEFAULT_POLICIES.filter((record) => !governed.has(record.ruleKey))];
    for (const record of all) {
        const key = keyOf(record.ruleKey, record.stage, record.segment);
        // Overlapping records are a problem reported by validatePolicies; here the first one stays.
        if (isInForce(record, asOf) && !inForce.has(key)) inForce.set(key, record);
    }
    return {
        asOf,
        find: (ruleKey, stage, segment) => {
            const found =
                inForce.get(keyOf(ruleKey, stage, segment)) ??
                inForce.get(keyOf(ruleKey, stage, ANY)) ??
                inForce.get(keyOf(ruleKey, ANY, segment)) ??
                inForce.get(keyOf(ruleKey, ANY, ANY));
            return found && !isOff(found) ? found : null;
        },
        nextChangeOn: nextChange(all, asOf)
    };
}

function keyOf(ruleKey: RuleKey, stage: string, segment: string): string {
    return `${ruleKey}\n${stage}\n${segment}`;
}

function isInForce(record: RulePolicy, asOf: DayNumber): boolean {
    return record.isActive && startOf(record) <= asOf && asOf < endOf(record);
}

function isOff(record: RulePolicy): boolean {
    return record.amberThreshold === null && record.redThreshold === null;
}

function startOf(record: RulePolicy): number {
    return record.effectiveStartOn === NONE ? -Infinity : record.effectiveStartOn;
}

function endOf(record: RulePolicy): number {
    return record.effectiveEndOn === NONE ? Infinity : record.effectiveEndOn;
}

function nextChange(records: readonly RulePolicy[], asOf: DayNumber): DayNumber {
    let next = Infinity;
    for (const record of records) {
        if (!record.isActive) continue;
        for (const day of [startOf(record), endOf(record)]) if (day > asOf && day < next) next = day;
    }
    return next === Infinity ? NONE : next;
}

/** Everything wrong with the records, listed together so that an admin corrects them in one go. */
export function validatePolicies(records: readonly RulePolicy[]): Problem[] {
    return [...records.flatMap(recordProblems), ...overlapProblems(records)];
}

function recordProblems(record: RulePolicy): Problem[] {
    const problems: Problem[] = [];
    const add = (code: string, value: unknown, fix: string): void => {
        problems.push({ code, where: placeOf(record), value: String(value), fix });
    };
    if (!RULE_KEYS.includes(record.ruleKey))
        add('POLICY_RULE_UNKNOWN', record.ruleKey, 'Use one of R1 to R11.');
    if (endOf(record) <= startOf(record)) {
        add(
            'POLICY_PERIOD_EMPTY',
            formatDay(record.effectiveEndOn),
            'The end date is exclusive and must lie after the start date.'
        );
    }
    for (const threshold of [record.amberThreshold, record.redThreshold]) {
        if (threshold !== null && !(threshold >= 0 && threshold < 1e12)) {
            add('POLICY_THRESHOLD_INVALID', threshold, 'Thresholds are numbers from 0 up.');
        }
    }
    if (isOutOfOrder(record)) {
        add(
            'POLICY_THRESHOLDS_SWAPPED',
            `amber ${record.amberThreshold}, red ${record.redThreshold}`,
            redIsLower(record.ruleKey)
                ? 'Red must not be above amber for this rule.'
                : 'Red must not be below amber for this rule.'
        );
    }
    if (!Number.isInteger(record.minimumSampleSize) || record.minimumSampleSize < 1) {
        add(
            'POLICY_SAMPLE_SIZE_INVALID',
            record.minimumSampleSize,
            'Ask for at least 1 won deal; 20 is usual.'
        );
    }
    if (!Number.isInteger(record.importance) || record.importance < 0 || record.importance > 999) {
        add('POLICY_IMPORTANCE_INVALID', record.importance, 'Use a whole number from 0 to 999.');
    }
    if (record.stage === '' || record.segment === '') {
        add(
            'POLICY_SCOPE_BLANK',
            `stage "${record.stage}", segment "${record.segment}"`,
            'Name a stage and a segment, or write * for any.'
        );
    }
    if (record.actionText.trim() === '')
        add('POLICY_ACTION_BLANK', record.actionText, 'Say what the rep should do.');
    return problems;
}

/** R4 and R8 judge two different things by amber and red, so any order is right. */
function isOutOfOrder({ ruleKey, amberThreshold, redThreshold }: RulePolicy): boolean {
    if (amberThreshold === null || redThreshold === null || ruleKey === 'R4' || ruleKey === 'R8')
        return false;
    return redIsLower(ruleKey) ? redThreshold > amberThreshold : redThreshold < amberThreshold;
}

function redIsLower(ruleKey: RuleKey): boolean {
    return ruleKey === 'R6' || ruleKey === 'R11';
}

function overlapProblems(records: readonly RulePolicy[]): Problem[] {
    const problems: Problem[] = [];
    const byScope = Map.groupBy(
        records.filter((record) => record.isActive),
        (record) => keyOf(record.ruleKey, record.stage, record.segment)
    );
    for (const sameScope of byScope.values()) {
        const sorted = sameScope.toSorted((a, b) => a.effectiveStartOn - b.effectiveStartOn);
        let latestEnd = -Infinity;
        for (const record of sorted) {
            if (startOf(record) < latestEnd) {
                problems.push({
                    code: 'POLICY_PERIODS_OVERLAP',
                    where: placeOf(record),
                    value: formatDay(record.effectiveStartOn) || 'no start',
                    fix: 'End the earlier record on the day the later one starts.'
                });
            }
            latestEnd = Math.max(latestEnd, endOf(record));
        }
    }
    return problems;
}

function placeOf({ ruleKey, stage, segment, effectiveStartOn }: RulePolicy): string {
    return `policy ${ruleKey}, stage ${stage}, segment ${segment}, from ${formatDay(effectiveStartOn) || 'ever'}`;
}
