// What kind of number it is, the number as its own page writes it, and whether it still holds. Pure.
import { observedText } from 'c/flagWording';
import { countLabel, formatNumber } from 'c/labelText';
import { quarterMoney } from 'c/quarterMoney';
import { figureOf } from 'c/scorecardWording';
import line from '@salesforce/label/c.SpmOriginKindLine';
import payout from '@salesforce/label/c.SpmOriginKindPayout';
import warning from '@salesforce/label/c.SpmOriginKindWarning';
import chance from '@salesforce/label/c.SpmOriginKindChance';
import forecast from '@salesforce/label/c.SpmOriginKindForecast';
import metric from '@salesforce/label/c.SpmOriginKindMetric';
import final from '@salesforce/label/c.SpmOriginFinal';
import superseded from '@salesforce/label/c.SpmOriginSuperseded';
import changedOne from '@salesforce/label/c.SpmOriginChangedOne';
import changedMany from '@salesforce/label/c.SpmOriginChangedMany';
import stale from '@salesforce/label/c.SpmOriginStale';
import current from '@salesforce/label/c.SpmOriginCurrent';

const KINDS = {
    Line: line,
    Payout: payout,
    Warning: warning,
    Chance: chance,
    Forecast: forecast,
    Metric: metric
};
const KINDS_OF_MONEY = new Set(['Line', 'Payout', 'Forecast']);

export function kindText(kind) {
    return KINDS[kind];
}

export function valueText({ kind, warning: observed, value, unit, currencyCode }) {
    if (observed) return observedText(observed, currencyCode);
    if (value === null || value === undefined) return '–';
    if (KINDS_OF_MONEY.has(kind)) return quarterMoney(value, currencyCode);
    if (unit === 'Share') return formatNumber(value, { style: 'percent', maximumFractionDigits: 0 });
    return figureOf(value, unit);
}

export function standingOf({ standing, changedInputCount }) {
    const isGood = standing === 'Final' || standing === 'Current';
    const words = {
        Final: final,
        Superseded: superseded,
        Changed: countLabel(changedInputCount ?? 0, changedOne, changedMany),
        Stale: stale,
        Current: current
    }[standing];
    return {
        words,
        icon: isGood ? 'utility:success' : 'utility:warning',
        variant: isGood ? 'success' : 'warning'
    };
}
