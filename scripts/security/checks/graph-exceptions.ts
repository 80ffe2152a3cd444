// Where the package departs from a rule of Graph Engine, and why that is right. An exception that nothing needs any more is itself
// a problem, and service/docs/security.md holds the same rows for reviewers (graphRows).
import type { Exception } from '../../test/apex-static/exceptions.ts';

interface Departure {
    rule: string;
    classes: string[];
    reason: string;
}

const NARROW =
    'an inner class that says why it is without sharing: fixed fields, after a check of who asks (`npm test -- metadata` names them all)';
const ENGINE_FAULT = 'Graph Engine ends with an exception of its own on a path from here';

const DEPARTURES: Departure[] = [
    {
        rule: 'ApexFlsViolation',
        classes: ['ConductSelector', 'PlanSelector', 'ReleaseController'],
        reason: NARROW
    },
    {
        rule: 'DatabaseOperationsMustUseWithSharing',
        classes: ['ConductSelector', 'PlanSelector', 'ReleaseController'],
        reason: NARROW
    },
    {
        rule: 'AvoidDatabaseOperationInLoop',
        classes: ['RiskListSelector'],
        reason: 'once for each of the four bands, most urgent first, so that each query is short and ends at its limit'
    },
    {
        rule: 'ApexNullPointerException',
        classes: ['StoredJson'],
        reason: 'the condition before the question mark is what keeps null out; the engine follows only one side of it'
    },
    {
        rule: 'MissingNullCheckOnSoqlVariable',
        classes: [
            'DataRequestSelector',
            'EvidenceSelector',
            'RiskListSelector',
            'StandupSelector',
            'StatementSelector',
            'TeamSelector'
        ],
        reason: 'the value is made or looked at just before and cannot be null'
    },
    {
        rule: 'MissingNullCheckOnSoqlVariable',
        classes: ['PayRowSelector', 'PlanSimulationSelector', 'ReleaseSelector', 'SuggestionSelector'],
        reason: 'an id, or a field that is never empty: by null nothing is found'
    },
    {
        rule: 'MissingNullCheckOnSoqlVariable',
        classes: ['CommitSelector', 'ConductSelector', 'RegistrySelector', 'ScorecardSelector'],
        reason: 'a page always names it; null asks, within what this reader may see and with a limit, for rows that have none'
    },
    {
        rule: 'NotFollowed',
        classes: [
            'DataRequestController',
            'FocusController',
            'InterventionController',
            'PaySituationController',
            'RunController',
            'ScorecardController',
            'SuggestionController',
            'WhatIfController'
        ],
        reason: ENGINE_FAULT
    }
];

export const GRAPH_EXCEPTIONS: Exception[] = DEPARTURES.flatMap(({ rule, classes, reason }) =>
    classes.map((name) => ({ rule, file: new RegExp(`/${name}\\.cls$`), reason }))
);

/** As rows of a table in Markdown. */
export const graphRows = (): string[] =>
    DEPARTURES.map(({ rule, classes, reason }) => `| ${rule} | ${classes.join(', ')} | ${reason} |`);
