// Reads what suggestions are made from: the deals themselves with their expected close dates, recent and planned work, contact roles,
// and what was suggested before; one call for up to 400 deals. Private meetings are nobody's business and are not read.
import { activityDay } from '../domain/pipeline/activity-day.ts';
import { activityKind } from '../domain/pipeline/activity-kind.ts';
import { formatDay } from '../domain/calendar.ts';
import { NONE } from '../domain/pipeline/types.ts';
import { CONTACT_DAYS } from '../domain/suggestions/contact-role.ts';
import type {
    CloseRange,
    DealRole,
    HeldSuggestion,
    SuggestionKind,
    SuggestionStatus,
    WorkItem
} from '../domain/suggestions/types.ts';
import type { Notes, OrgReference } from '../usecases/ports/org.ts';
import type { SuggestionReading } from '../usecases/ports/suggestions.ts';
import type { OrgClient } from './connect.ts';
import { activityRow, dayOrNone, instantOf, isTrue, numberOrNull, textOf } from './map-rows.ts';
import type { FieldWish, ObjectFields } from './object-fields.ts';
import { idList, readTogether, type RawRow, type SmallRead } from './query.ts';
import { addTo } from './rows-by-id.ts';

/** What is missing was said when the deals were read for their health. */
const unsaid: Notes = () => {};
const TASK: FieldWish = {
    object: 'Task',
    required: ['Id', 'WhatId', 'IsClosed', 'Status', 'CreatedDate'],
    optional: {
        WhoId: '',
        ActivityDate: '',
        CompletedDateTime: '',
        TaskSubtype: '',
        Type: '',
        CallType: '',
        CallDisposition: '',
        Subject: ''
    }
};
const EVENT: FieldWish = {
    object: 'Event',
    required: ['Id', 'WhatId', 'CreatedDate'],
    optional: { WhoId: '', ActivityDate: '', Type: '', Subject: '', IsPrivate: '' }
};
const ROLE: FieldWish = {
    object: 'OpportunityContactRole',
    required: ['OpportunityId', 'ContactId'],
    optional: { IsPrimary: '' }
};
const CONTACT = /^003/;

export class SuggestionReader {
    readonly #client: OrgClient;
    readonly #fields: ObjectFields;
    readonly #healths: RawRow[] = [];
    readonly #work = new Map<string, WorkItem[]>();
    readonly #roles = new Map<string, DealRole[]>();
    readonly #held = new Map<string, HeldSuggestion[]>();

    constructor(client: OrgClient, fields: ObjectFields) {
        this.#client = client;
        this.#fields = fields;
    }

    async read(ids: readonly string[], reference: OrgReference, note: Notes): Promise<SuggestionReading> {
        const some = idList(ids);
        const roles = await this.#readsOfRoles(some);
        const reads = [
            this.#readOfDeals(some, reference),
            this.#readOfHeld(some, reference),
            ...(await this.#readsOfWork(some, reference, note)),
            ...roles
        ];
        const rowCount = await readTogether(this.#client, reads);
        return {
            deals: this.#healths.map((row) => this.#dealOf(row, reference, roles.length > 0, note)),
            held: this.#held,
            rowCount
        };
    }

    /** The health row names the deal, so that both come in one query. */
    #readOfDeals(some: string, { hasNextStepField }: OrgReference): SmallRead {
        const nextStep = hasNextStepField ? ['Opportunity__r.NextStep'] : [];
        return {
            query: {
                object: 'DealHealth__c',
                fields: [
                    'ExternalKey__c',
                    'ClosePushCount__c',
                    'CloseEarlyDate__c',
                    'CloseLikelyDate__c',
                    'CloseLateDate__c',
                    'Opportunity__r.OwnerId',
                    'Opportunity__r.IsClosed',
                    'Opportunity__r.CloseDate',
                    ...nextStep
                ],
                where: `${this.#client.names.q('ExternalKey__c')} IN ${some} AND ${this.#client.names.q('Opportunity__c')} != null`
            },
            onRow: (row) => void this.#healths.push(row)
        };
    }

    #readOfHeld(some: string, { timeZone }: OrgReference): SmallRead {
        return {
            query: {
                object: 'FieldSuggestion__c',
                fields: [
                    'ExternalKey__c',
                    'Opportunity__c',
                    'Kind__c',
                    'Status__c',
                    'CurrentValue__c',
                    'SuggestedValue__c',
                    'Rep__c',
                    'DecidedAt__c',
                    'ContentHash__c'
                ],
                where: `${this.#client.names.q('Opportunity__c')} IN ${some}`
            },
            onRow: (row) => {
                const decidedAtMs = instantOf(row.DecidedAt__c);
                addTo(this.#held, row.Opportunity__c, {
                    key: textOf(row.ExternalKey__c),
                    kind: textOf(row.Kind__c) as SuggestionKind,
                    status: textOf(row.Status__c) as SuggestionStatus,
                    currentValue: textOf(row.CurrentValue__c),
                    suggestedValue: textOf(row.SuggestedValue__c),
                    ownerId: textOf(row.Rep__c),
                    decidedOn: decidedAtMs === null ? NONE : timeZone.dayOfInstant(decidedAtMs),
                    hash: textOf(row.ContentHash__c)
                });
            }
        };
    }

    async #readsOfWork(some: string, reference: OrgReference, note: Notes): Promise<SmallRead[]> {
        const since = formatDay(reference.today - CONTACT_DAYS);
        const recent = `ActivityDate >= ${since} OR CreatedDate >= ${since}T00:00:00Z`;
        const reads: SmallRead[] = [];
        for (const [wish, isWanted] of [
            [TASK, `(IsClosed = false OR ${recent})`],
            [EVENT, `(${recent})`]
        ] as const) {
            const readable = await this.#fields.readable(wish, unsaid);
            if (!readable?.has('ActivityDate') || !readable.has('Subject')) continue;
            if (wish === EVENT && !readable.has('IsPrivate')) continue;
            const isPublic = wish === EVENT ? ' AND IsPrivate = false' : '';
            reads.push({
                query: {
                    object: wish.object,
                    fields: readable.fields,
                    where: `WhatId IN ${some} AND ${isWanted}${isPublic}`
                },
                onRow: (row) => this.#addWork(wish.object as 'Task' | 'Event', row, reference, note)
            });
        }
        return reads;
    }

    async #readsOfRoles(some: string): Promise<SmallRead[]> {
        const readable = await this.#fields.readable(ROLE, unsaid);
        if (!readable?.has('IsPrimary')) return [];
        return [
            {
                query: { object: ROLE.object, fields: readable.fields, where: `OpportunityId IN ${some}` },
                onRow: (row) =>
                    addTo(this.#roles, row.OpportunityId, {
                        contactId: textOf(row.ContactId),
                        isPrimary: isTrue(row.IsPrimary)
                    })
            }
        ];
    }

    #addWork(object: 'Task' | 'Event', row: RawRow, { timeZone }: OrgReference, note: Notes): void {
        const activity = activityRow(object, row, note);
        const kind = activityKind(activity);
        const who = activity.whoId ?? '';
        addTo(this.#work, activity.whatId, {
            id: activity.id,
            object,
            subject: activity.subject,
            on: activityDay(activity, kind, timeZone),
            kind,
            contactId: CONTACT.test(who) ? who : ''
        });
    }

    #dealOf(
        row: RawRow,
        { hasNextStepField }: OrgReference,
        hasRoles: boolean,
        note: Notes
    ): SuggestionReading['deals'][number] {
        const dealId = textOf(row.ExternalKey__c);
        return {
            dealId,
            ownerId: textOf(row['Opportunity__r.OwnerId']),
            isOpen: !isTrue(row['Opportunity__r.IsClosed']),
            closeDate: dayOrNone(row['Opportunity__r.CloseDate'], 'Opportunity.CloseDate', note),
            closePushCount: numberOrNull(row.ClosePushCount__c) ?? 0,
            closeRange: closeRangeOf(row, note),
            nextStep: hasNextStepField ? textOf(row['Opportunity__r.NextStep']) : null,
            roles: hasRoles ? (this.#roles.get(dealId) ?? []) : null,
            work: this.#work.get(dealId) ?? []
        };
    }
}

function closeRangeOf(row: RawRow, note: Notes): CloseRange | null {
    const day = (field: string) => dayOrNone(row[field], `DealHealth__c.${field}`, note);
    const range = {
        early: day('CloseEarlyDate__c'),
        likely: day('CloseLikelyDate__c'),
        late: day('CloseLateDate__c')
    };
    return Object.values(range).includes(NONE) ? null : range;
}
