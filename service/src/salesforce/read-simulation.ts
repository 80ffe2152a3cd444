// Reads what a plan version is tried on: both versions whatever their status, everybody's assignments and targets, the deals of the time,
// what was owed before it and what was paid in it. Nothing is written here.
import type {
    PlanVersionFact,
    AssignmentFact,
    BalanceFact,
    PayPeriod,
    PersonFact,
    PublishedLine,
    QuotaFact
} from '../domain/pay/pay-facts.ts';
import type { Problem } from '../domain/problem.ts';
import type {
    PaidFact,
    ReplayFacts,
    ReplayVersion,
    SimulationAsk,
    WaiverFact
} from '../domain/replay/replay-facts.ts';
import type { OrgClient } from './connect.ts';
import {
    ASSIGNMENT_FIELDS,
    assignmentOf,
    BALANCE_FIELDS,
    balanceOf,
    exactText,
    LINE_FIELDS,
    PERIOD_FIELDS,
    periodOf,
    personOf,
    publishedLineOf,
    QUOTA_FIELDS,
    quotaOf,
    VERSION_FIELDS,
    versionOf
} from './map-pay-facts.ts';
import { textOf } from './map-rows.ts';
import { quoted, readList, readTogether } from './query.ts';
import type { RawRow, SmallRead } from './query.ts';
import type { PayReading } from './read-pay.ts';

const WAIVER_FIELDS = [
    'Plan__r.ExternalKey__c',
    'Period__r.ExternalKey__c',
    'Payee__c',
    'GateKey__c',
    'Reason__c',
    'RequestedBy__c',
    'ApprovedBy__c'
];
const PAID_FIELDS = [
    'PlanVersion__r.Plan__r.ExternalKey__c',
    'Period__r.EndDate__c',
    'Payee__c',
    'PayoutAmount__c'
];

export class SimulationReading {
    readonly #client: OrgClient;
    readonly #pay: PayReading;
    readonly #checkStop: () => void;

    constructor(client: OrgClient, pay: PayReading, checkStop: () => void) {
        this.#client = client;
        this.#pay = pay;
        this.#checkStop = checkStop;
    }

    async read(
        ask: SimulationAsk
    ): Promise<{ facts: ReplayFacts; rowCount: number; nowMs: number } | { unknown: string[] }> {
        const keys = [ask.planVersion, ...(ask.against === null ? [] : [ask.against])];
        const versions = await this.#versions(keys);
        const find = (key: string): ReplayVersion | undefined =>
            versions.find((one) => one.key.toLowerCase() === key.toLowerCase());
        const unknown = keys.filter((key) => !find(key));
        if (unknown.length > 0) return { unknown };
        const nowMs = this.#client.serverNowMs;
        const rows = { ...emptyRows(), people: new Map<string, PersonFact>() };
        let rowCount = versions.length + (await readTogether(this.#client, this.#standing(rows)));
        this.#checkStop();
        rowCount += await readTogether(this.#client, this.#past(rows, ask));
        this.#checkStop();
        const definitions = versions.map(({ definition }) => definition);
        const { sales, count } = await this.#pay.salesBetween(ask.from, ask.to, definitions);
        const [tried, against] = [find(keys[0]!)!, keys[1] === undefined ? null : find(keys[1])!];
        const { conduct, count: factCount } = await this.#pay.conductOf(definitions, ask.to, nowMs);
        rowCount += count + factCount;
        return { facts: { tried, against, ...rows, sales, conduct }, rowCount, nowMs };
    }

    async #versions(keys: readonly string[]): Promise<ReplayVersion[]> {
        const rows = await readList(this.#client, {
            object: 'PlanVersion__c',
            fields: [...VERSION_FIELDS, 'DefinitionHash__c'],
            where: `${this.#q('ExternalKey__c')} IN (${keys.map(quoted).join(', ')})`
        });
        return rows.map((row) => ({
            ...(versionOf(row) as PlanVersionFact),
            hash: textOf(row.DefinitionHash__c)
        }));
    }

    /** What does not depend on the time. */
    #standing({
        periods,
        assignments,
        quotas,
        people,
        problems
    }: Rows & { people: Map<string, PersonFact> }): SmallRead[] {
        const byKey = this.#q('ExternalKey__c');
        return [
            {
                query: {
                    object: 'CompensationPeriod__c',
                    fields: PERIOD_FIELDS,
                    orderBy: this.#q('StartDate__c')
                },
                onRow: (row) => periods.push(periodOf(row))
            },
            {
                query: { object: 'PlanAssignment__c', fields: ASSIGNMENT_FIELDS, orderBy: byKey },
                onRow: (row) => assignments.push(assignmentOf(row, problems))
            },
            {
                query: { object: 'Quota__c', fields: QUOTA_FIELDS, orderBy: byKey },
                onRow: (row) => quotas.push(quotaOf(row))
            },
            {
                query: { object: 'User', fields: ['Id', 'ManagerId', 'Title', 'IsActive'] },
                onRow: (row) => people.set(textOf(row.Id), personOf(row))
            }
        ];
    }

    #past({ balances, publishedLines, waivers, paid }: Rows, { from, to }: SimulationAsk): SmallRead[] {
        const [end, byKey] = [this.#q('EndDate__c'), this.#q('ExternalKey__c')];
        const period = this.#q('Period__r');
        const inTime = `${period}.${end} >= ${from} AND ${period}.${end} <= ${to}`;
        return [
            {
                query: {
                    object: 'LedgerBalance__c',
                    fields: BALANCE_FIELDS,
                    where: `${period}.${end} < ${from}`,
                    orderBy: byKey
                },
                onRow: (row) => balances.push(balanceOf(row))
            },
            {
                query: {
                    object: 'StatementLine__c',
                    fields: LINE_FIELDS,
                    where: `${this.#q('Statement__r')}.${this.#q('Status__c')} = 'Published' AND ${this.#q('Statement__r')}.${period}.${end} < ${from}`,
                    orderBy: byKey
                },
                onRow: (row) => publishedLines.push(publishedLineOf(row))
            },
            {
                query: {
                    object: 'Adjustment__c',
                    fields: WAIVER_FIELDS,
                    where: `${this.#q('Status__c')} = 'Approved' AND ${this.#q('Kind__c')} = 'Waiver' AND ${inTime}`,
                    orderBy: 'Id'
                },
                onRow: (row) => waivers.push(waiverOf(row))
            },
            {
                query: {
                    object: 'Statement__c',
                    fields: PAID_FIELDS,
                    where: `${this.#q('Status__c')} = 'Published' AND ${this.#q('PayoutAmount__c')} != null AND ${inTime}`,
                    orderBy: byKey
                },
                onRow: (row) => paid.push(paidOf(row))
            }
        ];
    }

    #q(name: string): string {
        return this.#client.names.q(name);
    }
}

interface Rows {
    periods: PayPeriod[];
    assignments: AssignmentFact[];
    quotas: QuotaFact[];
    publishedLines: PublishedLine[];
    balances: BalanceFact[];
    waivers: WaiverFact[];
    paid: PaidFact[];
    problems: Problem[];
}

function emptyRows(): Rows {
    return {
        periods: [],
        assignments: [],
        quotas: [],
        publishedLines: [],
        balances: [],
        waivers: [],
        paid: [],
        problems: []
    };
}

function waiverOf(row: RawRow): WaiverFact {
    return {
        planKey: textOf(row['Plan__r.ExternalKey__c']),
        payeeId: textOf(row.Payee__c),
        gate: textOf(row.GateKey__c),
        period: textOf(row['Period__r.ExternalKey__c']),
        reason: textOf(row.Reason__c),
        requestedBy: textOf(row.RequestedBy__c),
        approvedBy: textOf(row.ApprovedBy__c)
    };
}

function paidOf(row: RawRow): PaidFact {
    return {
        planKey: textOf(row['PlanVersion__r.Plan__r.ExternalKey__c']),
        payeeId: textOf(row.Payee__c),
        month: textOf(row['Period__r.EndDate__c']).slice(0, 7),
        payout: exactText(row.PayoutAmount__c) ?? '0'
    };
}
