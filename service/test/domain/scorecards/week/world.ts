// The playbook as it ships and one team, for tests of a manager's week.
import { readFileSync } from 'node:fs';
import { parseDay } from '../../../../src/domain/calendar.ts';
import { gapRecord } from '../../../../src/domain/scorecards/week/gap-record.ts';
import { readPlaybook } from '../../../../src/domain/scorecards/week/read-playbook.ts';
import type { ShortlistInput } from '../../../../src/domain/scorecards/week/shortlist.ts';
import type {
    Concern,
    Effect,
    PastIntervention,
    Playbook
} from '../../../../src/domain/scorecards/week/types.ts';

/** A Monday. */
export const WEEK = parseDay('2026-11-16');

export const PLAYBOOK_TEXT = readFileSync(
    new URL('../../../../../config/scorecards/playbook.yaml', import.meta.url),
    'utf8'
);

export const PLAYBOOK: Playbook = readPlaybook(PLAYBOOK_TEXT).playbook!;

export function concern(person: string, shortfall: number, more: Partial<Concern> = {}): Concern {
    return {
        person,
        metric: 'csat',
        dimension: 'client',
        words: `Client satisfaction of ${person} fell.`,
        observed: 3.6,
        baseline: 4.5,
        since: WEEK - 40,
        shortfall,
        evidence: [{ id: `e-${person}`, object: 'PerformanceFact__c', label: '41 answers' }],
        ...more
    };
}

export function past(person: string, more: Partial<PastIntervention> = {}): PastIntervention {
    return {
        key: `boss:${person}:${more.stepKey ?? 'listen-to-clients'}`,
        manager: 'boss',
        person,
        metric: 'csat',
        stepKey: 'listen-to-clients',
        gap: 'Skill',
        week: WEEK - 70,
        status: 'Done',
        rank: 1,
        closedOn: WEEK - 60,
        ...more
    };
}

export const effect = (verdict: Effect['verdict']): Effect => ({
    verdict,
    change: 0,
    low: -1,
    high: 1,
    weeksBefore: 8,
    weeksAfter: 8,
    words: `${verdict}.`
});

export function team(more: Partial<ShortlistInput> = {}): ShortlistInput {
    const input: ShortlistInput = {
        manager: 'boss',
        week: WEEK,
        asOf: WEEK,
        team: ['ann', 'bob', 'cas', 'dan', 'eve'],
        concerns: [],
        stakes: new Map(),
        past: [],
        measured: [],
        playbook: PLAYBOOK,
        gapOf: (person, metric) =>
            gapRecord({
                person,
                metric,
                asOf: WEEK,
                isRamping: false,
                isMissed: true,
                past: input.past,
                effects: new Map(),
                rules: PLAYBOOK.gap
            }),
        ...more
    };
    return input;
}
