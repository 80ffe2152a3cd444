// The week of one manager in sentences made by rule. Each figure is read from a row of the same review and names it, so the
// sentence cannot say anything the pages do not.
import { formatDay } from '../calendar.ts';
import type { DayNumber } from '../pipeline/types.ts';
import { amountText, forecastKey, snapshotKey } from './keys.ts';
import type { Brief, Figure, ForecastResult, Part, Sentence, Snapshot } from './quarter-review.ts';
import type { ScopeOfPeople } from './teams.ts';

/** null where there is nothing to say about. */
export function briefOf(
    of: ScopeOfPeople,
    snapshots: readonly Snapshot[],
    forecasts: readonly ForecastResult[],
    asOf: DayNumber
): Brief | null {
    const now = snapshots.find((one) => one.of === of && one.asOf === asOf);
    if (!now) return null;
    const foretold = forecasts.find(
        (one) => one.of === of && one.segment === '' && one.period.startOn === now.period.startOn
    );
    return {
        readerId: of.userId,
        asOf,
        period: now.period,
        sentences: [
            ...(foretold ? forecastSentences(foretold) : []),
            ...realSentences(now),
            changeSentence(now),
            ...coverageSentences(now)
        ]
    };
}

function forecastSentences(row: ForecastResult): Sentence[] {
    const { range, period, drivers, commitMinor } = row;
    const amount = (minor: number, field: string): Figure => ({
        unit: 'Amount',
        value: amountText(minor),
        recordKey: forecastKey(row),
        field
    });
    if (!range)
        return [
            {
                text: `There is not enough history to say what ${period.key} is likely to become.`,
                figures: []
            }
        ];
    const said: Sentence[] = [
        {
            text: `${period.key} is likely to end between {0} and {1}, around {2} in the middle; {3} is at risk.`,
            figures: [
                amount(range.low, 'LowAmount__c'),
                amount(range.high, 'HighAmount__c'),
                amount(range.middle, 'MiddleAmount__c'),
                amount(range.middle - range.low, 'AtRiskAmount__c')
            ]
        }
    ];
    const [largest] = drivers;
    if (largest?.accountId)
        said.push({
            text: 'The account that holds most of the risk stands for {0} of it.',
            figures: [amount(largest.amountMinor, 'Drivers__c')]
        });
    if (commitMinor !== null && commitMinor > range.middle)
        said.push({
            text: 'The commit of {0} lies above the middle of what is likely.',
            figures: [amount(commitMinor, 'CommitAmount__c')]
        });
    return said;
}

function realSentences(row: Snapshot): Sentence[] {
    const recordKey = snapshotKey(row);
    const said: Sentence[] = [
        {
            text: 'Of {0} claimed for the quarter, {1} is real.',
            figures: [
                { unit: 'Amount', value: amountText(row.claimedMinor), recordKey, field: 'ClaimedAmount__c' },
                { unit: 'Amount', value: amountText(row.realMinor), recordKey, field: 'RealAmount__c' }
            ]
        }
    ];
    const largest = largestOf(row.exclusions);
    if (largest)
        said.push({
            text: `Most of the difference is ${EXCLUDED[largest.kind] ?? largest.kind}: {0} in {1} deals.`,
            figures: [
                { unit: 'Amount', value: amountText(largest.amountMinor), recordKey, field: 'Exclusions__c' },
                { unit: 'Count', value: String(largest.dealCount), recordKey, field: 'Exclusions__c' }
            ]
        });
    return said;
}

const EXCLUDED: Record<string, string> = {
    Outlived: 'older than any deal that was won',
    Silent: 'without a sign of life for 30 days',
    PastDue: 'past its close date',
    NoAmount: 'without an amount',
    Overstated: 'what won deals lose on the way'
};

function changeSentence(row: Snapshot): Sentence {
    const change = row.claimedMinor - row.openingMinor;
    const recordKey = snapshotKey(row);
    const since = formatDay(row.changesSince);
    if (change === 0) return { text: `Since ${since} the claimed pipeline is what it was.`, figures: [] };
    return {
        text: `Since ${since} the claimed pipeline ${change > 0 ? 'grew' : 'shrank'} from {0} to {1}.`,
        figures: [
            { unit: 'Amount', value: amountText(row.openingMinor), recordKey, field: 'OpeningAmount__c' },
            { unit: 'Amount', value: amountText(row.claimedMinor), recordKey, field: 'ClaimedAmount__c' }
        ]
    };
}

function coverageSentences(row: Snapshot): Sentence[] {
    const { requiredCoverage: required, coverage, targetMinor } = row;
    const recordKey = snapshotKey(row);
    const times = (value: number, field: string): Figure => ({
        unit: 'Times',
        value: value.toFixed(2),
        recordKey,
        field
    });
    const target = (minor: number): Figure => ({
        unit: 'Amount',
        value: amountText(minor),
        recordKey,
        field: 'TargetAmount__c'
    });
    if (targetMinor !== null && coverage === null)
        return [{ text: 'The target of {0} is reached.', figures: [target(targetMinor)] }];
    if (required === null) return [];
    if (targetMinor === null || coverage === null)
        return [
            {
                text: 'By the share of value that was won in the last year, a target needs {0} times its amount in real pipeline.',
                figures: [times(required, 'RequiredCoverage__c')]
            }
        ];
    return [
        {
            text: 'The real pipeline is {0} times what is missing to the target of {1}; by the share of value that was won in the last year, it needs {2} times.',
            figures: [
                times(coverage, 'Coverage__c'),
                target(targetMinor),
                times(required, 'RequiredCoverage__c')
            ]
        }
    ];
}

function largestOf(parts: readonly Part[]): Part | undefined {
    return parts
        .filter(({ amountMinor }) => amountMinor > 0)
        .toSorted((a, b) => b.amountMinor - a.amountMinor)[0];
}
