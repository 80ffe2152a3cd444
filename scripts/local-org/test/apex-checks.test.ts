// What a compiler of Apex refuses is refused while the classes load; and declared types, not values, choose overloads.
import { afterAll, describe, expect, test } from '@jest/globals';
import { createApexOrg } from './support/apex-org.ts';

const org = createApexOrg();
afterAll(() => org.close());

const messages = (...classes: string[]): string[] => {
    org.classes(...classes);
    return org.apex.check().map(({ className, line, message }) => `${className}:${line} ${message}`);
};
const inMethod = (body: string, returns = 'void'): string[] =>
    messages(
        `public class Sample {\npublic static ${returns} run(Boolean isOn, final Integer fixed) {\n${body}\n}\n}`
    );

describe('a method', () => {
    test.each([
        ['if (isOn) { return 1; }', 'Sample:2 Missing return statement required return type: Integer'],
        ['while (isOn) { return 1; }', 'Sample:2 Missing return statement required return type: Integer'],
        [
            'switch on fixed { when 1 { return 1; } }',
            'Sample:2 Missing return statement required return type: Integer'
        ],
        [
            'try { return 1; } catch (Exception e) { System.debug(e); }',
            'Sample:2 Missing return statement required return type: Integer'
        ],
        ['return;', 'Sample:3 Missing return value: Integer'],
        ["return 'one';", 'Sample:3 Illegal assignment from String to Integer'],
        ['return 1; System.debug(2);', 'Sample:3 Unreachable statement'],
        ['throw new QueryException(); System.debug(2);', 'Sample:3 Unreachable statement']
    ])('with a result may not be written as %s', (body, message) => {
        expect(inMethod(body, 'Integer')).toEqual([message]);
    });

    test.each([
        'if (isOn) { return 1; } else { return 2; }',
        'while (true) { if (isOn) { return 1; } }',
        'for (;;) { return 1; }',
        'switch on fixed { when 1 { return 1; } when else { throw new QueryException(); } }',
        'try { return 1; } finally { System.debug(2); }',
        'try { return 1; } catch (Exception e) { throw e; }',
        'do { return 1; } while (isOn);'
    ])('with a result may be written as %s', (body) => {
        expect(inMethod(body, 'Integer')).toEqual([]);
    });

    test('without a result gives none', () => {
        expect(inMethod('return 1;')).toEqual(['Sample:3 Void methods must not return a value']);
    });
});

describe('values', () => {
    test.each([
        ["Integer count = 'many';", 'Illegal assignment from String to Integer'],
        ['String text = 5;', 'Illegal assignment from Integer to String'],
        ['Integer whole = 1.5;', 'Illegal assignment from Decimal to Integer'],
        ["Integer whole; whole = 'x';", 'Illegal assignment from String to Integer'],
        [
            'Account one = new Account(); Boolean name = one.Name;',
            'Illegal assignment from String to Boolean'
        ],
        ['Integer whole = 3000000000;', 'Illegal integer: 3000000000']
    ])('of the wrong type are problems: %s', (body, message) => {
        expect(inMethod(body)).toEqual([`Sample:3 ${message}`]);
    });

    test.each([
        'Decimal amount = 5; Double rate = 1.5; Long big = 5; Object any = 5; Datetime at = Date.today();',
        "Id key = '001000000000001'; String text = key;",
        'Integer smallest = -2147483648;',
        'Account one = [SELECT Id FROM Account LIMIT 1]; Integer count = [SELECT COUNT() FROM Account];'
    ])('that fit are none: %s', (body) => {
        expect(inMethod(body)).toEqual([]);
    });
});

describe('what is final or hidden', () => {
    test('a final variable has one value', () => {
        expect(inMethod('final Integer once = 1; once = 2;')).toEqual([
            'Sample:3 Cannot modify a final variable: once'
        ]);
        expect(inMethod('final Integer once = 1; once++;')).toHaveLength(1);
        expect(inMethod('fixed = 2;')).toEqual(['Sample:3 Cannot modify a final variable: fixed']);
        expect(inMethod('final Integer later; later = 2;')).toEqual([]);
    });

    test('a final field is set where its object is made, nowhere else', () => {
        const holder = `public class Holder {
            public final Integer one;
            public static final Integer TWO = 2;
            public Holder() { one = 1; }
            public void change() { one = 2; }
        }`;
        expect(messages(holder)).toEqual([
            'Holder:5 Final members can only be set in their declaration, an initialiser or a constructor: one'
        ]);
        const other = `public class Other { static void change() { Holder.TWO = 3; new Holder().one++; } }`;
        expect(messages(holder.replace('public void change() { one = 2; }', ''), other)).toHaveLength(2);
    });

    test('a property is written through the setter it shows', () => {
        const holder = `public class Holder {
            public Integer readable { get; private set; }
            public Integer computed { get { return 1; } }
            public Holder() { readable = 1; }
        }`;
        const other = `public class Other { static void change(Holder one) { one.readable = 1; one.computed = 2; } }`;
        expect(messages(holder, other)).toEqual([
            'Other:1 Variable is not visible: Holder.readable',
            'Other:1 Field is not writeable: Holder.computed'
        ]);
    });

    test('a private constructor is for its own class, and one that is not there for nobody', () => {
        const single = `public class Single {
            private Single() {}
            public static Single make() { return new Single(); }
        }`;
        const other = `public class Other {
            static void make() { new Single(); }
            static void makeOther() { new Other(1); }
        }`;
        expect(messages(single, other)).toEqual([
            'Other:2 Constructor is not visible: Single.<Constructor>(0 arguments)',
            'Other:3 Constructor not defined: Other.<Constructor>(1 arguments)'
        ]);
    });
});

describe('inheritance', () => {
    const base = `public virtual class Base {
        public virtual String name() { return 'base'; }
        public String fixed() { return 'fixed'; }
    }`;

    test.each([
        [
            'public class Child extends Base { public String name() { return null; } }',
            'Child:1 Method must use the override keyword: name()'
        ],
        [
            'public class Child extends Base { public override String fixed() { return null; } }',
            'Child:1 Non-virtual, non-abstract methods cannot be overridden: fixed()'
        ],
        [
            'public class Child extends Base { public override String other() { return null; } }',
            'Child:1 Method does not override an ancestor method: other()'
        ]
    ])('%s is refused', (child, message) => {
        expect(messages(base, child)).toEqual([message]);
    });

    test('a class that is neither virtual nor abstract has no children', () => {
        expect(messages('public class Closed {}', 'public class Child extends Closed {}')).toEqual([
            'Child:1 Non-virtual and non-abstract type cannot be extended: Closed'
        ]);
    });

    test('overriding that is said and allowed is no problem', () => {
        const child = `public virtual class Child extends Base implements Comparable {
            public override String name() { return super.name(); }
            public override String toString() { return name(); }
            public Integer compareTo(Object other) { return 0; }
            public Boolean equals(Object other) { return true; }
        }`;
        const error = `public class Failed extends Exception { public override String getMessage() { return 'no'; } }`;
        expect(messages(base, child, error)).toEqual([]);
    });
});

describe('overloads', () => {
    const kinds = `public virtual class Kinds {
        public static String of(Integer one) { return 'Integer'; }
        public static String of(String one) { return 'String'; }
        public static String of(Decimal one) { return 'Decimal'; }
        public static String of(Object one) { return 'Object'; }
        public static String row(SObject one) { return 'SObject'; }
        public static String row(Account one) { return 'Account'; }
        public static String rows(List<SObject> some) { return 'SObjects'; }
        public static String rows(List<Account> some) { return 'Accounts'; }
        public virtual String me(Kinds other) { return 'Kinds'; }
        public virtual String me(Object other) { return 'Object'; }
    }`;
    const special = `public class Special extends Kinds {
        public override String me(Kinds other) { return 'Special ' + super.me(other); }
    }`;

    test('are chosen by declared types, also of empty variables', async () => {
        const body = `String none; Object any = 'text'; SObject row = new Account(); List<SObject> rows = new List<Account>();
            return new List<String>{ Kinds.of(none), Kinds.of(any), Kinds.of((Object) 1), Kinds.of(1), Kinds.of(5L),
                Kinds.row(row), Kinds.row(new Account()), Kinds.rows(rows), Kinds.rows(new List<Account>()) };`;
        expect(await org.evaluate(body, kinds)).toEqual([
            'String',
            'Object',
            'Object',
            'Integer',
            'Decimal',
            'SObject',
            'Account',
            'SObjects',
            'Accounts'
        ]);
    });

    test('the object decides which override runs', async () => {
        const body = `Kinds one = new Special(); return new List<String>{ one.me(one), one.me((Object) one) };`;
        expect(await org.evaluate(body, kinds, special)).toEqual(['Special Kinds', 'Object']);
    });

    test('constructors too', async () => {
        const made = `public class Made {
            public String by;
            public Made(String text) { by = 'text'; }
            public Made(Integer whole) { by = 'whole'; }
        }`;
        const body = `Integer none; String empty; return new Made(none).by + ' ' + new Made(empty).by;`;
        expect(await org.evaluate(body, made)).toBe('whole text');
    });
});

test('== asks the equals of a class that has one', async () => {
    const point = `public class Point {
        Integer x;
        public Point(Integer x) { this.x = x; }
        public Boolean equals(Object other) { return other instanceof Point && ((Point) other).x == x; }
    }`;
    const body = `Point one = new Point(1);
        return new List<Boolean>{ one == new Point(1), one != new Point(1), one === new Point(1), one == new Point(2) };`;
    expect(await org.evaluate(body, point)).toEqual([true, false, false, false]);
});
