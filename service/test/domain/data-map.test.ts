import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { exportText, partsOf } from '../../src/domain/data-rights/answer-request.ts';
import { parseDataMap } from '../../src/domain/data-rights/data-map.ts';
import { shippedDataMap } from '../../src/salesforce/data-map-file.ts';

const MAIN = fileURLToPath(new URL('../../../force-app/main', import.meta.url));
const STANDARD = ['Opportunity'];

/** Objects of the package, each with its fields that point at users and those with the last day a row is kept. */
function packageObjects(): Map<string, { users: string[]; hasUntil: boolean }> {
    const objects = new Map<string, { users: string[]; hasUntil: boolean }>();
    for (const feature of readdirSync(MAIN)) {
        const folder = join(MAIN, feature, 'objects');
        for (const object of listOf(folder).filter((name) => !name.endsWith('__mdt'))) {
            if (STANDARD.includes(object)) continue;
            const fields = listOf(join(folder, object, 'fields'));
            const users = fields.filter((file) =>
                readFileSync(join(folder, object, 'fields', file), 'utf8').includes(
                    '<referenceTo>User</referenceTo>'
                )
            );
            objects.set(object, {
                users: users.map((file) => file.split('.')[0]!),
                hasUntil: fields.includes('RetainUntilDate__c.field-meta.xml')
            });
        }
    }
    return objects;
}

function listOf(folder: string): string[] {
    try {
        return readdirSync(folder);
    } catch {
        return [];
    }
}

describe('the map of personal data', () => {
    const map = shippedDataMap();
    const objects = packageObjects();

    test('names every object of the package once, and no other', () => {
        const named = [...map.objects.map(({ object }) => object), ...map.nobody];
        expect(named.sort()).toEqual([...objects.keys()].sort());
    });

    test('says of every field that points at a person what it says', () => {
        for (const [object, { users }] of objects) {
            const entry = map.objects.find((one) => one.object === object);
            const said = [...(entry?.about ?? []), ...(entry?.acted ?? [])].filter(
                (name) => name !== 'OwnerId'
            );
            expect([object, ...said.sort()]).toEqual([object, ...users.sort()]);
        }
    });

    test('names the last day of every row that has one', () => {
        for (const { object, until } of map.objects)
            expect([object, until !== null]).toEqual([object, objects.get(object)!.hasUntil]);
    });

    test('is refused with everything that is wrong in it', () => {
        const { map: none, problems } = parseDataMap(
            `objects:
  - { object: A__c, label: A, about: [Rep__c], kept: 1 day, erasure: keep }
  - { object: A__c, label: A, kept: 1 day, erasure: perhaps }
nobody: []
elsewhere: []`
        );
        expect(none).toBeNull();
        expect(problems.map(({ where, value, fix }) => `${where} ${value}: ${fix}`)).toEqual([
            'data-map.yaml: objects[2].erasure (line 3, column 44) perhaps: Write one of delete, keep.',
            'objects[1] A__c: It is kept without a reason. Say why an erasure leaves it.',
            'objects[2] A__c: It says nobody. Name about, within, acted or names, or list it under nobody.',
            'objects A__c: It is named twice. Say once what becomes of its rows.'
        ]);
    });
});

test('a long export is cut into parts that make the same text again, never through a character', () => {
    const entry = shippedDataMap().objects[0]!;
    const rows = Array.from({ length: 900 }, (_one, index) => ({
        Id: `${index}`,
        Words__c: '🙂'.repeat(150)
    }));
    const text = exportText('005', '2026-11-21T10:00:00.000Z', [{ entry, rows, named: [], acted: 0 }]);
    const parts = partsOf(text);
    expect(parts.length).toBeGreaterThan(2);
    expect(parts.join('')).toBe(text);
    for (const part of parts) {
        expect(part.length).toBeLessThanOrEqual(131_072);
        expect(part).not.toMatch(/[\ud800-\udbff]$/);
    }
});
