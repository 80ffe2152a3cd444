// An org in memory whose Apex classes are given as text, for the tests of the interpreter.
import { createApexRuntime, type ApexRuntime } from '../../apex/runtime.ts';
import { createOrg } from '../../create-org.ts';
import type { LocalOrg } from '../../local-org.ts';
import type { MetadataStore, UserContext } from '../../org.ts';

export interface ApexOrg {
    org: LocalOrg;
    apex: ApexRuntime;
    admin: UserContext;
    /** Replaces the classes and triggers by these; each text is one of them. */
    classes(...sources: string[]): void;
    /** Result of a method body that returns something. */
    evaluate(body: string, ...others: string[]): Promise<unknown>;
    close(): void;
}

interface Source {
    type: 'ApexClass' | 'ApexTrigger';
    name: string;
    text: string;
}

function sourceOf(text: string): Source {
    const trigger = /^trigger\s+(\w+)/.exec(text);
    if (trigger) return { type: 'ApexTrigger', name: trigger[1]!, text };
    return { type: 'ApexClass', name: /\b(?:class|interface|enum)\s+(\w+)/.exec(text)![1]!, text };
}

type Content = Record<string, Record<string, Record<string, unknown>>>;

/** `content` is metadata by type and name, as MetadataStore.content gives it. */
export function createApexOrg(content: Content = {}): ApexOrg {
    const org = createOrg({ file: ':memory:', clock: () => new Date('2026-11-20T10:00:00Z') });
    let sources: Source[] = [];
    let version = 0;
    const metadata: MetadataStore = {
        list: (type) => {
            const written = sources.filter((one) => one.type === type).map(({ name }) => name);
            const names = [...written, ...Object.keys(content[type] ?? {})];
            return names.map((fullName) => ({ fullName, lastModified: '' }));
        },
        files: (type, fullName) => {
            const source = sources.find((one) => one.type === type && one.name === fullName)!;
            const path = type === 'ApexClass' ? `classes/${fullName}.cls` : `triggers/${fullName}.trigger`;
            return new Map([[path, Buffer.from(source.text)]]);
        },
        content: (type, fullName) => content[type]?.[fullName],
        changesOf: () => version,
        get version() {
            return version;
        }
    };
    const apex = createApexRuntime({ ...org, metadata });
    org.apex = apex;
    const admin = org.users.context(org.adminUserId);
    const classes = (...texts: string[]): void => {
        sources = texts.map(sourceOf);
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
