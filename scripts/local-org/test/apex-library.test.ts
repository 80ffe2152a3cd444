// Platform classes as public Apex uses them: types by name, describe in any case, iterators of one's own.
import { afterAll, describe, expect, test } from '@jest/globals';
import { createApexOrg } from './support/apex-org.ts';

const org = createApexOrg();
afterAll(() => org.close());

describe('Type.forName', () => {
    test('makes collections of any type', async () => {
        const body = `Map<Id, SObject> byId = (Map<Id, SObject>) Type.forName('Map<Id, Account>').newInstance();
            byId.put('001000000000001AAA', new Account(Name = 'Acme'));
            List<SObject> rows = (List<SObject>) Type.forName('List<Account>').newInstance();
            rows.add(new Account());
            return byId.size() + rows.size();`;
        expect(await org.evaluate(body)).toBe(2);
    });

    test('is null for what is no type', async () => {
        const body = `return new List<Boolean>{ Type.forName('Nothing') == null, Type.forName('List<') == null,
            Type.forName('Account extra') == null };`;
        expect(await org.evaluate(body)).toEqual([true, true, true]);
    });
});

test('the maps of describe find names in any case', async () => {
    const body = `Map<String, Schema.SObjectType> all = Schema.getGlobalDescribe();
        Map<String, Schema.SObjectField> fields = all.get('ACCOUNT').getDescribe().fields.getMap();
        return new List<Object>{ all.containsKey('Account'), fields.get('AnnualRevenue').getDescribe().getName(),
            fields.containsKey('Nmae') };`;
    expect(await org.evaluate(body)).toEqual([true, 'AnnualRevenue', false]);
});

describe('iterating', () => {
    test('over an object that is Iterable', async () => {
        const countdown = `public class Countdown implements Iterable<Integer>, Iterator<Integer> {
            Integer left = 3;
            public Iterator<Integer> iterator() { return this; }
            public Boolean hasNext() { return left > 0; }
            public Integer next() { return left--; }
        }`;
        const body = `List<Integer> seen = new List<Integer>();
            for (Integer one : new Countdown()) { seen.add(one); }
            return seen;`;
        expect(await org.evaluate(body, countdown)).toEqual([3, 2, 1]);
    });

    test('by hand', async () => {
        const body = `Integer sum = 0;
            Iterator<Integer> numbers = new List<Integer>{ 1, 2, 3 }.iterator();
            while (numbers.hasNext()) { sum += numbers.next(); }
            return sum;`;
        expect(await org.evaluate(body)).toBe(6);
    });

    test('over an Iterable without an iterator is refused', async () => {
        const hollow = `public class Hollow implements Iterable<Integer> {}`;
        await expect(
            org.evaluate('for (Integer one : new Hollow()) { System.debug(one); } return null;', hollow)
        ).rejects.toMatchObject({ errorCode: 'LOCAL_ORG_NOT_SUPPORTED' });
    });
});

test('records are sorted by a Comparator', async () => {
    const bySize = `public class BySize implements Comparator<Account> {
        public Integer compare(Account one, Account other) {
            if (one.NumberOfEmployees == null) { return other.NumberOfEmployees == null ? 0 : -1; }
            return other.NumberOfEmployees == null ? 1 : one.NumberOfEmployees - other.NumberOfEmployees;
        }
    }`;
    const body = `List<Account> some = new List<Account>{ new Account(Name = 'b', NumberOfEmployees = 2),
            new Account(Name = 'a', NumberOfEmployees = 1), new Account(Name = 'none') };
        some.sort(new BySize());
        return some[0].Name + ' ' + some[1].Name + ' ' + some[2].Name;`;
    expect(await org.evaluate(body, bySize)).toBe('none a b');
});

test('a final property may fill itself when it is first read', async () => {
    const settings = `public class Settings {
        public static Integer reads = 0;
        public static final Boolean IS_ON {
            get { if (IS_ON == null) { reads++; IS_ON = true; } return IS_ON; }
            private set;
        }
    }`;
    expect(
        await org.evaluate('return Settings.IS_ON && Settings.IS_ON ? Settings.reads : -1;', settings)
    ).toBe(1);
});
