// What a check of a plan is given and gives. A check knows no regulation: whether a hit is a failure or a case for review, on whose
// authority and against which figure, is the pack's to say.
import { Ratio } from '../../../ratio.ts';
import type { Plan } from '../../plan.ts';
import type { PlanEvidence } from '../evidence.ts';
import type { PlanProfile } from '../plan-profile.ts';
import type { RulePack } from '../rule-pack.ts';

export interface CheckInput {
    plan: Plan;
    profile: PlanProfile;
    /** null: nothing was replayed */
    evidence: PlanEvidence | null;
    pack: RulePack;
    /** the figure of the pack; null where the check has none */
    limit: Ratio | null;
}

export interface CheckResult {
    /** `unsure`: something must be found out first */
    outcome: 'hit' | 'clear' | 'unsure' | 'notApplicable';
    found: string;
    where: string[];
    fix: string;
}

const TEN_THOUSAND = Ratio.of(10_000);

export type PlanCheckFunction = (input: CheckInput) => CheckResult;

export function clear(found: string, where: string[] = []): CheckResult {
    return { outcome: 'clear', found, where, fix: '' };
}

export function hit(found: string, where: string[], fix: string): CheckResult {
    return { outcome: 'hit', found, where, fix };
}

export function unsure(found: string, where: string[], fix: string): CheckResult {
    return { outcome: 'unsure', found, where, fix };
}

/** `62.5 %`; beyond two decimals it is rounded down, and says so. */
export function percent(part: Ratio): string {
    const hundredths = part.times(TEN_THOUSAND);
    const whole = hundredths.floor();
    const text = `${whole < 0n ? '-' : ''}${(whole < 0n ? -whole : whole).toString().padStart(3, '0')}`;
    const shown = `${text.slice(0, -2)}.${text.slice(-2)}`.replace(/\.?0+$/, '');
    return `${hundredths.denominator === 1n ? '' : 'about '}${shown === '' ? '0' : shown} %`;
}
