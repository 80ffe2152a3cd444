// A team of one manager and two advisers on a Saturday, with the definitions and the playbook that ship: what a review is made from,
// for tests to add to.
import { MS_PER_DAY, parseDay } from '../../../src/domain/calendar.ts';
import type { DealFact, PeopleFacts, WorkFact } from '../../../src/domain/people-review/people-facts.ts';
import type { Fact, Person, RoleKey } from '../../../src/domain/scorecards/types.ts';
import { UNITS_PER_ONE } from '../../../src/domain/scorecards/units.ts';
import { firm } from '../scorecards/firm.ts';
import { PLAYBOOK } from '../scorecards/week/world.ts';

export const TODAY = parseDay('2026-11-21');
export const BOSS = 'boss';
export const ANNA = 'anna';
export const BEN = 'ben';

export function person(
    id: string,
    role: RoleKey,
    manager: string | null,
    more: Partial<Person> = {}
): Person {
    const joined = parseDay('2020-01-01');
    return {
        id,
        joined,
        left: null,
        unit: null,
        roles: [{ role, from: joined, to: null }],
        managers: manager === null ? [] : [{ manager, from: joined, to: null }],
        ...more
    };
}

/** Imported, as the source would send it; the id is made of what it says. */
export function fact(
    signal: string,
    who: string,
    day: string,
    value: number,
    more: Partial<Fact> = {}
): Fact {
    return {
        signal,
        person: who,
        day: parseDay(day),
        value: Math.round(value * UNITS_PER_ONE),
        n: 1,
        source: 'survey',
        sourceId: `${signal} ${who} ${day}`,
        extractedAt: (TODAY - 1) * MS_PER_DAY,
        subject: null,
        attributes: {},
        ...more
    };
}

export function deal(id: string, more: Partial<DealFact> = {}): DealFact {
    return {
        id,
        ownerId: ANNA,
        createdOn: TODAY - 60,
        amountMinor: 100_000_00,
        isNewClient: true,
        outcome: 'open',
        closedOn: null,
        closeDate: TODAY + 40,
        stageSince: TODAY - 10,
        hasNextStep: true,
        moves: [],
        redSince: null,
        flags: [],
        chance: null,
        ...more
    };
}

/** A meeting on each of the days. */
export function meetings(who: string, days: readonly string[]): WorkFact[] {
    return days.map((day, index) => ({
        id: `meeting ${who} ${day} ${index}`,
        ownerId: who,
        on: parseDay(day),
        kind: 'meeting'
    }));
}

/** What keeps both advisers above the standards of the last closed month that count without a source from outside. */
export function soundTeam(): Pick<PeopleFacts, 'work' | 'deals'> {
    const closedOn = parseDay('2026-10-02');
    return {
        work: [ANNA, BEN].flatMap((who) => meetings(who, new Array<string>(24).fill('2026-10-01'))),
        deals: [ANNA, BEN].map((who) =>
            deal(`won ${who}`, { ownerId: who, createdOn: closedOn - 30, outcome: 'won', closedOn })
        )
    };
}

export function reviewed(more: Partial<PeopleFacts> = {}): PeopleFacts {
    return {
        asOf: TODAY,
        nowMs: TODAY * MS_PER_DAY + 36_000_000,
        people: [person(BOSS, 'manager', null), person(ANNA, 'adviser', BOSS), person(BEN, 'adviser', BOSS)],
        deals: [],
        work: [],
        quotas: [],
        commits: [],
        imported: [],
        held: [],
        definitions: firm(),
        playbook: PLAYBOOK,
        past: [],
        earlier: [],
        conduct: {
            ownAddresses: new Map(),
            ownDomains: [],
            mails: [],
            moves: [],
            contacts: [],
            splits: []
        },
        earlierFindings: [],
        goals: [],
        ...more
    };
}
