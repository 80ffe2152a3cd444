// Reads what a review of people is made from: people with their titles, deals with their moves, work, quotas, what was imported,
// conversations held, and what managers decided.
import { formatDay } from '../domain/calendar.ts';
import type { PeopleFacts, WorkFact } from '../domain/people-review/people-facts.ts';
import { roleOf } from '../domain/people-review/role-rules.ts';
import { NONE, type DayNumber } from '../domain/pipeline/types.ts';
import type { Fact, Person } from '../domain/scorecards/types.ts';
import type { Notes, OrgReference } from '../usecases/ports/org.ts';
import { readRowsInBulk } from './bulk/query-job.ts';
import { textRows } from './bulk/text-rows.ts';
import type { OrgClient } from './connect.ts';
import { amountOrNull, dayOrNone, instantOf, isTrue, noteBadValue, textOf } from './map-rows.ts';
import { importedFact } from './map-imported-fact.ts';
import type { ObjectFields } from './object-fields.ts';
import { countRows, readList, readRows, type RawRow, type SelectQuery } from './query.ts';
import { ConductSigns } from './read-conduct-signs.ts';
import { dealFacts, dealSigns, type GatheredDeal } from './read-deal-signs.ts';
import {
    conversationsHeld,
    earlierWarnings,
    forecastsSaid,
    openFindings,
    openGoals,
    pastInterventions,
    quotasAgreed
} from './read-people-records.ts';
import { readOrgDefinitions } from './read-definitions.ts';

const BULK_FROM = 10_000;
/** Two years of series, each of which may look back a year. */
const HISTORY_DAYS = 800;

export class PeopleReader {
    readonly #client: OrgClient;
    readonly #fields: ObjectFields;
    readonly #checkStop: () => void;

    constructor(client: OrgClient, fields: ObjectFields, checkStop: () => void) {
        this.#client = client;
        this.#fields = fields;
        this.#checkStop = checkStop;
    }

    async read(
        reference: OrgReference,
        note: Notes,
        onProgress: (fraction: number) => void
    ): Promise<{ facts: PeopleFacts; rowCount: number; currency: string | null }> {
        const { today: asOf, nowMs, timeZone } = reference;
        const shipped = await readOrgDefinitions(this.#client, note);
        const people = await this.#people(reference, shipped.roles);
        let rowCount = people.length;
        const step = async (fraction: number, work: () => Promise<number>): Promise<void> => {
            this.#checkStop();
            rowCount += await work();
            onProgress(fraction);
        };
        const deals = new Map<string, GatheredDeal>();
        await step(0.2, () => this.#deals(deals, reference, note));
        const conduct = new ConductSigns(this.#client, this.#fields, reference, note);
        await step(0.5, () => this.#history(deals, conduct, note));
        const work: WorkFact[] = [];
        await step(0.8, () => this.#work(work, conduct, reference, note));
        const signs = await dealSigns(this.#client, note);
        const imported: Fact[] = [];
        await step(1, () => this.#imported(imported, note));
        const { quotas, currency } = await quotasAgreed(this.#client, note);
        const said = await forecastsSaid(this.#client, timeZone, note);
        const gathered = [...deals.values()];
        const facts: PeopleFacts = {
            asOf,
            nowMs,
            people,
            deals: dealFacts(deals, reference, signs),
            work,
            quotas,
            commits: said.filter(({ category }) => category === 'Commit'),
            imported,
            held: await conversationsHeld(this.#client, people, said, asOf - HISTORY_DAYS, note),
            definitions: shipped.definitions,
            playbook: shipped.playbook,
            past: await pastInterventions(this.#client, note),
            earlier: await earlierWarnings(this.#client, note),
            conduct: await conduct.input(
                new Map(gathered.map(({ fact, accountId }) => [fact.id, accountId])),
                new Map(gathered.map(({ fact }) => [fact.id, fact.ownerId]))
            ),
            earlierFindings: await openFindings(this.#client, note),
            goals: await openGoals(this.#client, note)
        };
        return { facts, rowCount, currency };
    }

    /** With the firm since their user was made, in one role and under one manager all the time: the CRM keeps no more. */
    async #people({ timeZone }: OrgReference, rules: Parameters<typeof roleOf>[1]): Promise<Person[]> {
        const rows = await readList(this.#client, {
            object: 'User',
            fields: ['Id', 'Title', 'ManagerId', 'Department', 'CreatedDate'],
            where: `IsActive = true AND UserType = 'Standard'`,
            orderBy: 'Id'
        });
        return rows.flatMap((row) => {
            const role = roleOf(textOf(row.Title), rules);
            if (!role) return [];
            const joined = timeZone.dayOfInstant(instantOf(row.CreatedDate) ?? 0);
            const managerId = textOf(row.ManagerId);
            return [
                {
                    id: textOf(row.Id),
                    joined,
                    left: null,
                    roles: [{ role, from: joined, to: null }],
                    managers: managerId ? [{ manager: managerId, from: joined, to: null }] : [],
                    unit: textOf(row.Department) || null
                }
            ];
        });
    }

    #deals(
        deals: Map<string, GatheredDeal>,
        { timeZone, stages, today }: OrgReference,
        note: Notes
    ): Promise<number> {
        const won = new Set(stages.filter(({ isWon }) => isWon).map(({ name }) => name));
        return this.#rows(
            {
                object: 'Opportunity',
                fields: [
                    'Id',
                    'AccountId',
                    'OwnerId',
                    'StageName',
                    'CloseDate',
                    'IsClosed',
                    'CreatedDate',
                    'Amount',
                    'Type',
                    'NextStep'
                ],
                where: `CreatedDate >= ${formatDay(today - HISTORY_DAYS)}T00:00:00Z`
            },
            note,
            (row) => {
                const isClosed = isTrue(row.IsClosed);
                const closeDate = dayOrNone(row.CloseDate, 'Opportunity.CloseDate', note);
                const type = textOf(row.Type);
                deals.set(textOf(row.Id), {
                    fact: {
                        id: textOf(row.Id),
                        ownerId: textOf(row.OwnerId),
                        createdOn: timeZone.dayOfInstant(instantOf(row.CreatedDate) ?? 0),
                        amountMinor: amountOrNull(row.Amount, 'Opportunity.Amount', note),
                        isNewClient: type === '' ? null : /new/i.test(type),
                        outcome: !isClosed ? 'open' : won.has(textOf(row.StageName)) ? 'won' : 'lost',
                        closedOn: isClosed ? closeDate : null,
                        closeDate: closeDate === NONE ? null : closeDate,
                        hasNextStep: textOf(row.NextStep).trim() !== ''
                    },
                    accountId: textOf(row.AccountId),
                    stages: []
                });
            }
        );
    }

    #history(deals: Map<string, GatheredDeal>, conduct: ConductSigns, note: Notes): Promise<number> {
        return this.#rows(
            {
                object: 'OpportunityHistory',
                fields: ['Id', 'OpportunityId', 'StageName', 'CloseDate', 'CreatedById', 'CreatedDate']
            },
            note,
            (row) => {
                const dealId = textOf(row.OpportunityId);
                if (deals.has(dealId)) conduct.addHistory(dealId, row);
                deals.get(dealId)?.stages.push({
                    atMs: instantOf(row.CreatedDate) ?? 0,
                    name: textOf(row.StageName)
                });
            }
        );
    }

    async #work(
        work: WorkFact[],
        conduct: ConductSigns,
        { timeZone, today }: OrgReference,
        note: Notes
    ): Promise<number> {
        const since = today - HISTORY_DAYS;
        const add = (row: RawRow, kind: WorkFact['kind'], on: DayNumber): void => {
            if (on >= since && on <= today)
                work.push({ id: textOf(row.Id), ownerId: textOf(row.OwnerId), on, kind });
        };
        const tasks = await this.#rows(
            {
                object: 'Task',
                fields: [
                    'Id',
                    'OwnerId',
                    'TaskSubtype',
                    'Subject',
                    'WhatId',
                    'WhoId',
                    'CallType',
                    'CallDisposition',
                    'ActivityDate',
                    'CompletedDateTime',
                    'CreatedDate'
                ],
                where: 'IsClosed = true AND IsDeleted = false',
                allRows: true
            },
            note,
            (row) => {
                const day = dayOrNone(row.ActivityDate, 'Task.ActivityDate', note);
                const on = day === NONE ? timeZone.dayOfInstant(instantOf(row.CreatedDate) ?? 0) : day;
                conduct.addActivity('Task', row, on);
                const kind = { Call: 'call', Email: 'mail' }[textOf(row.TaskSubtype)] as
                    WorkFact['kind'] | undefined;
                if (kind) add(row, kind, on);
            }
        );
        const events = await this.#rows(
            {
                object: 'Event',
                fields: [
                    'Id',
                    'OwnerId',
                    'Subject',
                    'WhatId',
                    'WhoId',
                    'ActivityDate',
                    'StartDateTime',
                    'CreatedDate'
                ],
                where: 'IsDeleted = false',
                allRows: true
            },
            note,
            (row) => {
                const on = dayOrNone(row.ActivityDate, 'Event.ActivityDate', note);
                conduct.addActivity('Event', row, on);
                // What is about nobody outside, such as a one-to-one, is no meeting with a client.
                if (textOf(row.WhatId) || textOf(row.WhoId)) add(row, 'meeting', on);
            }
        );
        return tasks + events;
    }

    #imported(facts: Fact[], note: Notes): Promise<number> {
        return this.#rows(
            {
                object: 'PerformanceFact__c',
                fields: [
                    'SignalKey__c',
                    'Rep__c',
                    'FactDate__c',
                    'Value__c',
                    'SampleSize__c',
                    'SourceName__c',
                    'SourceId__c',
                    'ExtractedAt__c',
                    'Subject__c',
                    'Attributes__c'
                ]
            },
            note,
            (row) => {
                const fact = importedFact(row, note);
                if (fact) facts.push(fact);
            }
        );
    }

    async #rows(query: SelectQuery, note: Notes, onRow: (row: RawRow) => void): Promise<number> {
        const names = await this.#fields.namesOf(query.object);
        if (!names) {
            note('OBJECT_NOT_READABLE', `${query.object} cannot be read; what depends on it is not told.`);
            return 0;
        }
        const wanted = { ...query, fields: query.fields.filter((field) => names.has(field.toLowerCase())) };
        if ((await countRows(this.#client, wanted)) < BULK_FROM) return readRows(this.#client, wanted, onRow);
        return readRowsInBulk(this.#client, wanted, textRows(wanted.fields, onRow), {
            onBadValue: (field, problem) => noteBadValue(`${query.object}.${field}`, problem, note)
        });
    }
}
