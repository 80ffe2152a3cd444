// What was said and done on one deal: meetings, calls, mails and other work, as whole days. Owns the packed rows and
// their reading; what kind of touch a record is was decided in activity-kind.ts. Open tasks are not touches.
// A touch dated after the day of reading has not happened yet: it is a plan until its day comes.
import { OTHER, OUTBOUND, TWO_WAY, activityLabel, type ActivityKind } from './activity-kind.ts';
import { dayText, newestEvidence } from './evidence.ts';
import { RowPool, SortedRows, idText, putId } from './row-pool.ts';
import { NONE, type DayNumber, type Evidence } from './types.ts';

const WHAT = 1;
const WHO = 2;
const ID = 3;
const WIDTH = 6;
/** WHAT packs the day, the kind (two bits) and whether it is an event (one bit), so that its order is the order of
 *  reading: by day, and on one day two-way contact first, because it answers what went out that day. */
const EVENT_BIT = 1;
/** `00U` and `00T` */
const EVENT_PREFIX = 0x303055;
const TASK_PREFIX = 0x303054;
const DAY_FACTOR = 8;
/** Touch of no known person. */
export const NOBODY = -1;

/** Result of one reading; the same object is filled again and again. */
export interface TouchNumbers {
    lastActivityOn: DayNumber;
    lastTwoWayOn: DayNumber;
    outboundSinceTwoWay: number;
    firstOutboundSinceTwoWayOn: DayNumber;
    /** day of the next planned meeting */
    nextMeetingOn: DayNumber;
    /** next day on which something planned becomes something done */
    changesOn: DayNumber;
}

export class DealTouches {
    #pool = new RowPool(WIDTH);
    /** by WHAT */
    #sorted = new SortedRows();

    /** See RowPool.approach. */
    approach(heads: Int32Array, count: number): number {
        return this.#pool.approach(heads, count);
    }

    /** Returns the new head of the deal's chain. */
    add(
        head: number,
        view: DataView,
        idOffset: number,
        kind: ActivityKind,
        isEvent: boolean,
        day: DayNumber,
        who: number
    ): number {
        const row = this.#pool.add();
        const page = this.#pool.page(row);
        const at = this.#pool.at(row);
        page[at] = head;
        page[at + WHAT] = day * DAY_FACTOR + kind * 2 + (isEvent ? EVENT_BIT : 0);
        page[at + WHO] = who;
        putId(page, at + ID, view, idOffset);
        return row;
    }

    read(head: number, asOf: DayNumber, into: TouchNumbers): void {
        const { keys, count } = this.#sortChain(head);
        into.lastActivityOn = NONE;
        into.lastTwoWayOn = NONE;
        into.outboundSinceTwoWay = 0;
        into.firstOutboundSinceTwoWayOn = NONE;
        into.nextMeetingOn = NONE;
        into.changesOn = NONE;
        for (let i = 0; i < count; i++) {
            const what = keys[i]!;
            const day = dayIn(what);
            const kind = kindIn(what);
            if (day > asOf) {
                if (into.changesOn === NONE) into.changesOn = day;
                if (into.nextMeetingOn === NONE && kind === TWO_WAY && (what & EVENT_BIT) !== 0)
                    into.nextMeetingOn = day;
                continue;
            }
            into.lastActivityOn = day;
            if (kind === TWO_WAY) {
                into.lastTwoWayOn = day;
                into.outboundSinceTwoWay = 0;
                into.firstOutboundSinceTwoWayOn = NONE;
                // What went out on the day the client answered is taken as answered.
            } else if (kind === OUTBOUND && day !== into.lastTwoWayOn) {
                into.outboundSinceTwoWay++;
                if (into.firstOutboundSinceTwoWayOn === NONE) into.firstOutboundSinceTwoWayOn = day;
            }
        }
    }

    /** Days on which the client answered or met us, in order, up to `asOf`. */
    twoWayDays(head: number, asOf: DayNumber): DayNumber[] {
        const { keys, count } = this.#sortChain(head);
        const days: DayNumber[] = [];
        for (let i = 0; i < count; i++) {
            const what = keys[i]!;
            if (kindIn(what) === TWO_WAY && dayIn(what) <= asOf) days.push(dayIn(what));
        }
        return days;
    }

    /** Last day on which this person answered or was written to or called; internal work does not count. */
    lastTouchOf(head: number, who: number, asOf: DayNumber): DayNumber {
        const { rows, keys, count } = this.#sortChain(head);
        for (let i = count - 1; i >= 0; i--) {
            const row = rows[i]!;
            const what = keys[i]!;
            if (this.#pool.page(row)[this.#pool.at(row) + WHO] !== who || kindIn(what) === OTHER) continue;
            if (dayIn(what) <= asOf) return dayIn(what);
        }
        return NONE;
    }

    /** The newest touches up to `asOf`; of one kind when given. */
    evidence(head: number, asOf: DayNumber, kind: ActivityKind | null): Evidence[] {
        const { rows, keys, count } = this.#sortChain(head);
        return newestEvidence(count, (index) => {
            const row = rows[index]!;
            const what = keys[index]!;
            if (dayIn(what) > asOf || (kind !== null && kindIn(what) !== kind)) return null;
            const isEvent = (what & EVENT_BIT) !== 0;
            return {
                id: idText(
                    isEvent ? EVENT_PREFIX : TASK_PREFIX,
                    this.#pool.page(row),
                    this.#pool.at(row) + ID
                ),
                object: isEvent ? 'Event' : 'Task',
                label: `${isEvent ? 'Meeting' : activityLabel(kindIn(what))} on ${dayText(dayIn(what))}`
            };
        });
    }

    /** Rows of the chain in order; a row that was delivered twice counts once. */
    #sortChain(head: number): SortedRows {
        this.#pool.sort(head, WHAT, ID, this.#sorted);
        return this.#sorted;
    }
}

function dayIn(what: number): DayNumber {
    return what >> 3;
}

function kindIn(what: number): ActivityKind {
    return ((what >> 1) & 3) as ActivityKind;
}
