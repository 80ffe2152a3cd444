// A batch of tasks or events on its way into the features. Most rows of an org belong to deals that are lost, so words,
// dates and persons are looked at only after the deal is known; until then they are offsets.
import { PLANNED, TWO_WAY } from '../../domain/pipeline/activity-kind.ts';
import { NOBODY } from '../../domain/pipeline/deal-touches.ts';
import type { PipelineFeatures } from '../../domain/pipeline/features.ts';
import { GatheredIds } from '../../domain/pipeline/id-index.ts';
import { NONE, type DayNumber } from '../../domain/pipeline/types.ts';
import { LateValues } from './late-values.ts';
import { BATCH_ROWS, RowBatch } from './row-batch.ts';
import type { TaskKinds } from './task-kinds.ts';

/** What is kept of a row, one number each, in one array: with an array for each, tasks took longer. */
const WHO = 0;
const DATE = 1;
const COMPLETED = 2;
const CREATED = 3;
/** the codes of its words as TaskKinds.of takes them, and where its subject stands */
const WORDS = 4;
const IS_CLOSED = WORDS + 5;
const WIDTH = 12;

export class ActivityBatch {
    #rows: RowBatch;
    #features: PipelineFeatures;
    /** null: the rows are events */
    #kinds: TaskKinds | null;
    #values = new Int32Array(BATCH_ROWS * WIDTH);
    #people = new GatheredIds(BATCH_ROWS);
    #peopleRows = new Int32Array(BATCH_ROWS);
    readonly late = new LateValues('activity');

    constructor(features: PipelineFeatures, kinds: TaskKinds | null) {
        this.#features = features;
        this.#kinds = kinds;
        this.#rows = new RowBatch(features);
    }

    /** Position of the new row. All values are offsets, -1 for blank. */
    add(
        view: DataView,
        id: number,
        dealId: number,
        who: number,
        date: number,
        completedAt: number,
        createdAt: number
    ): number {
        const i = this.#rows.add(view, id, dealId);
        const values = this.#values;
        const at = i * WIDTH;
        values[at + WHO] = who;
        values[at + DATE] = date;
        values[at + COMPLETED] = completedAt;
        values[at + CREATED] = createdAt;
        return i;
    }

    /** Codes of the words of a task, as TaskKinds.of takes them, and where its subject stands. */
    setWords(
        i: number,
        subtype: number,
        type: number,
        status: number,
        direction: number,
        outcome: number,
        isClosed: number,
        subjectStart: number,
        subjectEnd: number
    ): void {
        const values = this.#values;
        const at = i * WIDTH + WORDS;
        values[at] = subtype;
        values[at + 1] = type;
        values[at + 2] = status;
        values[at + 3] = direction;
        values[at + 4] = outcome;
        values[at + 5] = isClosed;
        values[at + 6] = subjectStart;
        values[at + 7] = subjectEnd;
    }

    workIfFull(): void {
        if (this.#rows.count === BATCH_ROWS) this.work();
    }

    work(): void {
        const features = this.#features;
        const { deals, kept, view } = this.#rows;
        this.#rows.findDeals(() => features.columns.touchHead);
        this.#findPeople(view, deals);
        for (let k = 0; k < this.#rows.keptCount; k++) this.#put(view, kept[k]!, deals[kept[k]!]!);
        this.#rows.clear();
    }

    /** Turns the offsets of the persons who are asked for into their rows, those of all others into nobody. */
    #findPeople(view: DataView, deals: Int32Array): void {
        const values = this.#values;
        const people = this.#people;
        const { kept, keptCount } = this.#rows;
        people.clear();
        for (let k = 0; k < keptCount; k++) {
            const i = kept[k]!;
            const at = i * WIDTH + WHO;
            const isAsked = values[at]! >= 0 && this.#features.needsPerson(deals[i]!);
            if (isAsked) people.add(view, values[at]!);
            values[at] = isAsked ? people.count - 1 : NOBODY;
        }
        const rows = this.#peopleRows;
        this.#features.contacts.rowsOf(people, rows);
        for (let k = 0; k < keptCount; k++) {
            const at = kept[k]! * WIDTH + WHO;
            if (values[at] !== NOBODY) values[at] = rows[values[at]!]!;
        }
    }

    #put(view: DataView, i: number, deal: number): void {
        const features = this.#features;
        const id = this.#rows.ids[i]!;
        const v = this.#values;
        const at = i * WIDTH + WORDS;
        const isEvent = this.#kinds === null;
        const kind = isEvent
            ? TWO_WAY
            : this.#kinds!.of(
                  view,
                  v[at]!,
                  v[at + 1]!,
                  v[at + 2]!,
                  v[at + 3]!,
                  v[at + 4]!,
                  v[at + 5]!,
                  v[at + 6]!,
                  v[at + 7]!
              );
        const day = this.#dayOf(view, i, kind !== PLANNED, !isEvent && v[i * WIDTH + IS_CLOSED] === 1);
        features.putActivity(deal, view, id, kind, isEvent, day, v[i * WIDTH + WHO]!);
    }

    /** The day an activity counts for; the rule is that of activityDay (domain/pipeline). */
    #dayOf(view: DataView, i: number, isDone: boolean, isClosed: boolean): DayNumber {
        const v = this.#values;
        const at = i * WIDTH;
        if (isDone && isClosed) {
            const completedOn = this.#instantDay(view, i, v[at + COMPLETED]!, 'CompletedDateTime');
            if (completedOn !== NONE) return completedOn;
        }
        const date = this.late.day(view, this.#rows.ids[i]!, v[at + DATE]!, 'ActivityDate');
        return date !== NONE || !isDone ? date : this.#instantDay(view, i, v[at + CREATED]!, 'CreatedDate');
    }

    #instantDay(view: DataView, i: number, offset: number, name: string): DayNumber {
        return this.late.dayOfInstant(
            view,
            this.#rows.ids[i]!,
            offset,
            name,
            this.#features.options.timeZone
        );
    }
}
