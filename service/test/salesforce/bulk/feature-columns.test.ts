import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { formatDay, parseDay } from '../../../src/domain/calendar.ts';
import { minorUnits } from '../../../src/domain/money.ts';
import { orgTimeZone } from '../../../src/domain/org-time-zone.ts';
import { FactsReader } from '../../../src/domain/pipeline/facts.ts';
import { PipelineFeatures } from '../../../src/domain/pipeline/features.ts';
import { withChecksum } from '../../../src/domain/pipeline/id-index.ts';
import { learnFromFeatures } from '../../../src/domain/pipeline/learn-from-features.ts';
import { CsvScanner } from '../../../src/salesforce/bulk/csv-scanner.ts';
import {
    contactRoleTable,
    eventTable,
    historyTable,
    opportunityTable,
    taskTable,
    type FeatureTable
} from '../../../src/salesforce/bulk/feature-columns.ts';

type Row = Record<string, string>;
interface Org {
    Opportunity: Row[];
    OpportunityHistory: Row[];
    Task: Row[];
    Event: Row[];
    OpportunityContactRole: Row[];
}

const asOf = parseDay('2026-11-18');
const empty = (): PipelineFeatures =>
    new PipelineFeatures({
        asOf,
        timeZone: orgTimeZone('America/New_York'),
        fiscalQuarters: [],
        stages: ['Proposal', 'Negotiation', 'Contract'].map((name, i) => ({
            name,
            sortOrder: i,
            isClosed: false,
            isWon: false
        })),
        activityCoverage: 'Full',
        hasNextStepField: true
    });

const TABLES: Record<keyof Org, (features: PipelineFeatures) => FeatureTable> = {
    Opportunity: opportunityTable,
    OpportunityHistory: historyTable,
    Task: taskTable,
    Event: eventTable,
    OpportunityContactRole: contactRoleTable
};

function bulk(org: Org, chunkBytes: number, order: (keyof Org)[]): PipelineFeatures {
    const features = empty();
    for (const name of order) {
        const { columns, sink } = TABLES[name](features);
        const names = columns.map((column) => column.name);
        const lines = [
            names.map((one) => `"${one}"`),
            ...org[name].map((row) => names.map((one) => `"${row[one]!.replaceAll('"', '""')}"`))
        ];
        const bytes = Buffer.from(lines.map((line) => line.join(',') + '\n').join(''));
        const scanner = new CsvScanner(columns, sink);
        for (let at = 0; at < bytes.length; at += chunkBytes)
            scanner.push(bytes.subarray(at, at + chunkBytes));
        expect(scanner.finish()).toBe(org[name].length);
    }
    return features;
}

function rest(org: Org): PipelineFeatures {
    const features = empty();
    const instant = (text: string): number => Date.parse(text);
    for (const row of org.Opportunity) {
        features.addOpportunity({
            id: row['Id']!,
            ownerId: row['OwnerId']!,
            type: row['Type']!,
            stageName: row['StageName']!,
            isClosed: row['IsClosed'] === 'true',
            isWon: row['IsWon'] === 'true',
            amountMinor: minorUnits(row['Amount'], 'Amount'),
            closeDate: parseDay(row['CloseDate']),
            createdAtMs: instant(row['CreatedDate']!),
            hasNextStep: row['NextStep'] !== '',
            isPersonAccount: row['Account.IsPersonAccount'] === 'true'
        });
    }
    for (const row of org.OpportunityHistory) {
        features.addHistory({
            id: row['Id']!,
            opportunityId: row['OpportunityId']!,
            stageName: row['StageName']!,
            amountMinor: minorUnits(row['Amount'], 'Amount'),
            closeDate: parseDay(row['CloseDate']),
            createdAtMs: instant(row['CreatedDate']!)
        });
    }
    for (const [object, rows] of [
        ['Task', org.Task],
        ['Event', org.Event]
    ] as const) {
        for (const row of rows) {
            features.addActivity({
                object,
                id: row['Id']!,
                whatId: row['WhatId'] || null,
                whoId: row['WhoId'] || null,
                activityDate: parseDay(row['ActivityDate']),
                completedAtMs: row['CompletedDateTime'] ? instant(row['CompletedDateTime']) : null,
                createdAtMs: instant(row['CreatedDate']!),
                subtype: row['TaskSubtype'] ?? '',
                type: row['Type'] ?? '',
                status: row['Status'] ?? '',
                direction: row['CallType'] ?? '',
                outcome: row['CallDisposition'] ?? '',
                isClosed: row['IsClosed'] === 'true',
                subject: row['Subject'] ?? ''
            });
        }
    }
    for (const row of org.OpportunityContactRole) {
        features.addContactRole({
            opportunityId: row['OpportunityId']!,
            contactId: row['ContactId']!,
            role: row['Role']!
        });
    }
    return features;
}

function everythingOf(features: PipelineFeatures, ids: string[]): unknown {
    const reader = new FactsReader(features);
    const facts = ids.map((id) => {
        const { evidence, ...rest } = reader.factsOf(features.indexOf(id));
        const { activity, outbound, push, stage, contact } = evidence;
        return { ...rest, evidence: { activity, outbound, push, stage, contact } };
    });
    return { facts, learned: learnFromFeatures(features) };
}

const id = (prefix: string, n: number): string => withChecksum(prefix + '8d0' + String(n).padStart(9, '0'));
const dealId = fc.nat(5).map((n) => id('006', n));
const day = fc.integer({ min: asOf - 60, max: asOf + 10 }).map(formatDay);
const instant = fc
    .integer({ min: (asOf - 60) * 86_400, max: (asOf + 1) * 86_400 })
    .map((s) => new Date(s * 1000).toISOString());
const blankOr = (value: fc.Arbitrary<string>): fc.Arbitrary<string> =>
    fc.oneof({ weight: 5, arbitrary: value }, fc.constant(''));
const stage = fc.constantFrom('Proposal', 'Negotiation', 'Contract', 'Old "stage"');
const flag = fc.constantFrom('true', 'false');
const numbered = (prefix: string, rows: Row[]): Row[] =>
    rows.map((row, n) => ({ ...row, Id: id(prefix, n) }));
const rowsOf = (fields: Record<string, fc.Arbitrary<string>>, maxLength: number): fc.Arbitrary<Row[]> =>
    fc.array(fc.record(fields), { maxLength });

const anyOrg: fc.Arbitrary<Org> = fc.record({
    Opportunity: fc
        .array(
            fc.record({
                OwnerId: fc.nat(1).map((n) => id('005', n)),
                Type: fc.constantFrom('', 'Custody', 'Lending'),
                StageName: stage,
                state: fc.constantFrom('open', 'open', 'won', 'lost'),
                Amount: blankOr(fc.integer({ min: -1e6, max: 1e8 }).map((minor) => (minor / 100).toFixed(2))),
                CloseDate: day,
                CreatedDate: instant,
                NextStep: fc.constantFrom('', 'call'),
                'Account.IsPersonAccount': blankOr(flag)
            }),
            { minLength: 1, maxLength: 6 }
        )
        .map((rows) =>
            numbered(
                '006',
                rows.map(({ state, ...row }) => ({
                    ...row,
                    IsClosed: String(state !== 'open'),
                    IsWon: String(state === 'won')
                }))
            )
        ),
    OpportunityHistory: rowsOf(
        {
            OpportunityId: dealId,
            StageName: stage,
            Amount: blankOr(fc.constantFrom('1.5', '20', '1E2')),
            CloseDate: day,
            CreatedDate: instant
        },
        20
    ).map((rows) => numbered('008', rows)),
    Task: rowsOf(
        {
            WhatId: fc.oneof({ weight: 6, arbitrary: dealId }, fc.constantFrom('', id('001', 1))),
            WhoId: blankOr(fc.nat(2).map((n) => id('003', n))),
            ActivityDate: fc.oneof(
                { weight: 6, arbitrary: day },
                fc.constantFrom('', '0001-01-01', '9999-12-31')
            ),
            CompletedDateTime: blankOr(instant),
            CreatedDate: instant,
            TaskSubtype: fc.constantFrom('Call', 'Email', 'Task', ''),
            Type: fc.constantFrom('Call', 'Email', 'Meeting', 'Other', ''),
            Status: fc.constantFrom('Completed', 'Not Started', 'In Progress'),
            CallType: fc.constantFrom('', 'Inbound', 'Outbound', 'Internal'),
            CallDisposition: fc.constantFrom('', 'No answer', 'Left voicemail'),
            IsClosed: flag,
            Subject: fc.constantFrom(
                'Email received: questions',
                'Email sent: documents',
                ' received: late',
                '← Re: terms and conditions',
                'Email',
                'E-mail received, "urgent"'
            )
        },
        25
    ).map((rows) => numbered('00T', rows)),
    Event: rowsOf(
        {
            WhatId: blankOr(dealId),
            WhoId: blankOr(fc.nat(2).map((n) => id('003', n))),
            ActivityDate: blankOr(day),
            CreatedDate: instant
        },
        6
    ).map((rows) => numbered('00U', rows)),
    OpportunityContactRole: rowsOf(
        {
            OpportunityId: dealId,
            ContactId: fc.nat(2).map((n) => id('003', n)),
            Role: fc.constantFrom('', 'Decision Maker', 'Evaluator')
        },
        5
    )
});
const names = Object.keys(TABLES) as (keyof Org)[];

test('bytes read in bulk give the same facts and the same learning as rows read one by one, in any order of tables', () => {
    const order = fc.shuffledSubarray(names, { minLength: names.length, maxLength: names.length });
    fc.assert(
        fc.property(anyOrg, fc.integer({ min: 50, max: 3000 }), order, (org, chunkBytes, tables) => {
            const ids = org.Opportunity.map((row) => row['Id']!);
            expect(everythingOf(bulk(org, chunkBytes, tables), ids)).toEqual(everythingOf(rest(org), ids));
        }),
        { numRuns: 200 }
    );
});

test('more rows than one batch holds are all read', () => {
    const task: Row = {
        WhatId: id('006', 0),
        WhoId: '',
        ActivityDate: '2026-11-02',
        CompletedDateTime: '',
        CreatedDate: '2026-11-01T10:00:00.000Z',
        TaskSubtype: 'Email',
        Type: '',
        Status: 'Completed',
        CallType: '',
        CallDisposition: '',
        IsClosed: 'true',
        Subject: 'Email sent: one of many'
    };
    const deal: Row = {
        Id: id('006', 0),
        OwnerId: id('005', 0),
        Type: '',
        StageName: 'Proposal',
        IsClosed: 'false',
        IsWon: 'false',
        Amount: '1',
        CloseDate: '2026-12-31',
        CreatedDate: '2026-10-01T10:00:00.000Z',
        NextStep: '',
        'Account.IsPersonAccount': ''
    };
    const org: Org = {
        Opportunity: [deal],
        OpportunityHistory: [],
        Task: numbered('00T', new Array<Row>(1000).fill(task)),
        Event: [],
        OpportunityContactRole: []
    };
    const features = bulk(org, 1 << 16, names);
    expect(new FactsReader(features).factsOf(0).outboundSinceTwoWay).toBe(1000);
});

test('a date that is none is named with the activity it stands in, or heard of and left blank', () => {
    const { columns } = taskTable(empty());
    const blank = Object.fromEntries(columns.map(({ name }) => [name, '']));
    const task = {
        WhatId: id('006', 0),
        ActivityDate: '2026-02-30',
        CreatedDate: '2026-11-01T10:00:00.000Z',
        IsClosed: 'true'
    };
    const [row] = numbered('00T', [{ ...blank, ...task }]);
    const csv = [columns.map(({ name }) => name), columns.map(({ name }) => row![name]!)]
        .map((line) => line.join(',') + '\n')
        .join('');
    const scan = (features: PipelineFeatures, heard: string[] | null): void => {
        const table = taskTable(features);
        const scanner = new CsvScanner(
            table.columns,
            table.sink,
            heard && ((name, { code }) => heard.push(`${name} ${code}`))
        );
        scanner.push(Buffer.from(csv));
        scanner.finish();
    };
    expect(() => scan(empty(), null)).toThrow(`DATE_INVALID at activity ${id('00T', 0)}, ActivityDate`);
    const heard: string[] = [];
    const features = empty();
    scan(features, heard);
    expect(heard).toEqual(['ActivityDate DATE_INVALID']);
    expect(features.touches.evidence(features.columns.touchHead[0]!, asOf, null)).toMatchObject([
        { label: 'Work done on 2026-11-01' }
    ]);
});
