// The demo firm as early warnings and the search for manufactured numbers see it. Owns how its rows and facts become their input; it
// stands in for the adapters that read an org, so that detectors can be measured on thirteen firms without one.
import { parseDay } from '../../../service/src/domain/calendar.ts';
import type { Fact, Person, Series } from '../../../service/src/domain/scorecards/types.ts';
import { parseUnits, UNITS_PER_ONE } from '../../../service/src/domain/scorecards/units.ts';
import type {
    GamingInput,
    LoggedMail
} from '../../../service/src/domain/scorecards/warnings/gaming/types.ts';
import {
    weeklySeries,
    type WatchedWeekly
} from '../../../service/src/domain/scorecards/warnings/weekly-series.ts';
import type { Row } from '../../demo/firm/deals.ts';
import { createFirm, type Firm } from '../../demo/firm/firm.ts';
import type { PersonTruth } from '../../demo/firm/person-truths.ts';

export const AS_OF = '2026-11-20';

export interface WatchedFirm {
    asOf: number;
    people: Person[];
    series: Series[];
    gaming: GamingInput;
    truths: readonly PersonTruth[];
}

export function watchedFirm(seed: number, metrics: readonly WatchedWeekly[]): WatchedFirm {
    const firm = createFirm(seed, new Date(`${AS_OF}T12:00:00Z`), 'small');
    const asOf = parseDay(AS_OF);
    const rows = collected(firm);
    const facts = [...behaviour(firm), ...work(rows)].filter(({ day }) => day <= asOf);
    return {
        asOf,
        people: peopleOf(firm, asOf),
        series: weeklySeries(facts, metrics, asOf),
        gaming: gamingInput(firm, rows, asOf),
        truths: firm.personTruths
    };
}

interface Rows {
    opportunities: Row[];
    history: Row[];
    splits: Row[];
    tasks: Row[];
    events: Row[];
}

function collected(firm: Firm): Rows {
    const planted = firm.plantedRows();
    const rows: Rows = {
        opportunities: [...planted.opportunities],
        history: [...planted.history],
        splits: [...planted.splits],
        tasks: [...planted.tasks],
        events: []
    };
    for (const deal of firm.deals()) {
        rows.opportunities.push(deal.opportunity);
        rows.history.push(...deal.history);
        rows.splits.push(...deal.splits);
        rows.tasks.push(...deal.tasks);
        rows.events.push(...deal.events);
    }
    return rows;
}

function peopleOf(firm: Firm, asOf: number): Person[] {
    const from = asOf - 2_000;
    return firm.people.persons
        .filter(({ sells }) => sells)
        .map(({ id, managerId, division }) => ({
            id,
            joined: from,
            left: null,
            roles: [{ role: division === 'Wealth' ? 'adviser' : 'asset-servicing', from, to: null }],
            managers: managerId === null ? [] : [{ manager: managerId, from, to: null }],
            unit: division
        }));
}

function* behaviour(firm: Firm): Iterable<Fact> {
    for (const { signal, person, day, value, n, sourceId, attributes } of firm.behaviourFacts())
        yield {
            signal,
            person,
            day: parseDay(day),
            value: parseUnits(value)!,
            n,
            source: 'demo',
            sourceId,
            extractedAt: 0,
            subject: null,
            attributes
        };
}

/** Calls, mails and meetings that took place. */
function* work({ tasks, events }: Rows): Iterable<Fact> {
    for (const row of [...tasks.filter(({ Status }) => Status === 'Completed'), ...events])
        yield {
            signal: row['StartDateTime'] ? 'meeting' : row['TaskSubtype'] === 'Email' ? 'mail' : 'call',
            person: String(row['OwnerId']),
            day: dayOf(row['ActivityDate']),
            value: UNITS_PER_ONE,
            n: 1,
            source: 'crm',
            sourceId: String(row['Id']),
            extractedAt: 0,
            subject: null,
            attributes: {}
        };
}

function gamingInput(firm: Firm, rows: Rows, asOf: number): GamingInput {
    const accountOf = new Map(rows.opportunities.map(({ Id, AccountId }) => [String(Id), String(AccountId)]));
    const ownerOf = new Map(rows.opportunities.map(({ Id, OwnerId }) => [String(Id), String(OwnerId)]));
    const addressOf = new Map(
        firm.plantedRows().contacts.map(({ Id, Email }) => [String(Id), String(Email)])
    );
    const done = [...rows.tasks.filter(({ Status }) => Status === 'Completed'), ...rows.events];
    return {
        asOf,
        ownAddresses: new Map(firm.people.persons.map(({ id, username }) => [id, [username]])),
        ownDomains: ['plumbline.example'],
        mails: done.map((row): LoggedMail => {
            const what = String(row['WhatId']);
            const who = String(row['WhoId']);
            const isSent = String(row['Subject']).startsWith('Email sent');
            return {
                id: String(row['Id']),
                person: String(row['OwnerId']),
                atMs: Date.parse(String(row['CompletedDateTime'] ?? row['StartDateTime'])),
                client: accountOf.get(what) ?? what,
                // A talk is an answer too.
                isReceived: !isSent,
                recipients: isSent ? [addressOf.get(who) ?? `${who}@client.example`] : []
            };
        }),
        moves: rows.history
            .filter(({ PrevCloseDate, CloseDate }) => PrevCloseDate !== null && PrevCloseDate !== CloseDate)
            .map((row) => ({
                id: String(row['Id']),
                dealId: String(row['OpportunityId']),
                person: String(row['CreatedById']),
                on: dayOf(row['CreatedDate']),
                before: dayOf(row['PrevCloseDate']),
                after: dayOf(row['CloseDate'])
            })),
        contacts: done
            .filter(({ Subject }) => !String(Subject).startsWith('Email sent'))
            .map((row) => ({ dealId: String(row['WhatId']), on: dayOf(row['ActivityDate']) })),
        splits: rows.splits.map((row) => ({
            id: String(row['Id']),
            dealId: String(row['OpportunityId']),
            ownerId: ownerOf.get(String(row['OpportunityId']))!,
            person: String(row['SplitOwnerId']),
            percent: Number(row['SplitPercentage']),
            on: dayOf(row['CreatedDate'])
        }))
    };
}

const dayOf = (value: Row[string] | undefined): number => parseDay(String(value).slice(0, 10));
