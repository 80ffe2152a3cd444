// Checks that what can be switched off per team is: every method a page may call asks FeatureGate itself, so that a new one cannot be
// a way around.
import { componentName, withSuffix, type Check } from './source-file.ts';

/** Features of teams lie here, and this one beside them. */
const SWITCHED = /\/(pipeline|forecast|scorecards)\/classes\/|\/SuggestionController\.cls$/;
/** Definitions without anybody's results, and conduct, which is compliance's own. */
const NEVER_SWITCHED = ['MetricController', 'StandardsController', 'ConductController'];
const METHODS = /@AuraEnabled(?:\([^)]*\))?\s+public static [\s\S]*?\n {4}\}\n/g;

export const featuresAskTheGate: Check = {
    name: 'every method of a feature that teams may not have asks FeatureGate',
    problemsIn: (files) =>
        withSuffix(files, '.cls')
            .filter(({ path }) => path.startsWith('force-app/main/') && SWITCHED.test(path))
            .filter(({ path }) => !NEVER_SWITCHED.includes(componentName(path)))
            .flatMap(({ path, text }) =>
                [...text.matchAll(METHODS)]
                    .filter(([method]) => !method.includes('FeatureGate.'))
                    .map(([method]) => ({
                        file: path,
                        reason: `${/(\w+)\(/.exec(method.replace(/@AuraEnabled\([^)]*\)/, ''))?.[1]} does not ask FeatureGate`
                    }))
            )
};
