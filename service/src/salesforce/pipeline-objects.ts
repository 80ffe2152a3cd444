// The five objects deal health is computed from: which fields are wanted, what is lost without one, and which field
// names the deal. Everything that reads or watches them goes through this table.
import {
    contactRoleTable,
    eventTable,
    historyTable,
    opportunityTable,
    taskTable
} from './bulk/feature-columns.ts';
import type { FeatureTable } from './bulk/feature-columns.ts';
import { activityRow, contactRoleRow, historyRow, opportunityRow } from './map-rows.ts';
import type { PipelineFeatures } from '../domain/pipeline/features.ts';
import type { Notes } from '../usecases/ports/org.ts';
import type { FieldWish } from './object-fields.ts';
import type { RawRow } from './query.ts';

export interface PipelineObject extends FieldWish {
    /** The field that holds the opportunity's id. */
    dealField: 'Id' | 'OpportunityId' | 'WhatId';
    /** Archived rows exist, which only queryAll sees. */
    isArchived: boolean;
    /** A row as REST sends it. */
    add(features: PipelineFeatures, row: RawRow, note: Notes): void;
    /** The way of Bulk rows. */
    table(features: PipelineFeatures): FeatureTable;
}

const ACTIVITY_LOSS = 'contacts with the client are told from fewer signs';

export const PIPELINE_OBJECTS: readonly PipelineObject[] = [
    {
        object: 'Opportunity',
        dealField: 'Id',
        isArchived: false,
        required: ['Id', 'OwnerId', 'StageName', 'CloseDate', 'IsClosed', 'IsWon', 'CreatedDate'],
        optional: {
            Amount: 'amounts are not judged (R8)',
            Type: 'thresholds are not learnt by type of deal',
            NextStep: 'the next step is known from tasks only (R9)'
        },
        add: (features, row, note) => features.addOpportunity(opportunityRow(row, note)),
        table: opportunityTable
    },
    {
        object: 'OpportunityHistory',
        dealField: 'OpportunityId',
        isArchived: false,
        required: ['Id', 'OpportunityId', 'StageName', 'CreatedDate'],
        optional: {
            CloseDate: 'moves of the close date are not counted (R4)',
            Amount: 'late changes of the amount are not seen (R8)'
        },
        add: (features, row, note) => features.addHistory(historyRow(row, note)),
        table: historyTable
    },
    {
        object: 'Task',
        dealField: 'WhatId',
        isArchived: true,
        required: ['Id', 'WhatId', 'IsClosed', 'Status', 'CreatedDate'],
        optional: {
            WhoId: 'contacts of decision makers are not seen (R7)',
            ActivityDate: 'tasks count from the day they were created',
            CompletedDateTime: 'tasks count for their due date',
            TaskSubtype: ACTIVITY_LOSS,
            Type: ACTIVITY_LOSS,
            CallType: ACTIVITY_LOSS,
            CallDisposition: ACTIVITY_LOSS,
            Subject: ACTIVITY_LOSS
        },
        add: (features, row, note) => features.addActivity(activityRow('Task', row, note)),
        table: taskTable
    },
    {
        object: 'Event',
        dealField: 'WhatId',
        isArchived: true,
        required: ['Id', 'WhatId', 'CreatedDate'],
        optional: {
            WhoId: 'contacts of decision makers are not seen (R7)',
            ActivityDate: 'meetings count from the day they were entered',
            Type: ACTIVITY_LOSS,
            Subject: ACTIVITY_LOSS
        },
        add: (features, row, note) => features.addActivity(activityRow('Event', row, note)),
        table: eventTable
    },
    {
        object: 'OpportunityContactRole',
        dealField: 'OpportunityId',
        isArchived: false,
        required: ['OpportunityId', 'ContactId'],
        optional: { Role: 'decision makers are not known (R7)' },
        add: (features, row) => features.addContactRole(contactRoleRow(row)),
        table: contactRoleTable
    }
];
