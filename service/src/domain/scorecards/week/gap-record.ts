// Is a gap one of skill or of fit? It is one of skill until coaching was given and measured: calling it fit, and with it moving clients
// or the person, is blocked until enough different steps were done without effect, over enough time, outside the ramp, and the standard
// is still missed. The record says what it rests on, what support was given, and when to look again.
import { formatDay } from '../../calendar.ts';
import type { DayNumber } from '../../pipeline/types.ts';
import { isMeasured } from './effects.ts';
import type { Effect, GapKind, GapRules, PastIntervention } from './types.ts';

export interface GapInput {
    person: string;
    metric: string;
    asOf: DayNumber;
    isRamping: boolean;
    /** the standard is missed now, beyond luck */
    isMissed: boolean;
    /** of this person, any metric */
    past: readonly PastIntervention[];
    /** by key of the intervention */
    effects: ReadonlyMap<string, Effect>;
    rules: GapRules;
}

export interface GapRecord {
    person: string;
    metric: string;
    kind: GapKind;
    /** what the kind rests on, in sentences */
    evidence: string[];
    supportGiven: { key: string; stepKey: string; doneOn: DayNumber; words: string }[];
    reviewOn: DayNumber;
    /** why fit actions are not open; empty when they are */
    fitBlockedBecause: string[];
}

export function gapRecord(input: GapInput): GapRecord {
    const { person, metric, asOf, rules } = input;
    const done = input.past
        .filter((one) => one.person === person && one.metric === metric && one.gap !== 'Fit')
        .filter((one): one is PastIntervention & { closedOn: DayNumber } => {
            return one.status === 'Done' && one.closedOn !== null && one.closedOn <= asOf;
        })
        .sort((a, b) => a.closedOn - b.closedOn || (a.key < b.key ? -1 : 1));
    const supportGiven = done.map(({ key, stepKey, closedOn }) => ({
        key,
        stepKey,
        doneOn: closedOn,
        words: input.effects.get(key)?.words ?? 'Not measured.'
    }));
    const blocked = blocks(input, done);
    const helped = done.filter(({ key }) => input.effects.get(key)?.verdict === 'Better');
    const kind = blocked.length === 0 ? 'Fit' : done.length === 0 ? 'Unclear' : 'Skill';
    const last = done.at(-1)?.closedOn ?? asOf;
    return {
        person,
        metric,
        kind,
        evidence: [
            input.isMissed
                ? 'The standard is missed beyond what luck explains.'
                : 'The standard is met or too close to call.',
            `${done.length} steps of support done, ${helped.length} followed by a measured improvement.`
        ],
        supportGiven,
        reviewOn: Math.max(asOf + 1, last + rules.reviewAfterDays),
        fitBlockedBecause: blocked
    };
}

function blocks(input: GapInput, done: readonly (PastIntervention & { closedOn: DayNumber })[]): string[] {
    const { asOf, rules, effects } = input;
    const measured = done.filter(({ key }) => {
        const effect = effects.get(key);
        return effect !== undefined && isMeasured(effect);
    });
    const different = new Set(measured.map(({ stepKey }) => stepKey)).size;
    const first = done[0]?.closedOn;
    const reasons: [boolean, string][] = [
        [input.isRamping, 'The person is in the ramp and is judged against others of the same tenure.'],
        [!input.isMissed, 'The standard is not missed beyond what luck explains.'],
        [
            different < rules.coachingBeforeFit,
            `${different} of ${rules.coachingBeforeFit} different steps of coaching done and measured.`
        ],
        [
            measured.some(({ key }) => effects.get(key)!.verdict === 'Better'),
            'A step was followed by an improvement: go on with what helps.'
        ],
        [
            first !== undefined && asOf - first < rules.leastDays,
            `Coaching began less than ${rules.leastDays} days ago${first === undefined ? '' : ` (${formatDay(first)})`}.`
        ]
    ];
    return reasons.filter(([holds]) => holds).map(([, words]) => words);
}
