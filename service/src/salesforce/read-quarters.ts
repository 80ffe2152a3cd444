// Reads what a review of quarters is made from: deals with their whole history, work on them, and what people committed to.
// Unlike the reading for deal health it keeps lost deals, because models learn from them too.
import type { DealNow, QuarterFacts, Touch } from '../domain/quarter/quarter-facts.ts';
import { renamedStages } from '../domain/quarter/renamed-stages.ts';
import { MS_PER_DAY } from '../domain/calendar.ts';
import { NONE, type DayNumber } from '../domain/pipeline/types.ts';
import type { Problem } from '../domain/problem.ts';
import type { Notes, OrgReference, QuarterReading } from '../usecases/ports.ts';
import { readRowsInBulk } from './bulk/query-job.ts';
import { textRows } from './bulk/text-rows.ts';
import type { OrgClient } from './connect.ts';
import { amountOrNull, dayOrNone, instantOf, isTrue, noteBadValue, textOf } from './map-rows.ts';
import type { ObjectFields } from './object-fields.ts';
import { CONTACT_ROLE, EVENT, HISTORY, OPPORTUNITY, TASK, type Source } from './quarter-objects.ts';
import { countRows, readRows, type RawRow } from './query.ts';
import {
    commits,
    daysWithSnapshots,
    feedbackOnFlags,
    forecastsOfEndedQuarters,
    formerStages,
    quotas
} from './read-quarter-records.ts';
import { lastStages, upToDate, type Gathered } from './gathered-deal.ts';
import { ReplaySample } from './replay-sample.ts';

const BULK_FROM = 10_000;
const NOON_MS = MS_PER_DAY / 2;

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
        const sample = new ReplaySample();
        const touches: Touch[] = [];
        let rowCount = 0;
        const work: [Source, (row: RawRow) => void][] = [
            [
                OPPORTUNITY,
                (row) => {
                    addDeal(deals, row, reference, note);
                    sample.addDeal(row);
                }
            ],
            [
                HISTORY,
                (row) => {
                    addVersion(deals, row, note);
                    sample.addVersion(row);
                }
            ],
            [
                TASK,
                (row) => {
                    addTask(deals, touches, row, reference, note);
                    sample.addActivity('Task', row);
                }
            ],
            [
                EVENT,
                (row) => {
                    addEvent(deals, touches, row, reference, note);
                    sample.addActivity('Event', row);
                }
            ],
            [CONTACT_ROLE, (row) => addContactRole(deals, row)]
        ];
        const unreadable = new Set<string>();
        for (const [index, [source, onRow]] of work.entries()) {
            this.#checkStop();
            const count = await this.#rows(source, note, onRow, (expected) => {
                if (source === OPPORTUNITY) sample.expectDeals(expected);
            });
            if (count === null) unreadable.add(source.object);
            rowCount += count ?? 0;
            onObject((index + 1) / work.length);
        }
        const stages = [...reference.stages, ...(await formerStages(this.#client))];
        const renamed = renamedStages(lastStages(deals.values()), stages);
        const said = await commits(this.#client, note);
        const segmentOf = (dealId: string): string => deals.get(dealId)?.record.segment ?? '';
        const feedback = await feedbackOnFlags(this.#client, reference.timeZone, segmentOf);
        const facts: QuarterFacts = {
            asOf: reference.today,
            nowMs: reference.nowMs,
            zone: reference.timeZone,
            stages,
            renamedStages: renamed,
            quarters: reference.fiscalQuarters,
            people: reference.people,
            deals: [...deals.values()].map((deal) => upToDate(deal, renamed, reference, note)),
            touches,
            recordsActivities: !unreadable.has('Task') || !unreadable.has('Event'),
            now: nowOf(deals, reference.hasNextStepField, !unreadable.has('OpportunityContactRole')),
            traits: new Map([...deals].map(([dealId, { traits }]) => [dealId, traits])),
            commits: said,
            quotas: await quotas(this.#client, note),
            held: await forecastsOfEndedQuarters(this.#client, reference.today, note),
            rules: {
                rows: sample.rows(reference.people),
                policies: reference.policies,
                activityCoverage: reference.activityCoverage,
                feedback
            }
        };
        return {
            facts,
            rowCount: rowCount + said.length + feedback.length,
            heldDays: await daysWithSnapshots(this.#client)
        };
    }

    /** null where the object cannot be read. */
    async #rows(
        source: Source,
        note: Notes,
        onRow: (row: RawRow) => void,
        onCount: (count: number) => void
    ): Promise<number | null> {
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
        onCount(count);
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
        traits: textOf(row.LeadSource) === '' ? [] : [`Lead source: ${textOf(row.LeadSource)}`],
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
