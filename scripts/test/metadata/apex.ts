// Checks of Apex classes: they say how they share, work in user mode, call out in one place, are granted to somebody
// and are tested.
import { readApexClasses, readTrigger, type ApexClass, type Trigger } from './apex-reader.ts';
import {
    componentName,
    elements,
    withSuffix,
    xmlContent,
    type Check,
    type SourceFile
} from './source-file.ts';

export const classesSayHowTheyShare: Check = {
    name: 'every Apex class that is not a test states its sharing keyword',
    problemsIn: (files) =>
        productionClasses(files)
            // Inside a class, data holders need none; what reads or changes records does.
            .filter(({ isInner, accesses }) => !isInner || accesses.length > 0)
            .filter(({ sharing }) => sharing === 'omitted')
            .map((apex) =>
                at(apex, apex.line, `${apex.name} says neither with, without nor inherited sharing`)
            )
};

/** Places that have to see more than their user does; each is small, named here and explained where it stands. */
const WITHOUT_SHARING = [
    'ConductSelector.ConductReader',
    'DealHealthSelector.AssessmentReader',
    'DisputeSelector.AnswererReader',
    'FeatureRolloutSelector.Reader',
    'PayFacts.Reader',
    'PaySituationController.RunReader',
    'PlanSelector.PlanReader',
    'ReleaseController.Writer',
    'ScorecardFacts.Reader'
];

export const sharingIsLeftInNamedPlaces: Check = {
    name: 'without sharing only in the documented inner classes that need it',
    problemsIn: (files) =>
        productionClasses(files)
            .filter(({ sharing }) => sharing === 'without')
            .flatMap((apex) => {
                const reasons = [
                    ...(apex.isInner ? [] : ['only an inner class may be without sharing']),
                    ...(apex.hasDocComment ? [] : ['says without sharing, but no comment says why']),
                    ...(WITHOUT_SHARING.includes(apex.name) ? [] : ['is one more class without sharing'])
                ];
                return reasons.map((reason) => at(apex, apex.line, `${apex.name}: ${reason}`));
            })
};

export const queriesRunInUserMode: Check = {
    name: 'every query outside tests runs in user mode',
    problemsIn: (files) => notInUserMode(files, true)
};

export const changesRunInUserMode: Check = {
    name: 'every insert, update and delete outside tests runs in user mode',
    problemsIn: (files) => notInUserMode(files, false)
};

/** What a trigger does stands in a class, where it has a name, a sharing keyword and tests. */
export const triggersAreOneLine: Check = {
    name: 'every trigger is one line that hands its rows to a class',
    problemsIn: (files) =>
        withSuffix(files, '.trigger')
            .filter((file) => !HANDS_ON.test(readTrigger(file).body.join('')))
            .map((file) => ({
                file: file.path,
                reason: 'does more than hand operation, old and new rows to one method of a class'
            }))
};
const HANDS_ON = /^\w+\.\w+\(Trigger\.operationType,Trigger\.old,Trigger\.new\);$/;

/** Pay is guarded at every door at once, or not at all: a missing event is a way around. */
export const payIsGuarded: Check = {
    name: 'every object of pay has a trigger before it is inserted, updated and deleted and after it is undeleted',
    problemsIn: (files) => {
        const triggers = withSuffix(files, '.trigger').map(readTrigger);
        return withSuffix(files, '__c.object-meta.xml')
            .filter(({ path }) => path.includes('/incentives/') && !NEVER_PAID.includes(componentName(path)))
            .flatMap((file) => {
                const events = triggers
                    .filter(({ object }) => object === componentName(file.path))
                    .flatMap((trigger) => trigger.events);
                return GUARDED_EVENTS.filter((event) => !events.includes(event)).map((event) => ({
                    file: file.path,
                    reason: `has no trigger ${event}`
                }));
            });
    }
};
/** What might have been paid: only the service may write it, and nothing rests on it. */
const NEVER_PAID = ['PlanSimulation__c', 'SimulatedPay__c'];
const GUARDED_EVENTS = ['before insert', 'before update', 'before delete', 'after undelete'];

export const controllersAreGranted: Check = {
    name: 'every class with @AuraEnabled methods is in a permission set',
    problemsIn: (files) => {
        const granted = new Set(
            withSuffix(files, '.permissionset-meta.xml')
                .flatMap((file) => elements(xmlContent(file), 'classAccesses'))
                .filter(({ enabled }) => enabled === 'true')
                .map(({ apexClass }) => apexClass)
        );
        return controllers(files)
            .filter(({ name }) => !granted.has(name))
            .map((apex) => at(apex, apex.line, `no permission set grants ${apex.name}`));
    }
};

/** One gateway: one place that knows the credential, the time limit and what a refusal means. */
export const oneClassCallsOut: Check = {
    name: 'one class does all callouts',
    problemsIn: (files) => {
        const calling = productionClasses(files).flatMap((apex) =>
            apex.callouts.map(({ line, what }) => ({ apex, line, what }))
        );
        return calling
            .filter(({ apex }) => outerName(apex) !== outerName(calling[0]!.apex))
            .map(({ apex, line, what }) =>
                at(apex, line, `${what}: calls out, beside ${outerName(calling[0]!.apex)}`)
            );
    }
};

/** Classes without a method of their own (views, constants) are exercised by the tests of those who fill them. */
export const classesAreTested: Check = {
    name: 'every Apex class has tests that use it',
    problemsIn: (files) => {
        const tests = allClasses(files).filter(({ isTest, isInner }) => isTest && !isInner);
        const triggers = withSuffix(files, '.trigger').map(readTrigger);
        return productionClasses(files)
            .filter(({ isInner }) => !isInner)
            .flatMap((apex) => {
                const reason =
                    apex.methodCount === 0 ? usedByNone(apex, tests) : notTestedBy(apex, tests, triggers);
                return reason ? [at(apex, apex.line, reason)] : [];
            });
    }
};

function usedByNone({ name }: ApexClass, tests: ApexClass[]): string | undefined {
    const isUsed = tests.some(({ names }) => names.has(name.toLowerCase()));
    return isUsed ? undefined : `no test uses ${name}`;
}

/** A class that triggers hand rows to is used by saving such rows. */
function notTestedBy({ name }: ApexClass, tests: ApexClass[], triggers: Trigger[]): string | undefined {
    const own = tests.find((test) => test.name === `${name}_Tests`);
    if (!own) return `there is no class ${name}_Tests`;
    if (own.testMethods.length === 0) return `${own.name} has no test method`;
    const guarded = triggers.filter(({ body }) => body.some((line) => line.startsWith(`${name}.`)));
    const ways = [name, ...guarded.map(({ object }) => object)];
    if (!ways.some((way) => own.names.has(way.toLowerCase()))) return `${own.name} does not use ${name}`;
    return own.names.has('assert') ? undefined : `${own.name} asserts nothing`;
}

function outerName({ name }: ApexClass): string {
    return name.split('.')[0]!;
}

function notInUserMode(files: SourceFile[], isQuery: boolean) {
    return productionClasses(files)
        .filter(({ isInner, sharing }) => !(isInner && sharing === 'without'))
        .flatMap((apex) =>
            apex.accesses
                .filter(({ what, isUserMode }) => !isUserMode && isQuery === isReading(what))
                .map(({ line, what }) => at(apex, line, `${what} does not say that it runs in user mode`))
        );
}

function isReading(what: string): boolean {
    return what.startsWith('[') || /query|cursor/i.test(what);
}

function controllers(files: SourceFile[]): ApexClass[] {
    return productionClasses(files).filter(({ auraMethods }) => auraMethods.length > 0);
}

function productionClasses(files: SourceFile[]): ApexClass[] {
    return allClasses(files).filter(({ isTest }) => !isTest);
}

function allClasses(files: SourceFile[]): ApexClass[] {
    return withSuffix(files, '.cls').flatMap(readApexClasses);
}

function at(apex: ApexClass, line: number, reason: string) {
    return { file: apex.file, line, reason };
}
