// Reads what a review of people is made from: people with their titles, deals with their moves, work, quotas, what was imported,
// conversations held, and what managers decided.
import { formatDay } from '../domain/calendar.ts';
import type {
    DealFact,
    DealMove,
    PeopleFacts,
    QuotaSpan,
    WorkFact
} from '../domain/people-review/people-facts.ts';
import { roleOf } from '../domain/people-review/role-rules.ts';
import { StageOrder, NO_RANK } from '../domain/pipeline/stage-order.ts';
import { NONE, type DayNumber } from '../domain/pipeline/types.ts';
import type { FocusFlag } from '../domain/scorecards/focus/types.ts';
import type { Fact, Person } from '../domain/scorecards/types.ts';
import { parseUnits } from '../domain/scorecards/units.ts';
import type { Notes, OrgReference } from '../usecases/ports.ts';
import { readRowsInBulk } from './bulk/query-job.ts';
import { textRows } from './bulk/text-rows.ts';
import type { OrgClient } from './connect.ts';
import {
    amountOrNull,
    dayOrNone,
    instantOf,
    isTrue,
    noteBadValue,
    numberOrNull,
    textOf
} from './map-rows.ts';
import type { ObjectFields } from './object-fields.ts';
import { countRows, readList, readRows, type RawRow, type SelectQuery } from './query.ts';
import { conversationsHeld, earlierWarnings, openGoals, pastInterventions } from './read-people-records.ts';
import { readOrgDefinitions } from './read-definitions.ts';

const BULK_FROM = 10_000;
/** Two years of series, each of which may look back a year. */
const HISTORY_DAYS = 800;

interface Gathered {
    fact: Omit<DealFact, 'moves' | 'redSince' | 'flags' | 'chance' | 'stageSince'>;
    stages: { atMs: number; name: string }[];
}

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
        const deals = new Map<string, Gathered>();
        await step(0.2, () => this.#deals(deals, reference, note));
        await step(0.5, () => this.#history(deals, note));
        const work: WorkFact[] = [];
        await step(0.8, () => this.#work(work, reference, note));
        const signs = await this.#signs(note);
        const imported: Fact[] = [];
        await step(1, () => this.#imported(imported, note));
        const { quotas, currency } = await this.#quotas(note);
        const facts: PeopleFacts = {
            asOf,
            nowMs,
            people,
            deals: dealFacts(deals, reference, signs),
            work,
            quotas,
            imported,
            held: await conversationsHeld(this.#client, timeZone, people, asOf - HISTORY_DAYS, note),
            definitions: shipped.definitions,
            playbook: shipped.playbook,
            past: await pastInterventions(this.#client, timeZone, note),
            earlier: await earlierWarnings(this.#client, note),
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
        deals: Map<string, Gathered>,
        { timeZone, stages, today }: OrgReference,
        note: Notes
    ): Promise<number> {
        const won = new Set(stages.filter(({ isWon }) => isWon).map(({ name }) => name));
        return this.#rows(
            {
                object: 'Opportunity',
                fields: [
                    'Id',
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
                    stages: []
                });
            }
        );
    }

    #history(deals: Map<string, Gathered>, note: Notes): Promise<number> {
        return this.#rows(
            { object: 'OpportunityHistory', fields: ['OpportunityId', 'StageName', 'CreatedDate'] },
            note,
            (row) => {
                deals.get(textOf(row.OpportunityId))?.stages.push({
                    atMs: instantOf(row.CreatedDate) ?? 0,
                    name: textOf(row.StageName)
                });
            }
        );
    }

    async #work(work: WorkFact[], { timeZone, today }: OrgReference, note: Notes): Promise<number> {
        const since = today - HISTORY_DAYS;
        const add = (row: RawRow, kind: WorkFact['kind'], on: DayNumber): void => {
            if (on >= since && on <= today)
                work.push({ id: textOf(row.Id), ownerId: textOf(row.OwnerId), on, kind });
        };
        const tasks = await this.#rows(
            {
                object: 'Task',
                fields: ['Id', 'OwnerId', 'TaskSubtype', 'ActivityDate', 'CreatedDate'],
                where: 'IsClosed = true AND IsDeleted = false',
                allRows: true
            },
            note,
            (row) => {
                const kind = { Call: 'call', Email: 'mail' }[textOf(row.TaskSubtype)] as
                    WorkFact['kind'] | undefined;
                if (!kind) return;
                const day = dayOrNone(row.ActivityDate, 'Task.ActivityDate', note);
                add(row, kind, day === NONE ? timeZone.dayOfInstant(instantOf(row.CreatedDate) ?? 0) : day);
            }
        );
        const events = await this.#rows(
            {
                object: 'Event',
                fields: ['Id', 'OwnerId', 'ActivityDate'],
                where: 'IsDeleted = false',
                allRows: true
            },
            note,
            (row) => add(row, 'meeting', dayOrNone(row.ActivityDate, 'Event.ActivityDate', note))
        );
        return tasks + events;
    }

    /** Warnings that are up and chances, by deal. */
    async #signs(note: Notes): Promise<Signs> {
        const records = await readList(this.#client, {
            object: 'FlagRecord__c',
            fields: ['RuleKey__c', 'Segment__c', 'HitRate__c', 'BaseRate__c']
        });
        const rates = new Map(
            records
                .filter((row) => textOf(row.Segment__c) === '*' || textOf(row.Segment__c) === '')
                .map((row) => [textOf(row.RuleKey__c), row])
        );
        const signs: Signs = { flags: new Map(), redSince: new Map(), chances: new Map() };
        const { q } = this.#client.names;
        await readRows(
            this.#client,
            {
                object: 'PipelineFlag__c',
                fields: ['Opportunity__c', 'RuleKey__c', 'Severity__c', 'RaisedOn__c', 'ActionText__c'],
                where: `${q('Status__c')} = 'Open'`
            },
            (row) => {
                const dealId = textOf(row.Opportunity__c);
                const ruleKey = textOf(row.RuleKey__c);
                const record = rates.get(ruleKey);
                const flag: FocusFlag = {
                    ruleKey,
                    hitRate: numberOrNull(record?.HitRate__c),
                    otherRate: numberOrNull(record?.BaseRate__c),
                    words: textOf(row.ActionText__c)
                };
                signs.flags.set(dealId, [...(signs.flags.get(dealId) ?? []), flag]);
                const on = dayOrNone(row.RaisedOn__c, 'PipelineFlag__c.RaisedOn__c', note);
                if (textOf(row.Severity__c) === 'Red' && on !== NONE)
                    signs.redSince.set(dealId, Math.min(on, signs.redSince.get(dealId) ?? on));
            }
        );
        await readRows(
            this.#client,
            {
                object: 'DealHealth__c',
                fields: ['ExternalKey__c', 'WinProbability__c'],
                where: `${q('WinProbability__c')} != null`
            },
            (row) => signs.chances.set(textOf(row.ExternalKey__c), numberOrNull(row.WinProbability__c)! / 100)
        );
        return signs;
    }

    /** The currency is that of quotas, where all are in one. */
    async #quotas(note: Notes): Promise<{ quotas: QuotaSpan[]; currency: string | null }> {
        const { q } = this.#client.names;
        const rows = await readList(this.#client, {
            object: 'Quota__c',
            fields: [
                'Id',
                'Payee__c',
                'Target__c',
                'EffectiveStartDate__c',
                'EffectiveEndDate__c',
                'CurrencyCode__c'
            ],
            where: `${q('Unit__c')} = 'Amount'`
        });
        const currencies = new Set(rows.map((row) => textOf(row.CurrencyCode__c)));
        const quotas = rows.flatMap((row) => {
            const from = dayOrNone(row.EffectiveStartDate__c, 'Quota__c.EffectiveStartDate__c', note);
            const to = dayOrNone(row.EffectiveEndDate__c, 'Quota__c.EffectiveEndDate__c', note);
            const amountMinor = amountOrNull(row.Target__c, 'Quota__c.Target__c', note);
            if (from === NONE || to === NONE || amountMinor === null) return [];
            return [{ id: textOf(row.Id), personId: textOf(row.Payee__c), from, to, amountMinor }];
        });
        return { quotas, currency: currencies.size === 1 ? [...currencies][0] || null : null };
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
                const value = parseUnits(textOf(row.Value__c));
                const day = dayOrNone(row.FactDate__c, 'PerformanceFact__c.FactDate__c', note);
                if (value === null || day === NONE) return;
                facts.push({
                    signal: textOf(row.SignalKey__c),
                    person: textOf(row.Rep__c),
                    day,
                    value,
                    n: numberOrNull(row.SampleSize__c) ?? 1,
                    source: textOf(row.SourceName__c),
                    sourceId: textOf(row.SourceId__c),
                    extractedAt: instantOf(row.ExtractedAt__c) ?? 0,
                    subject: textOf(row.Subject__c) || null,
                    attributes: attributesIn(row.Attributes__c)
                });
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

interface Signs {
    flags: Map<string, FocusFlag[]>;
    redSince: Map<string, DayNumber>;
    chances: Map<string, number>;
}

function dealFacts(
    deals: ReadonlyMap<string, Gathered>,
    { stages, timeZone }: OrgReference,
    signs: Signs
): DealFact[] {
    const order = new StageOrder(stages);
    return [...deals.values()].map(({ fact, stages: held }) => {
        const inOrder = held.toSorted((a, b) => a.atMs - b.atMs);
        const last = inOrder.findLastIndex(({ name }, index) => inOrder[index - 1]?.name !== name);
        return {
            ...fact,
            stageSince: last === -1 ? fact.createdOn : timeZone.dayOfInstant(inOrder[last]!.atMs),
            moves: inOrder.slice(1).flatMap(({ atMs, name }, index): DealMove[] => {
                const [from, to] = [order.rankOf(inOrder[index]!.name), order.rankOf(name)];
                if (name === inOrder[index]!.name || from === NO_RANK) return [];
                const on = timeZone.dayOfInstant(atMs);
                if (to !== NO_RANK) return [{ on, outcome: to > from ? 'advanced' : 'returned' }];
                return [{ on, outcome: fact.outcome === 'won' ? 'advanced' : 'lost' }];
            }),
            redSince: signs.redSince.get(fact.id) ?? null,
            flags: signs.flags.get(fact.id) ?? [],
            chance: signs.chances.get(fact.id) ?? null
        };
    });
}

/** `{"outcome":"passed"}`; what cannot be read has none, which the allow-list then refuses. */
function attributesIn(value: unknown): Record<string, string> {
    try {
        return JSON.parse(textOf(value) || '{}') as Record<string, string>;
    } catch {
        return {};
    }
}
