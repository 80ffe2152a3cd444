// A metadata store in memory, for what a deploy would refuse to let in.
import type { MetadataStore } from '../../org.ts';

export interface FakeComponent {
    type: string;
    fullName: string;
    files?: Record<string, string>;
    content?: Record<string, unknown>;
}

export function fakeMetadata(components: FakeComponent[]): MetadataStore {
    const find = (type: string, fullName: string): FakeComponent | undefined =>
        components.find((one) => one.type === type && one.fullName === fullName);
    return {
        version: 1,
        list: (type) =>
            components
                .filter((one) => one.type === type)
                .map(({ fullName }) => ({ fullName, lastModified: '' })),
        files(type, fullName) {
            const files = find(type, fullName)?.files;
            return files && new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]));
        },
        content: (type, fullName) => find(type, fullName)?.content,
        changesOf: () => 0
    };
}

export function bundle(fullName: string, files: Record<string, string>): FakeComponent {
    const paths = Object.entries(files).map(([name, text]) => [`lwc/${fullName}/${name}`, text]);
    return {
        type: 'LightningComponentBundle',
        fullName,
        files: Object.fromEntries(paths),
        content: { apiVersion: 65 }
    };
}

export function apexClass(fullName: string, source: string): FakeComponent {
    return { type: 'ApexClass', fullName, files: { [`classes/${fullName}.cls`]: source } };
}
