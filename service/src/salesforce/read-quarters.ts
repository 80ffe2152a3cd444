// Reads what a review of quarters is made from: deals with their whole history, work on them, and what people committed to.
// Unlike the reading for deal health it keeps lost deals, because models learn from them too.
import type { CommitFact, DealNow, QuarterFacts, Touch } from '../domain/quarter/quarter-facts.ts';
import type { DealRecord, DealVersion } from '../domain/pipeline-review/types.ts';
import { MS_PER_DAY } from '../domain/calendar.ts';
import { NONE, type DayNumber } from '../domain/pipeline/types.ts';
import type { Problem } from '../domain/problem.ts';
import type { Notes, OrgReference, QuarterReading } from '../usecases/ports.ts';
import { readRowsInBulk } from './bulk/query-job.ts';
import { textRows } from './bulk/text-rows.ts';
import type { OrgClient } from './connect.ts';
import { amountOrNull, dayOrNone, instantOf, isTrue, noteBadValue, textOf } from './map-rows.ts';
import type { FieldWish, ObjectFields } from './object-fields.ts';
import { countRows, readList, readRows, type RawRow } from './query.ts';

const BULK_FROM = 10_000;
const NOON_MS = MS_PER_DAY / 2;

interface Source extends FieldWish {
    isArchived?: boolean;
}

const OPPORTUNITY: Source = {
    object: 'Opportunity',
    required: ['Id', 'OwnerId', 'StageName', 'CloseDate', 'IsClosed', 'CreatedDate'],
    optional: {
        AccountId: 'risk is not told by account',
        Amount: 'nothing can be forecast',
        Type: 'nothing is told by type of deal',
        NextStep: 'the next step is known from tasks only'
    }
};
const HISTORY: Source = {
    object: 'OpportunityHistory',
    required: ['Id', 'OpportunityId', 'StageName', 'CreatedDate'],
    optional: {
        Amount: 'changes of the amount are not seen',
        CloseDate: 'moves of the close date are not seen'
    }
};
const TASK: Source = {
    object: 'Task',
    required: ['Id', 'WhatId', 'IsClosed', 'CreatedDate'],
    optional: {
        ActivityDate: 'tasks count from the day they were created',
        CompletedDateTime: 'tasks count for their due date',
        TaskSubtype: 'kinds of tasks are not told apart'
    },
    isArchived: true
};
const EVENT: Source = {
    object: 'Event',
    required: ['Id', 'WhatId', 'CreatedDate'],
    optional: { ActivityDate: 'meetings count from the day they were entered' },
    isArchived: true
};
const CONTACT_ROLE: Source = { object: 'OpportunityContactRole', required: ['OpportunityId'] };

/** A deal while its rows come in. */
interface Gathered {
    record: Omit<DealRecord, 'versions'>;
    versions: DealVersion[];
    ownerId: string;
    isOpen: boolean;
    hasNextStep: boolean;
    hasOpenTask: boolean;
    contactRoleCount: number;
    /** the row itself, for deals without history */
    now: Omit<DealVersion, 'versionId' | 'ownerId'>;
}

export class QuarterReader {
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
        onObject: (done: number) => void
    ): Promise<QuarterReading> {
        const deals = new Map<string, Gathered>();
        const touches: Touch[] = [];
        let rowCount = 0;
        const work: [Source, (row: RawRow) => void][] = [
            [OPPORTUNITY, (row) => addDeal(deals, row, reference, note)],
            [HISTORY, (row) => addVersion(deals, row, note)],
            [TASK, (row) => addTask(deals, touches, row, reference, note)],
            [EVENT, (row) => addEvent(deals, touches, row, reference, note)],
            [CONTACT_ROLE, (row) => addContactRole(deals, row)]
        ];
        const unreadable = new Set<string>();
        for (const [index, [source, onRow]] of work.entries()) {
            this.#checkStop();
            const count = await this.#rows(source, note, onRow);
            if (count === null) unreadable.add(source.object);
            rowCount += count ?? 0;
            onObject((index + 1) / work.length);
        }
        const commits = await this.#commits(note);
        const facts: QuarterFacts = {
            asOf: reference.today,
            nowMs: reference.nowMs,
            zone: reference.timeZone,
            stages: reference.stages,
            quarters: reference.fiscalQuarters,
            people: reference.people,
            deals: [...deals.values()].map(recordOf),
            touches,
            recordsActivities: !unreadable.has('Task') || !unreadable.has('Event'),
            now: nowOf(deals, reference.hasNextStepField, !unreadable.has('OpportunityContactRole')),
            commits
        };
        return { facts, rowCount: rowCount + commits.length, heldDays: await this.#heldDays() };
    }

    /** null where the object cannot be read. */
    async #rows(source: Source, note: Notes, onRow: (row: RawRow) => void): Promise<number | null> {
        const readable = await this.#fields.readable(source, note);
        if (!readable) {
            note('OBJECT_NOT_READABLE', `${source.object} cannot be read; what depends on it is not judged.`);
            return null;
        }
        const query = {
            object: source.object,
            fields: await this.#comparable(readable.fields, source, note),
            ...(source.isArchived ? { where: 'IsDeleted = false', allRows: true } : {})
        };
        const count = await countRows(this.#client, query);
        if (count < BULK_FROM) return readRows(this.#client, query, onRow);
        const onBadValue = (field: string, problem: Problem): void =>
            noteBadValue(`${source.object}.${field}`, problem, note);
        return readRowsInBulk(this.#client, query, textRows(query.fields, onRow), { onBadValue });
    }

    /** Amounts of several currencies cannot be added up; converting them is not there yet. */
    async #comparable(fields: string[], { object }: Source, note: Notes): Promise<string[]> {
        const names = await this.#fields.namesOf(object);
        if (!names?.has('currencyisocode') || !fields.includes('Amount')) return fields;
        note('CURRENCIES_NOT_CONVERTED', 'The org has several currencies: nothing is forecast.');
        return fields.filter((field) => field !== 'Amount');
    }

    async #commits(note: Notes): Promise<CommitFact[]> {
        const rows = await readList(this.#client, {
            object: 'ForecastCommit__c',
            fields: [
                'Rep__c',
                'SubmittedBy__c',
                'PeriodStartDate__c',
                'Category__c',
                'Amount__c',
                'SubmittedAt__c'
            ]
        });
        return rows.map((row) => ({
            repId: textOf(row.Rep__c),
            submittedById: textOf(row.SubmittedBy__c),
            periodStartOn: dayOrNone(row.PeriodStartDate__c, 'ForecastCommit__c.PeriodStartDate__c', note),
            category: textOf(row.Category__c),
            amountMinor: amountOrNull(row.Amount__c, 'ForecastCommit__c.Amount__c', note) ?? 0,
            atMs: instantOf(row.SubmittedAt__c) ?? 0
        }));
    }

    async #heldDays(): Promise<Set<string>> {
        const { q } = this.#client.names;
        const rows = await readList(this.#client, {
            object: 'PipelineSnapshot__c',
            fields: ['AsOfDate__c'],
            where: `${q('AsOfDate__c')} != null GROUP BY ${q('AsOfDate__c')}`
        });
        return new Set(rows.map((row) => textOf(row.AsOfDate__c)));
    }
}

function addDeal(deals: Map<string, Gathered>, row: RawRow, { timeZone }: OrgReference, note: Notes): void {
    const createdAtMs = instantOf(row.CreatedDate) ?? 0;
    const ownerId = textOf(row.OwnerId);
    deals.set(textOf(row.Id), {
        record: {
            dealId: textOf(row.Id),
            accountId: textOf(row.AccountId),
            segment: textOf(row.Type),
            createdOn: timeZone.dayOfInstant(createdAtMs),
            deletedOn: NONE
        },
        versions: [],
        ownerId,
        isOpen: !isTrue(row.IsClosed),
        hasNextStep: textOf(row.NextStep).trim() !== '',
        hasOpenTask: false,
        contactRoleCount: 0,
        now: {
            atMs: createdAtMs,
            stageName: textOf(row.StageName),
            amountMinor: amountOrNull(row.Amount, 'Opportunity.Amount', note),
            closeDate: dayOrNone(row.CloseDate, 'Opportunity.CloseDate', note)
        }
    });
}

/** Owners have no history here: a deal was always the one's who has it now. */
function addVersion(deals: Map<string, Gathered>, row: RawRow, note: Notes): void {
    const deal = deals.get(textOf(row.OpportunityId));
    deal?.versions.push({
        versionId: textOf(row.Id),
        atMs: instantOf(row.CreatedDate) ?? 0,
        stageName: textOf(row.StageName),
        amountMinor: amountOrNull(row.Amount, 'OpportunityHistory.Amount', note),
        closeDate: dayOrNone(row.CloseDate, 'OpportunityHistory.CloseDate', note),
        ownerId: deal.ownerId
    });
}

function addTask(
    deals: Map<string, Gathered>,
    touches: Touch[],
    row: RawRow,
    { nowMs }: OrgReference,
    note: Notes
): void {
    const dealId = textOf(row.WhatId);
    const deal = deals.get(dealId);
    if (!deal) return;
    const name = textOf(row.TaskSubtype) || 'Task';
    const createdAtMs = instantOf(row.CreatedDate) ?? 0;
    const isDone = isTrue(row.IsClosed);
    if (!isDone) deal.hasOpenTask = true;
    const dueMs = noonOf(dayOrNone(row.ActivityDate, 'Task.ActivityDate', note));
    const doneAtMs = isDone ? (instantOf(row.CompletedDateTime) ?? dueMs ?? createdAtMs) : null;
    addTouches(touches, { dealId, name, createdAtMs, doneAtMs, nowMs });
}

function addEvent(
    deals: Map<string, Gathered>,
    touches: Touch[],
    row: RawRow,
    { nowMs }: OrgReference,
    note: Notes
): void {
    const dealId = textOf(row.WhatId);
    if (!deals.has(dealId)) return;
    const createdAtMs = instantOf(row.CreatedDate) ?? 0;
    const heldAtMs = noonOf(dayOrNone(row.ActivityDate, 'Event.ActivityDate', note)) ?? createdAtMs;
    addTouches(touches, { dealId, name: 'Event', createdAtMs, doneAtMs: heldAtMs, nowMs });
}

/** Planned when it was entered before it was done; done once its time has come. */
function addTouches(
    touches: Touch[],
    work: { dealId: string; name: string; createdAtMs: number; doneAtMs: number | null; nowMs: number }
): void {
    const { dealId, name, createdAtMs, doneAtMs, nowMs } = work;
    if (doneAtMs === null || createdAtMs < doneAtMs)
        touches.push({ dealId, name, atMs: createdAtMs, isDone: false });
    if (doneAtMs !== null && doneAtMs <= nowMs) touches.push({ dealId, name, atMs: doneAtMs, isDone: true });
}

function noonOf(day: DayNumber): number | null {
    return day === NONE ? null : day * MS_PER_DAY + NOON_MS;
}

function addContactRole(deals: Map<string, Gathered>, row: RawRow): void {
    const deal = deals.get(textOf(row.OpportunityId));
    if (deal) deal.contactRoleCount++;
}

function recordOf({ record, versions, now, ownerId }: Gathered): DealRecord {
    if (versions.length > 0) return { ...record, versions };
    return { ...record, versions: [{ ...now, versionId: record.dealId, ownerId }] };
}

function nowOf(
    deals: ReadonlyMap<string, Gathered>,
    hasNextStepField: boolean,
    keepsContactRoles: boolean
): Map<string, DealNow> {
    const open = [...deals].filter(([, { isOpen }]) => isOpen);
    return new Map(
        open.map(([dealId, deal]) => [
            dealId,
            {
                hasNextStep:
                    hasNextStepField || deal.hasOpenTask ? deal.hasNextStep || deal.hasOpenTask : null,
                contactRoleCount: keepsContactRoles ? deal.contactRoleCount : null
            }
        ])
    );
}
