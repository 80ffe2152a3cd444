// The pipeline of one person or team for one quarter on one day: claimed and real, what changed in the week before, and the
// figures beside. Everything is worked out from two day books, so any past Monday gives that Monday's numbers.
import type { ForecastPeriod } from '../forecast/types.ts';
import { coverageOf, type Coverage, type CoverageInput } from '../pipeline-review/coverage.ts';
import { realPipeline, type RealPipeline } from '../pipeline-review/real-pipeline.ts';
import type { DealState } from '../pipeline-review/types.ts';
import { waterfall } from '../pipeline-review/waterfall.ts';
import { ofOwners, wonBetween, type DayBook } from './day-book.ts';
import { figuresOf, hygieneIn, type Today } from './figures.ts';
import type { Part, Snapshot } from './quarter-review.ts';
import type { ScopeOfPeople } from './teams.ts';

export interface SnapshotInput {
    of: ScopeOfPeople;
    period: ForecastPeriod;
    book: DayBook;
    before: DayBook;
    /** null for days of the past, whose fields are not known any more */
    today: Today | null;
    targetMinor: number | null;
}

export function snapshot({ of, period, book, before, today, targetMinor }: SnapshotInput): Snapshot {
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
    const hygiene = today && hygieneIn(due, book, today.now, asOf);
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
            ...figuresOf(book, of, states, today),
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
    book: DayBook,
    { owners }: ScopeOfPeople,
    { realMinor }: RealPipeline,
    goal: Pick<CoverageInput, 'targetMinor' | 'wonMinor'>
): Coverage {
    const closed = book.closed.map(({ ownerId, isWon, amountMinor }) => ({
        segment: owners.has(ownerId) ? 'scope' : 'others',
        isWon,
        amountMinor
    }));
    const [found] = coverageOf([{ segment: 'scope', pipelineMinor: realMinor, ...goal }], closed);
    return found!;
}
