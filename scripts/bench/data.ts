// The bench's org as Bulk CSV files: opportunities, their history, tasks and events. Deterministic, streamed to
// .plumbline/bench/<size>/, kept there for the next run. Owns the data only; engines are in engines/.
import {
    closeSync,
    createReadStream,
    createWriteStream,
    existsSync,
    mkdirSync,
    openSync,
    readSync,
    renameSync,
    statSync
} from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { mixSeed } from '../demo/firm/random.ts';
import { dayOf } from '../../service/src/domain/calendar.ts';
import { RowWriter, suffixOf } from './row-writer.ts';

export const SIZES = { small: 20_000, twentieth: 50_000, large: 1_000_000 } as const;
export type Size = keyof typeof SIZES;

export const TABLES = ['Opportunity', 'OpportunityHistory', 'Task', 'Event'] as const;
export type Table = (typeof TABLES)[number];

export const AS_OF = dayOf(2026, 11, 21);
export const OPEN_STAGES = ['Qualification', 'Discovery', 'Proposal', 'Negotiation', 'Contract'];
export const TYPES = ['Custody', 'Lending', 'Wealth', 'Transfer Agency'];
const SUBJECTS = {
    mailIn: ['Email received: questions on the proposal', 'Email received: signed letter'],
    mailOut: ['Email sent: following up', 'Email sent: documents attached', 'Email: meeting notes'],
    call: ['Call: terms discussed', 'Call: client review'],
    work: ['Prepare the proposal', 'Credit check', 'Update the fee schedule']
};
/** Bump when the data changes, so that kept files are made anew. */
const VERSION = 2;
const HISTORY_PER_DEAL = 6;
const TASKS_PER_DEAL = 9;
const MS_PER_DAY = 86_400_000;

export function fileOf(root: string, size: Size, table: Table, gzip = false): string {
    return join(root, '.plumbline', 'bench', `${size}-${VERSION}`, `${table}.csv${gzip ? '.gz' : ''}`);
}

export function bytesOf(root: string, size: Size): number {
    return TABLES.reduce((sum, table) => sum + statSync(fileOf(root, size, table)).size, 0);
}

/** Reads the files through once, so that whoever measures next finds them in the page cache and measures no disk. */
export function bringNear(root: string, size: Size, gzip: boolean): void {
    const buffer = Buffer.allocUnsafe(1 << 20);
    for (const table of TABLES) {
        const handle = openSync(fileOf(root, size, table, gzip), 'r');
        while (readSync(handle, buffer) > 0);
        closeSync(handle);
    }
}

/** Makes the files that are not there yet. */
export async function ensureData(root: string, size: Size, withGzip: boolean): Promise<void> {
    for (const table of TABLES) {
        const file = fileOf(root, size, table);
        mkdirSync(join(file, '..'), { recursive: true });
        if (!existsSync(file)) writeTable(file, table, SIZES[size]);
        const zipped = fileOf(root, size, table, true);
        if (withGzip && !existsSync(zipped)) {
            await pipeline(
                createReadStream(file, { highWaterMark: 1 << 20 }),
                createGzip(),
                createWriteStream(`${zipped}.part`)
            );
            renameSync(`${zipped}.part`, zipped);
        }
    }
}

function writeTable(file: string, table: Table, deals: number): void {
    const part = `${file}.part`;
    const handle = openSync(part, 'w');
    const writers = {
        Opportunity: writeOpportunities,
        OpportunityHistory: writeHistory,
        Task: writeTasks,
        Event: writeEvents
    };
    writers[table](handle, deals);
    closeSync(handle);
    renameSync(part, file);
}

/** What is true of deal `n`, whichever file speaks of it. */
interface BenchDeal {
    createdOn: number;
    /** last day on which something happens */
    lastOn: number;
    state: 'open' | 'won' | 'lost';
    stage: number;
    closeOn: number;
    amount: number;
}

function dealOf(n: number): BenchDeal {
    const draw = (what: number, below: number): number => mixSeed(n, what) % below;
    const luck = draw(1, 100);
    const state = luck < 30 ? 'open' : luck < 55 ? 'won' : 'lost';
    const createdOn = AS_OF - 20 - draw(2, state === 'open' ? 240 : 700);
    const lastOn = state === 'open' ? AS_OF : Math.min(AS_OF, createdOn + 20 + draw(3, 160));
    const closeOn = state === 'open' ? AS_OF - 20 + draw(4, 150) : lastOn;
    return {
        createdOn,
        lastOn,
        state,
        stage: draw(5, OPEN_STAGES.length),
        closeOn,
        amount: 1000 + draw(6, 900_000)
    };
}

function stageName(deal: BenchDeal, step: number, n: number): string {
    if (step === HISTORY_PER_DEAL - 1 && deal.state !== 'open')
        return deal.state === 'won' ? 'Closed Won' : 'Closed Lost';
    if (step === HISTORY_PER_DEAL - 1) return OPEN_STAGES[deal.stage]!;
    const back = mixSeed(n, 20 + step) % 25 === 0 ? 1 : 0;
    return OPEN_STAGES[
        Math.max(
            0,
            Math.min(deal.stage, Math.floor(((deal.stage + 1) * step) / (HISTORY_PER_DEAL - 1))) - back
        )
    ]!;
}

const SUFFIX = Object.fromEntries(
    ['0068d0', '0058d0', '0088d0', '00T8d0', '00U8d0', '0038d0', '0018d0'].map((prefix) => [
        prefix,
        suffixOf(prefix)
    ])
);

function id(writer: RowWriter, prefix: string, number: number): void {
    writer.id(prefix, SUFFIX[prefix]!, number);
}

function writeOpportunities(file: number, deals: number): void {
    const header = [
        'Id',
        'Name',
        'OwnerId',
        'Type',
        'StageName',
        'IsClosed',
        'IsWon',
        'Amount',
        'CloseDate',
        'CreatedDate',
        'NextStep',
        'Account.IsPersonAccount'
    ];
    const writer = new RowWriter(file, header);
    for (let n = 0; n < deals; n++) {
        const deal = dealOf(n);
        id(writer, '0068d0', n);
        writer.text(n % 50 === 0 ? `Mandate ""${n}"", phase ${n % 7}` : `Mandate ${n}`);
        id(writer, '0058d0', mixSeed(n, 7) % Math.max(5, deals / 500));
        writer.text(TYPES[mixSeed(n, 8) % TYPES.length]!);
        writer.text(stageName(deal, HISTORY_PER_DEAL - 1, n));
        writer.text(String(deal.state !== 'open'));
        writer.text(String(deal.state === 'won'));
        writer.text(mixSeed(n, 9) % 40 === 0 ? '' : `${deal.amount}.${n % 2 === 0 ? '0' : '25'}`);
        writer.day(deal.closeOn);
        writer.instant(deal.createdOn * MS_PER_DAY + (mixSeed(n, 10) % 86_400) * 1000);
        writer.text(mixSeed(n, 11) % 3 === 0 ? '' : 'Send the draft contract, then call');
        writer.text(String(mixSeed(n, 12) % 10 === 0));
        writer.end();
    }
    writer.flush();
}

/** History lies in the file in no order of deals, as it does in an org. */
function writeHistory(file: number, deals: number): void {
    const writer = new RowWriter(file, [
        'Id',
        'OpportunityId',
        'StageName',
        'Amount',
        'CloseDate',
        'CreatedDate'
    ]);
    const rows = deals * HISTORY_PER_DEAL;
    for (let i = 0; i < rows; i++) {
        const mixed = scattered(i, rows);
        const n = Math.floor(mixed / HISTORY_PER_DEAL);
        const step = mixed % HISTORY_PER_DEAL;
        const deal = dealOf(n);
        const at = deal.createdOn + Math.floor(((deal.lastOn - deal.createdOn) * step) / HISTORY_PER_DEAL);
        const pushesLeft = [0, 1, 2, 3, 4].filter(
            (later) => later >= step && mixSeed(n, 30 + later) % 4 === 0
        ).length;
        const isClosed = step === HISTORY_PER_DEAL - 1 && deal.state !== 'open';
        const amount = mixSeed(n, 40 + step) % 5 === 0 ? Math.floor(deal.amount * 0.8) : deal.amount;
        id(writer, '0088d0', i);
        id(writer, '0068d0', n);
        writer.text(stageName(deal, step, n));
        writer.text(mixSeed(n, 50 + step) % 60 === 0 ? '' : `${amount}.0`);
        writer.day(isClosed ? deal.lastOn : deal.closeOn - 30 * pushesLeft);
        writer.instant((isClosed ? deal.lastOn : at) * MS_PER_DAY + (mixSeed(n, 60 + step) % 86_400) * 1000);
        writer.end();
    }
    writer.flush();
}

/** A number of [0, count) for each of [0, count): a fixed shuffle. The prime divides no size. */
function scattered(i: number, count: number): number {
    return (i * 7_919) % count;
}

function activityDay(n: number, i: number): number {
    const deal = dealOf(n);
    return deal.createdOn + (mixSeed(i, 1) % (deal.lastOn - deal.createdOn + 1));
}

function writeTasks(file: number, deals: number): void {
    const header = [
        'Id',
        'WhatId',
        'WhoId',
        'ActivityDate',
        'CompletedDateTime',
        'CreatedDate',
        'TaskSubtype',
        'Type',
        'Status',
        'CallType',
        'CallDisposition',
        'IsClosed',
        'Subject'
    ];
    const writer = new RowWriter(file, header);
    const contacts = Math.max(10, Math.floor(deals / 4));
    for (let i = 0; i < deals * TASKS_PER_DEAL; i++) {
        const n = mixSeed(i, 2) % deals;
        const day = activityDay(n, i);
        const luck = mixSeed(i, 3) % 100;
        const isOpen = luck >= 95;
        const what = luck < 25 ? 'Call' : luck < 68 ? 'Email' : 'Task';
        const received = what === 'Email' && luck < 38;
        id(writer, '00T8d0', i);
        if (i % 25 === 0) id(writer, '0018d0', n);
        else id(writer, '0068d0', n);
        if (i % 10 === 0) writer.text('');
        else id(writer, '0038d0', mixSeed(n, 70 + (i % 3)) % contacts);
        writer.day(isOpen ? AS_OF - 10 + (mixSeed(i, 4) % 40) : day);
        if (isOpen) writer.text('');
        else writer.instant(day * MS_PER_DAY + (mixSeed(i, 5) % 86_400) * 1000);
        writer.instant((day - 1) * MS_PER_DAY + (mixSeed(i, 6) % 86_400) * 1000);
        writer.text(what);
        writer.text(what === 'Task' ? 'Other' : what);
        writer.text(isOpen ? 'Not Started' : 'Completed');
        writer.text(
            what === 'Call' ? (luck % 3 === 0 ? 'Inbound' : luck % 8 === 1 ? 'Internal' : 'Outbound') : ''
        );
        writer.text(what === 'Call' && luck % 5 === 0 ? 'No answer' : '');
        writer.text(String(!isOpen));
        const subjects =
            what === 'Call'
                ? SUBJECTS.call
                : received
                  ? SUBJECTS.mailIn
                  : what === 'Email'
                    ? SUBJECTS.mailOut
                    : SUBJECTS.work;
        writer.text(subjects[mixSeed(i, 7) % subjects.length]!);
        writer.end();
    }
    writer.flush();
}

function writeEvents(file: number, deals: number): void {
    const writer = new RowWriter(file, ['Id', 'WhatId', 'WhoId', 'ActivityDate', 'CreatedDate']);
    const contacts = Math.max(10, Math.floor(deals / 4));
    for (let i = 0; i < deals; i++) {
        const n = mixSeed(i, 12) % deals;
        const day = mixSeed(i, 13) % 20 === 0 ? AS_OF + 1 + (mixSeed(i, 14) % 20) : activityDay(n, i);
        id(writer, '00U8d0', i);
        id(writer, '0068d0', n);
        id(writer, '0038d0', mixSeed(n, 70 + (i % 3)) % contacts);
        writer.day(day);
        writer.instant((day - 7) * MS_PER_DAY);
        writer.end();
    }
    writer.flush();
}
