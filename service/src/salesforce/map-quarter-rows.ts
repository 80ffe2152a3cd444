// A review of quarters to its rows: snapshots, forecasts, model cards and briefs, each with the fields Salesforce stores.
import { formatDay } from '../domain/calendar.ts';
import type { FlagRecord } from '../domain/flag-record/types.ts';
import { toUnits } from '../domain/money.ts';
import { NONE, type DayNumber } from '../domain/pipeline/types.ts';
import { amountText, forecastKey, modelKey, snapshotKey } from '../domain/quarter/keys.ts';
import type {
    Brief,
    DealScore,
    ForecastResult,
    ModelCardResult,
    Part,
    Snapshot
} from '../domain/quarter/quarter-review.ts';
import type { RowFields } from './write-rows.ts';

const MOST_REASONS = 10;
/** What Coverage__c can hold: a cent is missing to the target. */
const MOST_COVERAGE = 999_999.99;

export function snapshotRow(row: Snapshot): RowFields {
    const { period, figures } = row;
    return {
        ExternalKey__c: snapshotKey(row),
        OwnerId: row.of.userId,
        Scope__c: row.of.scope,
        Rep__c: row.of.userId,
        ...periodFields(row),
        ClaimedAmount__c: toUnits(row.claimedMinor),
        RealAmount__c: toUnits(row.realMinor),
        ExpectedAmount__c: units(row.expectedMinor),
        WonAmount__c: toUnits(row.wonMinor),
        TargetAmount__c: units(row.targetMinor),
        Coverage__c: row.coverage === null ? null : Math.min(MOST_COVERAGE, round(row.coverage, 2)),
        OpeningAmount__c: toUnits(row.openingMinor),
        ChangesSinceDate__c: formatDay(row.changesSince),
        DealCount__c: row.dealCount,
        RealDealCount__c: row.realDealCount,
        RequiredCoverage__c: row.requiredCoverage === null ? null : round(row.requiredCoverage, 2),
        HygieneScore__c: row.hygieneScore,
        Exclusions__c: JSON.stringify(row.exclusions.map(partOf)),
        Changes__c: JSON.stringify(row.changes.map(partOf)),
        Figures__c: JSON.stringify({
            velocity: figures.velocity && {
                winRate: round(figures.velocity.winRate, 4),
                averageWon: amountText(figures.velocity.averageWonMinor),
                averageDays: round(figures.velocity.averageDays, 1),
                perDay: amountText(figures.velocity.perDayMinor)
            },
            conversion: figures.conversion.map(({ stageName, entered, censored, to }) => ({
                stageName,
                entered,
                censored,
                to: [...to].map(([name, share]) => ({ name, share: round(share, 4) }))
            })),
            pace: figures.pace && {
                weekly: figures.pace.weekly,
                before: round(figures.pace.before, 1),
                now: round(figures.pace.now, 1),
                slowerSince: figures.pace.slowerSince === null ? null : formatDay(figures.pace.slowerSince)
            },
            winLoss: figures.winLoss && {
                closedCount: figures.winLoss.closedCount,
                coverage: round(figures.winLoss.coverage, 4),
                silence: figures.winLoss.silence,
                reasons: figures.winLoss.reasons
                    .slice(0, MOST_REASONS)
                    .map(({ exampleIds: _examples, pValue: _p, interval, ...found }) => ({
                        ...roundedFigures(found),
                        low: round(interval.low, 4),
                        high: round(interval.high, 4)
                    }))
            },
            hygiene: figures.hygiene,
            closedCount: figures.closedCount,
            periodKey: period.key
        })
    };
}

export function forecastRow(row: ForecastResult): RowFields {
    const { range } = row;
    return {
        ExternalKey__c: forecastKey(row),
        OwnerId: row.of.userId,
        Scope__c: row.segment === '' ? row.of.scope : 'Segment',
        Rep__c: row.of.userId,
        Segment__c: row.segment || null,
        ...periodFields(row),
        LowAmount__c: units(range?.low),
        MiddleAmount__c: units(range?.middle),
        HighAmount__c: units(range?.high),
        AtRiskAmount__c: range && units(range.middle - range.low),
        NewBusinessAmount__c: units(range?.newBusiness),
        WonAmount__c: toUnits(row.wonMinor),
        TargetAmount__c: units(row.targetMinor),
        StageWeightedAmount__c: units(row.stageWeightedMinor),
        LastPeriodAmount__c: units(row.lastPeriodMinor),
        CommitAmount__c: units(row.commitMinor),
        DealCount__c: row.dealCount,
        Drivers__c: JSON.stringify(
            row.drivers.map(({ accountId, amountMinor, dealIds, mitigations }) => ({
                accountId,
                amount: amountText(amountMinor),
                dealIds,
                mitigations: mitigations.map(({ dealId, kind, lowMinor, middleMinor }) => ({
                    dealId,
                    kind,
                    lowAmount: amountText(lowMinor),
                    middleAmount: amountText(middleMinor)
                }))
            }))
        ),
        Optimism__c: row.optimism || null,
        Basis__c: row.basis,
        ModelKey__c: row.basis === 'Model' ? winModelKey(row.asOf) : null
    };
}

export function cardRow(card: ModelCardResult, fittedOn: DayNumber, fittedAt: string): RowFields {
    return {
        ExternalKey__c: modelKey(card, fittedOn),
        Kind__c: card.kind,
        Status__c: card.status,
        Method__c: card.method || null,
        FittedAt__c: fittedAt,
        DealCount__c: card.dealCount,
        OutcomeCount__c: card.outcomeCount,
        Discrimination__c: rounded(card.discrimination, 4),
        BrierScore__c: rounded(card.brierScore, 5),
        BaselineBrierScore__c: rounded(card.baselineBrierScore, 5),
        CalibrationError__c: rounded(card.calibrationError, 5),
        DriftScore__c: rounded(card.driftScore, 2),
        Reliability__c: JSON.stringify(card.reliability.map(roundedFigures)),
        Race__c: JSON.stringify(card.race.map(roundedFigures)),
        Inputs__c: JSON.stringify(card.inputs.map(roundedFigures)),
        PlainText__c: card.plainText
    };
}

export function briefRow({ readerId, asOf, period, sentences }: Brief): RowFields {
    return {
        ExternalKey__c: `${formatDay(asOf)}:${readerId}`,
        OwnerId: readerId,
        Reader__c: readerId,
        ...periodFields({ asOf, period }),
        Body__c: JSON.stringify(sentences)
    };
}

const STATUS_OF_RULE: Record<FlagRecord['verdict'], string> = {
    Earned: 'Kept',
    Demoted: 'Demoted',
    NotEnough: 'TooFew'
};
const LONGEST_WHY = 255;

export function ruleRow(record: FlagRecord): RowFields {
    const { ruleKey, segment, flaggedDeals, hitRate, feedbackWeight, lead, interval } = record;
    return {
        ExternalKey__c: `${ruleKey}:${segment}`,
        RuleKey__c: ruleKey,
        Segment__c: segment || null,
        Status__c: STATUS_OF_RULE[record.verdict],
        FlaggedCount__c: flaggedDeals,
        LostCount__c: Math.round((hitRate ?? 0) * (flaggedDeals + feedbackWeight)),
        HitRate__c: rounded(hitRate, 4),
        BaseRate__c: rounded(record.otherRate, 4),
        Lift__c: rounded(record.lift, 3),
        LiftLow__c: rounded(interval?.low ?? null, 3),
        LiftHigh__c: rounded(interval?.high ?? null, 3),
        LeadDays__c: lead && lead.median,
        FeedbackCount__c: record.feedbackCount,
        Why__c: cut(record.sentence)
    };
}

function cut(text: string): string {
    return text.length <= LONGEST_WHY ? text : `${text.slice(0, LONGEST_WHY - 1)}…`;
}

/** The part of DealHealth__c that a review writes. */
export function scoreFields(score: DealScore, fittedOn: DayNumber): RowFields {
    return {
        WinProbability__c: score.win,
        WinSoonProbability__c: score.winSoon,
        StallProbability__c: score.stall,
        CloseEarlyDate__c: dayText(score.earlyOn),
        CloseLikelyDate__c: dayText(score.likelyOn),
        CloseLateDate__c: dayText(score.lateOn),
        ScoreReasons__c: JSON.stringify(score.reasons),
        ModelKey__c: winModelKey(fittedOn)
    };
}

/** The card people are led to: of the chance to win, which the other models go with. */
function winModelKey(fittedOn: DayNumber): string {
    return modelKey({ kind: 'Win' } as ModelCardResult, fittedOn);
}

export const NO_SCORE: RowFields = {
    WinProbability__c: null,
    WinSoonProbability__c: null,
    StallProbability__c: null,
    CloseEarlyDate__c: null,
    CloseLikelyDate__c: null,
    CloseLateDate__c: null,
    ScoreReasons__c: null,
    ModelKey__c: null
};

function periodFields({ asOf, period }: Pick<Snapshot, 'asOf' | 'period'>): RowFields {
    return {
        AsOfDate__c: formatDay(asOf),
        PeriodName__c: period.key,
        PeriodStartDate__c: formatDay(period.startOn),
        PeriodEndDate__c: formatDay(period.endOn)
    };
}

function partOf({ kind, amountMinor, dealCount }: Part): { kind: string; amount: string; dealCount: number } {
    return { kind, amount: amountText(amountMinor), dealCount };
}

function units(minor: number | null | undefined): number | null {
    return minor === null || minor === undefined ? null : toUnits(minor);
}

function dayText(day: DayNumber): string | null {
    return day === NONE ? null : formatDay(day);
}

function round(value: number, decimals: number): number {
    const scale = 10 ** decimals;
    return Math.round(value * scale) / scale;
}

function rounded(value: number | null, decimals: number): number | null {
    return value === null ? null : round(value, decimals);
}

function roundedFigures<Row extends object>(row: Row): Row {
    return Object.fromEntries(
        Object.entries(row).map(([name, value]) => [
            name,
            typeof value === 'number' ? round(value, 4) : value
        ])
    ) as Row;
}
