// From a warning to sentences: what was observed, and which limit it passed, with the limit's origin in words.
// Pure: no platform, no state. Rules and units are those of service/src/domain/pipeline/flags.
import { countLabel, fillLabel, formatNumber } from 'c/labelText';
import { observedSentence } from './observed';
import limitDays from '@salesforce/label/c.SpmLimitDays';
import limitMoreThan from '@salesforce/label/c.SpmLimitMoreThan';
import limitFewerThan from '@salesforce/label/c.SpmLimitFewerThan';
import limitBelow from '@salesforce/label/c.SpmLimitBelow';
import limitNextStep from '@salesforce/label/c.SpmLimitNextStep';
import basisSegment from '@salesforce/label/c.SpmBasisSegment';
import basisTeam from '@salesforce/label/c.SpmBasisTeam';
import basisFirm from '@salesforce/label/c.SpmBasisFirm';
import basisDefault from '@salesforce/label/c.SpmBasisDefault';
import basisPolicy from '@salesforce/label/c.SpmBasisPolicy';
import basisMedian from '@salesforce/label/c.SpmBasisMedian';
import join from '@salesforce/label/c.SpmJoin';
import joinSentences from '@salesforce/label/c.SpmJoinSentences';
import businessDay from '@salesforce/label/c.SpmBusinessDay';
import businessDays from '@salesforce/label/c.SpmBusinessDays';
import { quantity } from './quantity';

export { ruleTitle } from './ruleTitle';

/**
 * @typedef {object} Warning
 * @property {string} ruleKey
 * @property {string} unit
 * @property {number} [observedDays]
 * @property {number} [observedBusinessDays]
 * @property {number} [observedValue]
 * @property {number} [threshold]
 * @property {string} [thresholdBasis]
 * @property {number} [thresholdSampleSize]
 */

const BASIS_LABELS = {
    Segment: basisSegment,
    Team: basisTeam,
    Firm: basisFirm,
    Default: basisDefault,
    Policy: basisPolicy
};
const LEARNED = new Set(['Segment', 'Team', 'Firm']);

/**
 * @param {Warning} warning
 * @param {string} [currency] ISO code of the deal's amounts; the user's own when blank
 * @returns {string} "No two-way contact with the client for 23 business days"
 */
export function observedText(warning, currency) {
    return observedSentence(warning, currency);
}

/**
 * @param {Warning} warning
 * @param {{ stageMedianDays?: number, currency?: string }} [deal]
 * @returns {string} "Limit: 15 business days, learnt from 64 won deals of this type"
 */
export function basisText(warning, deal = {}) {
    if (isAboutMissingNextStep(warning)) return limitNextStep;
    const limit = limitText(warning, deal.currency);
    const sample = formatNumber(warning.thresholdSampleSize ?? 0);
    const origin = warning.thresholdBasis ?? '';
    if (warning.ruleKey === 'R5' && LEARNED.has(origin) && hasValue(deal.stageMedianDays)) {
        const median = countLabel(Number(deal.stageMedianDays), businessDay, businessDays);
        return fillLabel(joinSentences, fillLabel(basisMedian, median, sample), limit);
    }
    const basis = BASIS_LABELS[origin];
    return basis ? fillLabel(join, limit, fillLabel(basis, sample)) : limit;
}

function limitText(warning, currency) {
    return fillLabel(limitLabel(warning), quantity(warning.threshold, warning.unit, currency));
}

/** Day rules speak when the limit is reached, count rules when it is passed, R6 and R11 when it is not reached. */
function limitLabel({ ruleKey, unit }) {
    if (ruleKey === 'R6') return limitFewerThan;
    if (ruleKey === 'R11') return limitBelow;
    if (ruleKey === 'R4' || ruleKey === 'R8' || unit === 'Amount') return limitMoreThan;
    return limitDays;
}

function isAboutMissingNextStep({ ruleKey, unit }) {
    return ruleKey === 'R9' && unit === 'Count';
}

function hasValue(value) {
    return value !== undefined && value !== null;
}
