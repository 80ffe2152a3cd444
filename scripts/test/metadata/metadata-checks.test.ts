// Proves that each check of objects, Apex, screens and secrets can fail: small good sources pass, and the same sources
// with one mistake are named with file and reason. The package itself is checked by scripts/test/metadata-checks.ts.
import { describe, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as apex from './apex.ts';
import { featuresAskTheGate } from './features.ts';
import * as objects from './objects.ts';
import { designSystemIcons, iconsExist, labelsAreUsed, labelsExist } from './screens.ts';
import { noSecrets } from './secrets.ts';
import type { Check, SourceFile } from './source-file.ts';
import { packageConverts, packageDeploys } from './whole-package.ts';

// Jest knows no import.meta.dirname.
const root = fileURLToPath(new URL('../../..', import.meta.url));
const icons = iconsExist(designSystemIcons(root));

function file(path: string, text: string): SourceFile {
    return { path, text };
}

function xml(type: string, content: string): string {
    return `<?xml version="1.0" encoding="UTF-8"?>\n<${type} xmlns="http://soap.sforce.com/2006/04/metadata">${content}</${type}>\n`;
}

function apexFile(text: string, name = 'DealController'): SourceFile {
    return file(`force-app/main/core/classes/${name}.cls`, text);
}

const controller = apexFile(
    'public with sharing class DealController { @AuraEnabled public static void save(Task step) { insert as user step; } }'
);
const granting = (enabled: boolean): SourceFile =>
    file(
        'force-app/main/core/permissionsets/Rep.permissionset-meta.xml',
        xml(
            'PermissionSet',
            `<classAccesses><apexClass>DealController</apexClass><enabled>${enabled}</enabled></classAccesses>`
        )
    );
const callout = (more: string): SourceFile =>
    file('x/SpmCallout.permissionset-meta.xml', xml('PermissionSet', `<label>Callout</label>${more}`));
const principal =
    '<externalCredentialPrincipalAccesses><enabled>true</enabled></externalCredentialPrincipalAccesses>';
const labels = file(
    'x/CustomLabels.labels-meta.xml',
    xml('CustomLabels', '<labels><fullName>SpmTitle</fullName><value>Deals</value></labels>')
);
const query = (end: string): string =>
    `public with sharing class A { List<Task> x() { return [SELECT Id FROM Task ${end}]; } }`;
const method = (body: string): string => `public with sharing class A { void x(Task a) { ${body} } }`;
const HANDS_ON = 'Guard.check(Trigger.operationType, Trigger.old, Trigger.new);';
const trigger = (events: string, body: string): SourceFile =>
    file('x/Pay.trigger', `trigger Pay on Pay__c (${events}) { ${body} }`);
const guard = apexFile('public with sharing class Guard { public static void check() { } }', 'Guard');
const payObject = file(
    'force-app/main/incentives/objects/Pay__c/Pay__c.object-meta.xml',
    xml('CustomObject', '<sharingModel>Private</sharingModel>')
);
const field = (content: string): SourceFile =>
    file('x/objects/Deal__c/fields/Note__c.field-meta.xml', xml('CustomField', content));

const testOf = (name: string, body: string): SourceFile =>
    apexFile(
        `@IsTest private class ${name}_Tests { @IsTest static void saysWhatHolds() { ${body} } }`,
        `${name}_Tests`
    );
const EXPLAINED = '<label>Note</label><description>Why</description><inlineHelpText>What</inlineHelpText>';

interface Case {
    check: Check;
    good: SourceFile[];
    bad: [mistake: string, files: SourceFile[], reason: string][];
}

const switchedFile = (name: string, body: string): SourceFile =>
    file(
        'force-app/main/forecast/classes/ForecastController.cls',
        `    @AuraEnabled(cacheable=true)\n    public static List<Row> ${name}(Id id) {\n        ${body}\n    }\n`
    );

const CASES: Case[] = [
    {
        check: objects.fieldsAreExplained,
        good: [field(EXPLAINED)],
        bad: [
            [
                'a field without help text',
                [field(EXPLAINED.replace('<inlineHelpText>What</inlineHelpText>', ''))],
                'has no <inlineHelpText>'
            ],
            ['an empty description', [field(EXPLAINED.replace('Why', ' '))], 'has no <description>'],
            ['no label', [field(EXPLAINED.replace('<label>Note</label>', ''))], 'has no <label>']
        ]
    },
    {
        check: objects.objectsHaveSharingModel,
        good: [
            file('x/Deal__c.object-meta.xml', xml('CustomObject', '<sharingModel>Private</sharingModel>')),
            file('x/Rule__mdt.object-meta.xml', xml('CustomObject', '<label>Rule</label>'))
        ],
        bad: [
            [
                'an object without sharing model',
                [file('x/Deal__c.object-meta.xml', xml('CustomObject', '<label>Deal</label>'))],
                'has no <sharingModel>'
            ]
        ]
    },
    {
        check: objects.standardObjectsAreNoMasters,
        good: [
            field('<type>Lookup</type><referenceTo>Opportunity</referenceTo>'),
            field('<type>MasterDetail</type><referenceTo>Plan__c</referenceTo>')
        ],
        bad: [
            [
                'a detail of a standard object',
                [field('<type>MasterDetail</type><referenceTo>Opportunity</referenceTo>')],
                'is a master-detail to Opportunity'
            ]
        ]
    },
    {
        check: objects.apiVersionsAreTheSame,
        good: [
            file('x/A.cls-meta.xml', xml('ApexClass', '<apiVersion>65.0</apiVersion>')),
            file('x/T.tab-meta.xml', xml('CustomTab', '<label>T</label>'))
        ],
        bad: [
            [
                'another version',
                [file('x/A.cls-meta.xml', xml('ApexClass', '<apiVersion>64.0</apiVersion>'))],
                'apiVersion is 64.0'
            ],
            [
                'a class without version',
                [file('x/A.cls-meta.xml', xml('ApexClass', '<status>Active</status>'))],
                'apiVersion is missing'
            ]
        ]
    },
    {
        check: objects.nothingNeedsOneLicense,
        good: [granting(true)],
        bad: [
            [
                'a licence',
                [file('x/Rep.permissionset-meta.xml', xml('PermissionSet', '<license>Salesforce</license>'))],
                'has a <license> element'
            ]
        ]
    },
    {
        check: objects.calloutSetGrantsOnlyThePrincipal,
        good: [callout(principal)],
        bad: [
            [
                'a class beside the principal',
                [callout(`${principal}<classAccesses><enabled>true</enabled></classAccesses>`)],
                'grants <classAccesses> too'
            ],
            ['no principal', [callout('')], 'grants no principal']
        ]
    },
    {
        check: objects.typesKnowEveryComponent,
        good: [
            file('x/lwc/dealList/dealList.js-meta.xml', ''),
            file(
                'config/lwc-paths.generated.json',
                '{"compilerOptions":{"paths":{"c/dealList":["../x/dealList.js"]}}}'
            )
        ],
        bad: [
            [
                'a component that is not named',
                [
                    file('x/lwc/dealList/dealList.js-meta.xml', ''),
                    file('config/lwc-paths.generated.json', '{"compilerOptions":{"paths":{}}}')
                ],
                'is not there'
            ]
        ]
    },
    {
        check: apex.classesSayHowTheyShare,
        good: [
            apexFile('public inherited sharing class A { public class Row { public String name; } }'),
            apexFile('@IsTest private class A_Tests { @IsTest static void x() { insert new Task(); } }')
        ],
        bad: [
            [
                'a class that does not say, but for a comment',
                [apexFile('/* with sharing class */ public class A { }')],
                'A says neither'
            ],
            [
                'a reading inner class that does not say',
                [
                    apexFile(
                        'public with sharing class A { class B { Object x() { return [SELECT Id FROM Task WITH USER_MODE]; } } }'
                    )
                ],
                'A.B says neither'
            ]
        ]
    },
    {
        check: apex.sharingIsLeftInNamedPlaces,
        good: [
            apexFile(
                'public with sharing class PayFacts { /** Why. */ private without sharing class Reader { } }'
            ),
            apexFile('public with sharing class C { }')
        ],
        bad: [
            [
                'an outer class',
                [apexFile('/** Why. */ public without sharing class A { }')],
                'only an inner class'
            ],
            [
                'no reason given',
                [apexFile('public with sharing class PayFacts { private without sharing class Reader { } }')],
                'no comment says why'
            ],
            [
                'a place nobody named',
                [apexFile('public with sharing class A { /** Why. */ without sharing class B { } }')],
                'A.B: is one more class'
            ]
        ]
    },
    {
        check: apex.queriesRunInUserMode,
        good: [
            apexFile(query('WITH USER_MODE')),
            apexFile(method("Database.query('SELECT Id FROM Task', AccessLevel.USER_MODE);")),
            apexFile(
                'public with sharing class A { /** Why. */ without sharing class B { Object x() { return [SELECT Id FROM Task]; } } }'
            )
        ],
        bad: [
            ['a query in no mode', [apexFile(query('LIMIT 1'))], '[SELECT does not say'],
            ['a query in system mode', [apexFile(query('WITH SYSTEM_MODE'))], '[SELECT does not say'],
            [
                'the mode only in a comment',
                [apexFile(query('/* WITH USER_MODE */ LIMIT 1'))],
                '[SELECT does not say'
            ],
            [
                'a dynamic query in no mode',
                [apexFile(method("Database.queryWithBinds('SELECT Id FROM Task', binds);"))],
                'Database.queryWithBinds does not say'
            ],
            [
                'a query that is handed on',
                [apexFile(method('Database.getQueryLocator([SELECT Id FROM Task]);'))],
                '[SELECT does not say'
            ]
        ]
    },
    {
        check: apex.changesRunInUserMode,
        good: [
            apexFile(method('insert as user a; Database.update(a, AccessLevel.USER_MODE);')),
            apexFile('@IsTest private class A_Tests { static void x() { insert new Task(); } }')
        ],
        bad: [
            ...[
                'insert a;',
                'update as system a;',
                'delete a;',
                'upsert a;',
                'undelete a;',
                'merge a a;'
            ].map((statement): [string, SourceFile[], string] => [
                statement,
                [apexFile(method(statement))],
                `${statement.split(' ')[0]} does not say`
            ]),
            [
                'Database.insert in no mode',
                [apexFile(method('Database.insert(a, false);'))],
                'Database.insert does not say'
            ]
        ]
    },
    {
        check: apex.triggersAreOneLine,
        good: [trigger('before insert', HANDS_ON)],
        bad: [
            ['a trigger that does nothing', [trigger('before insert', '')], 'does more than hand'],
            [
                'a trigger that does it itself',
                [trigger('before insert', 'for (Task one : Trigger.new) { one.Subject = null; }')],
                'does more than hand'
            ],
            [
                'a trigger with a second line',
                [trigger('before insert', `${HANDS_ON} delete Trigger.old;`)],
                'does more than hand'
            ]
        ]
    },
    {
        check: apex.payIsGuarded,
        good: [
            payObject,
            trigger('before insert, before update, before delete, after undelete', HANDS_ON),
            file('force-app/main/core/objects/Run__c/Run__c.object-meta.xml', xml('CustomObject', ''))
        ],
        bad: [
            ['an object without a trigger', [payObject], 'has no trigger before insert'],
            [
                'a way around',
                [payObject, trigger('before insert, before update, before delete', HANDS_ON)],
                'has no trigger after undelete'
            ]
        ]
    },
    {
        check: apex.controllersAreGranted,
        good: [controller, granting(true)],
        bad: [
            ['a controller nobody may call', [controller], 'no permission set grants DealController'],
            ['a grant that is off', [controller, granting(false)], 'no permission set grants DealController']
        ]
    },
    {
        check: featuresAskTheGate,
        good: [
            switchedFile('getRows', 'FeatureGate.require(FeatureGate.FORECAST);'),
            file(
                'force-app/main/core/classes/RunController.cls',
                '@AuraEnabled\n    public static void go() {\n    }\n'
            )
        ],
        bad: [
            [
                'a method beside the gate',
                [switchedFile('getRows', 'return rows();')],
                'getRows does not ask FeatureGate'
            ]
        ]
    },
    {
        check: apex.oneClassCallsOut,
        good: [apexFile(method('HttpResponse b = new Http().send(request); /* new Http() */'))],
        bad: [
            [
                'a second gateway',
                [
                    apexFile(method('new Http().send(request);')),
                    apexFile(
                        'public with sharing class B { void x() { System.Http h = new System.Http(); } }',
                        'B'
                    )
                ],
                'new Http: calls out, beside A'
            ],
            [
                'a continuation beside it',
                [
                    apexFile(method('new Http().send(request);')),
                    apexFile(
                        'public with sharing class B { Object x() { return new Continuation(5); } }',
                        'B'
                    )
                ],
                'new Continuation: calls out'
            ]
        ]
    },
    {
        check: apex.classesAreTested,
        good: [
            controller,
            testOf('DealController', 'DealController.save(new Task()); DealView view; Assert.isTrue(true);'),
            apexFile('public with sharing class DealView { public String name; }', 'DealView'),
            trigger('before insert', HANDS_ON),
            guard,
            testOf('Guard', 'Pay__c row; insert row; Assert.isTrue(true);')
        ],
        bad: [
            [
                'tests of a guard that save none of its rows',
                [
                    guard,
                    trigger('before insert', HANDS_ON),
                    testOf('Guard', 'insert new Task(); Assert.isTrue(true);')
                ],
                'Guard_Tests does not use Guard'
            ],
            ['a class without tests', [controller], 'there is no class DealController_Tests'],
            [
                'tests of something else',
                [controller, testOf('DealController', 'Assert.isTrue(true);')],
                'DealController_Tests does not use DealController'
            ],
            [
                'tests that only name it in a comment',
                [controller, testOf('DealController', '/* DealController */ Assert.isTrue(true);')],
                'DealController_Tests does not use DealController'
            ],
            [
                'tests that assert nothing',
                [controller, testOf('DealController', 'DealController.save(null);')],
                'DealController_Tests asserts nothing'
            ],
            [
                'a test class without a test',
                [
                    controller,
                    apexFile('@IsTest private class DealController_Tests { }', 'DealController_Tests')
                ],
                'DealController_Tests has no test method'
            ],
            [
                'a view no test looks at',
                [apexFile('public with sharing class DealView { public String name; }', 'DealView')],
                'no test uses DealView'
            ]
        ]
    },
    {
        check: labelsExist,
        good: [labels, file('x/a.js', "import title from '@salesforce/label/c.SpmTitle';")],
        bad: [
            [
                'a component with a wrong label',
                [labels, file('x/a.js', "import title from '@salesforce/label/c.SpmTitel';")],
                'there is no label SpmTitel'
            ],
            [
                'Apex with a wrong label',
                [labels, apexFile('public with sharing class A { String x = System.Label.SpmTitel; }')],
                'there is no label SpmTitel'
            ]
        ]
    },
    {
        check: labelsAreUsed,
        good: [labels, apexFile('public with sharing class A { String x = Label.SpmTitle; }')],
        bad: [
            [
                'a label that only a test names',
                [labels, file('x/__tests__/a.test.js', "import t from '@salesforce/label/c.SpmTitle';")],
                'the label SpmTitle is used nowhere'
            ]
        ]
    },
    {
        check: icons,
        good: [
            file('x/a.html', '<lightning-icon icon-name="utility:lock"></lightning-icon>'),
            file('x/a.js', "const ICON = 'standard:task';")
        ],
        bad: [
            [
                'an icon that is not there',
                [file('x/a.html', '<lightning-icon icon-name="utility:lokc"></lightning-icon>')],
                'there is no icon utility:lokc'
            ],
            [
                'a name that is put together',
                [file('x/a.js', "const icon = 'utility:' + name;")],
                'puts an icon name together'
            ]
        ]
    },
    {
        check: noSecrets,
        good: [
            file('config/a.json', '{"clientSecret": "<from the vault>", "url": "http://127.0.0.1:8787"}'),
            file(
                'service/src/a.ts',
                "const key = sha256(clientSecret); const passwordLabel = 'Password of the org';"
            )
        ],
        // Put together here, so that this file does not look like a secret itself.
        bad: [
            ['a private key', `-----BEGIN RSA ${'PRIVATE KEY'}-----`, 'a private key'],
            ['a session', `00D000000000001!${'AQ8x'.repeat(10)}`, 'access token'],
            ['a consumer key', `3MVG9${'a1B2'.repeat(12)}`, 'consumer key'],
            ['a model key', `sk-ant-${'a1b2'.repeat(8)}`, 'model provider'],
            ['a GitHub token', `ghp_${'a1B2'.repeat(9)}`, 'GitHub token'],
            ['a web token', `eyJ${'a'.repeat(12)}.eyJ${'b'.repeat(12)}.${'c'.repeat(12)}`, 'web token'],
            ['a password in a URL', `https://admin:${'hunter22'}@example.com`, 'password inside a URL'],
            ['a password', `{"password": "${'correct-horse-4'}"}`, 'secret given as text']
        ].map(([mistake, text, reason]) => [mistake!, [file('config/a.json', text!)], reason!])
    }
];

describe.each(CASES.map((one) => [one.check.name, one] as const))('%s', (_name, { check, good, bad }) => {
    test('holds for good sources', () => {
        expect(check.problemsIn(good)).toEqual([]);
    });

    test.each(bad)('does not hold with %s', (_mistake, files, reason) => {
        const problems = check.problemsIn(files);
        expect(problems).toEqual(
            expect.arrayContaining([expect.objectContaining({ reason: expect.stringContaining(reason) })])
        );
        expect(files.map(({ path }) => path)).toEqual(
            expect.arrayContaining(problems.map((one) => one.file))
        );
    });
});

describe('a problem', () => {
    test('names the line of the query it is about', () => {
        const text =
            'public with sharing class A {\n    void x() {\n        Object y = [SELECT Id FROM Task];\n    }\n}';
        expect(apex.queriesRunInUserMode.problemsIn([apexFile(text)])).toEqual([
            expect.objectContaining({ line: 3 })
        ]);
    });
});

describe('the whole package', () => {
    /** A folder with one class in it, and what is added. */
    async function withPackage<T>(
        added: Record<string, string>,
        look: (folder: string) => Promise<T>
    ): Promise<T> {
        const folder = mkdtempSync(join(tmpdir(), 'metadata-checks-'));
        const files = {
            'sfdx-project.json': '{"packageDirectories":[{"path":"force-app","default":true}]}',
            'force-app/classes/A.cls': 'public with sharing class A { }',
            'force-app/classes/A.cls-meta.xml': xml(
                'ApexClass',
                '<apiVersion>65.0</apiVersion><status>Active</status>'
            ),
            ...added
        };
        try {
            for (const [path, text] of Object.entries(files)) {
                mkdirSync(dirname(join(folder, path)), { recursive: true });
                writeFileSync(join(folder, path), text);
            }
            return await look(folder);
        } finally {
            rmSync(folder, { recursive: true });
        }
    }

    const brokenSet = {
        'force-app/permissionsets/Rep.permissionset-meta.xml': xml(
            'PermissionSet',
            '<classAccesses><apexClass>Absent</apexClass><enabled>true</enabled></classAccesses><label>Rep</label>'
        )
    };

    test('resolves, converts and deploys when it is sound', async () => {
        const problems = await withPackage({}, async (folder) => [
            ...(await packageConverts(folder, ['force-app'])),
            ...(await packageDeploys(folder, ['force-app']))
        ]);
        expect(problems).toEqual([]);
    });

    test('does not resolve with a file Salesforce does not know', async () => {
        const problems = await withPackage({ 'force-app/notes/later.json': '{}' }, (folder) =>
            packageConverts(folder, ['force-app'])
        );
        expect(problems).toEqual([
            expect.objectContaining({ reason: expect.stringMatching(/component|later/) })
        ]);
    });

    test('does not deploy with a permission set that grants a class that is not there', async () => {
        const problems = await withPackage(brokenSet, (folder) => packageDeploys(folder, ['force-app']));
        expect(problems).toEqual([expect.objectContaining({ reason: expect.stringContaining('Absent') })]);
    });
});
