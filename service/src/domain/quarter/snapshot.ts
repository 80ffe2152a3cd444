// The pipeline of one person or team for one quarter on one day: claimed and real, what changed in the week before, and the
// figures beside. Everything is worked out from two day books, so any past Monday gives that Monday's numbers.
import type { ForecastPeriod } from '../forecast/types.ts';
import { coverageOf, type Coverage, type CoverageInput } from '../pipeline-review/coverage.ts';
import { hygieneOf, type FailedCheck } from '../pipeline-review/hygiene.ts';
import { realPipeline, type RealPipeline } from '../pipeline-review/real-pipeline.ts';
import { stageConversion } from '../pipeline-review/stage-conversion.ts';
import type { DealState } from '../pipeline-review/types.ts';
import { velocityOf } from '../pipeline-review/velocity.ts';
import { waterfall } from '../pipeline-review/waterfall.ts';
import type { DayNumber } from '../pipeline/types.ts';
import { ofOwners, wonBetween, type DayBook } from './day-book.ts';
import type { DealNow } from './quarter-facts.ts';
import type { Part, Snapshot } from './quarter-review.ts';
import type { ScopeOfPeople } from './teams.ts';

const YEAR_DAYS = 365;
/** Stages entered in the year before, as long ago as they take to leave; and within how many days they are left. */
const CONVERSION_DAYS = 90;
const MOST_FAILED = 20;

export interface SnapshotInput {
    of: ScopeOfPeople;
    period: ForecastPeriod;
    book: DayBook;
    before: DayBook;
    /** of open deals as they are now; null for days of the past, whose fields are not known any more */
    now: ReadonlyMap<string, DealNow> | null;
    targetMinor: number | null;
}

export function snapshot({ of, period, book, before, now, targetMinor }: SnapshotInput): Snapshot {
    const asOf = book.day;
    const states = ofOwners(book.states, of.owners);
    const due = states.filter((state) => isDue(state, period));
    const real = realPipeline(
        due.map(({ dealId }) => book.claims.get(dealId)!),
        book.won,
        asOf
    );
    const changes = waterfall(ofOwners(before.states, of.owners), states, before.day, {
        includes: ({ ownerId }) => of.owners.has(ownerId),
        period
    });
    const wonMinor = wonBetween(states, period.startOn, Math.min(asOf, period.endOn));
    const covered = coverageIn(book, of, real, { targetMinor: targetMinor ?? 0, wonMinor });
    const hygiene = now && hygieneIn(due, book, now);
    return {
        of,
        asOf,
        period,
        claimedMinor: real.claimedMinor,
        realMinor: real.realMinor,
        expectedMinor: null,
        wonMinor,
        targetMinor,
        coverage: covered.coverage,
        dealCount: due.length,
        realDealCount: partsOf(real).find(({ kind }) => kind === 'Real')?.dealCount ?? 0,
        openingMinor: changes.openingMinor,
        changesSince: before.day,
        exclusions: partsOf(real).filter(({ kind }) => kind !== 'Real'),
        changes: changes.buckets
            .filter(({ changeMinor, bucket }) => changeMinor !== 0 || bucket !== 'Unchanged')
            .map(({ bucket, changeMinor, count }) => ({
                kind: bucket,
                amountMinor: changeMinor,
                dealCount: count
            })),
        requiredCoverage: covered.requiredCoverage,
        hygieneScore: hygiene?.score ?? null,
        figures: {
            velocity: velocityIn(states, asOf),
            conversion: stageConversion(ofOwners(book.stays, of.owners), {
                fromOn: asOf - YEAR_DAYS,
                toOn: asOf - CONVERSION_DAYS,
                asOf,
                horizonDays: CONVERSION_DAYS
            }),
            hygiene: hygiene?.failed ?? [],
            closedCount: covered.closedCount
        }
    };
}

export function isDue({ outcome, closeDate }: DealState, { startOn, endOn }: ForecastPeriod): boolean {
    return outcome === 'Open' && closeDate >= startOn && closeDate <= endOn;
}

function partsOf({ parts }: RealPipeline): Part[] {
    return parts.map(({ part, amountMinor, dealIds }) => ({
        kind: part,
        amountMinor,
        dealCount: dealIds.length
    }));
}

/** Required is 1 / value win rate of the year before; of the firm where the scope has too few closed deals. */
function coverageIn(
    { states, day }: DayBook,
    { owners }: ScopeOfPeople,
    { realMinor }: RealPipeline,
    goal: Pick<CoverageInput, 'targetMinor' | 'wonMinor'>
): Coverage {
    const closed = [...states].flatMap(([owner, deals]) =>
        deals
            .filter(({ outcome, closedOn }) => outcome !== 'Open' && closedOn > day - YEAR_DAYS)
            .map(({ outcome, amountMinor }) => ({
                segment: owners.has(owner) ? 'scope' : 'others',
                isWon: outcome === 'Won',
                amountMinor
            }))
    );
    const [found] = coverageOf([{ segment: 'scope', pipelineMinor: realMinor, ...goal }], closed);
    return found!;
}

function velocityIn(states: readonly DealState[], asOf: DayNumber): Snapshot['figures']['velocity'] {
    const ended = states.filter(({ outcome, closedOn }) => outcome !== 'Open' && closedOn > asOf - YEAR_DAYS);
    const won = ended.filter(({ outcome }) => outcome === 'Won');
    return velocityOf({
        openCount: states.filter(({ outcome }) => outcome === 'Open').length,
        wonCount: won.length,
        lostCount: ended.length - won.length,
        wonMinor: won.reduce((sum, { amountMinor }) => sum + Math.max(0, amountMinor ?? 0), 0),
        wonDays: won.reduce((sum, { createdOn, closedOn }) => sum + closedOn - createdOn, 0)
    });
}

/** Mean of the deals' scores, to a tenth; the checks whose mending raises it most. */
function hygieneIn(
    due: readonly DealState[],
    { claims, day }: DayBook,
    now: ReadonlyMap<string, DealNow>
): { score: number; failed: FailedCheck[] } | null {
    const judged = due.flatMap((state) => {
        const own = now.get(state.dealId);
        const claim = claims.get(state.dealId)!;
        if (!own) return [];
        return hygieneOf(
            {
                dealId: state.dealId,
                hasNextStep: own.hasNextStep,
                closeDate: state.closeDate,
                changedOn: state.changedOn,
                amountMinor: state.amountMinor,
                contactRoleCount: own.contactRoleCount,
                lastActivityOn: claim.recordsActivities ? claim.lastActivityOn : null,
                competitor: null
            },
            day
        );
    });
    if (judged.length === 0) return null;
    const sum = judged.reduce((total, { score }) => total + score, 0);
    return {
        score: Math.round((10 * sum) / judged.length) / 10,
        failed: judged
            .flatMap(({ failed }) => failed)
            .sort((a, b) => b.points - a.points || (a.dealId < b.dealId ? -1 : 1))
            .slice(0, MOST_FAILED)
    };
}
