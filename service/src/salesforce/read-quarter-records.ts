// The org's own records a review of quarters looks at beside deals: what people committed to, what they said of warnings, and
// the days that have snapshots already.
import type { Feedback, FeedbackReason } from '../domain/flag-record/types.ts';
import type { OrgTimeZone } from '../domain/org-time-zone.ts';
import type { RuleKey } from '../domain/pipeline/types.ts';
import type { CommitFact } from '../domain/quarter/quarter-facts.ts';
import type { Notes } from '../usecases/ports.ts';
import type { OrgClient } from './connect.ts';
import { amountOrNull, dayOrNone, instantOf, textOf } from './map-rows.ts';
import { readList } from './query.ts';

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
