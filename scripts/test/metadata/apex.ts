// Checks of Apex classes: they say how they share, work in user mode, call out in one place, are granted to somebody
// and are tested.
import { readApexClasses, type ApexClass } from './apex-reader.ts';
import { elements, withSuffix, xmlContent, type Check, type SourceFile } from './source-file.ts';

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

/** There may be one place that has to see more than its user does; it is small, named and explained. */
export const sharingIsLeftInOnePlace: Check = {
    name: 'without sharing only in one documented inner class',
    problemsIn: (files) => {
        const without = productionClasses(files).filter(({ sharing }) => sharing === 'without');
        return without.flatMap((apex, index) => {
            const reasons = [
                ...(apex.isInner ? [] : ['only an inner class may be without sharing']),
                ...(apex.hasDocComment ? [] : ['says without sharing, but no comment says why']),
                ...(index > 0 ? [`is one more class without sharing, beside ${without[0]!.name}`] : [])
            ];
            return reasons.map((reason) => at(apex, apex.line, `${apex.name}: ${reason}`));
        });
    }
};

export const queriesRunInUserMode: Check = {
    name: 'every query outside tests runs in user mode',
    problemsIn: (files) => notInUserMode(files, true)
};

export const changesRunInUserMode: Check = {
    name: 'every insert, update and delete outside tests runs in user mode',
    problemsIn: (files) => notInUserMode(files, false)
};

export const triggersAreRefused: Check = {
    name: 'no triggers, which these checks do not read yet',
    problemsIn: (files) =>
        withSuffix(files, '.trigger').map((file) => ({
            file: file.path,
            reason: 'is a trigger: teach scripts/test/metadata/apex-reader.ts to read triggers first'
        }))
};

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
        return productionClasses(files)
            .filter(({ isInner }) => !isInner)
            .flatMap((apex) => {
                const reason = apex.methodCount === 0 ? usedByNone(apex, tests) : notTestedBy(apex, tests);
                return reason ? [at(apex, apex.line, reason)] : [];
            });
    }
};

function usedByNone({ name }: ApexClass, tests: ApexClass[]): string | undefined {
    const isUsed = tests.some(({ names }) => names.has(name.toLowerCase()));
    return isUsed ? undefined : `no test uses ${name}`;
}

function notTestedBy({ name }: ApexClass, tests: ApexClass[]): string | undefined {
    const own = tests.find((test) => test.name === `${name}_Tests`);
    if (!own) return `there is no class ${name}_Tests`;
    if (own.testMethods.length === 0) return `${own.name} has no test method`;
    if (!own.names.has(name.toLowerCase())) return `${own.name} does not use ${name}`;
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
