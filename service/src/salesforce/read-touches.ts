// Who touched a deal and when, by the sources its plans name: calls and meetings of the deal, campaigns its contacts responded to, the
// campaign it came from. Whoever owns the activity or the campaign touched it. What the org does not show is told deal by deal.
import { TOUCH_SOURCES, type CreditTarget, type TouchSource } from '../domain/incentives/plan.ts';
import type { Known, Touch, Touches } from '../domain/pay/ownership.ts';
import { textOf, timeOf } from './map-rows.ts';
import type { ObjectFields } from './object-fields.ts';
import type { RawRow, SmallRead } from './query.ts';
import { addTo } from './rows-by-id.ts';

type Wanted = (path: string) => string;

export class TouchReading {
    readonly #sources: readonly TouchSource[];
    /** why a source cannot be read */
    readonly unread: Partial<Record<TouchSource, string>> = {};
    readonly #activities = new Map<string, Touch[]>();
    readonly #contacts = new Map<string, string[]>();
    /** by contact; '' for a day the org does not keep */
    readonly #responses = new Map<string, Required<Touch>[]>();
    readonly #primary = new Map<string, { campaignId: string; payeeId: string }>();

    /** @param targets of all plans */
    constructor(targets: readonly CreditTarget[]) {
        const asked = targets.flatMap((to) => (to.kind === 'touches' ? to.from : []));
        this.#sources = TOUCH_SOURCES.filter((source) => asked.includes(source));
    }

    /** Whether the day a deal was made is needed. */
    get wantsCreated(): boolean {
        return this.#sources.includes('primaryCampaign');
    }

    /** `isWanted`: of deals, by the path to them. */
    async reads(fields: ObjectFields, isWanted: Wanted): Promise<SmallRead[]> {
        const all: SmallRead[] = [];
        for (const source of this.#sources) {
            const unread = await firstUnread(fields, NEEDS[source]);
            if (unread === '') all.push(...this.#readsOf(source, isWanted));
            else this.unread[source] = `${unread} cannot be read`;
        }
        return all;
    }

    /** Once everything is read; null where no plan asks for any. */
    of(deal: RawRow): Touches | null {
        if (this.#sources.length === 0) return null;
        return Object.fromEntries(this.#sources.map((source) => [source, this.#touchesOf(source, deal)]));
    }

    #touchesOf(source: TouchSource, deal: RawRow): Known<Touch> {
        const unread = this.unread[source];
        if (unread !== undefined) return { unknown: unread };
        switch (source) {
            case 'activities':
                return this.#activitiesOf(deal);
            case 'campaigns':
                return this.#responsesOf(deal);
            case 'primaryCampaign':
                return this.#primaryOf(deal);
        }
    }

    #activitiesOf(deal: RawRow): Touch[] {
        return upTo(deal, this.#activities.get(textOf(deal.Id)) ?? []);
    }

    #responsesOf(deal: RawRow): Known<Touch> {
        const contacts = new Set(this.#contacts.get(textOf(deal.Id)));
        const responses = [...contacts].flatMap((contact) => this.#responses.get(contact) ?? []);
        const undated = responses.find(({ at }) => at === '');
        if (undated) return { unknown: `no day of a response to campaign ${undated.campaignId}` };
        const ownerless = responses.find(({ payeeId }) => payeeId === '');
        if (ownerless) return { unknown: `campaign ${ownerless.campaignId} cannot be read` };
        return upTo(deal, responses);
    }

    /** Salesforce keeps no day of it: it counts from the day the deal was made, at the latest the day it was won. */
    #primaryOf(deal: RawRow): Known<Touch> {
        const campaign = this.#primary.get(textOf(deal.Id));
        if (!campaign) return [];
        if (campaign.payeeId === '') return { unknown: `campaign ${campaign.campaignId} cannot be read` };
        const [at] = [timeOf(deal.CreatedDate).slice(0, 10), textOf(deal.CloseDate)].sort();
        return [{ ...campaign, at: at! }];
    }

    #readsOf(source: TouchSource, isWanted: Wanted): SmallRead[] {
        switch (source) {
            case 'activities':
                return this.#activityReads(isWanted(''));
            case 'campaigns':
                return this.#responseReads(isWanted('Opportunity.'));
            case 'primaryCampaign':
                return [this.#primaryRead(isWanted(''))];
        }
    }

    #activityReads(where: string): SmallRead[] {
        const done = { Task: 'IsClosed = true AND ', Event: '' };
        return Object.entries(done).map(([object, isDone]) => ({
            query: {
                object,
                fields: NEEDS.activities[object]!,
                where: `${isDone}IsDeleted = false AND ActivityDate != null AND WhatId IN (SELECT Id FROM Opportunity WHERE ${where})`,
                orderBy: 'Id',
                allRows: true
            },
            onRow: (row) =>
                addTo(this.#activities, row.WhatId, {
                    payeeId: textOf(row.OwnerId),
                    at: textOf(row.ActivityDate)
                })
        }));
    }

    /** A lead that was converted is in its campaigns as the contact it became. */
    #responseReads(where: string): SmallRead[] {
        const object = 'OpportunityContactRole';
        return [
            {
                query: { object, fields: NEEDS.campaigns[object]!, where, orderBy: 'Id' },
                onRow: (row) => addTo(this.#contacts, row.OpportunityId, textOf(row.ContactId))
            },
            {
                query: {
                    object: 'CampaignMember',
                    fields: ['CampaignId', 'ContactId', 'FirstRespondedDate', 'Campaign.OwnerId'],
                    where: `HasResponded = true AND ContactId IN (SELECT ContactId FROM ${object} WHERE ${where})`,
                    orderBy: 'Id'
                },
                onRow: (row) =>
                    addTo(this.#responses, row.ContactId, {
                        campaignId: textOf(row.CampaignId),
                        payeeId: textOf(row['Campaign.OwnerId']),
                        at: textOf(row.FirstRespondedDate)
                    })
            }
        ];
    }

    #primaryRead(where: string): SmallRead {
        const fields = ['Id', 'CampaignId', 'Campaign.OwnerId'];
        return {
            query: {
                object: 'Opportunity',
                fields,
                where: `CampaignId != null AND ${where}`,
                orderBy: 'Id'
            },
            onRow: (row) =>
                this.#primary.set(textOf(row.Id), {
                    campaignId: textOf(row.CampaignId),
                    payeeId: textOf(row['Campaign.OwnerId'])
                })
        };
    }
}

type Needs = Readonly<Record<string, readonly string[]>>;

/** Objects of a source with the fields that must be readable. */
const NEEDS = {
    activities: {
        Task: ['WhatId', 'OwnerId', 'ActivityDate'],
        Event: ['WhatId', 'OwnerId', 'ActivityDate']
    },
    campaigns: {
        Campaign: ['OwnerId'],
        CampaignMember: ['CampaignId', 'ContactId', 'HasResponded', 'FirstRespondedDate'],
        OpportunityContactRole: ['OpportunityId', 'ContactId']
    },
    primaryCampaign: { Campaign: ['OwnerId'], Opportunity: ['CampaignId'] }
} satisfies Record<TouchSource, Needs> as Record<TouchSource, Needs>;

async function firstUnread(fields: ObjectFields, needs: Needs): Promise<string> {
    for (const [object, names] of Object.entries(needs)) {
        const unread = await fields.unreadableOf(object, names);
        if (unread !== '') return unread;
    }
    return '';
}

function upTo(deal: RawRow, touches: readonly Touch[]): Touch[] {
    const closed = textOf(deal.CloseDate);
    return touches.filter(({ at }) => at <= closed);
}
