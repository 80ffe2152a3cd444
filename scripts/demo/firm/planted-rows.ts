// Rows of the CRM that planted truths about people add to the firm: client work of people who later grow quiet, mails to oneself,
// bursts nobody answers, close dates reset in bulk, token splits that go round, and two decoys that only look like games. Nothing
// that is there without them changes: they have ids of their own and stand on deals and contacts of their own.
import { toIsoDate, workday } from './calendar.ts';
import { poisson } from './behaviour.ts';
import { demoId } from './ids.ts';
import { SEGMENTS, STAGES, TOUCHES } from './market.ts';
import { clientLabel, type Row } from './deals.ts';
import type { Person } from './people.ts';
import { depthOn, type PersonTruth, type PersonTruthKind } from './person-truths.ts';
import { createRandom, mixSeed, type Random } from './random.ts';

export interface PlantedRows {
    contacts: Row[];
    opportunities: Row[];
    history: Row[];
    splits: Row[];
    lineItems: Row[];
    tasks: Row[];
}

/** Beyond the largest firm's own numbers. */
const FIRST_DEAL = 2_000_000;
const FIRST_HISTORY = 100_000_000;
const FIRST_TASK = 1_000_000_000;
const FIRST_CONTACT = 20_000_000;
const WEEKS_OF_CARE = 60;

export interface PlantingFirm {
    seed: number;
    asOfDay: number;
    sellers: readonly Person[];
    truths: readonly PersonTruth[];
    accountCount: number;
    contactsPerAccount: number;
}

export function plantedRows(firm: PlantingFirm): PlantedRows {
    const planter = new Planter(firm);
    for (const [index, truth] of firm.truths.entries()) {
        const person = firm.sellers.find(({ id }) => id === truth.personId)!;
        PLANTS[truth.kind]?.(planter, person, truth, createRandom(mixSeed(firm.seed, 53, index)), firm);
    }
    return planter.rows;
}

type Plant = (
    planter: Planter,
    person: Person,
    truth: PersonTruth,
    random: Random,
    firm: PlantingFirm
) => void;

const PLANTS: Partial<Record<PersonTruthKind, Plant>> = {
    quieter(planter, person, truth, random, { asOfDay }) {
        const thisMonday = asOfDay - ((asOfDay + 3) % 7);
        for (let week = WEEKS_OF_CARE; week >= 1; week--) {
            const monday = thisMonday - 7 * week;
            const count = poisson(random, 18 * (1 - 0.95 * depthOn(truth, monday + 2)));
            for (let touch = 0; touch < count; touch++)
                planter.touch(person, monday + random.int(0, 4), random, 'answered');
        }
    },
    'self-copies'(planter, person, _truth, random, { asOfDay }) {
        const self = planter.contactOf(person);
        for (let mail = 0; mail < 16; mail++)
            planter.touch(person, workday(asOfDay - random.int(3, 24)), random, 'sent', { contactId: self });
    },
    'unanswered-bursts'(planter, person, _truth, random, { asOfDay }) {
        for (const daysAgo of [50, 43, 35, 28, 21])
            planter.burst(person, workday(asOfDay - daysAgo), random, 0);
    },
    'decoy-newsletter'(planter, person, _truth, random, { asOfDay }) {
        for (const daysAgo of [48, 34, 20]) planter.burst(person, workday(asOfDay - daysAgo), random, 0.45);
    },
    'date-resets'(planter, person, _truth, random, { asOfDay }) {
        const created = workday(asOfDay - 125);
        const resets = [95, 65, 35, 5].map((daysAgo) => workday(asOfDay - daysAgo));
        for (let deal = 0; deal < 7; deal++)
            planter.deal(person, created, random, resets, [{ person, share: 100 }]);
    },
    'split-game'(planter, person, _truth, random, firm) {
        const ring = firm.truths.filter(({ kind }) => kind === 'split-game').map(({ personId }) => personId);
        for (let deal = 0; deal < 6; deal++) {
            const step = 1 + (deal % (ring.length - 1));
            const otherId = ring[(ring.indexOf(person.id) + step) % ring.length]!;
            const other = firm.sellers.find(({ id }) => id === otherId)!;
            planter.tokenDeal(person, other, workday(firm.asOfDay - 150 + 20 * deal), random);
        }
    },
    'decoy-assistant'(planter, person, _truth, random, { asOfDay, sellers }) {
        const assistant = sellers.find(
            ({ id, managerId }) => managerId === person.managerId && id !== person.id
        )!;
        for (let deal = 0; deal < 6; deal++)
            planter.tokenDeal(person, assistant, workday(asOfDay - 140 + 20 * deal), random);
    }
};

class Planter {
    readonly rows: PlantedRows = {
        contacts: [],
        opportunities: [],
        history: [],
        splits: [],
        lineItems: [],
        tasks: []
    };
    readonly #firm: PlantingFirm;

    constructor(firm: PlantingFirm) {
        this.#firm = firm;
    }

    /** A contact that is the seller himself, by his address. */
    contactOf(person: Person): string {
        const id = demoId('003', FIRST_CONTACT + this.rows.contacts.length);
        this.rows.contacts.push({
            Id: id,
            AccountId: this.#account(person, 0),
            FirstName: person.firstName,
            LastName: person.lastName,
            Email: person.username,
            OwnerId: person.id,
            CreatedDate: `${toIsoDate(this.#firm.asOfDay - 200)}T09:00:00.000Z`
        });
        return id;
    }

    /** A piece of work on a client, on no deal. */
    touch(
        person: Person,
        day: number,
        random: Random,
        kind: keyof typeof TOUCHES,
        at: { accountIndex?: number; contactId?: string; second?: number } = {}
    ): void {
        const account = at.accountIndex ?? random.int(0, Math.floor(this.#firm.accountCount / 2) - 1);
        const second = at.second ?? random.int(8 * 3600, 17 * 3600);
        const moment = new Date(day * 86_400_000 + second * 1000).toISOString();
        this.rows.tasks.push({
            Id: demoId('00T', FIRST_TASK + this.rows.tasks.length),
            WhatId: this.#account(person, account),
            WhoId: at.contactId ?? this.#contact(person, account),
            OwnerId: person.id,
            ...random.pick<(typeof TOUCHES)[keyof typeof TOUCHES][number]>(TOUCHES[kind]),
            Status: 'Completed',
            Priority: 'Normal',
            ActivityDate: toIsoDate(day),
            CompletedDateTime: moment,
            CreatedDate: moment
        });
    }

    /** Fourteen mails to fourteen clients within forty minutes, some of them answered within days. */
    burst(person: Person, day: number, random: Random, answered: number): void {
        const start = random.int(9 * 3600, 15 * 3600);
        const first = random.int(0, Math.floor(this.#firm.accountCount / 2) - 15);
        for (let mail = 0; mail < 14; mail++) {
            const accountIndex = first + mail;
            this.touch(person, day, random, 'sent', { accountIndex, second: start + mail * 170 });
            if (random.chance(answered))
                this.touch(person, workday(day + random.int(1, 6)), random, 'answered', { accountIndex });
        }
    }

    tokenDeal(person: Person, other: Person, day: number, random: Random): void {
        this.deal(
            person,
            day,
            random,
            [],
            [
                { person, share: 99 },
                { person: other, share: 1 }
            ]
        );
    }

    /** An open deal in its second stage whose close date was moved on by thirty days on each of these days. */
    deal(
        person: Person,
        createdDay: number,
        random: Random,
        resetDays: readonly number[],
        shares: readonly { person: Person; share: number }[]
    ): void {
        const index = this.rows.opportunities.length;
        const id = demoId('006', FIRST_DEAL + index);
        const segments = SEGMENTS.filter(({ division }) => division === person.division);
        const segment = random.pick(segments);
        const stage = STAGES[1]!;
        const amount = 500 * random.int(20, 60);
        const days = [createdDay, ...resetDays];
        const closeDays = days.map(
            (_, at) => resetDays[at] ?? Math.max(days.at(-1)!, this.#firm.asOfDay) + 30
        );
        const momentOf = (day: number): string => `${toIsoDate(day)}T16:00:00.000Z`;
        days.forEach((day, at) =>
            this.rows.history.push({
                Id: demoId('008', FIRST_HISTORY + this.rows.history.length),
                OpportunityId: id,
                StageName: stage.name,
                Amount: amount,
                CloseDate: toIsoDate(closeDays[at]!),
                Probability: stage.probability,
                ForecastCategory: stage.forecastCategory,
                PrevAmount: at === 0 ? null : amount,
                PrevCloseDate: at === 0 ? null : toIsoDate(closeDays[at - 1]!),
                CreatedById: person.id,
                CreatedDate: momentOf(day)
            })
        );
        this.rows.opportunities.push({
            Id: id,
            AccountId: this.#account(person, index),
            Name: `${clientLabel(this.#accountIndex(person, index))}: ${segment.name}`,
            Type: segment.name,
            StageName: stage.name,
            Amount: amount,
            CloseDate: toIsoDate(closeDays.at(-1)!),
            OwnerId: person.id,
            NextStep: 'Send revised proposal',
            CreatedDate: momentOf(createdDay),
            LastModifiedDate: momentOf(days.at(-1)!),
            SystemModstamp: momentOf(days.at(-1)!)
        });
        for (const { person: credited, share } of shares)
            this.rows.splits.push({
                Id: demoId('0TK', 4 * FIRST_DEAL + this.rows.splits.length),
                OpportunityId: id,
                SplitOwnerId: credited.id,
                SplitPercentage: share,
                SplitTypeId: demoId('0Tl', 1),
                CreatedDate: momentOf(createdDay)
            });
        this.rows.lineItems.push({
            Id: demoId('00k', FIRST_DEAL + index),
            OpportunityId: id,
            Product2Id: demoId('01t', SEGMENTS.indexOf(segment) + 1),
            PricebookEntryId: demoId('01u', SEGMENTS.indexOf(segment) + 1),
            Quantity: 1,
            UnitPrice: amount,
            CreatedDate: momentOf(createdDay)
        });
    }

    /** Even accounts buy wealth products, odd ones asset servicing. */
    #account(person: Person, index: number): string {
        return demoId('001', this.#accountIndex(person, index) + 1);
    }

    #contact(person: Person, index: number): string {
        return demoId('003', this.#accountIndex(person, index) * this.#firm.contactsPerAccount + 1);
    }

    #accountIndex(person: Person, index: number): number {
        const half = Math.floor(this.#firm.accountCount / 2);
        return 2 * (index % half) + (person.division === 'Wealth' ? 0 : 1);
    }
}
