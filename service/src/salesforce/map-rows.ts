// Rows of the org to rows of the domain, from REST (typed values) and Bulk (all text, '' for none) alike. A value that
// cannot be is left out and noted, with its record's id in no log: the deal stays, the metric degrades.
import { parseDay } from '../domain/calendar.ts';
import { minorUnits } from '../domain/money.ts';
import type {
    ActivityRow,
    ContactRoleRow,
    HistoryRow,
    OpportunityRow
} from '../domain/pipeline/feature-rows.ts';
import { NONE } from '../domain/pipeline/types.ts';
import type { DayNumber } from '../domain/pipeline/types.ts';
import { ProblemError } from '../domain/problem.ts';
import type { Problem } from '../domain/problem.ts';
import type { Notes } from '../usecases/ports/org.ts';
import type { RawRow } from './query.ts';

export function textOf(value: unknown): string {
    return value === null || value === undefined ? '' : String(value);
}

/** A time of Salesforce as ISO text in UTC. */
export function timeOf(value: unknown): string {
    return new Date(textOf(value)).toISOString();
}

export function idOrNull(value: unknown): string | null {
    return textOf(value) || null;
}

export function isTrue(value: unknown): boolean {
    return value === true || value === 'true';
}

export function numberOrNull(value: unknown): number | null {
    if (value === null || value === undefined || value === '') return null;
    return Number(value);
}

/** Milliseconds since 1970; null for none and for what is no moment. */
export function instantOf(value: unknown): number | null {
    const text = textOf(value);
    const instant = Date.parse(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
    return Number.isNaN(instant) ? null : instant;
}

export function dayOrNone(value: unknown, field: string, note: Notes): DayNumber {
    return orNoted(() => parseDay(textOf(value)), NONE, field, note);
}

export function amountOrNull(value: unknown, field: string, note: Notes): number | null {
    return orNoted(() => minorUnits(value as string | number | null, field), null, field, note);
}

function orNoted<T>(read: () => T, without: T, field: string, note: Notes): T {
    try {
        return read();
    } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        noteBadValue(field, error.problem, note);
        return without;
    }
}

/** Counted by field; the value and its record stay out of it. */
export function noteBadValue(field: string, { code, fix }: Problem, note: Notes): void {
    note(code, `${field} holds values that cannot be used. ${fix}`);
}

export function opportunityRow(row: RawRow, note: Notes): OpportunityRow {
    return {
        id: textOf(row.Id),
        ownerId: textOf(row.OwnerId),
        type: textOf(row.Type),
        stageName: textOf(row.StageName),
        isClosed: isTrue(row.IsClosed),
        isWon: isTrue(row.IsWon),
        amountMinor: amountOrNull(row.Amount, 'Opportunity.Amount', note),
        closeDate: dayOrNone(row.CloseDate, 'Opportunity.CloseDate', note),
        createdAtMs: instantOf(row.CreatedDate) ?? 0,
        hasNextStep: textOf(row.NextStep).trim() !== '',
        isPersonAccount: isTrue(row['Account.IsPersonAccount'])
    };
}

export function historyRow(row: RawRow, note: Notes): HistoryRow {
    return {
        id: textOf(row.Id),
        opportunityId: textOf(row.OpportunityId),
        stageName: textOf(row.StageName),
        amountMinor: amountOrNull(row.Amount, 'OpportunityHistory.Amount', note),
        closeDate: dayOrNone(row.CloseDate, 'OpportunityHistory.CloseDate', note),
        createdAtMs: instantOf(row.CreatedDate) ?? 0
    };
}

export function activityRow(object: 'Task' | 'Event', row: RawRow, note: Notes): ActivityRow {
    return {
        object,
        id: textOf(row.Id),
        whatId: idOrNull(row.WhatId),
        whoId: idOrNull(row.WhoId),
        subtype: textOf(row.TaskSubtype),
        type: textOf(row.Type),
        status: textOf(row.Status),
        direction: textOf(row.CallType),
        outcome: textOf(row.CallDisposition),
        subject: textOf(row.Subject),
        isClosed: object === 'Task' && isTrue(row.IsClosed),
        activityDate: dayOrNone(row.ActivityDate, `${object}.ActivityDate`, note),
        completedAtMs: instantOf(row.CompletedDateTime),
        createdAtMs: instantOf(row.CreatedDate) ?? 0
    };
}

export function contactRoleRow(row: RawRow): ContactRoleRow {
    return {
        opportunityId: textOf(row.OpportunityId),
        contactId: textOf(row.ContactId),
        role: textOf(row.Role)
    };
}
