// What the stage, amount and close date history of one deal tells. Owns the packed rows and their reading in order of
// time (then id, so that rows of the same second always fall the same way); OpportunityHistory ids are its evidence.
import { leftQuarter, type FiscalQuarter } from '../fiscal-quarters.ts';
import type { OrgTimeZone } from '../org-time-zone.ts';
import { dayText, newestEvidence } from './evidence.ts';
import { NO_ROW, RowPool, SortedRows, idText, putId } from './row-pool.ts';
import { NO_RANK } from './stage-order.ts';
import { NONE, type DayNumber, type Evidence } from './types.ts';

const AT = 1;
const STAGE = 2;
const CLOSE = 3;
const AMOUNT_HIGH = 4;
const AMOUNT_LOW = 5;
const ID = 6;
const WIDTH = 9;
const TWO_31 = 2 ** 31;
const TWO_32 = 2 ** 32;
/** `008` */
const KEY_PREFIX = 0x303038;
const NO_AMOUNT = 0x7fff_ffff;

/** Result of one reading; the same object is filled again and again. */
export interface HistoryNumbers {
    stageEnteredOn: DayNumber;
    closePushCount: number;
    closePushDays: number;
    lateAmountChange: number;
    backwardMoveCount: number;
    lastBackwardMoveOn: DayNumber;
}

/** Days of one stay in a stage, in order of time; `toOn` of the last is NONE. */
export interface StageStay {
    stageCode: number;
    fromOn: DayNumber;
    toOn: DayNumber;
}

export class DealHistory {
    #pool = new RowPool(WIDTH);
    #zone: OrgTimeZone;
    #quarters: readonly FiscalQuarter[];
    /** by AT */
    #sorted = new SortedRows();

    constructor(zone: OrgTimeZone, quarters: readonly FiscalQuarter[]) {
        this.#zone = zone;
        this.#quarters = quarters;
    }

    /** See RowPool.approach. */
    approach(heads: Int32Array, count: number): number {
        return this.#pool.approach(heads, count);
    }

    /** Returns the new head of the deal's chain. `amountMinor` is NaN for none. */
    add(
        head: number,
        view: DataView,
        idOffset: number,
        stageCode: number,
        amountMinor: number,
        closeDate: DayNumber,
        atMs: number
    ): number {
        const row = this.#pool.add();
        const page = this.#pool.page(row);
        const at = this.#pool.at(row);
        page[at] = head;
        // Seconds from 1970 to 2106 as a signed number around their middle; Salesforce writes no other stamps.
        page[at + AT] = Math.min(Math.max(Math.floor(atMs / 1000), 0), TWO_32 - 1) - TWO_31;
        page[at + STAGE] = stageCode;
        page[at + CLOSE] = closeDate;
        const high = Number.isNaN(amountMinor) ? NO_AMOUNT : Math.floor(amountMinor / TWO_32);
        page[at + AMOUNT_HIGH] = high;
        page[at + AMOUNT_LOW] = high === NO_AMOUNT ? 0 : (amountMinor - high * TWO_32) | 0;
        putId(page, at + ID, view, idOffset);
        return row;
    }

    /** Reads the chain into `into`. Ranks of stages by code; `amountNow` is NaN for none. */
    read(
        head: number,
        stageNow: number,
        amountNow: number,
        rankOf: Int32Array,
        middleRank: number,
        into: HistoryNumbers
    ): void {
        const { rows, count } = this.#sortChain(head);
        into.stageEnteredOn = NONE;
        into.closePushCount = 0;
        into.closePushDays = 0;
        into.lateAmountChange = 0;
        into.backwardMoveCount = 0;
        into.lastBackwardMoveOn = NONE;
        let stageBefore = -1;
        let closeBefore = NONE;
        let isLate = false;
        let lateBase = NaN;
        let entered = -1;
        for (let i = 0; i < count; i++) {
            const row = rows[i]!;
            const page = this.#pool.page(row);
            const at = this.#pool.at(row);
            const stage = page[at + STAGE]!;
            if (stage !== stageBefore) {
                if (stage === stageNow) entered = row;
                const rank = rankOf[stage]!;
                const rankBefore = stageBefore < 0 ? NO_RANK : rankOf[stageBefore]!;
                if (rank !== NO_RANK && rank < rankBefore) {
                    into.backwardMoveCount++;
                    into.lastBackwardMoveOn = this.#dayOf(row);
                }
                if (rank >= middleRank) isLate = true;
                stageBefore = stage;
            }
            const close = page[at + CLOSE]!;
            if (closeBefore !== NONE && close > closeBefore) {
                into.closePushCount++;
                into.closePushDays += close - closeBefore;
            }
            if (close !== NONE) closeBefore = close;
            if (isLate) {
                const amount = amountAt(page, at);
                if (Number.isNaN(lateBase)) lateBase = amount;
                else into.lateAmountChange = Math.max(into.lateAmountChange, change(lateBase, amount));
            }
        }
        if (entered >= 0) into.stageEnteredOn = this.#dayOf(entered);
        if (isLate) into.lateAmountChange = Math.max(into.lateAmountChange, change(lateBase, amountNow));
    }

    /** The stays of a deal, stage by stage. */
    stays(head: number): StageStay[] {
        const { rows, count } = this.#sortChain(head);
        const stays: StageStay[] = [];
        for (let i = 0; i < count; i++) {
            const row = rows[i]!;
            const stageCode = this.#pool.page(row)[this.#pool.at(row) + STAGE]!;
            const last = stays.at(-1);
            if (last?.stageCode === stageCode) continue;
            const fromOn = this.#dayOf(row);
            if (last) last.toOn = fromOn;
            stays.push({ stageCode, fromOn, toOn: NONE });
        }
        return stays;
    }

    pushEvidence(head: number): Evidence[] {
        return this.#evidence(head, (page, at, before, beforeAt, day) => {
            const close = page[at + CLOSE]!;
            const closeBefore = before ? before[beforeAt + CLOSE]! : NONE;
            if (closeBefore === NONE || close <= closeBefore) return null;
            const out = leftQuarter(this.#quarters, closeBefore, close) ? ', out of its fiscal quarter' : '';
            return `Close date moved ${dayText(closeBefore)} to ${dayText(close)} on ${dayText(day)}${out}`;
        });
    }

    stageEvidence(head: number, stageNames: readonly string[]): Evidence[] {
        return this.#evidence(head, (page, at, before, beforeAt, day) => {
            const stage = page[at + STAGE]!;
            if (before && before[beforeAt + STAGE] === stage) return null;
            const from = before ? `, before that ${stageNames[before[beforeAt + STAGE]!]}` : '';
            return `Stage ${stageNames[stage]} since ${dayText(day)}${from}`;
        });
    }

    /** Newest first; the label is null where a row shows nothing of the kind. */
    #evidence(
        head: number,
        label: (
            page: Int32Array,
            at: number,
            before: Int32Array | null,
            beforeAt: number,
            day: DayNumber
        ) => string | null
    ): Evidence[] {
        const { rows, count } = this.#sortChain(head);
        return newestEvidence(count, (index) => {
            const row = rows[index]!;
            const before = index > 0 ? rows[index - 1]! : NO_ROW;
            const page = this.#pool.page(row);
            const at = this.#pool.at(row);
            const text = label(
                page,
                at,
                before === NO_ROW ? null : this.#pool.page(before),
                before === NO_ROW ? 0 : this.#pool.at(before),
                this.#dayOf(row)
            );
            return text
                ? { id: idText(KEY_PREFIX, page, at + ID), object: 'OpportunityHistory', label: text }
                : null;
        });
    }

    #dayOf(row: number): DayNumber {
        return this.#zone.dayOfInstant((this.#pool.page(row)[this.#pool.at(row) + AT]! + TWO_31) * 1000);
    }

    /** Rows of the chain in order of time; a row that was delivered twice counts once. */
    #sortChain(head: number): SortedRows {
        this.#pool.sort(head, AT, ID, this.#sorted);
        return this.#sorted;
    }
}

function amountAt(page: Int32Array, at: number): number {
    const high = page[at + AMOUNT_HIGH]!;
    return high === NO_AMOUNT ? NaN : high * TWO_32 + (page[at + AMOUNT_LOW]! >>> 0);
}

/** Relative change; 0 where either amount is missing or the first is zero. */
function change(from: number, to: number): number {
    return from === 0 || Number.isNaN(from) || Number.isNaN(to) ? 0 : Math.abs(to - from) / Math.abs(from);
}
