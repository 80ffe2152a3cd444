// The kind of a scanned task from the codes of its words: a few hundred combinations make up ten million rows, so each
// is judged once. Only where the subject decides (a mail, received or sent) is that looked at too.
import {
    activityKind,
    isReceivedSubject,
    type ActivityKind,
    type ActivityWords
} from '../../domain/pipeline/activity-kind.ts';
import { WordIndex } from '../../domain/pipeline/words.ts';
import { spanText, type Column } from './columns.ts';

const SLOT_BITS = 12;
const WORD_BITS = 6;
type WordField = 'subtype' | 'type' | 'status' | 'direction' | 'outcome';

export class TaskKinds {
    #words: Record<WordField, WordIndex> = {
        subtype: new WordIndex(),
        type: new WordIndex(),
        status: new WordIndex(),
        direction: new WordIndex(),
        outcome: new WordIndex()
    };
    #keys = new Int32Array(1 << SLOT_BITS).fill(-1);
    /** kind of a subject that was not received, and eight times the kind of one that was */
    #kinds = new Uint8Array(1 << SLOT_BITS);
    #subjects = new SubjectMemory();

    column(name: string, field: WordField): Column {
        return { name, kind: 'word', codeOf: (word) => this.#words[field].codeOf(word), isOptional: true };
    }

    of(
        view: DataView,
        subtype: number,
        type: number,
        status: number,
        direction: number,
        outcome: number,
        isClosed: number,
        subjectStart: number,
        subjectEnd: number
    ): ActivityKind {
        const words = (((((subtype << WORD_BITS) | type) << WORD_BITS) | status) << WORD_BITS) | direction;
        const key = (words << (WORD_BITS + 1)) | (outcome << 1) | (isClosed === 1 ? 1 : 0);
        const slot = Math.imul(key, 0x9e3779b1) >>> (32 - SLOT_BITS);
        // Six bits for each word; an org with more distinct values has its rarer ones judged each time.
        const isRare = (subtype | type | status | direction | outcome) >>> WORD_BITS !== 0;
        if (isRare || this.#keys[slot] !== key) {
            this.#kinds[slot] = this.#judge(subtype, type, status, direction, outcome, isClosed);
            this.#keys[slot] = isRare ? -1 : key;
        }
        const kinds = this.#kinds[slot]!;
        const sent = kinds & 7;
        const received = kinds >> 3;
        if (sent === received) return sent as ActivityKind;
        return (this.#subjects.isReceived(view, subjectStart, subjectEnd) ? received : sent) as ActivityKind;
    }

    #judge(
        subtype: number,
        type: number,
        status: number,
        direction: number,
        outcome: number,
        isClosed: number
    ): number {
        const words: ActivityWords = {
            object: 'Task',
            subtype: this.#words.subtype.words[subtype]!,
            type: this.#words.type.words[type]!,
            status: this.#words.status.words[status]!,
            direction: this.#words.direction.words[direction]!,
            outcome: this.#words.outcome.words[outcome]!,
            isClosed: isClosed === 1,
            subject: ''
        };
        return activityKind(words) + 8 * activityKind({ ...words, subject: 'Email received' });
    }
}

/** Bytes of a subject that tell whether it was received, unless it begins with a blank. */
const TELLING_BYTES = 16;
const SUBJECT_SLOT_BITS = 10;
const BLANK = 32;

/** Remembers what the beginnings of subjects said, because making a text of each subject takes longer than the row. */
class SubjectMemory {
    #beginnings = new Int32Array(4 << SUBJECT_SLOT_BITS);
    #answers = new Int8Array(1 << SUBJECT_SLOT_BITS).fill(-1);

    isReceived(view: DataView, start: number, end: number): boolean {
        const mayDiffer = end - start < TELLING_BYTES || view.getUint8(start) <= BLANK;
        if (mayDiffer) return isReceivedSubject(spanText(view, start, end));
        const a = view.getInt32(start);
        const b = view.getInt32(start + 4);
        const c = view.getInt32(start + 8);
        const d = view.getInt32(start + 12);
        const slot =
            Math.imul(Math.imul(a ^ (b >>> 3), 0x9e3779b1) ^ c ^ (d >>> 5), 0x85ebca6b) >>>
            (32 - SUBJECT_SLOT_BITS);
        const at = slot * 4;
        const known = this.#beginnings;
        const isKnown = known[at] === a && known[at + 1] === b && known[at + 2] === c && known[at + 3] === d;
        if (!isKnown || this.#answers[slot] === -1) {
            known[at] = a;
            known[at + 1] = b;
            known[at + 2] = c;
            known[at + 3] = d;
            this.#answers[slot] = isReceivedSubject(spanText(view, start, end)) ? 1 : 0;
        }
        return this.#answers[slot] === 1;
    }
}
