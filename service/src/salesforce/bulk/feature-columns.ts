// Which columns of each object the pipeline features need, and how a scanned row goes into them without an object.
// The meaning is that of PipelineFeatures' row methods; a test holds both ways together.
import { activityKind, type ActivityKind, type ActivityWords } from '../../domain/pipeline/activity-kind.ts';
import { LOST, OPEN, WON } from '../../domain/pipeline/deal-columns.ts';
import { NOBODY } from '../../domain/pipeline/deal-touches.ts';
import type { PipelineFeatures } from '../../domain/pipeline/features.ts';
import { WordIndex } from '../../domain/pipeline/words.ts';
import { spanText, type Column, type RowSink } from './columns.ts';

export interface FeatureTable {
    columns: Column[];
    sink: RowSink;
}

export function opportunityTable(features: PipelineFeatures): FeatureTable {
    return {
        columns: [
            { name: 'Id', kind: 'id' },
            { name: 'OwnerId', kind: 'id' },
            { name: 'Type', kind: 'word', codeOf: (word) => features.types.codeOf(word), isOptional: true },
            { name: 'StageName', kind: 'word', codeOf: (word) => features.stageNames.codeOf(word) },
            { name: 'IsClosed', kind: 'boolean' },
            { name: 'IsWon', kind: 'boolean' },
            { name: 'Amount', kind: 'amount', isOptional: true },
            { name: 'CloseDate', kind: 'date' },
            { name: 'CreatedDate', kind: 'datetime' },
            { name: 'NextStep', kind: 'filled', isOptional: true },
            { name: 'Account.IsPersonAccount', kind: 'boolean', isOptional: true }
        ],
        sink: {
            row(
                view,
                id,
                owner,
                type,
                stage,
                isClosed,
                isWon,
                amount,
                closeDate,
                createdAt,
                nextStep,
                isPerson
            ) {
                features.putOpportunity(
                    features.dealAt(view, id!),
                    features.owners.rowOf(view, owner!),
                    type!,
                    stage!,
                    isWon === 1 ? WON : isClosed === 1 ? LOST : OPEN,
                    amount!,
                    closeDate!,
                    createdAt!,
                    nextStep === 1,
                    isPerson === 1
                );
            }
        }
    };
}

export function historyTable(features: PipelineFeatures): FeatureTable {
    return {
        columns: [
            { name: 'Id', kind: 'id' },
            { name: 'OpportunityId', kind: 'id' },
            { name: 'StageName', kind: 'word', codeOf: (word) => features.stageNames.codeOf(word) },
            { name: 'Amount', kind: 'amount', isOptional: true },
            { name: 'CloseDate', kind: 'date', isOptional: true },
            { name: 'CreatedDate', kind: 'datetime' }
        ],
        sink: {
            row(view, id, opportunity, stage, amount, closeDate, createdAt) {
                const deal = features.dealAt(view, opportunity!);
                features.putHistory(deal, view, id!, stage!, amount!, closeDate!, createdAt!);
            }
        }
    };
}

export function contactRoleTable(features: PipelineFeatures): FeatureTable {
    return {
        columns: [
            { name: 'OpportunityId', kind: 'id' },
            { name: 'ContactId', kind: 'id' },
            {
                name: 'Role',
                kind: 'word',
                codeOf: (word) => features.roleNames.codeOf(word),
                isOptional: true
            }
        ],
        sink: {
            row(view, opportunity, contact, role) {
                features.putContactRole(
                    features.dealAt(view, opportunity!),
                    features.contacts.rowOf(view, contact!),
                    role!
                );
            }
        }
    };
}

export function taskTable(features: PipelineFeatures): FeatureTable {
    const kinds = new KindCache('Task');
    return {
        columns: [
            { name: 'Id', kind: 'id' },
            { name: 'WhatId', kind: 'id' },
            { name: 'WhoId', kind: 'id', isOptional: true },
            { name: 'ActivityDate', kind: 'date' },
            { name: 'CompletedDateTime', kind: 'datetime', isOptional: true },
            { name: 'CreatedDate', kind: 'datetime' },
            kinds.column('TaskSubtype', 'subtype'),
            kinds.column('Type', 'type'),
            kinds.column('Status', 'status'),
            kinds.column('CallType', 'direction'),
            kinds.column('CallDisposition', 'outcome'),
            { name: 'IsClosed', kind: 'boolean' },
            { name: 'Subject', kind: 'span', isOptional: true }
        ],
        sink: {
            row(
                view,
                id,
                what,
                who,
                date,
                completedAt,
                createdAt,
                subtype,
                type,
                status,
                direction,
                outcome,
                isClosed,
                from,
                to
            ) {
                if (what! < 0 || !features.isDealId(view, what!)) return;
                const deal = features.dealAt(view, what!);
                if (features.columns.state[deal] === LOST) return;
                const kind = kinds.of(
                    view,
                    subtype!,
                    type!,
                    status!,
                    direction!,
                    outcome!,
                    isClosed!,
                    from!,
                    to!
                );
                const day = features.activityDay(isClosed === 1, date!, completedAt!, createdAt!, kind);
                features.putActivity(
                    deal,
                    view,
                    id!,
                    kind,
                    false,
                    day,
                    who! < 0 ? NOBODY : features.contacts.rowOf(view, who!)
                );
            }
        }
    };
}

export function eventTable(features: PipelineFeatures): FeatureTable {
    const kind = activityKind({ ...NO_WORDS, object: 'Event' });
    return {
        columns: [
            { name: 'Id', kind: 'id' },
            { name: 'WhatId', kind: 'id' },
            { name: 'WhoId', kind: 'id', isOptional: true },
            { name: 'ActivityDate', kind: 'date' },
            { name: 'CreatedDate', kind: 'datetime' }
        ],
        sink: {
            row(view, id, what, who, date, createdAt) {
                if (what! < 0 || !features.isDealId(view, what!)) return;
                const deal = features.dealAt(view, what!);
                const day = features.activityDay(false, date!, NaN, createdAt!, kind);
                features.putActivity(
                    deal,
                    view,
                    id!,
                    kind,
                    true,
                    day,
                    who! < 0 ? NOBODY : features.contacts.rowOf(view, who!)
                );
            }
        }
    };
}

const NO_WORDS: ActivityWords = {
    object: 'Task',
    subtype: '',
    type: '',
    status: '',
    direction: '',
    outcome: '',
    isClosed: false,
    subject: ''
};
const CACHE_SIZE = 4096;
const NOT_CACHED = 255;
type WordField = 'subtype' | 'type' | 'status' | 'direction' | 'outcome';

/** The kind of a task by the codes of its words: a few hundred combinations make up ten million rows. Only where the
 *  subject decides (a mail, received or sent) is it looked at. */
class KindCache {
    #object: 'Task' | 'Event';
    #words: Record<WordField, WordIndex> = {
        subtype: new WordIndex(),
        type: new WordIndex(),
        status: new WordIndex(),
        direction: new WordIndex(),
        outcome: new WordIndex()
    };
    #keys = new Int32Array(CACHE_SIZE).fill(-1);
    #kinds = new Uint8Array(CACHE_SIZE);

    constructor(object: 'Task' | 'Event') {
        this.#object = object;
    }

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
        // 6 bits for each word; orgs with more distinct values take the slow way for the rare ones.
        const fits = (subtype | type | status | direction | outcome) < 64;
        const key =
            (((((((subtype << 6) | type) << 6) | status) << 6) | direction) << 7) |
            (outcome << 1) |
            (isClosed === 1 ? 1 : 0);
        const slot = (Math.imul(key, 0x9e3779b1) >>> 20) & (CACHE_SIZE - 1);
        if (fits && this.#keys[slot] === key && this.#kinds[slot] !== NOT_CACHED)
            return this.#kinds[slot] as ActivityKind;
        const words: ActivityWords = {
            object: this.#object,
            subtype: this.#words.subtype.words[subtype]!,
            type: this.#words.type.words[type]!,
            status: this.#words.status.words[status]!,
            direction: this.#words.direction.words[direction]!,
            outcome: this.#words.outcome.words[outcome]!,
            isClosed: isClosed === 1,
            subject: ''
        };
        const kind = activityKind(words);
        const subjectDecides = kind !== activityKind({ ...words, subject: 'Email received' });
        if (fits) {
            this.#keys[slot] = key;
            this.#kinds[slot] = subjectDecides ? NOT_CACHED : kind;
        }
        return subjectDecides
            ? activityKind({ ...words, subject: spanText(view, subjectStart, subjectEnd) })
            : kind;
    }
}
