// Each kind of mistake is found in a project that has only that mistake, and a project without one is clean.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkersFolder } from './checkers.ts';
import { withoutExceptions, type Exception } from './exceptions.ts';
import { findJava, noJava } from './java.ts';
import type { Violation } from './code-analyzer.ts';
import { checkSecurity } from './security.ts';
import { checkTypes } from './type-check.ts';
import type { Problem } from '../metadata/source-file.ts';

const TYPE_MISTAKES: [string, string, RegExp][] = [
    [
        'WrongType',
        "public static Integer count() { return 'many'; }",
        /String' is not assignable to .*Integer/
    ],
    [
        'MissingMethod',
        "public static void send() { new HttpRequest().setEndpont('callout:X'); }",
        /setEndpont/
    ],
    ['UnknownField', "public static Account make() { return new Account(Nmae = 'Acme'); }", /Nmae/],
    ['UnknownCustomField', 'public static Object read(Parcel__c one) { return one.Hight__c; }', /Hight__c/],
    ['NoReturn', 'public static Integer one(Boolean isOne) { if (isOne) { return 1; } }', /return a value/]
];

const SECURITY_MISTAKES: [string, string, string][] = [
    [
        'Injection',
        `public with sharing class Injection {
            public static List<Account> find(String name) {
                return Database.query('SELECT Id FROM Account WHERE Name = \\'' + name + '\\'', AccessLevel.USER_MODE);
            }
        }`,
        'ApexSOQLInjection'
    ],
    [
        'NoSharing',
        `public class NoSharing {
            public static List<Account> all() { return [SELECT Id FROM Account WITH USER_MODE LIMIT 10]; }
        }`,
        'ApexSharingViolations'
    ],
    [
        'NoUserMode',
        `public with sharing class NoUserMode {
            public static List<Account> all() { return [SELECT Id, AnnualRevenue FROM Account LIMIT 10]; }
        }`,
        'ApexCRUDViolation'
    ]
];

const CLEAN = `public with sharing class Clean {
    public static List<Parcel__c> heaviest() {
        return [SELECT Id, Height__c FROM Parcel__c WITH USER_MODE ORDER BY Height__c DESC LIMIT 10];
    }
}`;

const PARCEL = `<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata"><label>Parcel</label>
    <pluralLabel>Parcels</pluralLabel><nameField><label>Name</label><type>Text</type></nameField>
    <deploymentStatus>Deployed</deploymentStatus><sharingModel>Private</sharingModel></CustomObject>`;
const HEIGHT = `<CustomField xmlns="http://soap.sforce.com/2006/04/metadata"><fullName>Height__c</fullName>
    <label>Height</label><type>Number</type><precision>5</precision><scale>1</scale></CustomField>`;

function writeProject(folder: string): void {
    const write = (path: string, text: string): void => {
        mkdirSync(join(folder, path, '..'), { recursive: true });
        writeFileSync(join(folder, path), text);
    };
    const writeClass = (name: string, source: string): void => {
        write(`app/classes/${name}.cls`, source);
        write(
            `app/classes/${name}.cls-meta.xml`,
            `<ApexClass xmlns="http://soap.sforce.com/2006/04/metadata"><apiVersion>65.0</apiVersion></ApexClass>`
        );
    };
    write(
        'sfdx-project.json',
        JSON.stringify({ packageDirectories: [{ path: 'app' }], sourceApiVersion: '65.0' })
    );
    write('app/objects/Parcel__c/Parcel__c.object-meta.xml', PARCEL);
    write('app/objects/Parcel__c/fields/Height__c.field-meta.xml', HEIGHT);
    for (const [name, body] of TYPE_MISTAKES)
        writeClass(name, `public with sharing class ${name} {\n    ${body}\n}`);
    for (const [name, source] of SECURITY_MISTAKES) writeClass(name, source);
    writeClass('Clean', CLEAN);
}

const java = findJava();
const withJava = java ? describe : describe.skip;

describe('looking for Java', () => {
    let home: string;
    const pretend = (version: string): NodeJS.ProcessEnv => {
        mkdirSync(join(home, 'bin'), { recursive: true });
        const script = `#!/bin/sh\necho 'openjdk version "${version}" 2025-04-15' >&2\n`;
        writeFileSync(join(home, 'bin', 'java'), script, { mode: 0o755 });
        return { JAVA_HOME: home, PATH: '/nowhere' };
    };
    beforeAll(() => {
        home = mkdtempSync(join(tmpdir(), 'plumbline-java-'));
    });
    afterAll(() => rmSync(home, { recursive: true, force: true }));

    test('takes the one of JAVA_HOME when it is new enough', () => {
        const env = pretend('17.0.15');
        expect(findJava(env)).toEqual({ command: join(home, 'bin', 'java'), version: 17 });
    });

    test('passes over one that is too old, and finds none', () => {
        expect(findJava(pretend('1.8.0_402'))).toBeUndefined();
        expect(noJava).toContain('11 or newer');
    });

    test('finds none where there is no such command', () => {
        expect(findJava({ PATH: '/nowhere' })).toBeUndefined();
    });
});

withJava('static checks of Apex', () => {
    let project: string;
    let typeProblems: Problem[];
    let violations: Violation[];

    beforeAll(async () => {
        project = mkdtempSync(join(tmpdir(), 'plumbline-apex-'));
        writeProject(project);
        const checkers = checkersFolder();
        typeProblems = await checkTypes(java!, checkers, project);
        ({ violations } = await checkSecurity(java!, checkers, project, ['app']));
    });

    afterAll(() => rmSync(project, { recursive: true, force: true }));

    test.each(TYPE_MISTAKES)('the types of %s are reported with file and line', (name, _body, reason) => {
        const found = typeProblems.filter(({ file }) => file === `app/classes/${name}.cls`);
        expect(found).toEqual([
            { file: `app/classes/${name}.cls`, line: 2, reason: expect.stringMatching(reason) }
        ]);
    });

    test.each(SECURITY_MISTAKES)('the security of %s is reported', (name, _source, rule) => {
        const found = violations.filter(({ file }) => file === `app/classes/${name}.cls`);
        expect(found.map((one) => one.rule)).toEqual([rule]);
    });

    test('a class without a mistake is not reported', () => {
        const files = [...typeProblems, ...violations].map(({ file }) => file);
        expect(files.length).toBeGreaterThan(0);
        expect(files).not.toContain('app/classes/Clean.cls');
    });
});

describe('exceptions from a rule', () => {
    const found: Violation = {
        rule: 'ApexSOQLInjection',
        file: 'app/classes/A.cls',
        line: 3,
        message: 'bad'
    };
    const exception: Exception = { rule: found.rule, file: /A\.cls$/, reason: 'the text is a constant' };

    test('cover the rule in the file they name and nothing else', () => {
        const elsewhere = { ...found, file: 'app/classes/B.cls' };
        expect(withoutExceptions([found, elsewhere], [exception])).toEqual({ left: [elsewhere], unused: [] });
    });

    test('are told when nothing needs them any more', () => {
        expect(withoutExceptions([], [exception]).unused).toEqual([exception]);
    });
});
