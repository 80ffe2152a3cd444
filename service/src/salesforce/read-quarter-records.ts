// The org's own records a review of quarters looks at beside deals: what people committed to, what they are to
// bring, what they said of warnings, and what earlier reviews wrote.
import { formatDay } from '../domain/calendar.ts';
import type { Feedback, FeedbackReason } from '../domain/flag-record/types.ts';
import type { OrgTimeZone } from '../domain/org-time-zone.ts';
import type { Stage } from '../domain/pipeline/stage-order.ts';
import type { DayNumber, RuleKey } from '../domain/pipeline/types.ts';
import type { CommitFact } from '../domain/quarter/quarter-facts.ts';
import type { QuotaFact } from '../domain/quarter/targets.ts';
import type { HeldForecast } from '../domain/quarter/track-record.ts';
import type { Notes } from '../usecases/ports/org.ts';
import type { OrgClient } from './connect.ts';
import { amountOrNull, dayOrNone, instantOf, textOf } from './map-rows.ts';
import { readList, readRows } from './query.ts';
import { stageOf } from './read-reference.ts';

const YEAR_DAYS = 370;

export async function commits(client: OrgClient, note: Notes): Promise<CommitFact[]> {
    const rows = await readList(client, {
        object: 'ForecastCommit__c',
        fields: [
            'Rep__c',
            'SubmittedBy__c',
            'PeriodStartDate__c',
            'Category__c',
            'Amount__c',
            'SubmittedAt__c'
        ]
    });
    return rows.map((row) => ({
        repId: textOf(row.Rep__c),
        submittedById: textOf(row.SubmittedBy__c),
        periodStartOn: dayOrNone(row.PeriodStartDate__c, 'ForecastCommit__c.PeriodStartDate__c', note),
        category: textOf(row.Category__c),
        amountMinor: amountOrNull(row.Amount__c, 'ForecastCommit__c.Amount__c', note) ?? 0,
        atMs: instantOf(row.SubmittedAt__c) ?? 0
    }));
}

/** `segmentOf`: type of a deal. */
export async function feedbackOnFlags(
    client: OrgClient,
    zone: Pick<OrgTimeZone, 'dayOfInstant'>,
    segmentOf: (dealId: string) => string
): Promise<Feedback[]> {
    const { q } = client.names;
    const rows = await readList(client, {
        object: 'FlagFeedback__c',
        fields: ['Opportunity__c', 'RuleKey__c', 'Reason__c', 'CreatedById', 'CreatedDate'],
        where: `${q('Opportunity__c')} != null`
    });
    return rows.map((row) => ({
        dealId: textOf(row.Opportunity__c),
        segment: segmentOf(textOf(row.Opportunity__c)),
        ruleKey: textOf(row.RuleKey__c) as RuleKey,
        authorId: textOf(row.CreatedById),
        givenOn: zone.dayOfInstant(instantOf(row.CreatedDate) ?? 0),
        reason: textOf(row.Reason__c) as FeedbackReason
    }));
}

/** Stages nobody can choose any more, which histories still name. */
export async function formerStages(client: OrgClient): Promise<Stage[]> {
    const rows = await readList(client, {
        object: 'OpportunityStage',
        fields: ['ApiName', 'SortOrder', 'IsClosed', 'IsWon'],
        where: 'IsActive = false',
        orderBy: 'SortOrder'
    });
    return rows.map(stageOf);
}

/** Of money; none where they are in several currencies, which cannot be added up. */
export async function quotas(client: OrgClient, note: Notes): Promise<QuotaFact[]> {
    const { q } = client.names;
    const rows = await readList(client, {
        object: 'Quota__c',
        fields: [
            'Payee__c',
            'Measure__c',
            'EffectiveStartDate__c',
            'EffectiveEndDate__c',
            'Target__c',
            'CurrencyCode__c'
        ],
        where: `${q('Unit__c')} = 'Amount' AND ${q('Payee__c')} != null`
    });
    if (new Set(rows.map((row) => textOf(row.CurrencyCode__c))).size > 1) {
        note('QUOTA_CURRENCIES_DIFFER', 'Quotas are in several currencies: no targets are told.');
        return [];
    }
    return rows.map((row) => ({
        personId: textOf(row.Payee__c),
        measure: textOf(row.Measure__c),
        startOn: dayOrNone(row.EffectiveStartDate__c, 'Quota__c.EffectiveStartDate__c', note),
        endOn: dayOrNone(row.EffectiveEndDate__c, 'Quota__c.EffectiveEndDate__c', note),
        targetMinor: amountOrNull(row.Target__c, 'Quota__c.Target__c', note) ?? 0
    }));
}

/** Forecasts of quarters that ended in the last year and before today. */
export async function forecastsOfEndedQuarters(
    client: OrgClient,
    today: DayNumber,
    note: Notes
): Promise<HeldForecast[]> {
    const { q } = client.names;
    const held: HeldForecast[] = [];
    const day = (value: unknown, field: string): DayNumber =>
        dayOrNone(value, `PipelineForecast__c.${field}`, note);
    const query = {
        object: 'PipelineForecast__c',
        fields: [
            'ExternalKey__c',
            'Scope__c',
            'Rep__c',
            'Segment__c',
            'AsOfDate__c',
            'PeriodStartDate__c',
            'PeriodEndDate__c',
            'MiddleAmount__c',
            'ActualAmount__c'
        ],
        where: `${q('PeriodEndDate__c')} < ${formatDay(today)} AND ${q('PeriodEndDate__c')} > ${formatDay(today - YEAR_DAYS)}`,
        orderBy: q('ExternalKey__c')
    };
    await readRows(client, query, (row) =>
        held.push({
            key: textOf(row.ExternalKey__c),
            scope: textOf(row.Scope__c),
            userId: textOf(row.Rep__c),
            segment: textOf(row.Segment__c),
            asOf: day(row.AsOfDate__c, 'AsOfDate__c'),
            periodStartOn: day(row.PeriodStartDate__c, 'PeriodStartDate__c'),
            periodEndOn: day(row.PeriodEndDate__c, 'PeriodEndDate__c'),
            middleMinor: amountOrNull(row.MiddleAmount__c, 'PipelineForecast__c.MiddleAmount__c', note),
            actualMinor: amountOrNull(row.ActualAmount__c, 'PipelineForecast__c.ActualAmount__c', note)
        })
    );
    return held;
}

/** Days (2026-11-16) that have a snapshot. */
export async function daysWithSnapshots(client: OrgClient): Promise<Set<string>> {
    const { q } = client.names;
    const rows = await readList(client, {
        object: 'PipelineSnapshot__c',
        fields: ['AsOfDate__c'],
        where: `${q('AsOfDate__c')} != null GROUP BY ${q('AsOfDate__c')}`
    });
    return new Set(rows.map((row) => textOf(row.AsOfDate__c)));
}
