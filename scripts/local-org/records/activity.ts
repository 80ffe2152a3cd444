// Tasks and events: closed from the status, the account they belong to, event times, and the last activity date of the
// records they are about (due dates of closed tasks and of events). SystemModstamp of those records does not move.
import type { Database } from 'better-sqlite3';
import type { CallContext } from '../org.ts';
import type { Behaviour } from './consequences.ts';
import type { Values } from './input.ts';
import type { Stored } from './values.ts';

/** The only closed status of the standard task statuses. */
export const CLOSED_TASK_STATUS = 'Completed';

export function createActivityBehaviour(db: Database): { task: Behaviour; event: Behaviour } {
    const accountOf = createAccountLookup(db);
    const updateLastActivity = createLastActivity(db);
    const apply = (_ctx: CallContext, before: Values | null, after: Values): void => {
        const about = new Set([before, after].flatMap((row) => ABOUT.map((name) => row?.[name])));
        for (const id of about) if (typeof id === 'string') updateLastActivity(id);
    };
    const removed = (ctx: CallContext, row: Values): void => apply(ctx, null, row);
    return {
        task: {
            derive: (row, before, _given, now) => ({
                ...taskFields(row, before, now),
                AccountId: accountOf(row)
            }),
            apply,
            removed
        },
        event: {
            derive: (row) => ({ ...eventFields(row), AccountId: accountOf(row) }),
            apply,
            removed
        }
    };
}

export function taskFields(row: Values, before: Values | null, now: Stored): Values {
    const isClosed = row['Status'] === CLOSED_TASK_STATUS ? 1 : 0;
    const completed = before?.['IsClosed'] ? (before['CompletedDateTime'] ?? now) : now;
    return {
        IsClosed: isClosed,
        CompletedDateTime: isClosed ? completed : null,
        IsHighPriority: row['Priority'] === 'High' ? 1 : 0
    };
}

function eventFields(row: Values): Values {
    const start = row['StartDateTime'] ?? row['ActivityDateTime'] ?? null;
    if (typeof start !== 'string') return {};
    const minutes = durationOf(row, start);
    const end = new Date(Date.parse(start) + minutes * 60_000).toISOString();
    return {
        StartDateTime: start,
        ActivityDateTime: start,
        ActivityDate: start.slice(0, 10),
        EndDateTime: end,
        EndDate: end.slice(0, 10),
        DurationInMinutes: minutes
    };
}

function durationOf(row: Values, start: string): number {
    if (typeof row['EndDateTime'] === 'string')
        return Math.round((Date.parse(row['EndDateTime']) - Date.parse(start)) / 60_000);
    return Number(row['DurationInMinutes'] ?? 60);
}

export function createAccountLookup(db: Database): (row: Values) => Stored {
    const ofOpportunity = db.prepare('SELECT "AccountId" FROM "Opportunity" WHERE "Id" = ?').pluck();
    const ofContact = db.prepare('SELECT "AccountId" FROM "Contact" WHERE "Id" = ?').pluck();
    return ({ WhatId: what, WhoId: who }) => {
        if (typeof what === 'string' && what.startsWith('001')) return what;
        if (typeof what === 'string' && what.startsWith('006'))
            return (ofOpportunity.get(what) as Stored) ?? null;
        return typeof who === 'string' ? ((ofContact.get(who) as Stored) ?? null) : null;
    };
}

/** The records that a task or event shows as last activity of. */
const ABOUT = ['WhatId', 'WhoId', 'AccountId'];

const LAST_ACTIVITY = (reference: string, id: string): string =>
    `(SELECT max(day) FROM (
        SELECT "ActivityDate" AS day FROM "Task" WHERE "${reference}" = ${id} AND "IsClosed" = 1 AND "IsDeleted" = 0
        UNION ALL
        SELECT "ActivityDate" FROM "Event" WHERE "${reference}" = ${id} AND "IsDeleted" = 0))`;

const SHOWN_ON: Record<string, [table: string, reference: string]> = {
    '001': ['Account', 'AccountId'],
    '003': ['Contact', 'WhoId'],
    '006': ['Opportunity', 'WhatId'],
    '00Q': ['Lead', 'WhoId']
};

/** Gives what brings a record's last activity date up to date; it does nothing for other objects. */
export function createLastActivity(db: Database): (id: string) => void {
    const updates = new Map(
        Object.entries(SHOWN_ON).map(([prefix, [table, reference]]) => [
            prefix,
            db.prepare(
                `UPDATE "${table}" SET "LastActivityDate" = ${LAST_ACTIVITY(reference, '@id')} WHERE "Id" = @id`
            )
        ])
    );
    return (id) => updates.get(id.slice(0, 3))?.run({ id });
}
