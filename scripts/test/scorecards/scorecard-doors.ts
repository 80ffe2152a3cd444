// Every method the pages of scorecards may call, as one table: what is asked to read, and what is tried to change. A method that is in
// no row of it fails the test, so that a new one is thought of.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RowName, ScoredOrg } from './scored-org.ts';

const FEATURES = fileURLToPath(new URL('../../../force-app/main', import.meta.url));
const METHOD = /@AuraEnabled[^\n]*\n\s*public static [\w.<>]+ (\w+)\(/g;

/** `ScorecardController.getTeam` and so on, of all controllers of a feature. */
export function methodsOf(feature: string): string[] {
    const folder = join(FEATURES, feature, 'classes');
    return readdirSync(folder)
        .filter((file) => file.endsWith('Controller.cls'))
        .flatMap((file) => {
            const source = readFileSync(join(folder, file), 'utf8');
            return [...source.matchAll(METHOD)].map(([, method]) => `${file.slice(0, -4)}.${method}`);
        })
        .sort();
}

/** Objects of a feature that hold records. */
export function objectsOf(feature: string): string[] {
    return readdirSync(join(FEATURES, feature, 'objects'))
        .filter((name) => name.endsWith('__c'))
        .sort();
}

export interface Asked {
    method: string;
    params: object;
}

export const readingCalls = ({ rows, userId }: ScoredOrg): Asked[] => [
    { method: 'ScorecardController.getTeam', params: {} },
    { method: 'ScorecardController.getMine', params: { scorecardId: rows.card.id } },
    { method: 'ScorecardController.open', params: { userId: userId.rep, scorecardId: rows.card.id } },
    { method: 'ScorecardController.open', params: { userId: userId.rep, scorecardId: null } },
    { method: 'ScorecardController.getMetric', params: { resultId: rows.business.id } },
    { method: 'ScorecardController.getMetric', params: { resultId: rows.execution.id } },
    { method: 'InterventionController.getQueue', params: {} },
    { method: 'CadenceController.getCadence', params: {} },
    { method: 'GoalController.getGoals', params: { userId: userId.rep } },
    { method: 'FocusController.getFocus', params: {} },
    { method: 'StandupController.getDigest', params: { scope: 'team' } },
    { method: 'StandupController.getDigest', params: { scope: 'mine' } },
    { method: 'StandardsController.getStandards', params: {} },
    { method: 'MetricController.getRegistry', params: {} },
    { method: 'ConductController.getConduct', params: { month: null } }
];

const FAR = '2099-01-01';

/** What would change the row, each asked with everything it needs. */
export const changingCalls = ({ rows, userId }: ScoredOrg): (Asked & { row: RowName })[] => {
    const intervention = { interventionId: rows.intervention.id };
    return [
        {
            row: 'intervention',
            method: 'InterventionController.accept',
            params: { ...intervention, due: FAR }
        },
        {
            row: 'intervention',
            method: 'InterventionController.change',
            params: { ...intervention, stepKey: 'one-to-one', due: FAR }
        },
        {
            row: 'intervention',
            method: 'InterventionController.dismiss',
            params: { ...intervention, reason: 'forged' }
        },
        {
            row: 'intervention',
            method: 'InterventionController.done',
            params: { ...intervention, outcome: 'forged' }
        },
        {
            row: 'cadence',
            method: 'CadenceController.markHeld',
            params: { itemId: rows.cadence.id, heldOn: '2026-01-01' }
        },
        {
            row: 'goal',
            method: 'GoalController.addGoal',
            params: {
                userId: userId.rep,
                title: 'Forged',
                metricKey: 'meetings',
                baselineValue: 1,
                targetValue: 2,
                startDate: '2026-01-01',
                dueDate: FAR,
                parentGoalId: null,
                parentName: 'Grow'
            }
        },
        { row: 'goal', method: 'GoalController.withdraw', params: { goalId: rows.goal.id } },
        {
            row: 'standard',
            method: 'StandardsController.addStandard',
            params: {
                roleKey: 'adviser',
                metricKey: 'meetings',
                family: 'Results',
                floorValue: 1,
                targetValue: 2,
                startDate: FAR,
                reason: 'forged'
            }
        },
        {
            row: 'standard',
            method: 'StandardsController.endStandard',
            params: { standardId: rows.standard.id, endDate: FAR }
        },
        {
            row: 'metric',
            method: 'MetricController.addVersion',
            params: { metricKey: 'meetings', startDate: FAR, changes: '{"formulaWords":"forged"}' }
        }
    ];
};

/** Makes a task of the user who asks, for a deal on their own list: whose it is cannot be said. */
export const OWN_ALONE = ['FocusController.createTask'];
