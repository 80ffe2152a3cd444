// Values: exact decimals as Java writes them, collections that may not change while they are walked, rows with wrong ids.
import { afterAll, describe, expect, test } from '@jest/globals';
import { createApexOrg } from './support/apex-org.ts';

const org = createApexOrg();
afterAll(() => org.close());

const value = (expression: string): Promise<unknown> => org.evaluate(`return ${expression};`);

describe('decimals', () => {
    test.each([
        ['String.valueOf(0.0000001)', '1E-7'],
        ['String.valueOf(0.00000012)', '1.2E-7'],
        ['String.valueOf(0.000001)', '0.000001'],
        ['(0.0000001).toPlainString()', '0.0000001'],
        ['String.valueOf(1.10 * 1.10)', '1.2100'],
        ['String.valueOf(1.1 + 1.10)', '2.20'],
        ['String.valueOf(100.00 / 4)', '25.00'],
        ['String.valueOf((1.0).divide(3, 4))', '0.3333'],
        ['String.valueOf((2.0).divide(3, 2, System.RoundingMode.DOWN))', '0.66'],
        ['String.valueOf((5.0).divide(0.3, 0))', '17'],
        ['String.valueOf((1.5).pow(3))', '3.375'],
        ['String.valueOf((-2.5).setScale(0, System.RoundingMode.CEILING))', '-2'],
        ['String.valueOf((-2.5).setScale(0, System.RoundingMode.FLOOR))', '-3'],
        ['String.valueOf((2.5).setScale(0, System.RoundingMode.HALF_DOWN))', '2'],
        ['String.valueOf((2.1).setScale(0, System.RoundingMode.UP))', '3'],
        ['String.valueOf((1.005).setScale(2))', '1.00'],
        ['String.valueOf(Decimal.valueOf(12).scale())', '0'],
        ['(1234.5678).format()', '1,234.568'],
        ['(1234.5675).format()', '1,234.568'],
        ['(1234.5665).format()', '1,234.566'],
        ['String.valueOf(Math.round(2.5) + Math.round(3.5))', '6']
    ])('%s is %s', async (expression, expected) => {
        expect(await value(expression)).toBe(expected);
    });

    test('what must not be rounded and would be is a MathException', async () => {
        await expect(value('(2.5).setScale(0, System.RoundingMode.UNNECESSARY)')).rejects.toMatchObject({
            body: { exceptionType: 'System.MathException' }
        });
    });
});

describe('a collection that is walked', () => {
    test.each([
        'Set<Integer> some = new Set<Integer>{ 1, 2, 3 }; for (Integer one : some) { some.add(one + 10); }',
        'Map<Integer, Integer> some = new Map<Integer, Integer>{ 1 => 1, 2 => 2 }; for (Integer one : some.keySet()) { some.remove(one); }',
        'List<Integer> some = new List<Integer>{ 1, 2, 3 }; for (Integer one : some) { some.remove(0); }'
    ])('may not change: %s', async (body) => {
        await expect(org.evaluate(`${body} return null;`)).rejects.toMatchObject({
            body: {
                exceptionType: 'System.FinalException',
                message: 'Cannot modify a collection while it is being iterated.'
            }
        });
    });

    test('may give its elements new values', async () => {
        const body = `Map<Integer, Integer> some = new Map<Integer, Integer>{ 1 => 1, 2 => 2 };
            for (Integer one : some.keySet()) { some.put(one, 0); }
            return some.values();`;
        expect(await org.evaluate(body)).toEqual([0, 0]);
    });
});

describe('rows with a wrong id', () => {
    test('fail alone where the others may be saved', async () => {
        const body = `Account saved = new Account(Name = 'Old');
            insert saved;
            List<Account> some = new List<Account>{ saved, new Account(Name = 'New') };
            List<String> told = new List<String>();
            for (Database.SaveResult one : Database.insert(some, false)) {
                told.add(one.isSuccess() ? 'saved' : one.getErrors()[0].getMessage());
            }
            return told;`;
        expect(await org.evaluate(body)).toEqual(['cannot specify Id in an insert call', 'saved']);
    });

    test('fail all together in a statement', async () => {
        const body = `try { update new List<Account>{ new Account(Name = 'New') }; }
            catch (DmlException e) { return e.getMessage(); }
            return null;`;
        expect(await org.evaluate(body)).toBe(
            'Update failed. First exception on row 0; first error: MISSING_ARGUMENT, Id not specified in an update call: []'
        );
    });
});
