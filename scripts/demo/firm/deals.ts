// One deal of the demo firm with everything the CRM would hold about it: stage and amount history, activities, contact
// roles, splits and products. Deal n depends on the seed and n alone, so any size is a prefix of the larger ones.
import { dayOf, officeMoment, toIsoDate, workday } from './calendar.ts';
import { demoId } from './ids.ts';
import { endOf, usualCourse, type Course } from './course.ts';
import { CLIENT_WORDS, CONTACT_ROLES, SEGMENTS, STAGES, TOUCHES } from './market.ts';
import type { Person } from './people.ts';
import { plantTruth, type PlantedTruth } from './truths.ts';
import { createRandom, mixSeed, type Random } from './random.ts';

export type Row = Record<string, string | number | boolean | null>;

export interface DealRows {
    opportunity: Row;
    history: Row[];
    tasks: Row[];
    events: Row[];
    contactRoles: Row[];
    splits: Row[];
    lineItems: Row[];
    truth: PlantedTruth | null;
}

export interface FirmContext {
    seed: number;
    asOf: Date;
    sellers: Person[];
    accountCount: number;
    contactsPerAccount: number;
}

export function createDeal(index: number, firm: FirmContext): DealRows {
    const random = createRandom(mixSeed(firm.seed, 17, index));
    const owner = random.pick(firm.sellers);
    const segment = random.pick(SEGMENTS.filter((candidate) => candidate.division === owner.division));
    const course = usualCourse(random, dayOf(firm.asOf), segment, owner);
    const truth = plantTruth(course, index, demoId('006', index + 1));
    return writeDown(course, index, firm, truth);
}

function writeDown(course: Course, index: number, firm: FirmContext, truth: PlantedTruth | null): DealRows {
    const { random, owner, segment, asOfDay } = course;
    const id = demoId('006', index + 1);
    const accountIndex = pickAccount(random, owner, firm.accountCount);
    const stage = STAGES.find((candidate) => candidate.name === course.stages.at(-1)!.name)!;
    const endDay = endOf(course.stages, asOfDay);
    const closeDay = stage.isClosed ? endDay : course.closeDates.at(-1)!.closeDay;
    const amount = course.amounts.at(-1)!.amount;
    const createdAt = officeMoment(course.createdDay, random);
    const history = historyRows(course, id, index, closeDay);
    const activity = activityRows(course, id, index, accountIndex, firm, endDay);
    return {
        opportunity: {
            Id: id,
            AccountId: demoId('001', accountIndex + 1),
            Name: `${clientLabel(accountIndex)}: ${segment.name}`,
            Type: segment.name,
            StageName: stage.name,
            Amount: amount,
            CloseDate: toIsoDate(closeDay),
            OwnerId: owner.id,
            NextStep: stage.isClosed || isToldByTask(index, truth) ? null : course.nextStep,
            CreatedDate: createdAt,
            LastModifiedDate: history.at(-1)!['CreatedDate']!,
            SystemModstamp: history.at(-1)!['CreatedDate']!
        },
        history,
        ...activity,
        contactRoles: contactRoleRows(random, id, index, accountIndex, firm, createdAt),
        splits: splitRows(random, id, index, owner, firm, createdAt),
        lineItems: [
            {
                Id: demoId('00k', index + 1),
                OpportunityId: id,
                Product2Id: demoId('01t', SEGMENTS.indexOf(segment) + 1),
                PricebookEntryId: demoId('01u', SEGMENTS.indexOf(segment) + 1),
                Quantity: 1,
                UnitPrice: amount,
                CreatedDate: createdAt
            }
        ],
        truth
    };
}

/** On one deal in eight the next step is a task and the field stays blank; deals with a planted trouble are as they were planted. */
function isToldByTask(index: number, truth: PlantedTruth | null): boolean {
    return truth === null && index % 8 === 5;
}

/** One OpportunityHistory row per change, each holding the values after it, as Salesforce writes them. */
function historyRows(course: Course, opportunityId: string, index: number, finalCloseDay: number): Row[] {
    const days = new Set(
        [...course.stages, ...course.closeDates, ...course.amounts].map((change) => change.day)
    );
    const sorted = [...days].sort((a, b) => a - b);
    const at = <T extends { day: number }>(changes: T[], day: number): T =>
        changes.filter((change) => change.day <= day).at(-1) ?? changes[0]!;
    let previous: { amount: number; closeDay: number } | null = null;
    return sorted.map((day, position) => {
        const stage = STAGES.find((candidate) => candidate.name === at(course.stages, day).name)!;
        const amount = at(course.amounts, day).amount;
        const closeDay = stage.isClosed ? finalCloseDay : at(course.closeDates, day).closeDay;
        const row: Row = {
            Id: demoId('008', index * 64 + position + 1),
            OpportunityId: opportunityId,
            StageName: stage.name,
            Amount: amount,
            CloseDate: toIsoDate(closeDay),
            Probability: stage.probability,
            ForecastCategory: stage.forecastCategory,
            PrevAmount: previous?.amount ?? null,
            PrevCloseDate: previous ? toIsoDate(previous.closeDay) : null,
            CreatedById: course.owner.id,
            CreatedDate: officeMoment(day, course.random)
        };
        previous = { amount, closeDay };
        return row;
    });
}

function activityRows(
    course: Course,
    opportunityId: string,
    index: number,
    accountIndex: number,
    firm: FirmContext,
    endDay: number
): Pick<DealRows, 'tasks' | 'events'> {
    const { random, owner, asOfDay } = course;
    const tasks: Row[] = [];
    const events: Row[] = [];
    const contactOf = (): string =>
        demoId(
            '003',
            accountIndex * firm.contactsPerAccount + random.int(0, firm.contactsPerAccount - 1) + 1
        );
    const addTask = (
        day: number,
        touch: (typeof TOUCHES.answered)[number] | (typeof TOUCHES.sent)[number]
    ): void => {
        const moment = officeMoment(day, random);
        tasks.push({
            Id: demoId('00T', index * 512 + tasks.length + 1),
            WhatId: opportunityId,
            WhoId: contactOf(),
            OwnerId: owner.id,
            ...touch,
            Status: 'Completed',
            Priority: 'Normal',
            ActivityDate: toIsoDate(day),
            CompletedDateTime: moment,
            CreatedDate: moment
        });
    };
    for (const day of course.answeredDays.filter((day) => day <= endDay)) {
        if (random.chance(0.35)) {
            const start = officeMoment(day, random);
            events.push({
                Id: demoId('00U', index * 512 + events.length + 1),
                WhatId: opportunityId,
                WhoId: contactOf(),
                OwnerId: owner.id,
                Subject: 'Meeting with the client',
                Type: 'Meeting',
                StartDateTime: start,
                EndDateTime: new Date(Date.parse(start) + 3_600_000).toISOString(),
                ActivityDate: toIsoDate(day),
                CreatedDate: officeMoment(day - 3, random)
            });
        } else addTask(day, random.pick(TOUCHES.answered));
    }
    for (const day of course.sentDays.filter((day) => day <= endDay)) addTask(day, random.pick(TOUCHES.sent));
    if (
        course.nextStepDay !== null &&
        endDay === asOfDay &&
        !course.stages.at(-1)!.name.startsWith('Closed')
    ) {
        tasks.push({
            Id: demoId('00T', index * 512 + tasks.length + 1),
            WhatId: opportunityId,
            WhoId: null,
            OwnerId: owner.id,
            TaskSubtype: 'Task',
            Type: 'Other',
            Subject: course.nextStep,
            CallType: null,
            Status: 'Not Started',
            Priority: 'Normal',
            ActivityDate: toIsoDate(course.nextStepDay),
            CompletedDateTime: null,
            CreatedDate: officeMoment(workday(asOfDay - 3), random)
        });
    }
    return { tasks, events };
}

function contactRoleRows(
    random: Random,
    opportunityId: string,
    index: number,
    accountIndex: number,
    firm: FirmContext,
    createdAt: string
): Row[] {
    const count = random.int(2, firm.contactsPerAccount);
    return Array.from({ length: count }, (_, position) => ({
        Id: demoId('00K', index * 8 + position + 1),
        OpportunityId: opportunityId,
        ContactId: demoId('003', accountIndex * firm.contactsPerAccount + position + 1),
        Role: position === 0 ? 'Decision Maker' : random.pick(CONTACT_ROLES),
        IsPrimary: position === 0,
        CreatedDate: createdAt
    }));
}

/** Every deal is credited to 100 %: the owner alone, or 70 / 30 with a colleague. */
function splitRows(
    random: Random,
    opportunityId: string,
    index: number,
    owner: Person,
    firm: FirmContext,
    createdAt: string
): Row[] {
    const colleague = random.chance(0.15) ? random.pick(firm.sellers) : owner;
    const shares =
        colleague.id === owner.id
            ? [{ person: owner, share: 100 }]
            : [
                  { person: owner, share: 70 },
                  { person: colleague, share: 30 }
              ];
    return shares.map(({ person, share }, position) => ({
        Id: demoId('0TK', index * 4 + position + 1),
        OpportunityId: opportunityId,
        SplitOwnerId: person.id,
        SplitPercentage: share,
        SplitTypeId: demoId('0Tl', 1),
        CreatedDate: createdAt
    }));
}

/** Clients with an even number buy wealth products, those with an odd number asset servicing. */
function pickAccount(random: Random, owner: Person, accountCount: number): number {
    return 2 * random.int(0, Math.floor(accountCount / 2) - 1) + (owner.division === 'Wealth' ? 0 : 1);
}

/** Names of clients: place word and kind, with a number once the words are used up. */
export function clientLabel(accountIndex: number): string {
    const { first } = CLIENT_WORDS;
    const kinds = accountIndex % 2 === 0 ? CLIENT_WORDS.wealth : CLIENT_WORDS.servicing;
    const turn = Math.floor(accountIndex / 2);
    const round = Math.floor(turn / (first.length * kinds.length));
    const name = `${first[turn % first.length]} ${kinds[Math.floor(turn / first.length) % kinds.length]}`;
    return round === 0 ? name : `${name} ${round + 1}`;
}
