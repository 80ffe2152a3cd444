// Reads a folder of deals.csv, stage_history.csv and activities.csv (and stages.json, if there) into an event log.
// Owns the files' layout and what is left out of them with a warning; the models never see files.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
    EventLogBuilder,
    type EventKind,
    type EventLog
} from '../../service/src/domain/outcomes/event-log.ts';
import { LOAN_PIPELINE, type PipelineMeaning } from '../../service/src/domain/outcomes/meaning.ts';
import { CommandError, readCsvTable, timeOf, valueReader } from './csv-table.ts';

export interface Folder {
    log: EventLog;
    meaning: PipelineMeaning;
    warnings: string[];
}

/** user_id of the machine in the loan pipeline: its work is not a person's. */
const MACHINE = '112';
const STEPS = ['schedule', 'start', 'complete'];

export function readFolder(folder: string): Folder {
    const warnings = new Counter();
    const builder = new EventLogBuilder();
    readDeals(folder, builder, warnings);
    const events = readStageHistory(folder, builder, warnings);
    const meaning = readMeaning(folder, events);
    readActivities(folder, builder, warnings);
    return { log: builder.build(), meaning, warnings: warnings.sentences() };
}

function readDeals(folder: string, builder: EventLogBuilder, warnings: Counter): void {
    const table = readCsvTable(join(folder, 'deals.csv'), ['deal_id', 'created_at']);
    const value = valueReader(table);
    for (const row of table.rows) {
        const createdAt = timeOf(value(row, 'created_at'));
        if (Number.isNaN(createdAt)) {
            warnings.add('deals.csv: rows without a readable created_at, left out', value(row, 'deal_id'));
            continue;
        }
        const outcome = value(row, 'outcome');
        const amount = value(row, 'amount_eur') || value(row, 'amount');
        const deal = {
            id: value(row, 'deal_id'),
            createdAt,
            amount: amount.trim() === '' ? NaN : Number(amount),
            closedAt: outcome === 'Open' ? NaN : timeOf(value(row, 'closed_at')),
            closedWon: outcome === 'Won'
        };
        if (!builder.addDeal(deal))
            warnings.add('deals.csv: deals given twice, the first row counts', deal.id);
    }
    if (table.rows.length === 0)
        throw new CommandError(`${join(folder, 'deals.csv')} has no rows: there is nothing to learn from.`);
}

function readStageHistory(folder: string, builder: EventLogBuilder, warnings: Counter): Set<string> {
    const events = new Set<string>();
    eachRow(folder, 'stage_history.csv', ['deal_id', 'at', 'event'], warnings, (value, at) => {
        events.add(value('event'));
        return builder.addEvent(value('deal_id'), at, kindOf('stage', value('event'), ''), '');
    });
    return events;
}

function readActivities(folder: string, builder: EventLogBuilder, warnings: Counter): void {
    eachRow(folder, 'activities.csv', ['deal_id', 'at', 'activity', 'step'], warnings, (value, at) => {
        const step = value('step');
        const user = value('user_id');
        if (!STEPS.includes(step))
            warnings.add(
                'activities.csv: steps other than schedule, start, complete; read as complete',
                step
            );
        const known = STEPS.includes(step) ? (step as EventKind['step']) : 'complete';
        return builder.addEvent(
            value('deal_id'),
            at,
            kindOf('work', value('activity'), known),
            user === MACHINE ? '' : user
        );
    });
}

function kindOf(table: EventKind['table'], name: string, step: EventKind['step']): EventKind {
    return { table, name, step };
}

function eachRow(
    folder: string,
    file: string,
    needed: string[],
    warnings: Counter,
    take: (value: (column: string) => string, at: number) => boolean
): void {
    const table = readCsvTable(join(folder, file), needed);
    const value = valueReader(table);
    for (const row of table.rows) {
        const at = timeOf(value(row, 'at'));
        if (Number.isNaN(at))
            warnings.add(`${file}: rows without a readable time, left out`, value(row, 'at'));
        else if (!take((column) => value(row, column), at))
            warnings.add(
                `${file}: rows of deals that deals.csv does not have, left out`,
                value(row, 'deal_id')
            );
    }
}

function readMeaning(folder: string, events: Set<string>): PipelineMeaning {
    const file = join(folder, 'stages.json');
    if (existsSync(file)) return parseMeaning(file, readFileSync(file, 'utf8'));
    const known = LOAN_PIPELINE.stages.flatMap((stage) => stage.events);
    if (known.some((event) => events.has(event))) return LOAN_PIPELINE;
    throw new CommandError(
        `${join(folder, 'stage_history.csv')} has none of the stage events known for this layout (${known.join(', ')}). ` +
            `Write ${file}: {"stages": [{"label": "Offer", "events": ["OFFER_SENT"]}], "won": ["SIGNED"], "lost": ["LOST"]}.`
    );
}

function parseMeaning(file: string, text: string): PipelineMeaning {
    const isTexts = (value: unknown): boolean =>
        Array.isArray(value) && value.every((each) => typeof each === 'string');
    let given: Partial<PipelineMeaning>;
    try {
        given = JSON.parse(text) as Partial<PipelineMeaning>;
    } catch (error) {
        throw new CommandError(`${file} is not JSON: ${(error as Error).message}.`);
    }
    const stagesAreRight =
        Array.isArray(given.stages) &&
        given.stages.length > 0 &&
        given.stages.length < 100 &&
        given.stages.every((stage) => typeof stage?.label === 'string' && isTexts(stage.events));
    if (!stagesAreRight || !isTexts(given.won) || !isTexts(given.lost))
        throw new CommandError(
            `${file} needs "stages" (1 to 99 of {"label", "events"} in order), "won" and "lost" (lists of event names).`
        );
    return given as PipelineMeaning;
}

/** Counts per kind of trouble, with the first value seen. */
class Counter {
    #seen = new Map<string, { count: number; example: string }>();

    add(what: string, example: string): void {
        const held = this.#seen.get(what);
        if (held) held.count++;
        else this.#seen.set(what, { count: 1, example });
    }

    sentences(): string[] {
        return [...this.#seen].map(
            ([what, { count, example }]) => `${what}: ${count}, the first is ${JSON.stringify(example)}.`
        );
    }
}
