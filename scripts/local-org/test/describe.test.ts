import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ADMIN, startTestOrg, TEAM } from './support/test-org.ts';
import type { TestOrg } from './support/test-org.ts';

let server: TestOrg;

beforeAll(async () => {
    server = await startTestOrg();
});

afterAll(() => server.stop());

describe('describe', () => {
    test('an object tells its fields with type, size, target and rights', async () => {
        const rating = await server.admin.sobject('Rating__c').describe();
        expect(rating).toMatchObject({ name: 'Rating__c', keyPrefix: 'a0R', custom: true, createable: true });
        const field = (name: string) => rating.fields.find((one) => one.name === name);
        expect(field('ExternalKey__c')).toMatchObject({
            externalId: true,
            idLookup: true,
            unique: true,
            length: 40
        });
        expect(field('Points__c')).toMatchObject({
            type: 'double',
            precision: 4,
            scale: 1,
            soapType: 'xsd:double'
        });
        expect(field('Opportunity__c')).toMatchObject({
            referenceTo: ['Opportunity'],
            relationshipName: 'Opportunity__r'
        });
        expect(field('Double__c')).toMatchObject({ calculated: true, createable: false, updateable: false });
        expect(field('Band__c')?.picklistValues?.map(({ value }) => value)).toEqual(['Good', 'Bad']);
    });

    test('a parent tells the names of its child relationships', async () => {
        const { childRelationships } = await server.admin.sobject('Opportunity').describe();
        expect(childRelationships).toContainEqual(
            expect.objectContaining({
                childSObject: 'OpportunityHistory',
                relationshipName: 'OpportunityHistories',
                cascadeDelete: true
            })
        );
    });

    test('names are found in any case and answered in their own', async () => {
        expect((await server.admin.sobject('opportunity').describe()).name).toBe('Opportunity');
    });

    test('a rep is shown neither objects nor fields without permission', async () => {
        const rep = server.as(TEAM.rep);
        await expect(rep.sobject('Rating__c').describe()).rejects.toMatchObject({ errorCode: 'NOT_FOUND' });
        const global = await rep.describeGlobal();
        const names = global.sobjects.map(({ name }) => name);
        expect(names).toContain('Opportunity');
        expect(names).not.toContain('Rating__c');

        server.org.db.exec(
            `UPDATE "FieldPermissions" SET "IsDeleted" = 1 WHERE "Field" = 'Opportunity.NextStep'`
        );
        const seen = (await rep.sobject('Opportunity').describe()).fields.map(({ name }) => name);
        expect(seen).toContain('Amount');
        expect(seen).not.toContain('NextStep');
    });

    test('a read-only object is not createable for anybody', async () => {
        const history = await server.admin.sobject('OpportunityHistory').describe();
        expect(history).toMatchObject({ createable: false, updateable: false, queryable: true });
    });

    test('the short form links to the long one', async () => {
        const response = await server.fetchAs(ADMIN, '/services/data/v65.0/sobjects/Account');
        const { objectDescribe } = (await response.json()) as {
            objectDescribe: { urls: Record<string, string> };
        };
        expect(objectDescribe.urls.describe).toBe('/services/data/v65.0/sobjects/Account/describe');
    });
});
