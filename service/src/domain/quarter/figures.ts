// The figures beside a snapshot: velocity and pace, where deals go from each stage, what won and lost deals have in common, and how
// well open deals are kept. What has no history, or takes long and is asked of today alone, is left out of days of the past.
import { hygieneOf, type FailedCheck } from '../pipeline-review/hygiene.ts';
import { stageConversion } from '../pipeline-review/stage-conversion.ts';
import type { DealState } from '../pipeline-review/types.ts';
import { velocityOf } from '../pipeline-review/velocity.ts';
import { winLossPatterns, type WinLoss } from '../pipeline-review/win-loss.ts';
import type { DayNumber } from '../pipeline/types.ts';
import { ofOwners, type DayBook } from './day-book.ts';
import { paceOf } from './pace.ts';
import type { DealNow } from './quarter-facts.ts';
import type { SnapshotFigures } from './quarter-review.ts';
import type { ScopeOfPeople } from './teams.ts';

const YEAR_DAYS = 365;
/** Stages entered in the year before, as long ago as they take to leave; and within how many days they are left. */
const CONVERSION_DAYS = 90;
const MOST_FAILED = 20;

/** What is known of deals and stages today. */
export interface Today {
    now: ReadonlyMap<string, DealNow>;
    /** what is known of a deal beside its history: where it came from, say */
    traits: ReadonlyMap<string, readonly string[]>;
    rankOf: (stageName: string) => number;
}

export function figuresOf(
    book: DayBook,
    { owners }: ScopeOfPeople,
    states: readonly DealState[],
    today: Today | null
): Omit<SnapshotFigures, 'hygiene' | 'closedCount'> {
    const asOf = book.day;
    const stays = ofOwners(book.stays, owners);
    const ended = states.filter(({ outcome, closedOn }) => outcome !== 'Open' && closedOn > asOf - YEAR_DAYS);
    return {
        velocity: velocityIn(states, ended),
        pace: today && paceOf(stays, today.rankOf, asOf),
        conversion: stageConversion(stays, {
            fromOn: asOf - YEAR_DAYS,
            toOn: asOf - CONVERSION_DAYS,
            asOf,
            horizonDays: CONVERSION_DAYS
        }),
        winLoss: today && winLossIn(ended, today)
    };
}

function velocityIn(states: readonly DealState[], ended: readonly DealState[]): SnapshotFigures['velocity'] {
    const won = ended.filter(({ outcome }) => outcome === 'Won');
    return velocityOf({
        openCount: states.filter(({ outcome }) => outcome === 'Open').length,
        wonCount: won.length,
        lostCount: ended.length - won.length,
        wonMinor: won.reduce((sum, { amountMinor }) => sum + Math.max(0, amountMinor ?? 0), 0),
        wonDays: won.reduce((sum, { createdOn, closedOn }) => sum + closedOn - createdOn, 0)
    });
}

function winLossIn(ended: readonly DealState[], { traits }: Today): WinLoss {
    return winLossPatterns(
        ended.map(({ dealId, segment, outcome }) => ({
            dealId,
            isHit: outcome === 'Won',
            reasons: [...(segment === '' ? [] : [`Type: ${segment}`]), ...(traits.get(dealId) ?? [])]
        }))
    );
}

/** Mean of the deals' scores, to a tenth; the checks whose mending raises it most. */
export function hygieneIn(
    due: readonly DealState[],
    { claims }: DayBook,
    now: ReadonlyMap<string, DealNow>,
    day: DayNumber
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
