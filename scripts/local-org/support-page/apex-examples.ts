// Apex constructs, one example each: the body of a method that returns something, and classes beside it.
import type { Example } from './soql-examples.ts';

export interface ApexExample extends Example {
    others?: string[];
}

export const APEX_EXAMPLES: ApexExample[] = [
    {
        feature: 'classes with static and instance members',
        code: 'return new Greeter().hello();',
        others: [
            "public class Greeter { String name = 'you'; public String hello() { return 'Hello ' + name; } }"
        ]
    },
    {
        feature: 'inheritance, abstract and virtual methods',
        code: 'return new B().go();',
        others: [
            "public class B extends A { public override String go() { return 'b'; } }",
            'public abstract class A { public abstract String go(); }'
        ]
    },
    {
        feature: 'interfaces',
        code: 'Doer d = new C(); return d.go();',
        others: [
            "public class C implements Doer { public String go() { return 'c'; } }",
            'public interface Doer { String go(); }'
        ]
    },
    {
        feature: 'inner classes, enums',
        code: 'return Outer.Kind.ONE.name();',
        others: ['public class Outer { public enum Kind { ONE, TWO } public class Inner { } }']
    },
    {
        feature: 'properties',
        code: 'Box b = new Box(); b.size = 2; return b.twice;',
        others: [
            'public class Box { public Integer size { get; set; } public Integer twice { get { return size * 2; } } }'
        ]
    },
    {
        feature: 'if, for, while, do, break, continue',
        code: 'Integer n = 0; for (Integer i = 0; i < 5; i++) { if (i == 3) continue; n += i; } while (n > 5) { n--; } do { n++; } while (n < 3); return n;'
    },
    {
        feature: 'for each',
        code: 'Integer n = 0; for (Integer i : new List<Integer>{ 1, 2 }) { n += i; } return n;'
    },
    {
        feature: 'SOQL for loop',
        code: 'Integer n = 0; for (Account a : [SELECT Id FROM Account]) { n++; } return n;'
    },
    {
        feature: 'switch',
        code: "switch on 2 { when 1 { return 'one'; } when 2, 3 { return 'more'; } when else { return 'none'; } }"
    },
    {
        feature: 'switch on type of record',
        code: "SObject s = new Account(); switch on s { when Account a { return 'account'; } when else { return 'other'; } }"
    },
    {
        feature: 'try, catch, finally, own exceptions',
        code: "try { throw new OwnException('x'); } catch (OwnException e) { return e.getMessage(); } finally { }",
        others: ['public class OwnException extends Exception { }']
    },
    { feature: 'ternary, ?. and ??', code: "Account a = null; return a?.Name ?? 'none';" },
    { feature: 'bitwise and shift operators', code: 'return (6 & 3) | (1 << 4);' },
    { feature: 'complement ~', code: 'return ~1;' },
    {
        feature: 'instanceof and casts',
        code: "Object o = 'x'; return o instanceof String ? (String) o : null;"
    },
    {
        feature: 'lists, sets, maps',
        code: "Map<String, List<Integer>> m = new Map<String, List<Integer>>{ 'a' => new List<Integer>{ 1 } }; return m.get('a').size();"
    },
    { feature: 'arrays', code: 'Integer[] xs = new Integer[]{ 1, 2 }; return xs[1];' },
    { feature: 'exact Decimal', code: 'Decimal d = 10; return (d / 3).setScale(4);' },
    {
        feature: 'Date, Datetime, Time',
        code: "return Datetime.newInstance(2026, 1, 31).addMonths(1).format('yyyy-MM-dd');"
    },
    {
        feature: 'String methods',
        code: "return 'a,b'.split(',').size() + String.join(new List<String>{ 'x' }, '-').length();"
    },
    { feature: 'regular expressions in String', code: "return 'a1b22'.replaceAll('[0-9]+', '#');" },
    { feature: 'Pattern and Matcher', code: "return Pattern.matches('a.c', 'abc');" },
    {
        feature: 'JSON serialize, deserialize, untyped',
        code: "return ((Map<String, Object>) JSON.deserializeUntyped('{\"a\":1}')).get('a');"
    },
    {
        feature: 'JSON into a class',
        code: 'return ((Part) JSON.deserialize(\'{"n":2}\', Part.class)).n;',
        others: ['public class Part { public Integer n; }']
    },
    {
        feature: 'SOQL with binds',
        code: "String name = 'A'; return [SELECT COUNT() FROM Account WHERE Name = :name];"
    },
    { feature: 'SOQL WITH USER_MODE', code: 'return [SELECT Id FROM Account WITH USER_MODE].size();' },
    {
        feature: 'Database.query with binds and access level',
        code: "return Database.queryWithBinds('SELECT Id FROM Account WHERE Name = :n', new Map<String, Object>{ 'n' => 'A' }, AccessLevel.USER_MODE).size();"
    },
    {
        feature: 'DML statements',
        code: "Account a = new Account(Name = 'A'); insert a; a.Name = 'B'; update a; delete a; undelete a; return a.Id != null;"
    },
    { feature: 'DML as user', code: "insert as user new Account(Name = 'A'); return 1;" },
    {
        feature: 'upsert by external id',
        code: "Account a = new Account(Name = 'A'); upsert a; return a.Id != null;"
    },
    {
        feature: 'Database.insert with partial success',
        code: 'return Database.insert(new List<Account>{ new Account() }, false)[0].isSuccess();'
    },
    { feature: 'savepoints', code: 'Savepoint s = Database.setSavepoint(); Database.rollback(s); return 1;' },
    { feature: 'merge', code: 'merge new Account(Id = null) new Account(); return 1;' },
    { feature: 'SOSL', code: "return [FIND 'x' IN ALL FIELDS RETURNING Account].size();" },
    { feature: 'describe', code: 'return Schema.sObjectType.Account.fields.Name.getLabel();' },
    {
        feature: 'Schema.getGlobalDescribe',
        code: "return Schema.getGlobalDescribe().get('Account').getDescribe().getName();"
    },
    {
        feature: 'Security.stripInaccessible',
        code: 'return Security.stripInaccessible(AccessType.READABLE, new List<Account>()).getRecords().size();'
    },
    { feature: 'UserInfo', code: 'return UserInfo.getName();' },
    {
        feature: 'FeatureManagement.checkPermission',
        code: "return FeatureManagement.checkPermission('Some_Permission');"
    },
    {
        feature: 'System.runAs, Test.startTest',
        code: 'return 1;',
        others: [
            '@IsTest private class T { @IsTest static void t() { Test.startTest(); Test.stopTest(); Assert.areEqual(1, 1); } }'
        ]
    },
    {
        feature: 'triggers',
        code: "insert new Account(Name = 'A'); return 1;",
        others: [
            'trigger OnAccount on Account (before insert) { for (Account a : Trigger.new) { a.Industry = null; } }'
        ]
    },
    { feature: 'Limits', code: 'return Limits.getQueries();' },
    { feature: 'Crypto, EncodingUtil', code: "return EncodingUtil.base64Encode(Blob.valueOf('x'));" },
    {
        feature: 'Crypto.generateDigest',
        code: "return EncodingUtil.convertToHex(Crypto.generateDigest('SHA-256', Blob.valueOf('x')));"
    },
    {
        feature: '@future',
        code: 'F.go(); return 1;',
        others: ['public class F { @future public static void go() { } }']
    },
    {
        feature: 'Queueable',
        code: 'return System.enqueueJob(new Q());',
        others: ['public class Q implements Queueable { public void execute(QueueableContext c) { } }']
    },
    {
        feature: 'Batchable',
        code: 'return Database.executeBatch(new K());',
        others: [
            'public class K implements Database.Batchable<SObject> { public Database.QueryLocator start(Database.BatchableContext c) { return null; } public void execute(Database.BatchableContext c, List<SObject> s) { } public void finish(Database.BatchableContext c) { } }'
        ]
    },
    {
        feature: 'Schedulable',
        code: "return System.schedule('x', '0 0 0 * * ?', new S());",
        others: ['public class S implements Schedulable { public void execute(SchedulableContext c) { } }']
    },
    { feature: 'platform events', code: 'return EventBus.publish(new Thing__e());' },
    {
        feature: 'email',
        code: 'Messaging.SingleEmailMessage m = new Messaging.SingleEmailMessage(); return 1;'
    },
    { feature: 'XML', code: 'Dom.Document d = new Dom.Document(); return 1;' },
    {
        feature: '@RestResource',
        code: 'return R.get();',
        others: [
            "@RestResource(urlMapping='/x/*') global class R { @HttpGet global static String get() { return 'x'; } }"
        ]
    }
];
