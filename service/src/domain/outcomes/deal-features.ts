// The features of one deal at given moments, read once through its events. Owns the reading; a row at a moment uses only
// events strictly before it, whoever asks: training rows and scored rows come from here and from nowhere else.
import type { EventLog } from './event-log.ts';
import type { FeatureTable } from './feature-table.ts';
import { COMPLETE, START, type FeaturePlan } from './feature-plan.ts';

export const DAY_MS = 86_400_000;
/** A piece of work left open over night is not a night of work. */
const LONGEST_WORK_MINUTES = 120;
const NOT_YET = -1;

export class DealReader {
    #log: EventLog;
    #meaningOf: Int8Array;
    #plan: FeaturePlan;
    #done: Float64Array;
    #plainTimes: Float64Array;
    #stageTimes: Float64Array;
    #stageFirst: Float64Array;
    #begunAt: Float64Array;
    #actors = new Set<number>();
    #rank = 0;
    #stepsBack = 0;
    #events = 0;
    #work = 0;
    #workSinceProgress = 0;
    #lastEvent = NOT_YET;
    #lastStageEvent = NOT_YET;
    #lastProgress = NOT_YET;
    #lastWork = NOT_YET;
    #workBefore = NOT_YET;
    #firstWork = NOT_YET;
    #lastActivity = -1;
    #activityBefore = -1;
    #pending = -1;
    #lastPlain = -1;
    #lastMinutes = 0;
    #longest = 0;
    #minutes = 0;

    constructor(log: EventLog, meaningOf: Int8Array, plan: FeaturePlan) {
        this.#log = log;
        this.#meaningOf = meaningOf;
        this.#plan = plan;
        this.#done = new Float64Array(plan.activityCount);
        this.#begunAt = new Float64Array(log.kinds.length);
        this.#plainTimes = new Float64Array(plan.plainCount);
        this.#stageTimes = new Float64Array(plan.stageCount);
        this.#stageFirst = new Float64Array(plan.stageCount);
    }

    /** Fills rows firstRow, firstRow + 1, ... of the table, one per moment; moments ascend. */
    read(deal: number, moments: ArrayLike<number>, table: FeatureTable, firstRow: number): void {
        this.#reset();
        const { start, end, at } = this.#log;
        let event = start[deal]!;
        for (let m = 0; m < moments.length; m++) {
            const moment = moments[m]!;
            while (event < end[deal]! && at[event]! < moment) this.#take(event++);
            this.#write(deal, moment, event, table, firstRow + m);
        }
    }

    #reset(): void {
        for (const column of [this.#done, this.#plainTimes, this.#stageTimes]) column.fill(0);
        this.#stageFirst.fill(NOT_YET);
        this.#begunAt.fill(NOT_YET);
        this.#actors.clear();
        this.#rank = this.#stepsBack = this.#events = this.#work = this.#workSinceProgress = 0;
        this.#lastEvent = this.#lastStageEvent = this.#lastProgress = NOT_YET;
        this.#lastWork = this.#workBefore = this.#firstWork = NOT_YET;
        this.#lastActivity = this.#activityBefore = this.#pending = this.#lastPlain = -1;
        this.#lastMinutes = this.#longest = this.#minutes = 0;
    }

    #take(event: number): void {
        const at = this.#log.at[event]!;
        const kind = this.#log.kind[event]!;
        this.#events++;
        this.#lastEvent = at;
        if (this.#log.kinds[kind]!.table === 'work') this.#takeWork(at, kind, this.#log.actor[event]!);
        else this.#takeStageEvent(at, kind);
    }

    #takeStageEvent(at: number, kind: number): void {
        this.#lastStageEvent = at;
        this.#lastPlain = this.#plan.plainOf[kind]!;
        if (this.#lastPlain >= 0) this.#plainTimes[this.#lastPlain]!++;
        const rank = this.#meaningOf[kind]!;
        if (rank <= 0) return;
        this.#stageTimes[rank - 1]!++;
        if (this.#stageFirst[rank - 1] === NOT_YET) this.#stageFirst[rank - 1] = at;
        if (rank < this.#rank) this.#stepsBack++;
        // A deal stands at the furthest stage it has reached.
        this.#rank = Math.max(this.#rank, rank);
        this.#lastProgress = at;
        this.#workSinceProgress = 0;
    }

    #takeWork(at: number, kind: number, actor: number): void {
        const activity = this.#plan.activityOf[kind]!;
        const step = this.#plan.stepOf[kind]!;
        if (actor > 0) this.#actors.add(actor);
        if (step !== COMPLETE) {
            if (step === START && activity >= 0) this.#begunAt[activity] = at;
            this.#pending = activity;
            return;
        }
        const begun = activity >= 0 ? this.#begunAt[activity]! : NOT_YET;
        this.#lastMinutes = begun === NOT_YET ? 0 : Math.min((at - begun) / 60_000, LONGEST_WORK_MINUTES);
        this.#minutes += this.#lastMinutes;
        this.#longest = Math.max(this.#longest, this.#lastMinutes);
        this.#work++;
        this.#workSinceProgress++;
        if (activity >= 0) this.#done[activity]!++;
        if (this.#firstWork === NOT_YET) this.#firstWork = at;
        this.#workBefore = this.#lastWork;
        this.#lastWork = at;
        this.#activityBefore = this.#lastActivity;
        this.#lastActivity = activity;
        this.#pending = -1;
    }

    #write(deal: number, moment: number, next: number, table: FeatureTable, row: number): void {
        const { indexOf } = this.#plan;
        const put = (key: string, value: number): void => {
            table.columns[indexOf.get(key)!]![row] = value;
        };
        const days = (since: number): number => (since === NOT_YET ? -1 : (moment - since) / DAY_MS);
        const created = this.#log.createdAt[deal]!;
        const age = Math.max(0, days(created));
        table.segment[row] = this.#rank;
        if (this.#rank > 0) put(`stage_${this.#rank}`, 1);
        put('age_days', age);
        put('month_old', age > 29 ? 1 : 0);
        put('days_in_stage', this.#rank > 0 ? days(this.#stageFirst[this.#rank - 1]!) : age);
        put('days_since_event', days(this.#lastEvent));
        put('days_since_stage_event', days(this.#lastStageEvent));
        put('days_since_progress', days(this.#lastProgress));
        put('days_since_work', days(this.#lastWork));
        put('events', this.#events);
        put('work_done', this.#work);
        put('work_since_progress', this.#workSinceProgress);
        put('people', this.#actors.size);
        put('last_work_minutes', this.#lastMinutes);
        put('longest_work_minutes', this.#longest);
        put('work_minutes', this.#minutes);
        put(
            'days_between_work',
            this.#workBefore === NOT_YET ? -1 : (this.#lastWork - this.#workBefore) / DAY_MS
        );
        put('days_to_first_work', this.#firstWork === NOT_YET ? -1 : (this.#firstWork - created) / DAY_MS);
        put('steps_back', this.#stepsBack);
        this.#writeRecent(deal, moment, next, put);
        this.#writeAmountAndClock(deal, created, put);
        this.#writeKinds(created, table, row);
    }

    #writeRecent(
        deal: number,
        moment: number,
        next: number,
        put: (key: string, value: number) => void
    ): void {
        let events = 0;
        const work = [0, 0, 0];
        for (let event = next - 1; event >= this.#log.start[deal]!; event--) {
            const age = (moment - this.#log.at[event]!) / DAY_MS;
            if (age > 7) break;
            events++;
            if (this.#plan.stepOf[this.#log.kind[event]!] !== COMPLETE) continue;
            work[0]!++;
            if (age <= 3) work[1]!++;
            if (age <= 1) work[2]!++;
        }
        put('events_7d', events);
        put('work_7d', work[0]!);
        put('work_3d', work[1]!);
        put('work_1d', work[2]!);
    }

    #writeAmountAndClock(deal: number, created: number, put: (key: string, value: number) => void): void {
        const amount = this.#log.amount[deal]!;
        const usable = amount > 0;
        put('amount', usable ? amount : 0);
        put('no_amount', usable ? 0 : 1);
        put('round_amount', usable && amount % 5000 === 0 ? 1 : 0);
        const hour = Math.floor((((created % DAY_MS) + DAY_MS) % DAY_MS) / 3_600_000);
        // 1970-01-01 was a Thursday.
        const weekday = (((Math.floor(created / DAY_MS) + 3) % 7) + 7) % 7;
        put('created_at_night', hour < 7 ? 1 : 0);
        put('created_in_evening', hour >= 18 ? 1 : 0);
        put('created_on_weekend', weekday >= 5 ? 1 : 0);
    }

    #writeKinds(created: number, table: FeatureTable, row: number): void {
        const { indexOf, stageCount, activityCount, plainCount } = this.#plan;
        let column = indexOf.get('days_to_stage_1') ?? 0;
        let before = created;
        for (let stage = 0; stage < stageCount; stage++) {
            const first = this.#stageFirst[stage]!;
            table.columns[column++]![row] = first === NOT_YET ? -1 : Math.max(0, (first - before) / DAY_MS);
            if (first !== NOT_YET) before = first;
        }
        for (let activity = 0; activity < activityCount; activity++) {
            table.columns[column++]![row] = this.#done[activity]!;
            table.columns[column++]![row] = activity === this.#lastActivity ? 1 : 0;
            table.columns[column++]![row] = activity === this.#activityBefore ? 1 : 0;
            table.columns[column++]![row] = activity === this.#pending ? 1 : 0;
        }
        for (let plain = 0; plain < plainCount; plain++) {
            table.columns[column++]![row] = this.#plainTimes[plain]!;
            table.columns[column++]![row] = plain === this.#lastPlain ? 1 : 0;
        }
        for (let stage = 0; stage < stageCount; stage++)
            table.columns[column++]![row] = this.#stageTimes[stage]!;
    }
}
