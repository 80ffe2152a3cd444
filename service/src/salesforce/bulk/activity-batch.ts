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

const WORDS = 8;

export class ActivityBatch {
    #rows: RowBatch;
    #features: PipelineFeatures;
    /** null: the rows are events */
    #kinds: TaskKinds | null;
    #who = new Int32Array(BATCH_ROWS);
    #dates = new Int32Array(BATCH_ROWS);
    #completed = new Int32Array(BATCH_ROWS);
    #created = new Int32Array(BATCH_ROWS);
    #words = new Int32Array(BATCH_ROWS * WORDS);
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
        this.#who[i] = who;
        this.#dates[i] = date;
        this.#completed[i] = completedAt;
        this.#created[i] = createdAt;
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
        const words = this.#words;
        const at = i * WORDS;
        words[at] = subtype;
        words[at + 1] = type;
        words[at + 2] = status;
        words[at + 3] = direction;
        words[at + 4] = outcome;
        words[at + 5] = isClosed;
        words[at + 6] = subjectStart;
        words[at + 7] = subjectEnd;
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
        const who = this.#who;
        const people = this.#people;
        const { kept, keptCount } = this.#rows;
        people.clear();
        for (let k = 0; k < keptCount; k++) {
            const i = kept[k]!;
            const isAsked = who[i]! >= 0 && this.#features.needsPerson(deals[i]!);
            if (isAsked) people.add(view, who[i]!);
            who[i] = isAsked ? people.count - 1 : NOBODY;
        }
        this.#features.contacts.rowsOf(people, this.#peopleRows);
        for (let k = 0; k < keptCount; k++) {
            const i = kept[k]!;
            if (who[i] !== NOBODY) who[i] = this.#peopleRows[who[i]!]!;
        }
    }

    #put(view: DataView, i: number, deal: number): void {
        const features = this.#features;
        const id = this.#rows.ids[i]!;
        const at = i * WORDS;
        const w = this.#words;
        const isEvent = this.#kinds === null;
        const kind = isEvent
            ? TWO_WAY
            : this.#kinds!.of(
                  view,
                  w[at]!,
                  w[at + 1]!,
                  w[at + 2]!,
                  w[at + 3]!,
                  w[at + 4]!,
                  w[at + 5]!,
                  w[at + 6]!,
                  w[at + 7]!
              );
        const isClosed = !isEvent && w[at + 5] === 1;
        const day = this.#dayOf(view, i, kind !== PLANNED, isClosed);
        features.putActivity(deal, view, id, kind, isEvent, day, this.#who[i]!);
    }

    /** The day an activity counts for; the rule is that of PipelineFeatures.activityDay. */
    #dayOf(view: DataView, i: number, isDone: boolean, isClosed: boolean): DayNumber {
        if (isDone && isClosed) {
            const completedOn = this.#instantDay(view, i, this.#completed[i]!, 'CompletedDateTime');
            if (completedOn !== NONE) return completedOn;
        }
        const date = this.late.day(view, this.#rows.ids[i]!, this.#dates[i]!, 'ActivityDate');
        return date !== NONE || !isDone ? date : this.#instantDay(view, i, this.#created[i]!, 'CreatedDate');
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
