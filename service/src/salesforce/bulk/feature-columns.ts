// Which columns of each object the pipeline features need, and how a scanned row goes into them without an object.
// The meaning is that of PipelineFeatures' row methods; a test holds both ways together.
import { LOST, OPEN, WON } from '../../domain/pipeline/deal-columns.ts';
import type { PipelineFeatures } from '../../domain/pipeline/features.ts';
import type { Column, RowSink } from './columns.ts';
import { ActivityBatch } from './activity-batch.ts';
import { LateValues } from './late-values.ts';
import { OpportunityBatch } from './opportunity-batch.ts';
import { BATCH_ROWS, RowBatch } from './row-batch.ts';
import { TaskKinds } from './task-kinds.ts';

export interface FeatureTable {
    columns: Column[];
    sink: RowSink;
}

export function opportunityTable(features: PipelineFeatures): FeatureTable {
    const batch = new OpportunityBatch(features);
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
                batch.add(
                    view,
                    id!,
                    owner!,
                    type!,
                    stage!,
                    isWon === 1 ? WON : isClosed === 1 ? LOST : OPEN,
                    amount!,
                    closeDate!,
                    createdAt!,
                    nextStep === 1,
                    isPerson === 1
                );
            },
            endOfBytes: () => batch.work()
        }
    };
}

export function historyTable(features: PipelineFeatures): FeatureTable {
    const rows = new RowBatch(features);
    const stages = new Int32Array(BATCH_ROWS);
    const amounts = new Int32Array(BATCH_ROWS);
    const closeDates = new Int32Array(BATCH_ROWS);
    const instants = new Int32Array(BATCH_ROWS);
    const late = new LateValues('history');
    const work = (): void => {
        rows.findDeals(() => features.columns.historyHead);
        const { view, ids, deals, kept, keptCount } = rows;
        for (let k = 0; k < keptCount; k++) {
            const i = kept[k]!;
            const closeDate = late.day(view, ids[i]!, closeDates[i]!, 'CloseDate');
            const at = late.instant(view, ids[i]!, instants[i]!, 'CreatedDate');
            const amount = late.amount(view, ids[i]!, amounts[i]!, 'Amount');
            features.putHistory(deals[i]!, view, ids[i]!, stages[i]!, amount, closeDate, at);
        }
        rows.clear();
    };
    return {
        columns: [
            { name: 'Id', kind: 'id' },
            { name: 'OpportunityId', kind: 'id' },
            { name: 'StageName', kind: 'word', codeOf: (word) => features.stageNames.codeOf(word) },
            { name: 'Amount', kind: 'amountAt', isOptional: true },
            { name: 'CloseDate', kind: 'dateAt', isOptional: true },
            { name: 'CreatedDate', kind: 'datetimeAt' }
        ],
        sink: {
            row(view, id, opportunity, stage, amount, closeDate, createdAt) {
                const i = rows.add(view, id!, opportunity!);
                stages[i] = stage!;
                amounts[i] = amount!;
                closeDates[i] = closeDate!;
                instants[i] = createdAt!;
                if (rows.count === BATCH_ROWS) work();
            },
            endOfBytes: work,
            hearBadValues: (onBadValue) => {
                late.onBadValue = onBadValue;
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
    const kinds = new TaskKinds();
    const activities = new ActivityBatch(features, kinds);
    return {
        columns: [
            { name: 'Id', kind: 'id' },
            { name: 'WhatId', kind: 'id' },
            { name: 'WhoId', kind: 'id', isOptional: true },
            { name: 'ActivityDate', kind: 'dateAt' },
            { name: 'CompletedDateTime', kind: 'datetimeAt', isOptional: true },
            { name: 'CreatedDate', kind: 'datetimeAt' },
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
                const i = activities.add(view, id!, what!, who!, date!, completedAt!, createdAt!);
                activities.setWords(i, subtype!, type!, status!, direction!, outcome!, isClosed!, from!, to!);
                activities.workIfFull();
            },
            endOfBytes: () => activities.work(),
            hearBadValues: (onBadValue) => {
                activities.late.onBadValue = onBadValue;
            }
        }
    };
}

export function eventTable(features: PipelineFeatures): FeatureTable {
    const activities = new ActivityBatch(features, null);
    return {
        columns: [
            { name: 'Id', kind: 'id' },
            { name: 'WhatId', kind: 'id' },
            { name: 'WhoId', kind: 'id', isOptional: true },
            { name: 'ActivityDate', kind: 'dateAt' },
            { name: 'CreatedDate', kind: 'datetimeAt' }
        ],
        sink: {
            row(view, id, what, who, date, createdAt) {
                if (what! < 0 || !features.isDealId(view, what!)) return;
                activities.add(view, id!, what!, who!, date!, -1, createdAt!);
                activities.workIfFull();
            },
            endOfBytes: () => activities.work(),
            hearBadValues: (onBadValue) => {
                activities.late.onBadValue = onBadValue;
            }
        }
    };
}
