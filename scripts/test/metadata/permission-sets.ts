// Checks of what permission sets grant: only what a package keeps, every field of their objects, nothing that is gone.
import {
    componentName,
    elements,
    withSuffix,
    xmlContent,
    type Check,
    type SourceFile
} from './source-file.ts';

interface Field {
    object: string;
    fullName: string;
    isRequired: boolean;
    isFormula: boolean;
}

/** A package version drops these silently, and the installed set would not do what it says. */
export const packagedSetsAreKept: Check = {
    name: 'packaged permission sets hold only what a package keeps',
    problemsIn: (files) =>
        packagedSets(files).flatMap((file) => {
            const content = xmlContent(file);
            const standardObjects = elements(content, 'objectPermissions')
                .map(({ object }) => String(object))
                .filter((object) => !/__(c|mdt|e)$/.test(object));
            const standardTabs = elements(content, 'tabSettings')
                .map(({ tab }) => String(tab))
                .filter((tab) => tab.startsWith('standard-'));
            const userPermissions = elements(content, 'userPermissions').map(({ name }) => String(name));
            return [...standardObjects, ...standardTabs, ...userPermissions].map((name) => ({
                file: file.path,
                reason: `grants ${name}, which a package drops`
            }));
        })
};

/** A field the integration user cannot write is a run that ends Partial; required fields must not be named at all. */
export const setsNameEveryField: Check = {
    name: 'permission sets name every field of their objects, and only those they may',
    problemsIn: (files) => {
        const fields = customFields(files);
        return packagedSets(files).flatMap((file) =>
            fieldProblems(xmlContent(file), fields).map((reason) => ({ file: file.path, reason }))
        );
    }
};

function fieldProblems(content: Record<string, unknown>, fields: Field[]): string[] {
    const granted = new Map(
        elements(content, 'fieldPermissions').map(({ field, editable }) => [
            String(field),
            editable === 'true'
        ])
    );
    const objects = new Set(elements(content, 'objectPermissions').map(({ object }) => String(object)));
    const known = new Set(fields.map(({ fullName }) => fullName));
    const gone = [...granted.keys()]
        .filter((field) => !known.has(field))
        .map((field) => `there is no field ${field}`);
    const wrong = fields.flatMap(({ object, fullName, isRequired, isFormula }) => {
        if (isRequired)
            return granted.has(fullName) ? [`${fullName} is required, so it must not be named`] : [];
        if (isFormula && granted.get(fullName)) return [`${fullName} is a formula, so it is not editable`];
        return objects.has(object) && !granted.has(fullName) ? [`does not name ${fullName}`] : [];
    });
    return [...gone, ...wrong];
}

function packagedSets(files: SourceFile[]): SourceFile[] {
    return withSuffix(files, '.permissionset-meta.xml').filter(({ path }) => path.startsWith('force-app/'));
}

function customFields(files: SourceFile[]): Field[] {
    return withSuffix(files, '__c.field-meta.xml').flatMap((file) => {
        const object = file.path.split('/').at(-3)!;
        // Also our fields of standard objects; records of metadata types are read without permission.
        if (object.endsWith('__mdt')) return [];
        const content = xmlContent(file);
        return [
            {
                object,
                fullName: `${object}.${componentName(file.path)}`,
                isRequired: content['required'] === 'true',
                isFormula: 'formula' in content
            }
        ];
    });
}
