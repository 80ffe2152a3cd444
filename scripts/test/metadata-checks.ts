// Checks of the package that no compiler makes: one line each, then the problems with their file, then the count.
import { join } from 'node:path';
import {
    changesRunInUserMode,
    classesAreTested,
    classesSayHowTheyShare,
    controllersAreGranted,
    oneClassCallsOut,
    payIsGuarded,
    queriesRunInUserMode,
    sharingIsLeftInNamedPlaces,
    triggersAreOneLine
} from './metadata/apex.ts';
import { featuresAskTheGate } from './metadata/features.ts';
import {
    apiVersionsAreTheSame,
    calloutSetGrantsOnlyThePrincipal,
    externalKeysAreKeys,
    fieldsAreExplained,
    nothingNeedsOneLicense,
    objectsHaveSharingModel,
    standardObjectsAreNoMasters,
    typesKnowEveryComponent
} from './metadata/objects.ts';
import { packagedSetsAreKept, setsNameEveryField } from './metadata/permission-sets.ts';
import { componentsAreTheirOwn, noRecordIds } from './metadata/safety.ts';
import { designSystemIcons, iconsExist, labelsAreUsed, labelsExist } from './metadata/screens.ts';
import { noSecrets } from './metadata/secrets.ts';
import {
    errorCodesAreExplained,
    feedbackReasonsAgree,
    pagesShowWhatIsThere,
    ruleRecordsAreTheDefaults
} from './metadata/shipped.ts';
import { readSources, type Check, type Problem } from './metadata/source-file.ts';
import { packageConverts, packageDeploys } from './metadata/whole-package.ts';

const root = join(import.meta.dirname, '../..');
const PACKAGE_FOLDERS = ['force-app', 'config/subscriber'];

const CHECKS: Check[] = [
    fieldsAreExplained,
    externalKeysAreKeys,
    objectsHaveSharingModel,
    standardObjectsAreNoMasters,
    apiVersionsAreTheSame,
    nothingNeedsOneLicense,
    calloutSetGrantsOnlyThePrincipal,
    typesKnowEveryComponent,
    classesSayHowTheyShare,
    sharingIsLeftInNamedPlaces,
    queriesRunInUserMode,
    changesRunInUserMode,
    triggersAreOneLine,
    payIsGuarded,
    oneClassCallsOut,
    controllersAreGranted,
    featuresAskTheGate,
    classesAreTested,
    labelsExist,
    labelsAreUsed,
    iconsExist(designSystemIcons(root)),
    packagedSetsAreKept,
    setsNameEveryField,
    ruleRecordsAreTheDefaults,
    feedbackReasonsAgree,
    pagesShowWhatIsThere,
    errorCodesAreExplained,
    componentsAreTheirOwn,
    noRecordIds,
    noSecrets
];

let passed = 0;
let failed = 0;

async function report(name: string, look: () => Problem[] | Promise<Problem[]>): Promise<void> {
    const problems = await look();
    console.log(`${problems.length === 0 ? 'ok  ' : 'FAIL'} ${name}`);
    for (const { file, line, reason } of problems) {
        console.log(`       ${file}${line === undefined ? '' : `:${line}`} ${reason}`);
    }
    if (problems.length === 0) passed++;
    else failed++;
}

const sources = readSources(root, ['force-app', 'config', 'service/src', 'service/docs']);
for (const check of CHECKS) await report(check.name, () => check.problemsIn(sources));
await report('source-deploy-retrieve resolves and converts every file', () =>
    packageConverts(root, PACKAGE_FOLDERS)
);
await report('the package deploys to a fresh local org', () => packageDeploys(root, PACKAGE_FOLDERS));

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
