// What a run needs to know of the org besides its deals: time zone, fiscal quarters, stages, people, the policy in force and what
// is known of its rules. Stages and people are kept for a quarter of an hour between delta runs; the policy is read every time, because whoever edits it
// presses refresh next.
import { orgTimeZone } from '../domain/org-time-zone.ts';
import type { FlagVerdict, Verdict } from '../domain/flag-record/types.ts';
import type { FiscalQuarter } from '../domain/fiscal-quarters.ts';
import type { Stage } from '../domain/pipeline/stage-order.ts';
import { NONE } from '../domain/pipeline/types.ts';
import type { RuleKey, RulePolicy, Unit } from '../domain/pipeline/types.ts';
import type { Notes, OrgPerson, OrgReference } from '../usecases/ports/org.ts';
import type { OrgClient } from './connect.ts';
import { dayOrNone, isTrue, numberOrNull, textOf } from './map-rows.ts';
import type { ObjectFields } from './object-fields.ts';
import { readTogether } from './query.ts';
import type { RawRow, SmallRead } from './query.ts';

const VERDICTS: Record<string, Verdict> = { Kept: 'Earned', Demoted: 'Demoted', TooFew: 'NotEnough' };
const KEEP_MS = 15 * 60_000;

type Lasting = Pick<OrgReference, 'timeZone' | 'fiscalQuarters' | 'stages' | 'people'>;

export class ReferenceReading {
    readonly #client: OrgClient;
    readonly #fields: ObjectFields;
    #kept: { lasting: Lasting; readAtMs: number } | null = null;

    constructor(client: OrgClient, fields: ObjectFields) {
        this.#client = client;
        this.#fields = fields;
    }

    async read(note: Notes): Promise<OrgReference> {
        const lasting = await this.#lasting(note);
        const opportunity = await this.#fields.namesOf('Opportunity');
        const coverage = [await this.#fields.namesOf('Task'), await this.#fields.namesOf('Event')];
        const { policies, ruleVerdicts } = await this.#rules(note);
        const readable = coverage.filter((names) => names !== null).length;
        return {
            ...lasting,
            policies,
            ruleVerdicts,
            today: lasting.timeZone.dayOfInstant(this.#client.serverNowMs),
            nowMs: this.#client.serverNowMs,
            activityCoverage: readable === 2 ? 'Full' : readable === 1 ? 'Partial' : 'None',
            hasNextStepField: opportunity?.has('nextstep') ?? false
        };
    }

    async #lasting(note: Notes): Promise<Lasting> {
        const now = this.#client.serverNowMs;
        if (this.#kept && now - this.#kept.readAtMs < KEEP_MS) return this.#kept.lasting;
        const organization: RawRow[] = [];
        const stages: Stage[] = [];
        const people = new Map<string, OrgPerson>();
        const fiscalQuarters: FiscalQuarter[] = [];
        const reads: SmallRead[] = [
            {
                query: { object: 'Organization', fields: ['TimeZoneSidKey'] },
                onRow: (row) => organization.push(row)
            },
            {
                query: {
                    object: 'OpportunityStage',
                    fields: ['ApiName', 'SortOrder', 'IsClosed', 'IsWon'],
                    where: 'IsActive = true'
                },
                onRow: (row) => stages.push(stageOf(row))
            },
            {
                query: { object: 'User', fields: ['Id', 'ManagerId', 'IsActive'] },
                onRow: (row) => people.set(textOf(row.Id), personOf(row))
            },
            ...(await this.#quarterReads(note, fiscalQuarters))
        ];
        await readTogether(this.#client, reads);
        const timeZone = orgTimeZone(textOf(organization[0]?.TimeZoneSidKey));
        const lasting = { timeZone, fiscalQuarters, stages, people };
        this.#kept = { lasting, readAtMs: this.#client.serverNowMs };
        return lasting;
    }

    /** Nothing where the org does not show its fiscal periods. */
    async #quarterReads(note: Notes, quarters: FiscalQuarter[]): Promise<SmallRead[]> {
        if ((await this.#fields.namesOf('Period')) === null) {
            note('FIELD_NOT_READABLE', 'Period cannot be read: moves out of a fiscal quarter are not told.');
            return [];
        }
        const day = (value: unknown) => dayOrNone(value, 'Period', note);
        const query = {
            object: 'Period',
            fields: ['StartDate', 'EndDate'],
            where: "Type = 'Quarter'",
            orderBy: 'StartDate'
        };
        const onRow = (row: RawRow) =>
            quarters.push({ startOn: day(row.StartDate), endOn: day(row.EndDate) });
        return [{ query, onRow }];
    }

    /** The policy and what is known of its rules, in one call. */
    async #rules(note: Notes): Promise<Pick<OrgReference, 'policies' | 'ruleVerdicts'>> {
        const policies: RulePolicy[] = [];
        const ruleVerdicts: FlagVerdict[] = [];
        const reads: SmallRead[] = [
            {
                query: { object: 'PipelineFlagRule__mdt', fields: POLICY_FIELDS },
                onRow: (row) => policies.push(policyOf(row, note))
            }
        ];
        if ((await this.#fields.namesOf('FlagRecord__c')) !== null)
            reads.push({
                query: {
                    object: 'FlagRecord__c',
                    fields: ['RuleKey__c', 'Segment__c', 'Status__c'],
                    orderBy: this.#client.names.q('ExternalKey__c')
                },
                onRow: (row) => ruleVerdicts.push(verdictOf(row))
            });
        await readTogether(this.#client, reads);
        return { policies, ruleVerdicts };
    }
}

function verdictOf(row: RawRow): FlagVerdict {
    return {
        ruleKey: textOf(row.RuleKey__c) as RuleKey,
        segment: textOf(row.Segment__c),
        verdict: VERDICTS[textOf(row.Status__c)] ?? 'NotEnough'
    };
}

export function stageOf(row: RawRow): Stage {
    return {
        name: textOf(row.ApiName),
        sortOrder: numberOrNull(row.SortOrder) ?? 0,
        isClosed: isTrue(row.IsClosed),
        isWon: isTrue(row.IsWon)
    };
}

function personOf(row: RawRow): OrgPerson {
    return { managerId: textOf(row.ManagerId), isActive: isTrue(row.IsActive) };
}

const POLICY_FIELDS = [
    'DeveloperName',
    'RuleKey__c',
    'IsActive__c',
    'Stage__c',
    'Segment__c',
    'EffectiveStartDate__c',
    'EffectiveEndDate__c',
    'AmberThreshold__c',
    'RedThreshold__c',
    'MinimumSampleSize__c',
    'IsLearned__c',
    'Importance__c',
    'Unit__c',
    'ActionKey__c',
    'ActionText__c'
];

export function policyOf(row: RawRow, note: Notes): RulePolicy {
    const day = (field: string) =>
        row[field] ? dayOrNone(row[field], `PipelineFlagRule__mdt.${field}`, note) : NONE;
    return {
        name: textOf(row.DeveloperName),
        ruleKey: textOf(row.RuleKey__c) as RuleKey,
        isActive: isTrue(row.IsActive__c),
        stage: textOf(row.Stage__c),
        segment: textOf(row.Segment__c),
        effectiveStartOn: day('EffectiveStartDate__c'),
        effectiveEndOn: day('EffectiveEndDate__c'),
        amberThreshold: numberOrNull(row.AmberThreshold__c),
        redThreshold: numberOrNull(row.RedThreshold__c),
        minimumSampleSize: numberOrNull(row.MinimumSampleSize__c) ?? 0,
        isLearned: isTrue(row.IsLearned__c),
        importance: numberOrNull(row.Importance__c) ?? 0,
        unit: textOf(row.Unit__c) as Unit,
        actionKey: textOf(row.ActionKey__c),
        actionText: textOf(row.ActionText__c)
    };
}
