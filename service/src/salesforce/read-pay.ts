// Reads everything one calculation of a period is made from: the period and those before it, plan versions in force, people, their
// assignments and targets, won sales, what was published before. Which of it a plan needs is the domain's to say.
import { addMonths } from '../domain/incentives/dates.ts';
import {
    isFinal,
    type PayFacts,
    type PayPeriod,
    type RateFact,
    type SaleFact
} from '../domain/pay/pay-facts.ts';
import type { UnreadTouches } from '../domain/pay/ownership.ts';
import type { OrgClient } from './connect.ts';
import { dealFieldsIn, dealFieldValues, type DealField } from './deal-fields.ts';
import { readConduct } from './read-conduct.ts';
import {
    addEvent,
    addProduct,
    addSplit,
    addTeamMember,
    ADJUSTMENT_FIELDS,
    adjustmentOf,
    ASSIGNMENT_FIELDS,
    assignmentOf,
    BALANCE_FIELDS,
    balanceOf,
    intervalOf,
    LINE_FIELDS,
    PERIOD_FIELDS,
    periodOf,
    personOf,
    publishedLineOf,
    QUOTA_FIELDS,
    quotaOf,
    rateOf,
    saleOf,
    VERSION_FIELDS,
    versionOf,
    type SaleParts
} from './map-pay-facts.ts';
import { isTrue, textOf } from './map-rows.ts';
import type { ObjectFields } from './object-fields.ts';
import { Attribution } from './read-attribution.ts';
import { quoted, readList, readTogether } from './query.ts';
import type { RawRow, SelectQuery, SmallRead } from './query.ts';

/** Sales this long before the first period count in windows and as originals of what happens now. */
const HISTORY_MONTHS = 24;

export class PayReading {
    readonly #client: OrgClient;
    readonly #fields: ObjectFields;
    readonly #checkStop: () => void;

    constructor(client: OrgClient, fields: ObjectFields, checkStop: () => void) {
        this.#client = client;
        this.#fields = fields;
        this.#checkStop = checkStop;
    }

    async period(key: string): Promise<PayPeriod | null> {
        const where = `${this.#q('ExternalKey__c')} = ${quoted(key)}`;
        const [row] = await readList(this.#client, {
            object: 'CompensationPeriod__c',
            fields: PERIOD_FIELDS,
            where
        });
        return row ? periodOf(row) : null;
    }

    async read(periodKey: string): Promise<{ facts: PayFacts; rowCount: number; nowMs: number } | null> {
        const period = await this.period(periodKey);
        if (!period) return null;
        const nowMs = this.#client.serverNowMs;
        const facts: PayFacts = {
            period,
            periods: [],
            versions: [],
            assignments: [],
            quotas: [],
            people: new Map(),
            sales: [],
            unreadTouches: {},
            rates: [],
            publishedLines: [],
            balances: [],
            statements: [],
            adjustments: [],
            conduct: null,
            problems: []
        };
        let rowCount = 1 + (await readTogether(this.#client, this.#plans(facts)));
        this.#checkStop();
        rowCount += await readTogether(this.#client, this.#past(facts));
        this.#checkStop();
        rowCount += await this.#sales(facts);
        rowCount += await this.#rates(facts);
        const definitions = facts.versions.map(({ definition }) => definition);
        const { conduct, count } = await this.conductOf(definitions, period.end, nowMs);
        facts.conduct = conduct;
        return { facts, rowCount: rowCount + count, nowMs };
    }

    /** Facts about people these plans read, to the last day. */
    conductOf(definitions: readonly string[], last: string, nowMs: number): ReturnType<typeof readConduct> {
        return readConduct(this.#client, this.#fields, { definitions, last, nowMs });
    }

    #plans(facts: PayFacts): SmallRead[] {
        const { period } = facts;
        const people = facts.people as Map<string, ReturnType<typeof personOf>>;
        return [
            {
                query: {
                    object: 'CompensationPeriod__c',
                    fields: PERIOD_FIELDS,
                    where: `${this.#q('StartDate__c')} <= ${period.start}`,
                    orderBy: this.#q('StartDate__c')
                },
                onRow: (row) => {
                    const one = periodOf(row);
                    if (one.interval === period.interval) facts.periods.push(one);
                }
            },
            {
                query: {
                    object: 'PlanVersion__c',
                    fields: VERSION_FIELDS,
                    where: `${this.#q('Status__c')} IN ('Active', 'Retired')`,
                    orderBy: this.#q('ExternalKey__c')
                },
                onRow: (row) => facts.versions.push(versionOf(row))
            },
            {
                query: {
                    object: 'PlanAssignment__c',
                    fields: ASSIGNMENT_FIELDS,
                    orderBy: this.#q('ExternalKey__c')
                },
                onRow: (row) => facts.assignments.push(assignmentOf(row, facts.problems))
            },
            {
                query: { object: 'Quota__c', fields: QUOTA_FIELDS, orderBy: this.#q('ExternalKey__c') },
                onRow: (row) => facts.quotas.push(quotaOf(row))
            },
            {
                query: { object: 'User', fields: ['Id', 'ManagerId', 'Title', 'IsActive'] },
                onRow: (row) => people.set(textOf(row.Id), personOf(row))
            }
        ];
    }

    /** What earlier periods left behind. */
    #past(facts: PayFacts): SmallRead[] {
        const { period } = facts;
        const before = (path: string): string =>
            `${this.#q(path)}.${this.#q('EndDate__c')} < ${period.start}`;
        const reads: SmallRead[] = [
            {
                query: {
                    object: 'LedgerBalance__c',
                    fields: BALANCE_FIELDS,
                    where: before('Period__r'),
                    orderBy: this.#q('ExternalKey__c')
                },
                onRow: (row) => facts.balances.push(balanceOf(row))
            },
            {
                query: {
                    object: 'Statement__c',
                    fields: ['ExternalKey__c', 'Hash__c'],
                    where: before('Period__r')
                },
                onRow: (row) =>
                    facts.statements.push({ key: textOf(row.ExternalKey__c), hash: textOf(row.Hash__c) })
            },
            {
                query: {
                    object: 'Adjustment__c',
                    fields: ADJUSTMENT_FIELDS,
                    where: `${this.#q('Status__c')} = 'Approved' AND ${this.#q('Period__r')}.${this.#q('EndDate__c')} <= ${period.end}`,
                    orderBy: 'Id'
                },
                onRow: (row) => {
                    const isOfInterval = intervalOf(row['Period__r.Interval__c']) === period.interval;
                    if (isOfInterval) facts.adjustments.push(adjustmentOf(row));
                }
            }
        ];
        if (facts.periods.some(isFinal))
            reads.push({
                query: {
                    object: 'StatementLine__c',
                    fields: LINE_FIELDS,
                    where: `${this.#q('Statement__r')}.${this.#q('Status__c')} = 'Published'`,
                    orderBy: this.#q('ExternalKey__c')
                },
                onRow: (row) => facts.publishedLines.push(publishedLineOf(row))
            });
        return reads;
    }

    async #sales(facts: PayFacts): Promise<number> {
        const { sales, unreadTouches, count } = await this.salesBetween(
            facts.periods[0]?.start ?? facts.period.start,
            facts.period.end,
            facts.versions.map(({ definition }) => definition)
        );
        facts.sales.push(...sales);
        facts.unreadTouches = unreadTouches;
        return count;
    }

    /** Won deals from so long before the first day that they count as history, to the last day; by id. With the fields these plans
     *  name. */
    async salesBetween(
        first: string,
        last: string,
        definitions: readonly string[]
    ): Promise<{ sales: SaleFact[]; unreadTouches: UnreadTouches; count: number }> {
        const isWanted = (path: string): string =>
            `${path}IsWon = true AND ${path}CloseDate >= ${addMonths(first, -HISTORY_MONTHS)} AND ${path}CloseDate <= ${last}`;
        const parts: SaleParts = {
            splits: new Map(),
            team: new Map(),
            products: new Map(),
            events: new Map()
        };
        const rows: RawRow[] = [];
        const others = dealFieldsIn(definitions, (await this.#fields.describedOf('Opportunity')) ?? []);
        const attribution = new Attribution(definitions);
        const query = await this.#saleQuery(isWanted(''), others, attribution.wantsCreated);
        const reads: SmallRead[] = [
            { query, onRow: (row) => rows.push(row) },
            ...(await this.#detailReads(isWanted('Opportunity.'), parts)),
            ...(await attribution.reads(this.#fields, isWanted)),
            this.#eventRead(last, parts)
        ];
        const count = await readTogether(this.#client, reads);
        const sales = rows.map((row): SaleFact => ({
            ...saleOf(row, parts, dealFieldValues(row, others)),
            ...attribution.of(row)
        }));
        return {
            sales: sales.sort((a, b) => (a.id < b.id ? -1 : 1)),
            unreadTouches: attribution.unreadTouches,
            count
        };
    }

    /** What scheduled payments wait for, and has happened. */
    #eventRead(last: string, parts: SaleParts): SmallRead {
        return {
            query: {
                object: 'ScheduledPayment__c',
                fields: ['TransactionKey__c', 'Event__c', 'ReleasedOn__c'],
                where: `${this.#q('ReleasedOn__c')} <= ${last}`,
                orderBy: this.#q('ExternalKey__c')
            },
            onRow: (row) => addEvent(parts, row)
        };
    }

    /** Dated rates come before those of the currencies themselves; an org with one currency has neither. */
    async #rates(facts: PayFacts): Promise<number> {
        if (!(await this.#fields.namesOf('Opportunity'))?.has('currencyisocode')) return 0;
        const dated: RateFact[] = [];
        const always: RateFact[] = [];
        const reads: SmallRead[] = [];
        for (const [object, day, into] of [
            ['CurrencyType', [], always],
            ['DatedConversionRate', ['StartDate'], dated]
        ] as const)
            if (await this.#fields.namesOf(object))
                reads.push({
                    query: { object, fields: ['IsoCode', 'ConversionRate', ...day], orderBy: 'Id' },
                    onRow: (row) => into.push(rateOf(row))
                });
        const count = reads.length === 0 ? 0 : await readTogether(this.#client, reads);
        const isDated = new Set(dated.map(({ currency }) => currency));
        facts.rates.push(...dated, ...always.filter(({ currency }) => !isDated.has(currency)));
        return count;
    }

    async #saleQuery(where: string, others: readonly DealField[], isDated: boolean): Promise<SelectQuery> {
        const names = await this.#fields.namesOf('Opportunity');
        const optional = ['Type', 'CurrencyIsoCode', 'ReversesOpportunity__c'].filter((field) =>
            names?.has(field.toLowerCase())
        );
        const dated = isDated ? ['CreatedDate'] : [];
        const fields = ['Id', 'CloseDate', 'Amount', 'OwnerId', ...dated, ...optional];
        const ownFields = others.map(({ field }) => field);
        return { object: 'Opportunity', fields, ownFields, where, orderBy: 'Id' };
    }

    /** Splits, teams and products are features an org may not have. */
    async #detailReads(where: string, parts: SaleParts): Promise<SmallRead[]> {
        const details: { object: string; fields: string[]; add: (parts: SaleParts, row: RawRow) => void }[] =
            [
                {
                    object: 'OpportunitySplit',
                    fields: [
                        'OpportunityId',
                        'SplitOwnerId',
                        'SplitPercentage',
                        'SplitType.IsTotalValidated'
                    ],
                    // Overlay splits come on top of the revenue and are not shares of it.
                    add: (to, row) =>
                        isTrue(row['SplitType.IsTotalValidated']) ? addSplit(to, row) : undefined
                },
                {
                    object: 'OpportunityLineItem',
                    fields: ['OpportunityId', 'Quantity', 'Product2.Name', 'Product2.Family'],
                    add: addProduct
                },
                {
                    object: 'OpportunityTeamMember',
                    fields: ['OpportunityId', 'UserId', 'TeamMemberRole'],
                    add: addTeamMember
                }
            ];
        const reads: SmallRead[] = [];
        for (const { object, fields, add } of details) {
            if (!(await this.#fields.namesOf(object))) continue;
            reads.push({ query: { object, fields, where, orderBy: 'Id' }, onRow: (row) => add(parts, row) });
        }
        return reads;
    }

    #q(name: string): string {
        return this.#client.names.q(name);
    }
}
