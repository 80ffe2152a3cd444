// R11: judged by how long comparable deals took, a win on or before the close date is unlikely.
// The chance moves a little every day, so the flag states it in steps of five percent, rounded down: a stored value
// changes only when the step does. Past close dates are R3's.
import { formatDay } from '../../calendar.ts';
import { NONE, type DayNumber, type Severity } from '../types.ts';
import { dealEvidence, flagOf, NOT_APPLICABLE, type RuleInput, type RuleOutcome } from './rule.ts';
import type { LearnedValue } from '../learn.ts';

const STEP_PERCENT = 5;
/** How far ahead the next change is searched; a later day is simply assessed again then. */
const HORIZON_DAYS = 120;

interface Judgement {
    severity: Severity | null;
    stepPercent: number;
    chance: LearnedValue;
}

export function improbableClose(input: RuleInput): RuleOutcome {
    const today = judge(input, input.asOf);
    if (!today) return NOT_APPLICABLE;
    const { facts, policy } = input;
    const changesOn = nextChange(input, today);
    if (!today.severity) return { flag: null, changesOn };
    const flag = flagOf(input, {
        severity: today.severity,
        threshold: {
            ...today.chance,
            value: (today.severity === 'Red' ? policy.redThreshold : policy.amberThreshold)!
        },
        unit: 'Percent',
        observedValue: today.stepPercent,
        evidence: [
            dealEvidence(
                facts,
                `Created ${formatDay(facts.createdOn)}, to be closed by ${formatDay(facts.closeDate)}`
            )
        ]
    });
    return { flag, changesOn };
}

function judge({ facts, policy, learned }: RuleInput, day: DayNumber): Judgement | null {
    if (!policy.isLearned || facts.closeDate === NONE || facts.closeDate < day) return null;
    const ageDays = Math.max(0, day - facts.createdOn);
    const ageAtClose = facts.closeDate - facts.createdOn;
    // A win today still counts, so the deal is taken as open up to yesterday.
    const chance = learned.chanceOfWin(facts, ageDays - 1, ageAtClose, policy.minimumSampleSize);
    if (!chance) return null;
    const percent = chance.value * 100;
    const isRed = policy.redThreshold !== null && percent < policy.redThreshold;
    const isAmber = policy.amberThreshold !== null && percent < policy.amberThreshold;
    return {
        severity: isRed ? 'Red' : isAmber ? 'Amber' : null,
        stepPercent: STEP_PERCENT * Math.floor(percent / STEP_PERCENT),
        chance
    };
}

function nextChange(input: RuleInput, today: Judgement): DayNumber {
    const { asOf, facts } = input;
    const last = Math.min(facts.closeDate + 1, asOf + HORIZON_DAYS);
    for (let day = asOf + 1; day < last; day++) {
        const then = judge(input, day);
        if (then?.severity !== today.severity) return day;
        if (today.severity && then.stepPercent !== today.stepPercent) return day;
    }
    return last;
}
