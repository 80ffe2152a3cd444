// The objects a review of quarters reads of a CRM: which fields are wanted, and what is lost without one.
import type { FieldWish } from './object-fields.ts';

export interface Source extends FieldWish {
    isArchived?: boolean;
}

export const OPPORTUNITY: Source = {
    object: 'Opportunity',
    required: ['Id', 'OwnerId', 'StageName', 'CloseDate', 'IsClosed', 'CreatedDate'],
    optional: {
        AccountId: 'risk is not told by account',
        Amount: 'nothing can be forecast',
        Type: 'nothing is told by type of deal',
        NextStep: 'the next step is known from tasks only',
        LeadSource: 'what won and lost deals have in common is told by type only'
    }
};
export const HISTORY: Source = {
    object: 'OpportunityHistory',
    required: ['Id', 'OpportunityId', 'StageName', 'CreatedDate'],
    optional: {
        Amount: 'changes of the amount are not seen',
        CloseDate: 'moves of the close date are not seen'
    }
};
const RULES_LOSS = 'the record of warning rules knows fewer signs of contact';
/** What only the replay of warning rules looks at. */
const RULES_ONLY = { WhoId: RULES_LOSS, Type: RULES_LOSS, Subject: RULES_LOSS };
export const TASK: Source = {
    object: 'Task',
    required: ['Id', 'WhatId', 'IsClosed', 'CreatedDate'],
    optional: {
        ActivityDate: 'tasks count from the day they were created',
        CompletedDateTime: 'tasks count for their due date',
        TaskSubtype: 'kinds of tasks are not told apart',
        ...RULES_ONLY,
        Status: RULES_LOSS,
        CallType: RULES_LOSS,
        CallDisposition: RULES_LOSS
    },
    isArchived: true
};
export const EVENT: Source = {
    object: 'Event',
    required: ['Id', 'WhatId', 'CreatedDate'],
    optional: { ActivityDate: 'meetings count from the day they were entered', ...RULES_ONLY },
    isArchived: true
};
export const CONTACT_ROLE: Source = { object: 'OpportunityContactRole', required: ['OpportunityId'] };
