// The history of deals as the outcome models read it: stages that were entered, and work. The amount is the first one that
// was entered, because a later one is not known at the time of most rows that are learnt from.
import type { EventKind, EventLog } from '../outcomes/event-log.ts';
import { EventLogBuilder } from '../outcomes/event-log.ts';
import type { PipelineMeaning } from '../outcomes/meaning.ts';
import { MS_PER_DAY } from '../calendar.ts';
import { toUnits } from '../money.ts';
import type { DealVersion } from '../pipeline-review/types.ts';
import type { StageBook } from '../pipeline-review/stage-book.ts';
import type { Stage } from '../pipeline/stage-order.ts';
import type { QuarterFacts, Touch } from './quarter-facts.ts';

/** `known` kinds keep their numbers: those of the models that are to score these deals. */
export function dealLog(
    { deals, touches }: Pick<QuarterFacts, 'deals' | 'touches'>,
    book: StageBook,
    known: readonly EventKind[] = []
): EventLog {
    const builder = new EventLogBuilder(known);
    // Models take samples by place: rows in another order must not give other models.
    for (const { dealId, createdOn, versions } of deals.toSorted((a, b) => (a.dealId < b.dealId ? -1 : 1))) {
        const inOrder = versionsInOrder(versions);
        if (inOrder.length === 0) continue;
        builder.addDeal({
            id: dealId,
            createdAt: Math.min(createdOn * MS_PER_DAY, inOrder[0]!.atMs),
            amount: firstAmount(inOrder),
            // Stages say how a deal ended.
            closedAt: NaN,
            closedWon: false
        });
        let before = '';
        for (const { atMs, stageName } of inOrder) {
            const name = book.nameOf(stageName);
            if (name !== before) builder.addEvent(dealId, atMs, { table: 'stage', name, step: '' }, '');
            before = name;
        }
    }
    for (const { dealId, atMs, name, isDone } of touches.toSorted(inTime))
        builder.addEvent(dealId, atMs, { table: 'work', name, step: isDone ? 'complete' : 'schedule' }, '');
    return builder.build();
}

/** In units, as reasons tell it. */
function firstAmount(inOrder: readonly DealVersion[]): number {
    const entered = inOrder.find(({ amountMinor }) => amountMinor !== null);
    return entered ? toUnits(entered.amountMinor!) : NaN;
}

function inTime(a: Touch, b: Touch): number {
    return (
        a.atMs - b.atMs || (a.name < b.name ? -1 : a.name > b.name ? 1 : Number(a.isDone) - Number(b.isDone))
    );
}

export function versionsInOrder(versions: readonly DealVersion[]): DealVersion[] {
    return versions.toSorted((a, b) => a.atMs - b.atMs || (a.versionId < b.versionId ? -1 : 1));
}

/** Open stages in their order, and those that end a deal. */
export function meaningOf(stages: readonly Stage[]): PipelineMeaning {
    const names = (isOfKind: (stage: Stage) => boolean): string[] =>
        stages.filter(isOfKind).map(({ name }) => name);
    return {
        stages: stages
            .filter(({ isClosed }) => !isClosed)
            .toSorted((a, b) => a.sortOrder - b.sortOrder)
            .map(({ name }) => ({ label: name, events: [name] })),
        won: names(({ isWon }) => isWon),
        lost: names(({ isClosed, isWon }) => isClosed && !isWon)
    };
}
