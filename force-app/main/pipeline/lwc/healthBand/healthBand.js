// The bands of deal health, most urgent first: the label, icon and headline each is shown with.
import healthy from '@salesforce/label/c.SpmBandHealthy';
import watch from '@salesforce/label/c.SpmBandWatch';
import atRisk from '@salesforce/label/c.SpmBandAtRisk';
import stalled from '@salesforce/label/c.SpmBandStalled';
import healthyText from '@salesforce/label/c.SpmBandHealthyText';
import watchText from '@salesforce/label/c.SpmBandWatchText';
import atRiskText from '@salesforce/label/c.SpmBandAtRiskText';
import stalledText from '@salesforce/label/c.SpmBandStalledText';

/** @typedef {{ value: string, label: string, headline: string, iconName: string, theme: string }} Band */

/** @type {Band[]} */
export const BANDS = [
    {
        value: 'Stalled',
        label: stalled,
        headline: stalledText,
        iconName: 'utility:pause_alt',
        theme: 'stalled'
    },
    { value: 'AtRisk', label: atRisk, headline: atRiskText, iconName: 'utility:warning', theme: 'at-risk' },
    { value: 'Watch', label: watch, headline: watchText, iconName: 'utility:preview', theme: 'watch' },
    { value: 'Healthy', label: healthy, headline: healthyText, iconName: 'utility:success', theme: 'healthy' }
];

/**
 * @param {string} value
 * @returns {Band | undefined} undefined for a band this version does not know
 */
export function bandOf(value) {
    return BANDS.find((band) => band.value === value);
}

/**
 * 0 for the most urgent; unknown bands come last.
 * @param {string} value
 */
export function urgencyOf(value) {
    const index = BANDS.findIndex((band) => band.value === value);
    return index < 0 ? BANDS.length : index;
}
