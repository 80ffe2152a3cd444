// A review of people to its rows: sheets and their metrics, warnings, recommended steps, weeks of managers, focus lists and due
// conversations, each with the fields Salesforce stores. JSON is written as architecture.md says.
import { formatDay } from '../domain/calendar.ts';
import { toUnits } from '../domain/money.ts';
import { cardKey } from '../domain/people-review/keys.ts';
import type { ConductFinding } from '../domain/people-review/conduct-findings.ts';
import type { HeldSignal, ManagerWeek, PeopleReview } from '../domain/people-review/people-review.ts';
import type { Ratio } from '../domain/ratio.ts';
import { decimalOf } from '../domain/scorecards/columns/score-pass.ts';
import type { FocusList } from '../domain/scorecards/focus/types.ts';
import type { MetricResult, Scorecard } from '../domain/scorecards/types.ts';
import { UNITS_PER_ONE } from '../domain/scorecards/units.ts';
import type { CadenceItem } from '../domain/scorecards/week/cadence.ts';
import type { Suggestion } from '../domain/scorecards/week/types.ts';
import type { RowFields } from './write-rows.ts';

const MOST_TEXT = 255;
const MOST_EVIDENCE = 50;
const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
const text = (words: string | null): string | null => (words ? words.slice(0, MOST_TEXT) : null);
const round = (value: number, decimals: number): number => Number(value.toFixed(decimals));
const share = (ratio: Ratio): number => round(decimalOf(ratio), 4);
const units = (value: number | null): number | null => (value === null ? null : value / UNITS_PER_ONE);
const tenth = (ratio: Ratio | null): number | null => (ratio === null ? null : round(decimalOf(ratio), 1));

/** What a review says beside the row itself. */
export interface RowContext {
    /** name of a metric by its id */
    nameOf: (metric: string) => string;
    /** name of a signal by its id */
    signalOf: (signal: string) => string;
    /** the object a record is of, by its id */
    objectOf: (id: string) => string;
    currency: string | null;
}

export function scorecardRow(
    card: Scorecard,
    before: Scorecard | undefined,
    held: readonly HeldSignal[],
    { nameOf }: RowContext
): RowFields {
    const previous = new Map((before?.dimensions ?? []).map(({ dimension, score }) => [dimension, score]));
    return {
        ExternalKey__c: cardKey(card),
        OwnerId: card.person,
        Rep__c: card.person,
        PeriodStartDate__c: `${card.month}-01`,
        PeriodEndDate__c: lastDayOf(card.month),
        RoleKey__c: card.role,
        TemplateVersion__c: card.templateVersion,
        Status__c: capital(card.status),
        Score__c: card.score,
        CoveragePercent__c: round(decimalOf(card.coverage) * 100, 1),
        PreviousScore__c: card.previousScore,
        Trend__c: capital(card.trend),
        IsRamping__c: card.isRamping,
        RampMonth__c: card.rampMonth,
        Percentile__c: card.percentile === null ? null : round(card.percentile, 1),
        PeerCount__c: card.peers,
        CappedBy__c: text(card.cappedBy),
        OverriddenBy__c: text(card.overriddenBy),
        Dimensions__c: JSON.stringify(
            card.dimensions.map(({ dimension, weight, score, coverage }) => ({
                dimension,
                weight: share(weight),
                score: tenth(score),
                coverage: share(coverage),
                previous: tenth(previous.get(dimension) ?? null)
            }))
        ),
        Reasons__c: JSON.stringify(reasonsOf(card, nameOf)),
        Held__c: JSON.stringify(
            held.map(({ signal, source, count, newestOn, retainUntil }) => ({
                signal: signal.name,
                source,
                count,
                lastExtracted: formatDay(newestOn),
                purpose: signal.purpose,
                retainUntil: formatDay(retainUntil)
            }))
        )
    };
}

const MOST_REASONS = 3;

/** Metrics that cost most points, worst first. */
function reasonsOf({ metrics }: Scorecard, nameOf: RowContext['nameOf']): { words: string }[] {
    return metrics
        .flatMap(({ metric, points, weight }) =>
            points === null ? [] : [{ metric, lost: decimalOf(weight) * 100 - decimalOf(points) }]
        )
        .filter(({ lost }) => lost >= 0.05)
        .sort((a, b) => b.lost - a.lost || (a.metric < b.metric ? -1 : 1))
        .slice(0, MOST_REASONS)
        .map(({ metric, lost }) => ({
            words: `${nameOf(metric)}: ${pointsOf(lost)} short of all it can give.`
        }));
}

function pointsOf(lost: number): string {
    const points = round(lost, 1);
    return points === 1 ? '1 point' : `${points} points`;
}

/** Full weight without data counts nothing; what is anonymous names no record. */
export function metricRow(
    card: Scorecard,
    result: MetricResult,
    { objectOf, signalOf }: RowContext
): RowFields {
    return {
        ExternalKey__c: `${cardKey(card)}:${result.metric}`,
        OwnerId: card.person,
        Rep__c: card.person,
        Scorecard__r: { ExternalKey__c: cardKey(card) },
        MetricKey__c: result.metric,
        MetricVersion__c: result.version,
        Dimension__c: result.dimension,
        Weight__c: share(result.weight),
        Value__c: units(result.value),
        LowValue__c: units(result.low),
        HighValue__c: units(result.high),
        SampleSize__c: result.n,
        FloorValue__c: units(result.floor),
        TargetValue__c: units(result.target),
        Attainment__c: result.attainment === null ? null : round(decimalOf(result.attainment), 4),
        Points__c: result.points === null ? null : round(decimalOf(result.points), 2),
        Trend__c: capital(result.trend),
        Percentile__c: result.percentile === null ? null : round(result.percentile, 1),
        Status__c: capital(result.status),
        Series__c: JSON.stringify(
            result.series.points.map(({ from, value, n }) => ({
                month: formatDay(from).slice(0, 7),
                value: value === null ? null : round(value, 4),
                n
            }))
        ),
        Working__c: JSON.stringify(result.working),
        Evidence__c: JSON.stringify(
            result.evidence.slice(0, MOST_EVIDENCE).map(({ id, signal, day }) => ({
                id,
                object: objectOf(id),
                label: `${signalOf(signal)}, ${formatDay(day)}`
            }))
        )
    };
}

export function warningRow(warning: PeopleReview['warnings'][number], { objectOf }: RowContext): RowFields {
    return {
        ExternalKey__c: warning.key,
        // A check-in is for the manager alone.
        OwnerId: warning.kind === 'CheckIn' ? warning.manager : warning.person,
        Rep__c: warning.person,
        MetricKey__c: warning.metric,
        Kind__c: warning.kind,
        Since__c: formatDay(warning.since),
        RaisedOn__c: formatDay(warning.raisedOn),
        ClearedOn__c: null,
        BaselineValue__c: round(warning.usual, 4),
        ObservedValue__c: round(warning.observed, 4),
        Severity__c: warning.severity === 'Red' ? 'High' : 'Medium',
        Evidence__c: JSON.stringify(warning.evidence.map((item) => ({ ...item, object: objectOf(item.id) }))),
        Words__c: text(warning.words),
        Status__c: 'Open'
    };
}

/** For compliance: belongs to the service's own user, who has no role, so that the role hierarchy shows it to nobody. */
export function findingRow(finding: ConductFinding, ownerId: string): RowFields {
    return {
        ExternalKey__c: finding.key,
        OwnerId: ownerId,
        Rep__c: finding.person,
        MetricKey__c: finding.metric,
        Kind__c: 'Gaming',
        Since__c: formatDay(finding.since),
        RaisedOn__c: formatDay(finding.raisedOn),
        ClearedOn__c: null,
        BaselineValue__c: null,
        ObservedValue__c: finding.count,
        Severity__c: finding.severity,
        Evidence__c: JSON.stringify(finding.evidence),
        Words__c: text(finding.words),
        Status__c: 'Open'
    };
}

export function suggestionRow(
    one: Suggestion,
    listSize: number,
    { currency, objectOf }: RowContext
): RowFields {
    return {
        ExternalKey__c: one.key,
        OwnerId: one.manager,
        Manager__c: one.manager,
        Rep__c: one.person,
        WeekStartDate__c: formatDay(one.week),
        Rank__c: one.rank,
        ShortlistSize__c: listSize,
        ExpectedBenefitAmount__c: toUnits(one.benefitMinor),
        CurrencyCode__c: currency,
        Reasons__c: JSON.stringify(
            one.reasons.map(({ metric, words, observed, baseline, since }) => ({
                metricKey: metric,
                words,
                observed: round(observed, 4),
                baseline: round(baseline, 4),
                since: formatDay(since)
            }))
        ),
        Evidence__c: JSON.stringify(
            one.evidence.map(({ id, label }) => ({ id, object: objectOf(id), label }))
        ),
        GapKind__c: one.gap,
        StepKey__c: one.stepKey,
        StepText__c: text(one.stepText),
        DueDate__c: formatDay(one.dueOn),
        Status__c: 'Suggested'
    };
}

export function weekRow(week: ManagerWeek): RowFields {
    return {
        ExternalKey__c: `${week.manager}:${formatDay(week.week)}`,
        OwnerId: week.manager,
        Manager__c: week.manager,
        WeekStartDate__c: formatDay(week.week),
        ShortlistCount__c: week.shortlistCount,
        PeopleCount__c: week.heat.length,
        AlertCount__c: week.alertCount,
        AlertCap__c: week.alertCap,
        Verdict__c: text(week.verdict),
        CadencePercent__c: week.cadencePercent === null ? null : round(week.cadencePercent, 1),
        Heat__c: JSON.stringify(
            week.heat.map(({ person, scorecardKey, score, trend, reason, dimensions }) => ({
                userId: person,
                scorecardKey,
                score,
                trend: capital(trend),
                reason,
                dimensions
            }))
        )
    };
}

export function focusRow({ person, items, capacityMinutes }: FocusList): RowFields {
    return {
        ExternalKey__c: person,
        OwnerId: person,
        Rep__c: person,
        CapacityMinutes__c: capacityMinutes,
        Items__c: JSON.stringify(
            items.map((item) => ({
                opportunityId: item.dealId,
                minutes: item.minutes,
                chanceChange: round(item.chanceChange, 4),
                amount: toUnits(item.amountMinor),
                value: toUnits(item.valueMinor),
                reasons: item.reasons,
                action: item.action,
                payEffect: item.payEffectMinor === null ? null : toUnits(item.payEffectMinor)
            }))
        )
    };
}

export function cadenceRow(item: CadenceItem): RowFields {
    return {
        ExternalKey__c: item.key,
        OwnerId: item.manager,
        Manager__c: item.manager,
        Rep__c: item.person,
        Kind__c: item.kind,
        DueDate__c: formatDay(item.dueOn),
        HeldOn__c: item.heldOn === null ? null : formatDay(item.heldOn),
        EventId__c: item.recordId,
        Status__c: item.status
    };
}

function lastDayOf(month: string): string {
    const [year, number] = month.split('-').map(Number) as [number, number];
    return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
}
