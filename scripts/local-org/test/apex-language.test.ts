// The Apex language itself: what every Apex developer relies on without thinking.
import { afterAll, describe, expect, test } from '@jest/globals';
import { createApexOrg } from './support/apex-org.ts';

const org = createApexOrg();
afterAll(() => org.close());

const value = (expression: string): Promise<unknown> => org.evaluate(`return ${expression};`);

describe('numbers', () => {
    test('whole numbers divide to whole numbers and wrap at 32 bits', async () => {
        expect(await value('new List<Object>{ 7 / 2, -7 / 2, 2147483647 + 1, 7 / 2.0 }')).toEqual([
            3, -3, -2147483648, 3.5
        ]);
    });

    test('decimals keep every digit', async () => {
        expect(await value("String.valueOf(0.1 + 0.2) + ' ' + (1.10 * 3) + ' ' + (10.0 / 4)")).toBe(
            '0.3 3.30 2.5'
        );
    });

    test('setScale rounds a half to the even digit unless told otherwise', async () => {
        expect(
            await value(
                "(2.5).setScale(0) + ' ' + (3.5).setScale(0) + ' ' + (2.5).setScale(0, RoundingMode.HALF_UP)"
            )
        ).toBe('2 4 3');
    });

    test('a Long holds what an Integer cannot', async () => {
        expect(await value('3000000000L + 1')).toBe(3000000001);
    });

    test('dividing by zero is a MathException', async () => {
        await expect(value('1 / (1 - 1)')).rejects.toMatchObject({
            body: { exceptionType: 'System.MathException', message: 'Divide by 0' }
        });
    });

    test('an Integer becomes a Decimal where one is declared', async () => {
        expect(await org.evaluate('Decimal whole = 5; return whole / 2;')).toBe(2.5);
    });
});

describe('text', () => {
    test('== ignores case, equals and === do not', async () => {
        expect(
            await value("new List<Object>{ 'Abc' == 'aBC', 'Abc'.equals('aBC'), 'Abc' === 'aBC' }")
        ).toEqual([true, false, false]);
    });

    test('concatenation writes null, numbers and dates as Apex does', async () => {
        expect(await org.evaluate("String none; return 'a' + none + 1 + 2.50 + true;")).toBe(
            'anull12.50true'
        );
    });

    test('the usual String methods answer as documented', async () => {
        expect(
            await value(
                `new List<Object>{ String.format('{0} of {1}, it\\'\\'s {0}', new List<Object>{ 1, 'x' }), String.join(new List<Integer>{ 1, 2 }, '-'),
                'a,b,,'.split(',').size(), 'Hello World'.abbreviate(8), String.isBlank(' '), 'abc'.substring(1, 2), 'x.y.z'.substringAfterLast('.'),
                'abc'.left(10), String.escapeSingleQuotes('it\\'s'), 'aXbX'.replace('X', '$1'), 'a1b2'.replaceAll('[0-9]', '#') }`
            )
        ).toEqual([
            "1 of x, it's 1",
            '1-2',
            2,
            'Hello...',
            true,
            'b',
            'z',
            'abc',
            "it\\'s",
            'a$1b$1',
            'a#b#'
        ]);
    });
});

describe('collections', () => {
    test('a list out of bounds, a null and a wrong cast are the exceptions Apex has for them', async () => {
        const body = `List<String> names = new List<String>();
            try { new List<Integer>()[0]++; } catch (ListException e) { names.add(e.getMessage()); }
            try { String none; none.length(); } catch (NullPointerException e) { names.add(e.getMessage()); }
            try { Object n = 1; String s = (String) n; } catch (TypeException e) { names.add(e.getMessage()); }
            return names;`;
        expect(await org.evaluate(body)).toEqual([
            'List index out of bounds: 0',
            'Attempt to de-reference a null object',
            'Invalid conversion from runtime type Integer to String'
        ]);
    });

    test('sets and maps find equal values and tell letters apart by case', async () => {
        const body = `Map<Object, Integer> seen = new Map<Object, Integer>{ 'a' => 1, 2 => 2, Date.newInstance(2026, 1, 1) => 3 };
            return new List<Object>{ seen.get('A'), seen.get('a'), seen.get(Date.newInstance(2026, 1, 1)), new Set<Integer>{ 1, 1, 2 }.size(), seen.containsKey(2) };`;
        expect(await org.evaluate(body)).toEqual([null, 1, 3, 2, true]);
    });

    test('List.sort uses compareTo of the elements', async () => {
        const person = `public class Person implements Comparable {
            public Integer age;
            public Person(Integer age) { this.age = age; }
            public Integer compareTo(Object other) { return age - ((Person) other).age; }
        }`;
        const body = `List<Person> people = new List<Person>{ new Person(30), new Person(20) };
            people.sort();
            return people[0].age;`;
        expect(await org.evaluate(body, person)).toBe(20);
    });

    test('a list cannot change while it is walked', async () => {
        const body =
            'List<Integer> items = new List<Integer>{ 1, 2, 3 }; for (Integer item : items) { items.add(item); } return null;';
        await expect(org.evaluate(body)).rejects.toMatchObject({
            body: { exceptionType: 'System.FinalException' }
        });
    });
});

describe('control flow', () => {
    test('switch chooses by value, by constant and by type', async () => {
        const shapes =
            'public class Shapes { public enum Color { RED, GREEN } public virtual class Shape {} public class Circle extends Shape { public Integer r = 4; } }';
        const body = `List<Object> found = new List<Object>();
            switch on 'b' { when 'a' { found.add(1); } when 'b', 'c' { found.add(2); } when else { found.add(3); } }
            switch on Shapes.Color.GREEN { when RED { found.add('red'); } when GREEN { found.add('green'); } }
            Shapes.Shape shape = new Shapes.Circle();
            switch on shape { when Shapes.Circle circle { found.add(circle.r); } when else { found.add(0); } }
            return found;`;
        expect(await org.evaluate(body, shapes)).toEqual([2, 'green', 4]);
    });

    test('finally runs on return, on throw and after catch', async () => {
        const flow = `public class Flow {
            public static List<String> log = new List<String>();
            public static Integer early() { try { return 1; } finally { log.add('early'); } }
            public static void failing() { try { throw new Problem('p'); } finally { log.add('failing'); } }
            public class Problem extends Exception {}
        }`;
        const body =
            "Flow.early(); try { Flow.failing(); } catch (Flow.Problem p) { Flow.log.add(p.getTypeName() + ' ' + p.getMessage() + ' ' + p.getLineNumber()); } return Flow.log;";
        expect(await org.evaluate(body, flow)).toEqual(['early', 'failing', 'Flow.Problem p 4']);
    });

    test('loops break, continue and count', async () => {
        const body = `Integer sum = 0;
            for (Integer i = 0, j = 10; i < j; i++, j--) { if (i == 2) { continue; } sum += i; }
            do { sum++; } while (sum < 10);
            while (true) { sum++; if (sum > 20) { break; } }
            return sum;`;
        expect(await org.evaluate(body)).toBe(21);
    });

    test('safe navigation and null coalescing stop at null', async () => {
        expect(
            await org.evaluate(
                "String none; Map<String, String> map0; return new List<Object>{ none?.length(), none ?? 'x', map0?.get('a')?.trim() };"
            )
        ).toEqual([null, 'x', null]);
    });

    test('endless recursion ends with the limit of the platform, which no catch sees', async () => {
        const endless = 'public class Endless { public static void go() { go(); } }';
        const body = 'try { Endless.go(); } catch (Exception e) { return 1; } return 2;';
        await expect(org.evaluate(body, endless)).rejects.toMatchObject({
            body: { exceptionType: 'System.LimitException' }
        });
    });
});

describe('classes', () => {
    const animals = `public abstract class Animal {
        public static Integer born = 0;
        protected String name { get; private set; }
        public Integer legs { get { return legs == null ? 4 : legs; } set; }
        private String kind = kindOf();
        static { born = 10; }
        { born++; }
        public Animal(String name) { this.name = name; }
        public Animal() { this('nobody'); }
        protected virtual String kindOf() { return 'animal'; }
        public abstract String sound();
        public virtual String speak() { return name + ' (' + kind + ') says ' + sound(); }
        public class Dog extends Animal {
            public Dog(String name) { super(name); }
            protected override String kindOf() { return 'dog'; }
            public override String sound() { return 'woof'; }
            public override String speak() { return super.speak() + '!'; }
        }
        public class Cat extends Animal { public override String sound() { return 'meow'; } }
    }`;

    test('objects inherit, override, chain constructors and initialise in order', async () => {
        const body = `Animal dog = new Animal.Dog('Rex');
            Animal cat = new Animal.Cat();
            cat.legs = 3;
            return new List<Object>{ dog.speak(), cat.speak(), dog.legs, cat.legs, Animal.born, dog instanceof Animal.Cat, Animal.class.getName() };`;
        expect(await org.evaluate(body, animals)).toEqual([
            'Rex (dog) says woof!',
            'nobody (animal) says meow',
            4,
            3,
            12,
            false,
            'Animal'
        ]);
    });

    test('overloads are chosen by the types of the arguments', async () => {
        const overloads = `public class Overloads {
            public static String of(Integer x) { return 'Integer'; }
            public static String of(String x) { return 'String'; }
            public static String of(Object x) { return 'Object'; }
            public static String of(List<SObject> x) { return 'List'; }
            public static String of(String x, Integer y) { return 'both'; }
        }`;
        const body =
            "return new List<String>{ Overloads.of(1), Overloads.of('a'), Overloads.of(1.5), Overloads.of(new List<Account>()), Overloads.of('a', 1) };";
        expect(await org.evaluate(body, overloads)).toEqual(['Integer', 'String', 'Object', 'List', 'both']);
    });

    test('statics live for one call only', async () => {
        const counter =
            'public class Counter { public static Integer n = 0; @AuraEnabled public static Integer next() { return ++n; } }';
        org.classes(counter);
        await org.apex.invokeAura(org.admin, 'Counter', 'next', {});
        expect(await org.apex.invokeAura(org.admin, 'Counter', 'next', {})).toBe(1);
    });

    test('names mean the same in any case', async () => {
        expect(await org.evaluate('INTEGER Count = 1; return COUNT + mAtH.MAX(2, 3);')).toBe(4);
    });
});

describe('dates', () => {
    test('months end where they end, and clocks follow the user', async () => {
        const body = `Date d = Date.newInstance(2026, 1, 31);
            Datetime t = Datetime.newInstanceGmt(2026, 7, 1, 12, 0, 0);
            return new List<Object>{ d.addMonths(1), d.daysBetween(Date.newInstance(2026, 3, 1)), d.addDays(1).month(), t.format('yyyy-MM-dd HH:mm', 'America/New_York'),
                t.addHours(1), String.valueOf(d), '' + d, Date.newInstance(2024, 2, 29).addYears(1), t.formatGmt('EEE d MMM') };`;
        expect(await org.evaluate(body)).toEqual([
            '2026-02-28',
            29,
            2,
            '2026-07-01 08:00',
            '2026-07-01T13:00:00.000Z',
            '2026-01-31',
            '2026-01-31 00:00:00',
            '2025-02-28',
            'Wed 1 Jul'
        ]);
    });
});

describe('JSON', () => {
    test('classes go out and come back with their types, digits and nulls', async () => {
        const order = `public class Order0 {
            public String name; public Decimal amount; public Date due; public List<Line> lines; public transient Integer secret = 1;
            public class Line { public Integer quantity; }
        }`;
        const body = `Order0 parsed = (Order0) JSON.deserialize('{"name":"A","amount":10.50,"due":"2026-02-03","lines":[{"quantity":2}],"other":1}', Order0.class);
            Map<String, Object> loose = (Map<String, Object>) JSON.deserializeUntyped('{"a":[1,2.5,null],"b":{"c":true}}');
            return new List<Object>{ JSON.serialize(parsed), parsed.lines[0].quantity + 1, parsed.due.year(), loose.get('a'), ((Map<String, Object>) loose.get('b')).get('c'), JSON.serialize(new Order0(), true) };`;
        expect(await org.evaluate(body, order)).toEqual([
            '{"name":"A","amount":10.50,"due":"2026-02-03","lines":[{"quantity":2}]}',
            3,
            2026,
            [1, 2.5, null],
            true,
            '{}'
        ]);
    });

    test('broken JSON is a JSONException', async () => {
        await expect(value("JSON.deserializeUntyped('{')")).rejects.toMatchObject({
            body: { exceptionType: 'System.JSONException' }
        });
    });
});

describe('what the local org does not have', () => {
    const problems = (...sources: string[]): string[] => {
        org.classes(...sources);
        return org.apex.check().map(({ className, line, message }) => `${className}:${line} ${message}`);
    };

    test('unknown names are reported with class and line', () => {
        expect(
            problems(`public class Broken {
                Missing field;
                public void go() {
                    unknown = 1;
                    Helper.nothing(2);
                    new Account(Nope__c = 1);
                    Account a;
                    a.Wrong__c = 2;
                    this.notThere();
                }
            }`)
        ).toEqual([
            'Broken:2 Invalid type: Missing',
            'Broken:4 Variable does not exist: unknown',
            'Broken:5 Variable does not exist: Helper',
            'Broken:6 Field does not exist: Nope__c on Account',
            'Broken:8 Field does not exist: Wrong__c on Account',
            'Broken:9 Method does not exist or incorrect signature: notThere(0 arguments) of Broken'
        ]);
    });

    test('constructs outside the subset are refused by name', () => {
        expect(
            problems(`public class Outside {
                public void go() {
                    System.enqueueJob(null);
                    Test.createStub(null, null);
                    List<List<SObject>> found = [FIND 'x' IN ALL FIELDS RETURNING Account];
                    String s = 'a'.swapCase();
                    merge new Account() new Account();
                }
            }`).map((line) => line.replace(/"merge.*/, 'merge'))
        ).toEqual([
            'Outside:3 Apex construct not supported by the local org: system.enqueueJob() with 1 arguments',
            'Outside:4 Apex construct not supported by the local org: test.createStub() with 2 arguments',
            'Outside:5 Apex construct not supported by the local org: Sosl',
            'Outside:6 Apex construct not supported by the local org: String.swapCase() with 0 arguments',
            'Outside:7 Apex construct not supported by the local org: statement merge'
        ]);
    });

    test('members of other classes are used only where they are visible', () => {
        const secret = `public virtual class Secret {
            private static Integer hidden = 1;
            @TestVisible private Integer shown() { return 2; }
            public Integer own() { return new Inner().part; }
            class Inner { private Integer part = 3; }
        }`;
        const reader = `CLASSHEAD { static void go() { Integer a = Secret.hidden; Integer b = new Secret().shown(); own(); } Integer own() { return 0; } }`;
        expect(problems(secret, reader.replace('CLASSHEAD', 'public class Reader'))).toEqual([
            'Reader:1 Variable is not visible: Secret.hidden',
            'Reader:1 Method is not visible: shown(0 arguments) of Secret',
            'Reader:1 Non static method cannot be referenced from a static context: own(0 arguments) of Reader'
        ]);
        expect(problems(secret, reader.replace('CLASSHEAD', '@IsTest class Reader'))).toEqual([
            'Reader:1 Variable is not visible: Secret.hidden',
            'Reader:1 Non static method cannot be referenced from a static context: own(0 arguments) of Reader'
        ]);
    });

    test('a class that leaves an abstract method open does not compile', () => {
        expect(
            problems(
                'public class Half implements Whole {}',
                'public interface Whole { void finish(Integer x); }'
            )
        ).toEqual(['Half:1 Class Half must implement the method: finish(integer) of Whole']);
    });

    test('syntax errors are reported with their line', () => {
        expect(problems('public class Bad {\n void go() { Integer x = ; }\n}')[0]).toMatch(
            /^Bad:2 Syntax error/
        );
    });

    test('a regular expression that means something else in Java is refused, not guessed', async () => {
        await expect(value("'a1'.replaceAll('\\\\p{Alpha}', '#')")).rejects.toMatchObject({
            errorCode: 'LOCAL_ORG_NOT_SUPPORTED'
        });
    });

    test('a method refused at run time is no exception that Apex could catch', async () => {
        const body =
            "Object text = 'a'; Object n = text; try { Map<String, Object> m = new Map<String, Object>{ 'x' => 'a' }; m.get('x').foo(); } catch (Exception e) { return 1; } return 2;";
        await expect(org.evaluate(body)).rejects.toMatchObject({ errorCode: 'LOCAL_ORG_NOT_SUPPORTED' });
    });
});
