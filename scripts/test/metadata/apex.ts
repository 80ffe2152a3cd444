// Checks of Apex classes: they say how they share, work in user mode, are granted to somebody and are tested.
import { readApexClasses, type ApexClass } from './apex-reader.ts';
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

export const controllersAreTested: Check = {
    name: 'every controller has a test class <Class>_Tests',
    problemsIn: (files) => {
        const names = new Set(withSuffix(files, '.cls').map(({ path }) => componentName(path)));
        return controllers(files)
            .filter(({ name }) => !names.has(`${name}_Tests`))
            .map((apex) => at(apex, apex.line, `there is no class ${apex.name}_Tests`));
    }
};

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
    return withSuffix(files, '.cls')
        .flatMap(readApexClasses)
        .filter(({ isTest }) => !isTest);
}

function at(apex: ApexClass, line: number, reason: string) {
    return { file: apex.file, line, reason };
}
