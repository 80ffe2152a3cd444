// Features, audiences and states of the rollout, as FeatureRollout__c keeps them, in the words people read.
import dealWarnings from '@salesforce/label/c.SpmFeatureDealWarnings';
import winChances from '@salesforce/label/c.SpmFeatureWinChances';
import forecast from '@salesforce/label/c.SpmFeatureForecast';
import scorecards from '@salesforce/label/c.SpmFeatureScorecards';
import suggestions from '@salesforce/label/c.SpmSuggestions';
import everybody from '@salesforce/label/c.SpmRolloutEverybody';
import teamOfManager from '@salesforce/label/c.SpmRolloutTeamOf';
import peopleOfRole from '@salesforce/label/c.SpmRolloutPeopleOf';
import manager from '@salesforce/label/c.SpmRolloutManager';
import role from '@salesforce/label/c.SpmRolloutRole';
import on from '@salesforce/label/c.SpmRolloutOn';
import shadow from '@salesforce/label/c.SpmRolloutShadow';
import off from '@salesforce/label/c.SpmRolloutOff';
import onText from '@salesforce/label/c.SpmRolloutOnText';
import shadowText from '@salesforce/label/c.SpmRolloutShadowText';
import offText from '@salesforce/label/c.SpmRolloutOffText';
import nextStep from '@salesforce/label/c.SpmKindNextStep';
import closeDate from '@salesforce/label/c.SpmKindCloseDate';
import contactRole from '@salesforce/label/c.SpmKindContactRole';
import { bandOf } from 'c/healthBand';
import { fillLabel } from 'c/labelText';
import { roleLabel } from 'c/scorecardWording';

export const FEATURES = [
    { value: 'DealWarnings', label: dealWarnings },
    { value: 'WinChances', label: winChances },
    { value: 'Forecast', label: forecast },
    { value: 'Scorecards', label: scorecards },
    { value: 'Suggestions', label: suggestions }
];
export const AUDIENCES = [
    { value: 'Everybody', label: everybody },
    { value: 'Manager', label: manager },
    { value: 'Role', label: role }
];
export const STATES = [
    { value: 'On', label: on },
    { value: 'Shadow', label: shadow },
    { value: 'Off', label: off }
];
const KINDS = { NextStep: nextStep, CloseDate: closeDate, ContactRole: contactRole };
const MEANINGS = { On: onText, Shadow: shadowText, Off: offText };

/** @param {string} state */
export function meaningOf(state) {
    return MEANINGS[state] ?? '';
}

/** @param {{ value: string, label: string }[]} choices @param {string} value */
export function labelOf(choices, value) {
    return choices.find((choice) => choice.value === value)?.label ?? value;
}

/** @param {string} audience @param {string} [name] */
export function audienceText(audience, name) {
    if (audience === 'Everybody') return everybody;
    return fillLabel(audience === 'Manager' ? teamOfManager : peopleOfRole, name ?? '');
}

/** What a feature is counted by: quarters have their own names, the rest has words.
 *  @param {string} feature @param {string} [key] */
export function kindText(feature, key = '') {
    if (feature === 'Suggestions') return KINDS[key] ?? key;
    if (feature === 'Scorecards') return roleLabel(key);
    return feature === 'WinChances' ? (bandOf(key)?.label ?? key) : key;
}
