// The real loan pipeline of a Dutch bank (BPI Challenge 2012, van Dongen, doi:10.4121/uuid:3926db30-f712-4394-aebc-75976070e91f)
// as Salesforce would hold it: applications are opportunities, application and offer events stage history, work items
// tasks. Every row of the three files becomes one record. What the log does not have is added in the plainest way:
//   - the planned close date is 30 days after the application (the bank's own time-out is 30 to 32 days)
//   - the owner is the last person who worked on the application, the desk manager when only the system did
//   - people have numbers in the log; they are called "Adviser <number>" and work in desks of about ten
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { TableBlocks, type OrgContent, type Row } from '../content.ts';
import { demoId } from '../firm/ids.ts';
import type { Stage } from '../firm/market.ts';
import { createAdvisers, type Advisers } from './advisers.ts';
import {
    amount,
    anyText,
    DataFileError,
    notThere,
    readCsv,
    time,
    timeOrNothing,
    wholeNumber,
    type Check
} from './csv.ts';
import { createShiftedTime, type ShiftedTime } from './shifted-time.ts';

const CUTOFF = '2012-01-01';
const PLANNED_DAYS = 30;

export const LOAN_STAGES: Stage[] = [
    { name: 'Submitted', probability: 5, forecastCategory: 'Pipeline', isClosed: false, isWon: false },
    { name: 'Pre-accepted', probability: 15, forecastCategory: 'Pipeline', isClosed: false, isWon: false },
    { name: 'Accepted', probability: 35, forecastCategory: 'Pipeline', isClosed: false, isWon: false },
    { name: 'Offer sent', probability: 50, forecastCategory: 'BestCase', isClosed: false, isWon: false },
    { name: 'Offer returned', probability: 75, forecastCategory: 'Forecast', isClosed: false, isWon: false },
    { name: 'Won', probability: 100, forecastCategory: 'Closed', isClosed: true, isWon: true },
    { name: 'Declined', probability: 0, forecastCategory: 'Omitted', isClosed: true, isWon: false },
    { name: 'Cancelled', probability: 0, forecastCategory: 'Omitted', isClosed: true, isWon: false }
];
const STAGE_BY_NAME = new Map(LOAN_STAGES.map((stage) => [stage.name, stage]));

/** The stage an event leads to; events not named here leave the stage as it is. */
const STAGE_AFTER: Record<string, string> = {
    A_SUBMITTED: 'Submitted',
    A_PREACCEPTED: 'Pre-accepted',
    A_ACCEPTED: 'Accepted',
    O_SENT: 'Offer sent',
    O_SENT_BACK: 'Offer returned',
    A_APPROVED: 'Won',
    A_REGISTERED: 'Won',
    A_ACTIVATED: 'Won',
    A_DECLINED: 'Declined',
    A_CANCELLED: 'Cancelled'
};

interface Deal {
    deal_id: string;
    created_at: string;
    amount_eur: string;
    closed_at: string;
    outcome: string;
    events: Record<string, string>[];
    work: Record<string, string>[];
}

const FILES = ['deals.csv', 'stage_history.csv', 'activities.csv'];

/** Changes when one of the files does. Throws DataFileError when one is not there. */
export function fingerprintOf(folder: string): string {
    const files = FILES.map((name) => {
        const about = statSync(join(folder, name), { throwIfNoEntry: false });
        if (!about?.isFile()) throw new DataFileError(notThere(join(folder, name)));
        return `${name} ${about.size} ${about.mtimeMs}`;
    });
    return [folder, ...files].join('\n');
}

export function readLoanPipeline(folder: string, today: Date): OrgContent {
    const deals = readDeals(folder);
    const time = createShiftedTime(CUTOFF, today);
    const advisers = createAdvisers(deals.flatMap((deal) => deal.work.map((item) => item['user_id']!)));
    const busiest = advisers.busiest(
        deals.filter((deal) => deal.outcome === 'Open').map((deal) => lastWorker(deal))
    );
    return {
        title: `the loan pipeline of ${folder} (${deals.length} deals)`,
        timeZone: 'Europe/Amsterdam',
        currency: 'EUR',
        people: advisers.people,
        stages: LOAN_STAGES,
        *tables() {
            const blocks = new TableBlocks();
            const counters = { history: 0, task: 0 };
            for (const deal of deals) {
                writeDeal(deal, time, advisers, counters, blocks);
                yield* blocks.take(5_000);
            }
            yield* blocks.take(1);
        },
        notes: [
            `Real data, moved forward by ${time.days} days so that its last day is yesterday.`,
            'The log has no planned close dates: each is set 30 days after the application.'
        ],
        signIns: [
            { username: busiest.username, why: 'the adviser with the most open applications' },
            { username: advisers.leadOf(busiest).username, why: 'the lead of that desk' },
            { username: advisers.manager.username, why: 'the manager of all desks' }
        ]
    };
}

function readDeals(folder: string): Deal[] {
    const byId = new Map<string, Deal>();
    const seen = new Set<string>();
    const newDeal: Check = (id) => {
        if (seen.has(id)) return 'a new one: an earlier line has it';
        seen.add(id);
        return wholeNumber(id);
    };
    const knownDeal: Check = (id) => (byId.has(id) ? null : 'the deal_id of a line in deals.csv');
    for (const row of readCsv(join(folder, 'deals.csv'), {
        deal_id: newDeal,
        created_at: time,
        amount_eur: amount,
        closed_at: timeOrNothing,
        outcome: anyText
    }))
        byId.set(row['deal_id']!, { ...row, events: [], work: [] } as unknown as Deal);
    for (const event of readCsv(join(folder, 'stage_history.csv'), {
        deal_id: knownDeal,
        at: time,
        event: anyText
    }))
        byId.get(event['deal_id']!)!.events.push(event);
    for (const item of readCsv(join(folder, 'activities.csv'), {
        deal_id: knownDeal,
        at: time,
        activity: anyText,
        step: anyText,
        user_id: anyText
    }))
        byId.get(item['deal_id']!)!.work.push(item);
    return [...byId.values()];
}

/** user 112 is the bank's system, blank is unknown */
function lastWorker(deal: Deal): string {
    return (
        deal.work.findLast((item) => item['user_id'] !== '' && item['user_id'] !== '112')?.['user_id'] ?? ''
    );
}

function writeDeal(
    deal: Deal,
    time: ShiftedTime,
    advisers: Advisers,
    counters: { history: number; task: number },
    blocks: TableBlocks
): void {
    const id = demoId('006', Number(deal.deal_id));
    const ownerId = advisers.ownerId(lastWorker(deal));
    const planned = new Date(Date.parse(time.date(deal.created_at)) + PLANNED_DAYS * 86_400_000)
        .toISOString()
        .slice(0, 10);
    const amount = Number(deal.amount_eur);
    let stage = STAGE_BY_NAME.get('Submitted')!;
    const history: Row[] = deal.events.map((event) => {
        const next = STAGE_AFTER[event['event']!];
        if (next && !stage.isClosed) stage = STAGE_BY_NAME.get(next)!;
        return {
            Id: demoId('008', ++counters.history),
            OpportunityId: id,
            StageName: stage.name,
            Amount: amount,
            CloseDate: stage.isClosed ? time.date(event['at']!) : planned,
            Probability: stage.probability,
            ForecastCategory: stage.forecastCategory,
            CreatedById: ownerId,
            CreatedDate: time.moment(event['at']!)
        };
    });
    const lastChange = time.moment(
        [
            deal.created_at,
            ...deal.events.map((event) => event['at']!),
            ...deal.work.map((item) => item['at']!)
        ]
            .sort()
            .at(-1)!
    );
    blocks.add('Opportunity', [
        {
            Id: id,
            Name: `Loan application ${deal.deal_id}`,
            StageName: stage.name,
            Amount: amount,
            CloseDate: deal.closed_at === '' ? planned : time.date(deal.closed_at),
            OwnerId: ownerId,
            CreatedDate: time.moment(deal.created_at),
            LastModifiedDate: lastChange,
            SystemModstamp: lastChange
        }
    ]);
    blocks.add('OpportunityHistory', history);
    blocks.add(
        'Task',
        deal.work.map((item, position) =>
            taskRow(deal, item, position, demoId('00T', ++counters.task), id, time, advisers)
        )
    );
}

/** One task per log line. Only work begun and never completed on an application still open is open work. */
function taskRow(
    deal: Deal,
    item: Record<string, string>,
    position: number,
    id: string,
    opportunityId: string,
    time: ShiftedTime,
    advisers: Advisers
): Row {
    const finished =
        deal.outcome !== 'Open' ||
        item['step'] === 'complete' ||
        deal.work.slice(position + 1).some((later) => later['activity'] === item['activity']);
    const isCallHeld = item['activity']!.startsWith('Call') && item['step'] === 'complete';
    const moment = time.moment(item['at']!);
    return {
        Id: id,
        WhatId: opportunityId,
        OwnerId: advisers.ownerId(item['user_id']!),
        Subject: `${item['activity']} (${item['step']})`,
        Type: isCallHeld ? 'Call' : 'Other',
        TaskSubtype: isCallHeld ? 'Call' : 'Task',
        Status: finished ? 'Completed' : item['step'] === 'start' ? 'In Progress' : 'Not Started',
        Priority: 'Normal',
        ActivityDate: time.date(item['at']!),
        CompletedDateTime: finished ? moment : null,
        CreatedDate: moment,
        LastModifiedDate: moment,
        SystemModstamp: moment
    };
}
