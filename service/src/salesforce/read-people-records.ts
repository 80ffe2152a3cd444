// The org's own records a review of people looks at: conversations that were held, what managers decided, warnings that are up.
import type { OrgTimeZone } from '../domain/org-time-zone.ts';
import type { AmountSpan, CommitSaid, EarlierFinding } from '../domain/people-review/people-facts.ts';
import { NONE, type DayNumber } from '../domain/pipeline/types.ts';
import type { WrittenGoal } from '../domain/scorecards/goals.ts';
import type { Person } from '../domain/scorecards/types.ts';
import { parseUnits } from '../domain/scorecards/units.ts';
import type { EarlierWarning } from '../domain/scorecards/warnings/types.ts';
import type { Held } from '../domain/scorecards/week/cadence.ts';
import { GAP_KINDS, STATUSES, type PastIntervention } from '../domain/scorecards/week/types.ts';
import type { Notes } from '../usecases/ports/org.ts';
import type { OrgClient } from './connect.ts';
import { amountOrNull, dayOrNone, instantOf, numberOrNull, textOf } from './map-rows.ts';
import { readList, type RawRow } from './query.ts';

/** What an event of a one-to-one or a review is called, wherever it stands in the subject. */
const ONE_TO_ONE = /\b(1:1|1-1|one.to.one|one-on-one)\b/i;
const REVIEW = /\b(review|appraisal)\b/i;

/** Events of managers whose subject says what they are, with the person as a guest or named as the one it is about. */
export async function conversationsHeld(
    client: OrgClient,
    people: readonly Person[],
    said: readonly CommitSaid[],
    since: DayNumber,
    note: Notes
): Promise<Held[]> {
    const managerOf = new Map(people.map(({ id, managers }) => [id, managers[0]?.manager ?? null]));
    const invited = await readList(client, {
        object: 'EventRelation',
        fields: ['EventId', 'RelationId', 'Event.OwnerId', 'Event.Subject', 'Event.ActivityDate']
    }).catch(() => []);
    const talks = invited.flatMap((row): Held[] => {
        const person = textOf(row.RelationId);
        const manager = textOf(row['Event.OwnerId']);
        const subject = textOf(row['Event.Subject']);
        const kind = ONE_TO_ONE.test(subject) ? 'OneToOne' : REVIEW.test(subject) ? 'Review' : null;
        const on = dayOrNone(row['Event.ActivityDate'], 'Event.ActivityDate', note);
        if (!kind || on === NONE || on < since || managerOf.get(person) !== manager) return [];
        return [{ kind, manager, person, on, recordId: textOf(row.EventId) }];
    });
    const forecasts = said.flatMap(({ id, personId, on }): Held[] => {
        const manager = managerOf.get(personId);
        return manager ? [{ kind: 'Forecast', manager, person: personId, on, recordId: id }] : [];
    });
    return [...talks, ...forecasts];
}

/** What people said themselves of a period; what managers said for them is not theirs. */
export async function forecastsSaid(
    client: OrgClient,
    zone: Pick<OrgTimeZone, 'dayOfInstant'>,
    note: Notes
): Promise<(CommitSaid & { category: string })[]> {
    const rows = await readList(client, {
        object: 'ForecastCommit__c',
        fields: [
            'Id',
            'Rep__c',
            'SubmittedBy__c',
            'SubmittedAt__c',
            'Category__c',
            'Amount__c',
            'PeriodStartDate__c',
            'PeriodEndDate__c'
        ]
    });
    return rows.flatMap((row) => {
        const personId = textOf(row.Rep__c);
        const atMs = instantOf(row.SubmittedAt__c);
        const from = dayOrNone(row.PeriodStartDate__c, 'ForecastCommit__c.PeriodStartDate__c', note);
        const to = dayOrNone(row.PeriodEndDate__c, 'ForecastCommit__c.PeriodEndDate__c', note);
        const amountMinor = amountOrNull(row.Amount__c, 'ForecastCommit__c.Amount__c', note);
        if (atMs === null || textOf(row.SubmittedBy__c) !== personId) return [];
        if (from === NONE || to === NONE || amountMinor === null) return [];
        const on = zone.dayOfInstant(atMs);
        return [
            {
                id: textOf(row.Id),
                personId,
                from,
                to,
                amountMinor,
                on,
                atMs,
                category: textOf(row.Category__c)
            }
        ];
    });
}

export async function pastInterventions(client: OrgClient, note: Notes): Promise<PastIntervention[]> {
    const rows = await readList(client, {
        object: 'Intervention__c',
        fields: [
            'ExternalKey__c',
            'Manager__c',
            'Rep__c',
            'Reasons__c',
            'StepKey__c',
            'GapKind__c',
            'WeekStartDate__c',
            'Status__c',
            'Rank__c',
            'DecidedOn__c'
        ]
    });
    return rows.flatMap((row) => {
        const week = dayOrNone(row.WeekStartDate__c, 'Intervention__c.WeekStartDate__c', note);
        const status = STATUSES.find((one) => one === textOf(row.Status__c));
        if (week === NONE || !status) return [];
        const decidedOn = dayOrNone(row.DecidedOn__c, 'Intervention__c.DecidedOn__c', note);
        return [
            {
                key: textOf(row.ExternalKey__c),
                manager: textOf(row.Manager__c),
                person: textOf(row.Rep__c),
                metric: firstMetric(row.Reasons__c),
                stepKey: textOf(row.StepKey__c),
                gap: GAP_KINDS.find((one) => one === textOf(row.GapKind__c)) ?? 'Unclear',
                week,
                status,
                rank: numberOrNull(row.Rank__c) ?? 1,
                closedOn: decidedOn === NONE ? null : decidedOn
            }
        ];
    });
}

/** The step is for the first reason. */
function firstMetric(value: unknown): string {
    try {
        return (JSON.parse(textOf(value) || '[]') as { metricKey: string }[])[0]?.metricKey ?? '';
    } catch {
        return '';
    }
}

export async function earlierWarnings(client: OrgClient, note: Notes): Promise<EarlierWarning[]> {
    const { q } = client.names;
    const rows = await readList(client, {
        object: 'PerformanceWarning__c',
        fields: ['ExternalKey__c', 'Rep__c', 'MetricKey__c', 'Since__c', 'RaisedOn__c', 'ClearedOn__c'],
        where: `${q('Kind__c')} IN ('Warning','CheckIn')`
    });
    return rows.flatMap((row) => {
        const clearedOn = dayOrNone(row.ClearedOn__c, 'PerformanceWarning__c.ClearedOn__c', note);
        return warningOf(row, note).map((warning) => ({
            ...warning,
            clearedOn: clearedOn === NONE ? null : clearedOn
        }));
    });
}

/** None where a day it cannot be without is missing. */
function warningOf(row: RawRow, note: Notes): EarlierFinding[] {
    const since = dayOrNone(row.Since__c, 'PerformanceWarning__c.Since__c', note);
    const raisedOn = dayOrNone(row.RaisedOn__c, 'PerformanceWarning__c.RaisedOn__c', note);
    if (since === NONE || raisedOn === NONE) return [];
    return [
        {
            key: textOf(row.ExternalKey__c),
            person: textOf(row.Rep__c),
            metric: textOf(row.MetricKey__c),
            since,
            raisedOn
        }
    ];
}

export async function openGoals(client: OrgClient, note: Notes): Promise<WrittenGoal[]> {
    const { q } = client.names;
    const rows = await readList(client, {
        object: 'Goal__c',
        fields: [
            'Id',
            'Rep__c',
            'Title__c',
            'MetricKey__c',
            'BaselineValue__c',
            'TargetValue__c',
            'StartDate__c',
            'DueDate__c',
            'ParentGoal__c',
            'ParentName__c'
        ],
        where: `${q('Status__c')} = 'Open'`,
        orderBy: 'Id'
    });
    const dayOrNull = (value: unknown, field: string): DayNumber | null => {
        const day = dayOrNone(value, `Goal__c.${field}`, note);
        return day === NONE ? null : day;
    };
    return rows.map((row) => ({
        key: textOf(row.Id),
        person: textOf(row.Rep__c),
        title: textOf(row.Title__c),
        metric: textOf(row.MetricKey__c) || null,
        baseline: parseUnits(textOf(row.BaselineValue__c)),
        target: parseUnits(textOf(row.TargetValue__c)),
        start: dayOrNull(row.StartDate__c, 'StartDate__c'),
        due: dayOrNull(row.DueDate__c, 'DueDate__c'),
        parentGoal: textOf(row.ParentGoal__c) || null,
        parentName: textOf(row.ParentName__c) || null
    }));
}

/** The currency is that of quotas, where all are in one. */
export async function quotasAgreed(
    client: OrgClient,
    note: Notes
): Promise<{ quotas: AmountSpan[]; currency: string | null }> {
    const { q } = client.names;
    const rows = await readList(client, {
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

/** Signs of manufactured numbers that are open. */
export async function openFindings(client: OrgClient, note: Notes): Promise<EarlierFinding[]> {
    const { q } = client.names;
    const rows = await readList(client, {
        object: 'PerformanceWarning__c',
        fields: ['ExternalKey__c', 'Rep__c', 'MetricKey__c', 'Since__c', 'RaisedOn__c'],
        where: `${q('Kind__c')} = 'Gaming' AND ${q('Status__c')} = 'Open'`
    });
    return rows.flatMap((row) => warningOf(row, note));
}
