// The usual way: jsforce's bulk query record stream, one object a row, into the same features by their row methods.
import jsforce from 'jsforce';
import { parseDay } from '../../../service/src/domain/calendar.ts';
import { minorUnits } from '../../../service/src/domain/money.ts';
import type { PipelineFeatures } from '../../../service/src/domain/pipeline/features.ts';
import { checksumsOf, type Checksums } from '../checksums.ts';
import { TABLES, type Table } from '../data.ts';
import { emptyFeatures } from './plumbline.ts';

type CsvRecord = Record<string, string>;

const ADD: Record<Table, (features: PipelineFeatures, record: CsvRecord) => void> = {
    Opportunity: (features, record) =>
        features.addOpportunity({
            id: record['Id']!,
            ownerId: record['OwnerId']!,
            type: record['Type']!,
            stageName: record['StageName']!,
            isClosed: record['IsClosed'] === 'true',
            isWon: record['IsWon'] === 'true',
            amountMinor: minorUnits(record['Amount'], 'Amount'),
            closeDate: parseDay(record['CloseDate']),
            createdAtMs: Date.parse(record['CreatedDate']!),
            hasNextStep: record['NextStep'] !== '',
            isPersonAccount: record['Account.IsPersonAccount'] === 'true'
        }),
    OpportunityHistory: (features, record) =>
        features.addHistory({
            id: record['Id']!,
            opportunityId: record['OpportunityId']!,
            stageName: record['StageName']!,
            amountMinor: minorUnits(record['Amount'], 'Amount'),
            closeDate: parseDay(record['CloseDate']),
            createdAtMs: Date.parse(record['CreatedDate']!)
        }),
    Task: (features, record) => addActivity(features, 'Task', record),
    Event: (features, record) => addActivity(features, 'Event', record)
};

function addActivity(features: PipelineFeatures, object: 'Task' | 'Event', record: CsvRecord): void {
    features.addActivity({
        object,
        id: record['Id']!,
        whatId: record['WhatId'] || null,
        whoId: record['WhoId'] || null,
        activityDate: parseDay(record['ActivityDate']),
        completedAtMs: record['CompletedDateTime'] ? Date.parse(record['CompletedDateTime']) : null,
        createdAtMs: Date.parse(record['CreatedDate']!),
        subtype: record['TaskSubtype'] ?? '',
        type: record['Type'] ?? '',
        status: record['Status'] ?? '',
        direction: record['CallType'] ?? '',
        outcome: record['CallDisposition'] ?? '',
        isClosed: record['IsClosed'] === 'true',
        subject: record['Subject'] ?? ''
    });
}

export async function fromJsforce(url: string): Promise<Checksums> {
    const connection = new jsforce.Connection({
        instanceUrl: url,
        accessToken: '00D!bench',
        version: '65.0'
    });
    connection.bulk2.pollInterval = 10;
    connection.bulk2.pollTimeout = 600_000;
    const features = emptyFeatures();
    for (const table of TABLES) {
        const stream = await connection.bulk2.query(`SELECT Id FROM ${table}`);
        await new Promise<void>((resolve, reject) => {
            stream.on('record', (record: CsvRecord) => ADD[table](features, record));
            stream.on('error', reject);
            stream.on('end', resolve);
        });
    }
    return checksumsOf(features);
}
