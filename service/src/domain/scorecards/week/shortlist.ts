// Who of a team needs the manager this week: people ranked by what a coaching step is expected to save,
//     money at stake x shortfall x share of it that reaches money x chance that the step helps,
// at most so many, nobody below the bar. Several concerns of one person are one entry, ranked by the largest: declines go together, so
// they are not added up. What a person has touched stays as it is and keeps its place; the same facts give the same list.
import { formatDay } from '../../calendar.ts';
import type { DayNumber } from '../../pipeline/types.ts';
import { chanceOf, type Chance, type MeasuredStep } from './chances.ts';
import type { GapRecord } from './gap-record.ts';
import { isForAll } from './read-playbook.ts';
import type {
    Concern,
    EvidenceItem,
    GapKind,
    PastIntervention,
    Playbook,
    PlaybookStep,
    Suggestion
} from './types.ts';

export interface ShortlistInput {
    manager: string;
    /** Monday */
    week: DayNumber;
    asOf: DayNumber;
    /** people who report to the manager on the day, outside their ramp or in it; nobody who left */
    team: readonly string[];
    concerns: readonly Concern[];
    /** minor units a person's work is expected to bring in the next two quarters; without: shortlist.stakeWithoutDeals */
    stakes: ReadonlyMap<string, number>;
    past: readonly PastIntervention[];
    /** effects of done steps of the whole firm: they say which steps help */
    measured: readonly MeasuredStep[];
    gapOf: (person: string, metric: string) => GapRecord;
    playbook: Playbook;
}

export interface Shortlist {
    manager: string;
    week: DayNumber;
    /** new or still untouched ones, by rank */
    suggestions: Suggestion[];
    /** keys of this week's entries people have touched: left alone */
    kept: string[];
    verdict: string;
    peopleCount: number;
    /** people with a concern that is not worth a step, or is already in hand */
    belowBar: number;
    inHand: number;
}

interface Candidate {
    concern: Concern;
    step: PlaybookStep;
    chance: Chance;
    gap: GapKind;
    stakeMinor: number;
    reaches: number;
    benefitMinor: number;
    others: Concern[];
}

const MOST_EVIDENCE = 50;

export function shortlistOf(input: ShortlistInput): Shortlist {
    const { manager, week, past, playbook } = input;
    const touched = past.filter(
        (one) => one.manager === manager && one.week === week && one.status !== 'Suggested'
    );
    const team = new Set(input.team.filter((person) => person !== manager));
    const concerns = input.concerns.filter(({ person }) => team.has(person));
    const open = new Set(
        past.filter(({ status }) => status === 'Accepted' || status === 'Changed').map(({ person }) => person)
    );
    const taken = new Set([...open, ...touched.map(({ person }) => person)]);
    const free = concerns.filter(({ person }) => !taken.has(person));
    const waiting = free.filter((concern) => !isQuiet(concern, input));
    const candidates = [...Map.groupBy(waiting, ({ person }) => person).values()].map((own) =>
        best(own, input)
    );
    const worth = candidates.filter(
        ({ benefitMinor }) => benefitMinor >= playbook.shortlist.leastBenefitMinor
    );
    const ranks = freeRanks(playbook.shortlist.atMost, touched);
    const suggestions = worth
        .sort((a, b) => b.benefitMinor - a.benefitMinor || compare(a.concern.person, b.concern.person))
        .slice(0, ranks.length)
        .map((candidate, at) => suggestionOf(candidate, ranks[at]!, input));
    return {
        manager,
        week,
        suggestions,
        kept: touched.map(({ key }) => key).sort(),
        verdict: verdictOf(suggestions.length + touched.length, team.size),
        peopleCount: team.size,
        belowBar: candidates.length - worth.length,
        inHand: new Set(concerns.filter(({ person }) => open.has(person)).map(({ person }) => person)).size
    };
}

/** Ranks that touched entries do not hold, lowest first. */
function freeRanks(atMost: number, touched: readonly PastIntervention[]): number[] {
    const held = new Set(touched.map(({ rank }) => rank));
    const ranks = Array.from({ length: atMost }, (_, at) => at + 1).filter((rank) => !held.has(rank));
    return ranks.slice(0, Math.max(0, atMost - touched.length));
}

export function verdictOf(count: number, people: number): string {
    if (people === 0) return 'Nobody reports to you.';
    if (count === 0) return 'Nobody needs you this week.';
    if (count === 1) return 'One person needs you this week.';
    const words = ['two', 'three', 'four', 'five'];
    return `These ${words[count - 2] ?? String(count)} people need you this week.`;
}

/** A concern that was dismissed lately, or whose step was done and cannot be measured yet, is not brought up again. */
function isQuiet({ person, metric }: Concern, { asOf, past, playbook }: ShortlistInput): boolean {
    const { shortlist, effect } = playbook;
    const measuredAfter = effect.waitDays + 7 * effect.leastWeeks;
    return past.some((one) => {
        if (one.person !== person || one.metric !== metric || one.closedOn === null) return false;
        if (one.status === 'Dismissed') return asOf - one.closedOn < shortlist.quietDaysAfterDismissal;
        return one.status === 'Done' && asOf - one.closedOn < measuredAfter;
    });
}

function best(concerns: readonly Concern[], input: ShortlistInput): Candidate {
    const candidates = concerns.map((concern) => candidateOf(concern, input));
    candidates.sort((a, b) => b.benefitMinor - a.benefitMinor || compare(a.concern.metric, b.concern.metric));
    const [first, ...others] = candidates;
    return { ...first!, others: others.map(({ concern }) => concern) };
}

function candidateOf(concern: Concern, input: ShortlistInput): Candidate {
    const { shortlist } = input.playbook;
    const gap = input.gapOf(concern.person, concern.metric);
    const { step, chance } = stepFor(concern, gap, input);
    const stakeMinor = input.stakes.get(concern.person) ?? shortlist.stakeWithoutDealsMinor;
    const reaches = shortlist.reaches.get(concern.metric) ?? shortlist.otherwise;
    const shortfall = Math.min(1, Math.max(0, concern.shortfall));
    return {
        concern,
        step,
        chance,
        gap: gap.kind,
        stakeMinor,
        reaches,
        benefitMinor: Math.round(Math.max(0, stakeMinor) * shortfall * reaches * chance.chance),
        others: []
    };
}

/** The step most likely to help: those for the metric, else for its dimension, else for all. Steps of fit only where the record
 *  allows them; what was done for this person in this metric comes last. */
function stepFor(
    concern: Concern,
    gap: GapRecord,
    input: ShortlistInput
): { step: PlaybookStep; chance: Chance } {
    const open = input.playbook.steps.filter(
        (step) => step.isActive && (gap.kind === 'Fit') === (step.gap === 'Fit')
    );
    const forMetric = open.filter(({ metrics }) => metrics.includes(concern.metric));
    const forDimension = open.filter(
        ({ metrics, dimension }) => metrics.length === 0 && dimension === concern.dimension
    );
    const forAll = open.filter(({ metrics, dimension }) => isForAll(metrics, dimension));
    const fallback = input.playbook.steps.filter(
        ({ isActive, gap: kind, metrics, dimension }) =>
            isActive && kind !== 'Fit' && isForAll(metrics, dimension)
    );
    const done = new Set(gap.supportGiven.map(({ stepKey }) => stepKey));
    const isNew = (step: PlaybookStep): boolean => !done.has(step.key);
    const lists = [
        forMetric.filter(isNew),
        forDimension.filter(isNew),
        forAll.filter(isNew),
        forMetric,
        forAll,
        fallback
    ];
    const steps = lists.find((list) => list.length > 0);
    if (!steps) throw new Error('a playbook without a step for all is refused when it is read');
    return steps
        .map((step) => ({ step, chance: chanceOf(step, input.measured) }))
        .sort((a, b) => b.chance.chance - a.chance.chance || compare(a.step.key, b.step.key))[0]!;
}

function suggestionOf(candidate: Candidate, rank: number, { manager, week }: ShortlistInput): Suggestion {
    const { concern, step, gap, others } = candidate;
    const all = [concern, ...others];
    return {
        key: `${manager}:${formatDay(week)}:${concern.person}`,
        manager,
        person: concern.person,
        week,
        rank,
        benefitMinor: candidate.benefitMinor,
        working: workingOf(candidate),
        reasons: all.map(({ metric, words, observed, baseline, since }) => ({
            metric,
            words,
            observed,
            baseline,
            since
        })),
        evidence: distinct(all.flatMap(({ evidence }) => evidence)).slice(0, MOST_EVIDENCE),
        gap,
        stepKey: step.key,
        stepText: step.text,
        dueOn: week + step.dueInDays
    };
}

function workingOf({ concern, step, chance, stakeMinor, reaches }: Candidate): string[] {
    const shortfall = Math.min(1, Math.max(0, concern.shortfall));
    const measured =
        chance.measured === 0
            ? 'a prior of the playbook, not measured yet'
            : `prior of the playbook and ${chance.better} of ${chance.measured} measured better`;
    return [
        `At stake in the next two quarters: ${(stakeMinor / 100).toFixed(0)}.`,
        `Shortfall: ${percent(shortfall)}.`,
        `Share of it that reaches money: ${percent(reaches)} (a prior of the playbook).`,
        `Chance that "${step.label}" helps: ${percent(chance.chance)} (${measured}).`
    ];
}

function distinct(items: readonly EvidenceItem[]): EvidenceItem[] {
    return [...new Map(items.map((item) => [item.id, item])).values()];
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
