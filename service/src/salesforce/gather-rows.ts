// Rows of a CRM as they come in, gathered by deal: the deal itself, its history, tasks, events and contact roles. Owns what a row means
// for a review of quarters; which rows are read is read-quarters.ts, and read-changed-deals.ts for single deals.
import { MS_PER_DAY } from '../domain/calendar.ts';
import { NONE, type DayNumber } from '../domain/pipeline/types.ts';
import type { Touch } from '../domain/quarter/quarter-facts.ts';
import type { Notes, OrgReference } from '../usecases/ports/org.ts';
import type { Gathered } from './gathered-deal.ts';
import { amountOrNull, dayOrNone, instantOf, isTrue, textOf } from './map-rows.ts';
import type { ObjectFields } from './object-fields.ts';
import type { RawRow } from './query.ts';

const NOON_MS = MS_PER_DAY / 2;

export function addDeal(
    deals: Map<string, Gathered>,
    row: RawRow,
    { timeZone }: OrgReference,
    note: Notes
): void {
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
export function addVersion(deals: Map<string, Gathered>, row: RawRow, note: Notes): void {
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

export function addTask(
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

export function addEvent(
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

export function addContactRole(deals: Map<string, Gathered>, row: RawRow): void {
    const deal = deals.get(textOf(row.OpportunityId));
    if (deal) deal.contactRoleCount++;
}

/** Amounts of several currencies cannot be added up; converting them is not there yet. */
export async function comparable(
    objectFields: ObjectFields,
    object: string,
    fields: string[],
    note: Notes
): Promise<string[]> {
    const names = await objectFields.namesOf(object);
    if (!names?.has('currencyisocode') || !fields.includes('Amount')) return fields;
    note('CURRENCIES_NOT_CONVERTED', 'The org has several currencies: nothing is forecast.');
    return fields.filter((field) => field !== 'Amount');
}
