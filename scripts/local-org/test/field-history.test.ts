// What a deploy says of standard fields and of values at save: field history tracking, default formulas, rules that see
// the row as it was.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { deploy } from '../metadata/deploy.ts';
import type { CallContext, InputRow } from '../org.ts';
import { deployZip, fieldXml, metadata, objectXml } from './support/deploy-zip.ts';
import { ADMIN, startTestOrg, TEAM, userId, type TestOrg } from './support/test-org.ts';

let local: TestOrg;
beforeAll(async () => {
    local = await startTestOrg({ clock: () => new Date('2026-11-21T10:00:00.000Z') });
});
afterAll(() => local.stop());

const ctx = (): CallContext => ({ user: local.org.users.byUsername(ADMIN)!, mode: 'user' });

function deployed(name: string, xml: string): string[] {
    const zip = deployZip({ CustomObject: [name] }, { [`objects/${name}.object`]: xml });
    const { org } = local;
    return deploy(org, zip, {}, org.adminUserId).errors.map(({ problem }) => problem);
}

function saved(objectName: string, row: InputRow): string {
    const { records } = local.org;
    const [result] =
        'Id' in row
            ? records.update(ctx(), objectName, [row], { allOrNone: false })
            : records.insert(ctx(), objectName, [row], { allOrNone: false });
    return result!.id ?? result!.errors.map(({ statusCode, message }) => `${statusCode}: ${message}`).join();
}

const tracked = (name: string): string =>
    `<fields><fullName>${name}</fullName><trackHistory>true</trackHistory></fields>`;

describe('field history of deals', () => {
    const DEAL = { Name: 'Deal', StageName: 'Prospecting', CloseDate: '2026-12-31', Amount: 10 };
    const history = async (id: string): Promise<unknown[][]> => {
        const soql = `SELECT Field, DataType, OldValue, NewValue FROM OpportunityFieldHistory WHERE OpportunityId = '${id}' ORDER BY Id`;
        const { records } = await local.admin.query(soql);
        return records.map((one) => [one['Field'], one['DataType'], one['OldValue'], one['NewValue']]);
    };

    test('is not written where nothing says so', async () => {
        const id = saved('Opportunity', DEAL);
        saved('Opportunity', { Id: id, Amount: 20 });
        expect(await history(id)).toEqual([]);
    });

    test('is written for tracked fields, values in their own type, lookups by name and by id', async () => {
        const xml = metadata(
            'CustomObject',
            `<enableHistory>true</enableHistory>${['Amount', 'CloseDate', 'OwnerId', 'NextStep', 'IsPrivate'].map(tracked).join('')}`
        );
        expect(deployed('Opportunity', xml)).toEqual([]);
        const id = saved('Opportunity', DEAL);
        const rep = userId(local.org, TEAM.rep);
        saved('Opportunity', { Id: id, Amount: 20.5, StageName: 'Qualification', NextStep: '12' });
        saved('Opportunity', { Id: id, OwnerId: rep, CloseDate: '2027-01-31', IsPrivate: true });
        expect(await history(id)).toEqual([
            ['created', 'Text', null, null],
            ['Amount', 'Currency', 10, 20.5],
            ['NextStep', 'Text', null, '12'],
            ['CloseDate', 'DateOnly', '2026-12-31', '2027-01-31'],
            ['Owner', 'Text', 'Ada Admin', 'ray rep'],
            ['Owner', 'EntityId', local.org.adminUserId, rep],
            ['IsPrivate', 'Boolean', false, true]
        ]);
    });

    test('cannot be filtered by its values', async () => {
        const soql = "SELECT Id FROM OpportunityFieldHistory WHERE NewValue = 'x'";
        await expect(local.admin.query(soql)).rejects.toMatchObject({ errorCode: 'INVALID_FIELD' });
    });

    test('has room for twenty fields', () => {
        const fields = Array.from({ length: 21 }, (_, index) =>
            fieldXml(`F${index}__c`, 'Text', '<length>10</length><trackHistory>true</trackHistory>')
        );
        expect(
            deployed(
                'Parcel__c',
                objectXml('Parcel', `<enableHistory>true</enableHistory>${fields.join('')}`)
            )
        ).toEqual(['History of at most 20 fields can be tracked: Parcel__c has 21.']);
    });
});

describe('values at save', () => {
    const rule = (name: string, condition: string): string =>
        `<validationRules><fullName>${name}</fullName><active>true</active><errorConditionFormula>${condition}</errorConditionFormula>
         <errorMessage>${name}</errorMessage></validationRules>`;

    test('default to what a formula says', () => {
        const fields = [
            fieldXml('On__c', 'Date', '<defaultValue>TODAY() + 7</defaultValue>'),
            fieldXml('By__c', 'Text', '<defaultValue>$User.Email</defaultValue><length>80</length>'),
            fieldXml(
                'Count__c',
                'Number',
                '<defaultValue>2 * 3</defaultValue><precision>4</precision><scale>0</scale>'
            )
        ];
        expect(deployed('Visit__c', objectXml('Visit', fields.join('')))).toEqual([]);
        const id = saved('Visit__c', {});
        const row = local.org.db.prepare('SELECT * FROM "Visit__c" WHERE "Id" = ?').get(id);
        expect(row).toMatchObject({ On__c: '2026-11-28', By__c: ADMIN, Count__c: 6 });
        const given = local.org.db.prepare('SELECT "Count__c" FROM "Visit__c" WHERE "Id" = ?').pluck();
        expect(given.get(saved('Visit__c', { Count__c: 1 }))).toBe(1);
    });

    test.each([
        ['Other__c', 'Field Other__c may not be used in this type of formula'],
        ['VLOOKUP(1, 2, 3)', 'The local org does not support the formula function VLOOKUP().'],
        [
            '&quot;a&quot; &amp; &quot;b&quot;',
            'Formula result is data type (Text), incompatible with expected data type (Date).'
        ]
    ])('a default of %s is refused at deploy', (formula, problem) => {
        const field = fieldXml('On__c', 'Date', `<defaultValue>${formula}</defaultValue>`);
        expect(deployed('Trip__c', objectXml('Trip', field))).toEqual([problem]);
    });

    test('of a formula that is not supported are refused with file and line', () => {
        const inner = fieldXml(
            'F__c',
            'Number',
            '<formula>VLOOKUP(1, 2, 3)</formula><precision>4</precision><scale>0</scale>'
        );
        const zip = deployZip(
            { CustomObject: ['Toy__c'] },
            { 'objects/Toy__c.object': objectXml('Toy', `\n\n${inner}`) }
        );
        expect(deploy(local.org, zip, {}, local.org.adminUserId).errors).toMatchObject([
            { fullName: 'Toy__c.F__c', fileName: 'objects/Toy__c.object', lineNumber: 4 }
        ]);
    });

    test('may be refused for what they were before, and for who saves them', () => {
        const rules = [
            rule(
                'NoDecrease',
                'AND(NOT(ISNEW()), ISCHANGED(Points__c), Points__c &lt; PRIORVALUE(Points__c))'
            ),
            rule('NotAda', '$User.FirstName = &quot;Ada&quot; &amp;&amp; Points__c = 13')
        ];
        const points = fieldXml('Points__c', 'Number', '<precision>4</precision><scale>0</scale>');
        expect(deployed('Game__c', objectXml('Game', points + rules.join('')))).toEqual([]);
        const id = saved('Game__c', { Points__c: 5 });
        expect(saved('Game__c', { Id: id, Points__c: 4 })).toBe(
            'FIELD_CUSTOM_VALIDATION_EXCEPTION: NoDecrease'
        );
        expect(saved('Game__c', { Id: id, Points__c: 6 })).toBe(id);
        expect(saved('Game__c', { Points__c: 13 })).toBe('FIELD_CUSTOM_VALIDATION_EXCEPTION: NotAda');
    });
});
