// What people say the period will bring: commits of owners and overrides of managers, append-only, beside what the deals
// say. An override never replaces a figure: it is kept with the figure it changed, who, when and why, and counts as the
// difference between the two (as Salesforce keeps owner and manager adjustments apart). So at every level
//     rollup = own deals + rollups of the reports + adjustments
// holds whatever changes below afterwards.
import type { Problem } from '../problem.ts';

/** In order of certainty; Omitted counts nowhere. */
export const CATEGORIES = ['Pipeline', 'BestCase', 'MostLikely', 'Commit', 'Closed', 'Omitted'] as const;
export type ForecastCategory = (typeof CATEGORIES)[number];

export interface CategoryDeal {
    dealId: string;
    ownerId: string;
    category: ForecastCategory;
    amountMinor: number | null;
}

export interface Override {
    overrideId: string;
    /** whose figure */
    personId: string;
    category: ForecastCategory;
    /** the figure as it was shown to the author, and what he made of it */
    originalMinor: number;
    newMinor: number;
    byId: string;
    atMs: number;
    reason: string;
}

export interface CommitInput {
    deals: readonly CategoryDeal[];
    /** manager by person; people without one are at the top */
    managers: ReadonlyMap<string, string>;
    overrides: readonly Override[];
    /** entries after it are shown as late; null: not locked */
    lockedAtMs: number | null;
}

export interface OverrideShown extends Override {
    adjustmentMinor: number;
    isLate: boolean;
    /** a later override of the same figure took its place */
    isSuperseded: boolean;
}

export interface PersonForecast {
    personId: string;
    category: ForecastCategory;
    ownMinor: number;
    reportsMinor: number;
    adjustmentMinor: number;
    /** own + reports + adjustment */
    rollupMinor: number;
    /** oldest first */
    history: OverrideShown[];
}

export const LONGEST_REASON = 255;

/** By person and category; everybody who owns a deal, manages somebody or was overridden. */
export function rollUp(input: CommitInput): { people: PersonForecast[]; problems: Problem[] } {
    const problems: Problem[] = [];
    const overrides = input.overrides.filter((override) => {
        const problem = problemOf(override);
        if (problem) problems.push(problem);
        return !problem;
    });
    const reports = reportsOf(input, problems);
    const managed = new Set([...reports.values()].flatMap((team) => [...team]));
    const top = [...reports.keys()].filter((person) => !managed.has(person));
    const people: PersonForecast[] = [];
    for (const category of CATEGORIES) {
        const own = new Map<string, number>();
        for (const deal of input.deals)
            if (deal.category === category)
                own.set(deal.ownerId, (own.get(deal.ownerId) ?? 0) + (deal.amountMinor ?? 0));
        const history = Map.groupBy(
            overrides.filter((override) => override.category === category),
            (override) => override.personId
        );
        const visit = (personId: string): number => {
            const reportsMinor = [...reports.get(personId)!]
                .sort()
                .reduce((sum, report) => sum + visit(report), 0);
            const shown = shownHistory(history.get(personId) ?? [], input.lockedAtMs);
            const adjustmentMinor = shown.find(({ isSuperseded }) => !isSuperseded)?.adjustmentMinor ?? 0;
            const ownMinor = own.get(personId) ?? 0;
            const rollupMinor = ownMinor + reportsMinor + adjustmentMinor;
            people.push({
                personId,
                category,
                ownMinor,
                reportsMinor,
                adjustmentMinor,
                rollupMinor,
                history: shown
            });
            return rollupMinor;
        };
        top.forEach(visit);
    }
    return { people, problems };
}

function problemOf({ overrideId, reason, originalMinor, newMinor }: Override): Problem | null {
    const problem = (code: string, value: string, fix: string): Problem => ({
        code,
        where: `forecast override ${overrideId}`,
        value,
        fix
    });
    if (reason.trim() === '')
        return problem(
            'OVERRIDE_REASON_MISSING',
            reason,
            'Say why: an override without a reason does not count.'
        );
    if (reason.length > LONGEST_REASON)
        return problem('OVERRIDE_REASON_TOO_LONG', reason, `Say it in at most ${LONGEST_REASON} characters.`);
    if (![originalMinor, newMinor].every(Number.isSafeInteger))
        return problem('OVERRIDE_AMOUNT_INVALID', String(newMinor), 'Enter an amount in whole cents.');
    return null;
}

function shownHistory(overrides: readonly Override[], lockedAtMs: number | null): OverrideShown[] {
    const inOrder = overrides.toSorted((a, b) => a.atMs - b.atMs || (a.overrideId < b.overrideId ? -1 : 1));
    return inOrder.map((override, at) => ({
        ...override,
        adjustmentMinor: override.newMinor - override.originalMinor,
        isLate: lockedAtMs !== null && override.atMs > lockedAtMs,
        isSuperseded: at < inOrder.length - 1
    }));
}

/** Direct reports by person. A circle of managers is cut where it closes, with a problem, so that nobody counts twice. */
function reportsOf(
    { deals, managers, overrides }: CommitInput,
    problems: Problem[]
): Map<string, Set<string>> {
    const people = [...deals.map((deal) => deal.ownerId), ...managers.keys(), ...managers.values()];
    for (const { personId } of overrides) people.push(personId);
    const reports = new Map([...new Set(people)].sort().map((person) => [person, new Set<string>()]));
    const above = new Map<string, string>();
    for (const person of reports.keys()) {
        const manager = managers.get(person);
        if (manager === undefined) continue;
        if (isAbove(person, manager, above)) {
            problems.push({
                code: 'MANAGERS_IN_A_CIRCLE',
                where: `manager of user ${person}`,
                value: manager,
                fix: 'Correct the managers; until then this one is left out of the rollup.'
            });
            continue;
        }
        above.set(person, manager);
        reports.get(manager)!.add(person);
    }
    return reports;
}

function isAbove(person: string, of: string, above: ReadonlyMap<string, string>): boolean {
    for (let at: string | undefined = of; at !== undefined; at = above.get(at))
        if (at === person) return true;
    return false;
}
