// playbook.yaml to the rules of a manager's week, with every problem at once; and steps as ops edited them in the org.
import type { PartReader } from '../../incentives/plan-file/part-reader.ts';
import type { Problem } from '../../problem.ts';
import { needRatio, oneOrMore, readDefinitionFile } from '../definition-file/read-file.ts';
import { repeatedIds } from '../definition-file/repeated.ts';
import { parseUnits, UNITS_PER_ONE } from '../units.ts';
import type { WatchedWeekly } from '../warnings/weekly-series.ts';
import {
    CADENCE_KINDS,
    GAP_KINDS,
    type FocusAction,
    type Playbook,
    type PlaybookStep,
    type ShortlistRules
} from './types.ts';

const LONGEST_TEXT = 255;
const SHARES = ['share'];

export function readPlaybook(
    yaml: string,
    file = 'playbook.yaml'
): { playbook: Playbook | null; problems: Problem[] } {
    const { value, problems } = readDefinitionFile(yaml, file, playbookOf);
    return { playbook: value, problems };
}

function playbookOf(part: PartReader): Playbook {
    const steps = part.needParts('steps', '- { key: one-to-one, ... }', readStep);
    repeatedIds(
        part,
        'steps',
        steps.map(({ key }) => ({ id: key }))
    );
    if (
        !steps.some(
            ({ gap, isActive, metrics, dimension }) =>
                isActive && gap !== 'Fit' && isForAll(metrics, dimension)
        )
    )
        part.report(
            'STEP_FOR_ALL_MISSING',
            'steps',
            '',
            'Keep one active step without metrics and with dimension "*" that is not of kind Fit, for whatever has no step of its own.'
        );
    return {
        alerts: {
            perManagerPerWeek:
                within(part, 'alerts', (alerts) => alerts.needWhole('perManagerPerWeek', 1)) ?? 1
        },
        watch: part.needParts('watch', '- { metric: csat, ... }', readWatched),
        shortlist: within(part, 'shortlist', readShortlist) ?? NO_SHORTLIST,
        effect: within(part, 'effect', (effect) => ({
            weeks: effect.needWhole('weeks', 4),
            leastWeeks: effect.needWhole('leastWeeks', 3),
            waitDays: effect.needWhole('waitDays', 0)
        })) ?? { weeks: 8, leastWeeks: 4, waitDays: 7 },
        gap: within(part, 'gap', (gap) => ({
            coachingBeforeFit: gap.needWhole('coachingBeforeFit', 1),
            leastDays: gap.needWhole('leastDays', 30),
            reviewAfterDays: gap.needWhole('reviewAfterDays', 1)
        })) ?? { coachingBeforeFit: 2, leastDays: 90, reviewAfterDays: 42 },
        steps,
        cadence: part.needParts('cadence', '- { kind: OneToOne, everyDays: 14, graceDays: 2 }', (rule) => ({
            kind: rule.needChoice('kind', CADENCE_KINDS, 'OneToOne'),
            everyDays: rule.needWhole('everyDays', 1),
            graceDays: rule.needWhole('graceDays', 0)
        })),
        focus: within(part, 'focus', (focus) => ({
            capacityMinutes: focus.needWhole('capacityMinutes', 5),
            actions: focus.needParts('actions', '- { key: reply, ... }', readAction)
        })) ?? { capacityMinutes: 0, actions: [] }
    };
}

const NO_SHORTLIST: ShortlistRules = {
    atMost: 0,
    leastBenefitMinor: 0,
    stakeWithoutDealsMinor: 0,
    quietDaysAfterDismissal: 0,
    reaches: new Map(),
    otherwise: 0
};

function within<T>(part: PartReader, key: string, read: (part: PartReader) => T): T | null {
    if (!part.has(key)) part.reportMissing(key, '{ ... }');
    return part.part(key, read);
}

function readWatched(part: PartReader): WatchedWeekly {
    const scale = part.needChoice('scale', ['count', 'share', 'level', 'duration'], 'level');
    const how = part.needChoice('how', ['count', 'share', 'mean', 'median'], 'mean');
    if ((scale === 'count') !== (how === 'count') || SHARES.includes(scale) !== SHARES.includes(how))
        part.report(
            'SCALE_AND_HOW_DIFFER',
            'how',
            how,
            'Counts are counted and shares are shared out: write the same for both.'
        );
    const hits = part.part('hits', readHits) ?? {};
    if (how === 'share' && Object.keys(hits).length === 0) part.reportMissing('hits', '{ outcome: wrong }');
    return {
        id: part.needText('metric', 'csat'),
        name: part.needText('name', 'Client satisfaction'),
        nWords: part.needText('n', 'answers'),
        direction: part.needChoice('direction', ['up', 'down'], 'up'),
        scale,
        whole: part.whole('whole', 1) ?? 1,
        as: part.choice('as', ['warning', 'check-in'], 'warning'),
        leastChange: fraction(part, 'leastChange', '10%'),
        leastUsual: part.whole('leastUsual', 0) ?? 0,
        leastN: { usual: part.needWhole('leastN', 1), since: part.needWhole('leastNSince', 1) },
        weekly: { signals: oneOrMore(part, 'signals'), how, hits }
    };
}

/** Only outcomes: what else a fact carries does not make it a hit. */
function readHits(part: PartReader): Record<string, string> {
    return { outcome: part.needText('outcome', 'wrong') };
}

function readShortlist(part: PartReader): ShortlistRules {
    return {
        atMost: part.needWhole('atMost', 1),
        leastBenefitMinor: minor(part, 'leastBenefit'),
        stakeWithoutDealsMinor: minor(part, 'stakeWithoutDeals'),
        quietDaysAfterDismissal: part.needWhole('quietDaysAfterDismissal', 0),
        reaches: new Map(
            part
                .parts('reaches', (one) => ({
                    metric: one.needText('metric', 'csat'),
                    share: fraction(one, 'share', '25%')
                }))
                .map(({ metric, share }) => [metric, share])
        ),
        otherwise: fraction(part, 'otherwise', '25%')
    };
}

function readStep(part: PartReader): PlaybookStep {
    const text = part.needText('text', 'Meet and agree one step.');
    if (text.length > LONGEST_TEXT)
        part.report('TEXT_TOO_LONG', 'text', text, `Write at most ${LONGEST_TEXT} characters.`);
    return {
        key: part.needText('key', 'one-to-one'),
        label: part.needText('label', 'One-to-one'),
        text,
        gap: part.needChoice('gap', GAP_KINDS, 'Skill'),
        metrics: oneOrMore(part, 'metrics'),
        dimension: part.needText('dimension', 'client'),
        dueInDays: part.needWhole('dueInDays', 1),
        isActive: part.truth('active', true),
        prior: { helps: fraction(part, 'helps', '30%'), cases: part.needWhole('cases', 1) }
    };
}

function readAction(part: PartReader): FocusAction {
    return {
        key: part.needText('key', 'reply'),
        rules: oneOrMore(part, 'rules'),
        text: part.needText('text', 'Call the client.'),
        minutes: part.needWhole('minutes', 5),
        recovers: fraction(part, 'recovers', '15%')
    };
}

/** From 0 to 1. */
function fraction(part: PartReader, key: string, example: string): number {
    const { numerator, denominator } = needRatio(part, key, example);
    const value = Number(numerator) / Number(denominator);
    if (value < 0 || value > 1)
        part.report('NOT_A_FRACTION', key, String(value), 'Write a part of a whole: 0 % to 100 %.');
    return value;
}

function minor(part: PartReader, key: string): number {
    const text = part.needText(key, '"1500"');
    const value = parseUnits(text);
    if (text !== '' && (value === null || value < 0))
        part.report('AMOUNT_WANTED', key, text, 'Write an amount in the currency of the org, e.g. "1500".');
    return Math.round((Math.max(0, value ?? 0) / UNITS_PER_ONE) * 100);
}

export function isForAll(metrics: readonly string[], dimension: string): boolean {
    return metrics.length === 0 && dimension === '*';
}

/** What ops may change of a step in the org; priors stay those of the file. */
export type StepEdit = Pick<
    PlaybookStep,
    'key' | 'label' | 'text' | 'gap' | 'metrics' | 'dimension' | 'dueInDays' | 'isActive'
>;

/** What is known of a step that was written in the org alone: one chance in five, as if seen five times. */
const NEW_PRIOR = { helps: 0.2, cases: 5 };

export function withEdits(steps: readonly PlaybookStep[], edits: readonly StepEdit[]): PlaybookStep[] {
    const byKey = new Map(steps.map((step) => [step.key, step]));
    for (const edit of edits)
        byKey.set(edit.key, { ...edit, prior: byKey.get(edit.key)?.prior ?? NEW_PRIOR });
    return [...byKey.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}
