// An org in memory whose Apex classes are given as text, for the tests of the interpreter.
import { createApexRuntime, type ApexRuntime } from '../../apex/runtime.ts';
import { createOrg } from '../../create-org.ts';
import type { LocalOrg } from '../../local-org.ts';
import type { MetadataStore, UserContext } from '../../org.ts';

export interface ApexOrg {
    org: LocalOrg;
    apex: ApexRuntime;
    admin: UserContext;
    /** Replaces the classes by these; each text is one class. */
    classes(...sources: string[]): void;
    /** Result of a method body that returns something. */
    evaluate(body: string, ...others: string[]): Promise<unknown>;
    close(): void;
}

type Content = Record<string, Record<string, Record<string, unknown>>>;

/** `content` is metadata by type and name, as MetadataStore.content gives it. */
export function createApexOrg(content: Content = {}): ApexOrg {
    const org = createOrg({ file: ':memory:', clock: () => new Date('2026-11-20T10:00:00Z') });
    let sources = new Map<string, string>();
    let version = 0;
    const metadata: MetadataStore = {
        list: (type) => {
            const names = type === 'ApexClass' ? [...sources.keys()] : Object.keys(content[type] ?? {});
            return names.map((fullName) => ({ fullName, lastModified: '' }));
        },
        files: (_type, fullName) =>
            new Map([[`classes/${fullName}.cls`, Buffer.from(sources.get(fullName) ?? '')]]),
        content: (type, fullName) => content[type]?.[fullName],
        get version() {
            return version;
        }
    };
    const apex = createApexRuntime({ ...org, metadata });
    const admin = org.users.context(org.adminUserId);
    const classes = (...texts: string[]): void => {
        const named = texts.map((text): [string, string] => [
            /\b(?:class|interface|enum)\s+(\w+)/.exec(text)![1],
            text
        ]);
        sources = new Map(named);
        version += 1;
    };
    return {
        org,
        apex,
        admin,
        classes,
        evaluate: (body, ...others) => {
            classes(
                `public with sharing class Sample {\n@AuraEnabled public static Object run() {\n${body}\n}\n}`,
                ...others
            );
            return apex.invokeAura(admin, 'Sample', 'run', {});
        },
        close: () => org.close()
    };
}
