// How an award of variable pay is to be paid out, as rules look at it: its parts by month and form, and the figures a requirement
// is about. An award with 60 at once and 40 in four yearly tranches has a deferredPart of 40 and deferralMonths of 48.
import { Ratio, larger, sumOf } from '../../ratio.ts';
import type { Subject } from './rule-pack.ts';

export interface AwardTerms {
    parts: AwardPart[];
    /** months from award in which it can be taken back; null: it cannot */
    clawbackMonths: number | null;
}

export interface AwardPart {
    /** 0: at once */
    afterMonths: number;
    amount: Ratio;
    form: 'cash' | 'instrument';
    /** months an instrument must be kept once it is there */
    retentionMonths: number;
}

/** What `vestedEarly` is held against: the earliest vesting, and the deferral, that are asked for. */
export interface VestingAsked {
    firstMonths: number;
    deferralMonths: number;
}

/** Months between vestings where tranches are yearly; the step of pro rata. */
const STEP_MONTHS = 12;

export function amountOf({ parts }: AwardTerms): Ratio {
    return sumOf(parts.map(({ amount }) => amount));
}

/** The figure a requirement is about. Months of parts that are not there (no instruments, nothing deferred) are null: there
 *  is nothing to hold the requirement against. */
export function termOf(terms: AwardTerms, subject: Subject, asked: VestingAsked): Ratio | null {
    const deferred = terms.parts.filter(({ afterMonths, amount }) => afterMonths > 0 && !amount.isZero);
    const upfront = terms.parts.filter(({ afterMonths }) => afterMonths === 0);
    switch (subject) {
        case 'variablePart':
            return amountOf(terms);
        case 'deferredPart':
            return sumOf(deferred.map(({ amount }) => amount));
        case 'deferralMonths':
            return deferred.length === 0 ? null : Ratio.of(Math.max(...deferred.map(monthsOf)));
        case 'firstVestingMonths':
            return deferred.length === 0 ? null : Ratio.of(Math.min(...deferred.map(monthsOf)));
        case 'vestedEarly':
            return vestedEarly(deferred, asked);
        case 'instrumentsPart':
            return instruments(terms.parts);
        case 'upfrontInstrumentsPart':
            return instruments(upfront);
        case 'deferredInstrumentsPart':
            return instruments(deferred);
        case 'upfrontRetentionMonths':
            return leastRetention(upfront);
        case 'deferredRetentionMonths':
            return leastRetention(deferred);
        case 'clawbackMonths':
            return Ratio.of(terms.clawbackMonths ?? 0);
    }
}

/** The most that has vested at any time beyond pro rata: equal steps of twelve months from the first vesting allowed to the end
 *  of the deferral, the award's own where it is longer. 40 over 48 months: 10 after 12 months is pro rata, 15 is 5 early. */
function vestedEarly(deferred: readonly AwardPart[], { firstMonths, deferralMonths }: VestingAsked): Ratio {
    const whole = sumOf(deferred.map(({ amount }) => amount));
    const end = Math.max(deferralMonths, ...deferred.map(monthsOf));
    const span = end - firstMonths + STEP_MONTHS;
    return [...new Set(deferred.map(monthsOf))].reduce((most, month) => {
        const vested = sumOf(
            deferred.filter((part) => part.afterMonths <= month).map(({ amount }) => amount)
        );
        const passed = Math.max(0, month - firstMonths + STEP_MONTHS);
        return larger(most, vested.minus(whole.times(Ratio.of(passed, span))));
    }, Ratio.ZERO);
}

function monthsOf({ afterMonths }: AwardPart): number {
    return afterMonths;
}

function instruments(parts: readonly AwardPart[]): Ratio {
    return sumOf(parts.filter(({ form }) => form === 'instrument').map(({ amount }) => amount));
}

function leastRetention(parts: readonly AwardPart[]): Ratio | null {
    const kept = parts.filter(({ form, amount }) => form === 'instrument' && !amount.isZero);
    return kept.length === 0
        ? null
        : Ratio.of(Math.min(...kept.map(({ retentionMonths }) => retentionMonths)));
}
