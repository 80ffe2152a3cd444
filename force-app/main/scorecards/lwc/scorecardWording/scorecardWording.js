// The words of scorecards: dimensions, roles, trends, marks and figures of metrics, and which colour repeats a score. Knows no
// data.
import { fillLabel, formatNumber } from 'c/labelText';
import dimensionClient from '@salesforce/label/c.SpmDimensionClient';
import dimensionBusiness from '@salesforce/label/c.SpmDimensionBusiness';
import dimensionExecution from '@salesforce/label/c.SpmDimensionExecution';
import dimensionTeam from '@salesforce/label/c.SpmDimensionTeam';
import dimensionLearning from '@salesforce/label/c.SpmDimensionLearning';
import roleAdviser from '@salesforce/label/c.SpmRoleAdviser';
import roleSeller from '@salesforce/label/c.SpmRoleSeller';
import roleOperations from '@salesforce/label/c.SpmRoleOperations';
import roleManager from '@salesforce/label/c.SpmRoleManager';
import roleNewJoiner from '@salesforce/label/c.SpmRoleNewJoiner';
import trendRising from '@salesforce/label/c.SpmTrendRising';
import trendSteady from '@salesforce/label/c.SpmTrendSteady';
import trendFalling from '@salesforce/label/c.SpmTrendFalling';
import trendTooFew from '@salesforce/label/c.SpmTrendTooFew';
import unitPercent from '@salesforce/label/c.SpmUnitPercent';
import unitDays from '@salesforce/label/c.SpmUnitDays';
import unitHours from '@salesforce/label/c.SpmUnitHours';
import familyResults from '@salesforce/label/c.SpmFamilyResults';
import familyBehaviour from '@salesforce/label/c.SpmFamilyBehaviour';
import familyCapability from '@salesforce/label/c.SpmFamilyCapability';
import statePast from '@salesforce/label/c.SpmStatePast';
import stateInForce from '@salesforce/label/c.SpmStateInForce';
import stateToCome from '@salesforce/label/c.SpmStateToCome';
import markMet from '@salesforce/label/c.SpmMarkMet';
import markNear from '@salesforce/label/c.SpmMarkNear';
import markMissed from '@salesforce/label/c.SpmMarkMissed';
import markNoData from '@salesforce/label/c.SpmMarkNoData';
import markTooFew from '@salesforce/label/c.SpmMarkTooFew';
import markNoStandard from '@salesforce/label/c.SpmMarkNoStandard';

/** In the order every page shows them. */
export const DIMENSIONS = [
    { key: 'client', label: dimensionClient },
    { key: 'business', label: dimensionBusiness },
    { key: 'execution', label: dimensionExecution },
    { key: 'team', label: dimensionTeam },
    { key: 'learning', label: dimensionLearning }
];

const ROLES = {
    adviser: roleAdviser,
    'asset-servicing': roleSeller,
    operations: roleOperations,
    manager: roleManager,
    'new-joiner': roleNewJoiner
};

const FAMILIES = { Results: familyResults, Behaviour: familyBehaviour, Capability: familyCapability };

const STATES = { Past: statePast, InForce: stateInForce, ToCome: stateToCome };

const TRENDS = {
    Rising: { label: trendRising, iconName: 'utility:arrowup', theme: 'rising' },
    Steady: { label: trendSteady, iconName: 'utility:forward', theme: 'steady' },
    Falling: { label: trendFalling, iconName: 'utility:arrowdown', theme: 'falling' },
    TooFew: { label: trendTooFew, iconName: 'utility:dash', theme: 'steady' }
};

const MARKS = {
    Met: { label: markMet, iconName: 'utility:success', theme: 'high' },
    Near: { label: markNear, iconName: 'utility:warning', theme: 'middle' },
    Missed: { label: markMissed, iconName: 'utility:error', theme: 'low' },
    NoData: { label: markNoData, iconName: 'utility:dash', theme: 'none' },
    TooFew: { label: markTooFew, iconName: 'utility:dash', theme: 'none' },
    NoStandard: { label: markNoStandard, iconName: 'utility:dash', theme: 'none' }
};

/** Amounts are of the org's currency, which scorecards do not name. */
const UNITS = {
    Count: { decimals: 0 },
    Amount: { decimals: 0 },
    Percent: { decimals: 1, label: unitPercent },
    Days: { decimals: 1, label: unitDays },
    Hours: { decimals: 1, label: unitHours },
    Score: { decimals: 1 },
    Ratio: { decimals: 2 }
};

/** Scores from here up are on course; below the second, they need a look. */
const HIGH_SCORE = 75;
const MIDDLE_SCORE = 50;

export function dimensionLabel(key) {
    return DIMENSIONS.find((dimension) => dimension.key === key)?.label ?? key;
}

export function roleLabel(key) {
    return ROLES[key] ?? key ?? '';
}

/** All roles, as choices. */
export const ROLE_OPTIONS = Object.entries(ROLES).map(([value, label]) => ({ value, label }));

export const FAMILY_OPTIONS = Object.entries(FAMILIES).map(([value, label]) => ({ value, label }));

export function familyLabel(key) {
    return FAMILIES[key] ?? key ?? '';
}

/** Of a version: past, in force or to come. */
export function stateLabel(key) {
    return STATES[key] ?? key ?? '';
}

/** The first day of the next month: the earliest day another version may hold from. */
export function nextMonth(time) {
    const today = new Date(time);
    return new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + 1, 1)).toISOString().slice(0, 10);
}

/** @returns {{ label: string, iconName: string, theme: string }} what is not known is shown as too little to say */
export function trendOf(trend) {
    return TRENDS[trend] ?? TRENDS.TooFew;
}

export function markOf(status) {
    return MARKS[status] ?? MARKS.NoData;
}

/** @returns {'high' | 'middle' | 'low' | 'none'} which colour stands behind a score; none where there is none */
export function themeOf(score) {
    if (score === null || score === undefined) return 'none';
    if (score >= HIGH_SCORE) return 'high';
    return score >= MIDDLE_SCORE ? 'middle' : 'low';
}

/**
 * A figure of a metric with its unit: 97.5 and `Percent` is "97.5 %".
 * @param {number | null | undefined} value
 * @param {string} unit
 */
export function figureOf(value, unit) {
    if (value === null || value === undefined) return '';
    const { decimals, label = '{0}' } = UNITS[unit] ?? UNITS.Ratio;
    return fillLabel(label, formatNumber(value, { maximumFractionDigits: decimals }));
}
