// A small sales team with deals whose troubles are known: loaded into a local org with dates relative to today.
import { toId18 } from '../../src/salesforce/record-id.ts';
import type { LocalOrg } from '../../../scripts/local-org/local-org.ts';
import type { Row } from './local-org.ts';

export const MANAGER = recordId('005', 901);
export const REP = recordId('005', 902);
export const COLLEAGUE = recordId('005', 903);
export const OPEN_STAGES = ['Qualification', 'Needs Analysis', 'Value Proposition', 'Negotiation/Review'];

export function recordId(prefix: string, number: number): string {
    return toId18(`${prefix}0000TST${String(number).padStart(5, '0')}`);
}

const DAY_MS = 86_400_000;

/** `YYYY-MM-DD`, so many days before today. */
export function dayAgo(days: number): string {
    return new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);
}

/** A moment at noon UTC, so many days ago. */
export function momentAgo(days: number): string {
    return `${dayAgo(days)}T12:00:00.000Z`;
}

/** Users, one account with contacts. The reps hold the permission set that lets them own results. */
export function loadTeam(org: LocalOrg): void {
    const profileId = org.db
        .prepare(`SELECT "Id" FROM "Profile" WHERE "Name" = 'Standard User'`)
        .pluck()
        .get() as string;
    const user = (id: string, lastName: string, managerId: string | null): Row => ({
        Id: id,
        Username: `${lastName.toLowerCase()}@team.test`,
        LastName: lastName,
        Name: lastName,
        Alias: lastName.slice(0, 6),
        CommunityNickname: lastName,
        Email: `${lastName.toLowerCase()}@team.test`,
        IsActive: true,
        UserType: 'Standard',
        ProfileId: profileId,
        ManagerId: managerId,
        TimeZoneSidKey: 'Europe/London',
        LocaleSidKey: 'en_GB',
        LanguageLocaleKey: 'en_US',
        EmailEncodingKey: 'UTF-8'
    });
    org.load('User', [
        user(MANAGER, 'Mona', null),
        user(REP, 'Ray', MANAGER),
        user(COLLEAGUE, 'Cleo', MANAGER)
    ]);
    for (const userId of [MANAGER, REP, COLLEAGUE]) givePermissionSet(org, userId, 'SpmPayee');
    org.load('Account', [{ Id: recordId('001', 1), Name: 'Acme', OwnerId: REP }]);
    org.load('Contact', [
        { Id: recordId('003', 1), LastName: 'Client', AccountId: recordId('001', 1), OwnerId: REP }
    ]);
}

export function givePermissionSet(org: LocalOrg, userId: string, name: string): void {
    const admin = { user: org.users.context(org.adminUserId), mode: 'system' as const };
    const setId = org.db
        .prepare(`SELECT "Id" FROM "PermissionSet" WHERE "Name" = ?`)
        .pluck()
        .get(name) as string;
    const row = { AssigneeId: userId, PermissionSetId: setId };
    const [result] = org.records.insert(admin, 'PermissionSetAssignment', [row], { allOrNone: true });
    if (!result.success) throw new Error(JSON.stringify(result.errors));
}

export interface DealOptions {
    ownerId?: string;
    stage?: string;
    ageDays?: number;
    /** days from today; negative is overdue */
    closesIn?: number;
    amount?: number | null;
    name?: string;
    /** days ago of completed calls */
    calls?: number[];
    /** days ago on which the close date was moved by a month */
    pushes?: number[];
    isWon?: boolean;
    type?: string | null;
}

/** Loads one deal with its history and calls; returns its id. Numbers make ids, so each is used once. */
export function loadDeal(org: LocalOrg, number: number, options: DealOptions = {}): string {
    const id = recordId('006', number);
    const { ownerId = REP, ageDays = 20, closesIn = 40, amount = 1000, calls = [1], pushes = [] } = options;
    const stage = options.isWon ? 'Closed Won' : (options.stage ?? 'Qualification');
    const base = { OpportunityId: id, CreatedById: ownerId };
    org.load('Opportunity', [
        {
            Id: id,
            Name: options.name ?? `Deal ${number}`,
            OwnerId: ownerId,
            AccountId: recordId('001', 1),
            StageName: stage,
            CloseDate: dayAgo(-closesIn),
            Amount: amount,
            Type: options.type ?? null,
            NextStep: 'Call again',
            CreatedDate: momentAgo(ageDays),
            SystemModstamp: momentAgo(1)
        }
    ]);
    const history = [
        {
            StageName: 'Qualification',
            CloseDate: dayAgo(-closesIn + 30 * pushes.length),
            CreatedDate: momentAgo(ageDays)
        },
        ...pushes.map((day, index) => ({
            StageName: 'Qualification',
            CloseDate: dayAgo(-closesIn + 30 * (pushes.length - index - 1)),
            CreatedDate: momentAgo(day)
        })),
        { StageName: stage, CloseDate: dayAgo(-closesIn), CreatedDate: momentAgo(Math.floor(ageDays / 2)) }
    ];
    org.load(
        'OpportunityHistory',
        history.map((row, index) => ({
            ...base,
            ...row,
            Id: recordId('008', number * 10 + index),
            Amount: amount,
            SystemModstamp: row.CreatedDate
        }))
    );
    org.load(
        'Task',
        calls.map((day, index) => ({
            Id: recordId('00T', number * 10 + index),
            WhatId: id,
            OwnerId: ownerId,
            Subject: 'Call',
            Status: 'Completed',
            TaskSubtype: 'Call',
            ActivityDate: dayAgo(day),
            CreatedDate: momentAgo(day),
            SystemModstamp: momentAgo(day)
        }))
    );
    org.load('OpportunityContactRole', [
        {
            Id: recordId('00K', number),
            OpportunityId: id,
            ContactId: recordId('003', 1),
            Role: 'Decision Maker',
            SystemModstamp: momentAgo(1)
        }
    ]);
    return id;
}
