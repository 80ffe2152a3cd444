// The pipeline as it stood at the end of any day: the one as-of function of this folder. Every figure here, of today or of
// a past Monday, is worked out from what this returns, so a Monday recomputed later gives that Monday's number: rows
// dated after the day are never read.
//
// What cannot be recomputed is what Salesforce forgets: deals removed from the recycle bin, and the segment and account
// of a deal, which have no history and count as they are today.
import type { OrgTimeZone } from '../org-time-zone.ts';
import { NONE, type DayNumber } from '../pipeline/types.ts';
import type { Problem } from '../problem.ts';
import type { StageBook } from './stage-book.ts';
import type { DealRecord, DealState, DealVersion } from './types.ts';

/** Versions of one deal in order of time, with what each of them says about what came before. */
interface Timeline {
    record: DealRecord;
    versions: readonly DealVersion[];
    days: readonly DayNumber[];
    /** by version: index at which the run of its stage began */
    stageSince: readonly number[];
    /** by version: index at which the run of its outcome began */
    outcomeSince: readonly number[];
}

export class TimeTravel {
    readonly #timelines: readonly Timeline[];
    readonly #stages: StageBook;
    readonly #zone: Pick<OrgTimeZone, 'dayOfInstant'>;

    constructor(records: readonly DealRecord[], stages: StageBook, zone: Pick<OrgTimeZone, 'dayOfInstant'>) {
        this.#stages = stages;
        this.#zone = zone;
        this.#timelines = records
            .map((record) => this.#timelineOf(record))
            .sort((a, b) => (a.record.dealId < b.record.dealId ? -1 : 1));
    }

    /** Every deal that existed and was not deleted at the end of the day, in order of ids. */
    stateOn(asOf: DayNumber): DealState[] {
        const states: DealState[] = [];
        for (const timeline of this.#timelines) {
            const { record, days } = timeline;
            if (record.deletedOn !== NONE && record.deletedOn <= asOf) continue;
            const last = lastAtOrBefore(days, asOf);
            if (last >= 0) states.push(this.#stateAt(timeline, last));
        }
        return states;
    }

    /** Each change of stage up to the end of a day, deal by deal, in order of time. */
    *staysUntil(asOf: DayNumber): Generator<{ deal: DealState; stays: StageStay[] }> {
        for (const timeline of this.#timelines) {
            const last = lastAtOrBefore(timeline.days, asOf);
            if (last < 0) continue;
            const stays: StageStay[] = [];
            for (let at = 0; at <= last; at++) {
                if (timeline.stageSince[at] !== at) continue;
                stays.push({
                    stageName: this.#stages.nameOf(timeline.versions[at]!.stageName),
                    outcome: this.#stages.outcomeOf(timeline.versions[at]!.stageName),
                    fromOn: timeline.days[at]!
                });
            }
            yield { deal: this.#stateAt(timeline, last), stays };
        }
    }

    /** What is odd in the rows, once for each kind and deal; nothing of it stops a figure. */
    warnings(dataAsOf: DayNumber): Problem[] {
        return this.#timelines.flatMap((timeline) => this.#warningsOf(timeline, dataAsOf));
    }

    #timelineOf(record: DealRecord): Timeline {
        const byId = new Map(record.versions.map((version) => [version.versionId, version]));
        const versions = [...byId.values()].sort(
            (a, b) => a.atMs - b.atMs || (a.versionId < b.versionId ? -1 : 1)
        );
        const same = (of: (version: DealVersion) => string): number[] => {
            const since: number[] = [];
            versions.forEach((version, at) =>
                since.push(at > 0 && of(version) === of(versions[at - 1]!) ? since[at - 1]! : at)
            );
            return since;
        };
        return {
            record,
            versions,
            days: versions.map(({ atMs }) => this.#zone.dayOfInstant(atMs)),
            stageSince: same(({ stageName }) => this.#stages.nameOf(stageName)),
            outcomeSince: same(({ stageName }) => this.#stages.outcomeOf(stageName))
        };
    }

    #stateAt({ record, versions, days, stageSince, outcomeSince }: Timeline, at: number): DealState {
        const { stageName, amountMinor, closeDate, ownerId } = versions[at]!;
        const outcome = this.#stages.outcomeOf(stageName);
        return {
            dealId: record.dealId,
            accountId: record.accountId,
            segment: record.segment,
            ownerId,
            // A clock that ran fast may have dated the first row before the deal.
            createdOn: Math.min(record.createdOn, days[0]!),
            stageName: this.#stages.nameOf(stageName),
            outcome,
            amountMinor,
            closeDate,
            stageEnteredOn: days[stageSince[at]!]!,
            changedOn: days[at]!,
            closedOn: outcome === 'Open' ? NONE : days[outcomeSince[at]!]!
        };
    }

    #warningsOf({ record, versions, days }: Timeline, dataAsOf: DayNumber): Problem[] {
        const found: Problem[] = [];
        const warn = (code: string, value: string, fix: string): void => {
            found.push({ code, where: `history of opportunity ${record.dealId}`, value, fix });
        };
        const unknown = versions.find(({ stageName }) => !this.#stages.isKnown(stageName));
        if (unknown)
            warn(
                'STAGE_UNKNOWN',
                unknown.stageName,
                'Say what this stage is called now; until then it is open.'
            );
        if (days.some((day) => day > dataAsOf))
            warn(
                'HISTORY_IN_THE_FUTURE',
                String(days.at(-1)),
                'The row counts from its own day on; check clocks.'
            );
        if (days[0]! < record.createdOn)
            warn('HISTORY_BEFORE_CREATION', String(days[0]), 'The deal counts from its first row on.');
        const last = versions.at(-1);
        if (last && last.closeDate !== NONE && last.closeDate < record.createdOn)
            warn(
                'CLOSE_BEFORE_CREATION',
                String(last.closeDate),
                'Correct the close date of the opportunity.'
            );
        if (versions.some(({ amountMinor }) => amountMinor !== null && amountMinor < 0))
            warn('AMOUNT_NEGATIVE', '', 'It counts as it stands; correct it if it is a mistake.');
        return found;
    }
}

export interface StageStay {
    stageName: string;
    outcome: DealState['outcome'];
    fromOn: DayNumber;
}

function lastAtOrBefore(days: readonly DayNumber[], day: DayNumber): number {
    let low = 0;
    let high = days.length;
    while (low < high) {
        const middle = (low + high) >>> 1;
        if (days[middle]! <= day) low = middle + 1;
        else high = middle;
    }
    return low - 1;
}
