// Pay in a local org: plans that went through their approval, periods, assignments and quotas, as people would enter them.
import type { ConnectedOrg, Row } from './local-org.ts';
import { givePermissionSet, loadTeam, recordId } from './small-team.ts';

/** People who design and approve plans and periods: others than those who are paid. */
export const DESIGNER = recordId('005', 910);
export const APPROVER = recordId('005', 911);
export const PAYER = recordId('005', 912);

export const SELLER_PLAN = `
plan: seller
version: "1"
currency: GBP
effective: { from: 2026-01-01 }
period: quarter
crediting:
  - { key: direct, to: splits }
measures:
  bookings: { of: payable, interval: quarter }
quotas: { bookings: {} }
tables:
  accelerator:
    mode: marginal
    scale: quota.bookings
    rows: [{ from: 0, to: 100%, value: 5% }, { from: 100%, value: 8% }]
components:
  commission:
    per: credit
    base: payable
    rate: { table: accelerator, at: measure.bookings }
payout:
  - { key: guarantee, draw: { amount: 1000, recoverable: true } }
`;

const QUARTERS: Record<string, [string, string]> = {
    '2026-Q1': ['2026-01-01', '2026-03-31'],
    '2026-Q2': ['2026-04-01', '2026-06-30'],
    '2026-Q3': ['2026-07-01', '2026-09-30']
};

export function loadPayTeam(crm: ConnectedOrg): void {
    loadTeam(crm.org);
    const profileId = crm.query("SELECT Id FROM Profile WHERE Name = 'Standard User'")[0]!.Id as string;
    const people = { [DESIGNER]: 'Dora', [APPROVER]: 'Abel', [PAYER]: 'Petra' };
    crm.org.load(
        'User',
        Object.entries(people).map(([Id, name]) => ({
            Id,
            Username: `${name.toLowerCase()}@team.test`,
            LastName: name,
            Name: name,
            Alias: name,
            CommunityNickname: name,
            Email: `${name.toLowerCase()}@team.test`,
            IsActive: true,
            UserType: 'Standard',
            ProfileId: profileId,
            TimeZoneSidKey: 'Europe/London',
            LocaleSidKey: 'en_GB',
            LanguageLocaleKey: 'en_US',
            EmailEncodingKey: 'UTF-8'
        }))
    );
    givePermissionSet(crm.org, DESIGNER, 'SpmCompAnalyst');
    givePermissionSet(crm.org, APPROVER, 'SpmCompApprover');
    givePermissionSet(crm.org, PAYER, 'SpmCompAnalyst');
    for (const [key, [start, end]] of Object.entries(QUARTERS))
        crm.insert('CompensationPeriod__c', {
            Name: key,
            ExternalKey__c: key,
            Interval__c: 'Quarter',
            StartDate__c: start,
            EndDate__c: end
        });
}

/** A plan with one active version of this definition. */
export function loadPlan(crm: ConnectedOrg, key: string, definition: string, options: Row = {}): string {
    const planId = crm.insert('Plan__c', {
        Name: key,
        ExternalKey__c: key,
        CurrencyCode__c: 'GBP',
        Interval__c: 'Quarter'
    });
    return loadVersion(crm, planId, `${key}:1`, definition, options);
}

/** @param key `<plan>:<version>` */
export function loadVersion(
    crm: ConnectedOrg,
    planId: string,
    key: string,
    definition: string,
    options: Row = {}
): string {
    return loadRow(crm, 'PlanVersion__c', {
        Name: key.replace(':', ' '),
        ExternalKey__c: key,
        Plan__c: planId,
        Version__c: key.slice(key.indexOf(':') + 1),
        Status__c: 'Active',
        EffectiveStartDate__c: '2026-01-01',
        Definition__c: definition,
        ...options
    });
}

/** As the guards leave it when people have gone through every step. */
export function publishPeriod(crm: ConnectedOrg, period: string): void {
    const set = (object: string, where: string): unknown =>
        crm.org.db.prepare(`UPDATE "${object}" SET "Status__c" = 'Published' WHERE ${where}`).run();
    set('CompensationPeriod__c', `"ExternalKey__c" = '${period}'`);
    set('Statement__c', `"ExternalKey__c" LIKE '${period}:%'`);
}

/** Put there by the loader: tests of pay do not walk through the approval of plans each time. */
function loadRow(crm: ConnectedOrg, objectName: string, row: Row): string {
    crm.org.load(objectName, [row]);
    return crm.query(`SELECT Id FROM ${objectName} WHERE ExternalKey__c = '${row.ExternalKey__c}'`)[0]!
        .Id as string;
}

export function assign(crm: ConnectedOrg, versionId: string, payeeId: string, terms: object = {}): void {
    crm.insert('PlanAssignment__c', {
        ExternalKey__c: `${versionId}:${payeeId}`,
        PlanVersion__c: versionId,
        Payee__c: payeeId,
        EffectiveStartDate__c: '2026-01-01',
        CurrencyCode__c: 'GBP',
        Terms__c: JSON.stringify(terms),
        OwnerId: payeeId
    });
}

export function setQuota(crm: ConnectedOrg, planKey: string, payeeId: string, target: number): void {
    const planId = crm.query(`SELECT Id FROM Plan__c WHERE ExternalKey__c = '${planKey}'`)[0]!.Id as string;
    crm.insert('Quota__c', {
        ExternalKey__c: `${planKey}:bookings:${payeeId}`,
        Plan__c: planId,
        Payee__c: payeeId,
        Measure__c: 'bookings',
        EffectiveStartDate__c: '2026-01-01',
        EffectiveEndDate__c: '2026-12-31',
        Target__c: target,
        Unit__c: 'Amount',
        OwnerId: payeeId
    });
}

export interface SaleOptions {
    ownerId: string;
    date: string;
    amount: number | null;
    splits?: [string, number][];
}

export function loadSale(crm: ConnectedOrg, number: number, sale: SaleOptions): string {
    const id = recordId('006', number);
    crm.org.load('Opportunity', [
        {
            Id: id,
            Name: `Sale ${number}`,
            OwnerId: sale.ownerId,
            AccountId: recordId('001', 1),
            StageName: 'Closed Won',
            CloseDate: sale.date,
            Amount: sale.amount,
            Type: 'Custody',
            CreatedDate: `${sale.date}T09:00:00.000Z`
        }
    ]);
    return id;
}

/** What a seller's statement of the first quarter says. */
export function told(crm: ConnectedOrg, payee: string): Record<string, unknown> {
    return crm.query(
        `SELECT PayoutAmount__c, Problems__c FROM Statement__c WHERE ExternalKey__c = '2026-Q1:seller:${payee}'`
    )[0]!;
}
