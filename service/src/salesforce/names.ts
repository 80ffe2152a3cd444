// Names on the wire: our custom objects and fields carry the namespace of the installed package, in source orgs none.
// The rest of the service knows the names without it; nothing else writes a namespace.

export interface Names {
    /** `DealHealth__c` gives `plumbline__DealHealth__c`; standard names stay. */
    q(name: string): string;
    /** The way back, for names read from the org. */
    strip(name: string): string;
    /** A row with every name qualified, also inside named parents. */
    row<T extends object>(row: T): Record<string, unknown>;
}

const CUSTOM = /__(c|r|mdt)$/;

export function namesOf(namespace: string): Names {
    const prefix = namespace === '' ? '' : `${namespace}__`;
    const q = (name: string): string => (CUSTOM.test(name) ? prefix + name : name);
    const row = (fields: object): Record<string, unknown> =>
        Object.fromEntries(
            Object.entries(fields).map(([name, value]) => [q(name), isParent(value) ? row(value) : value])
        );
    return {
        q,
        strip: (name) => (prefix !== '' && name.startsWith(prefix) ? name.slice(prefix.length) : name),
        row
    };
}

function isParent(value: unknown): value is object {
    return typeof value === 'object' && value !== null;
}
