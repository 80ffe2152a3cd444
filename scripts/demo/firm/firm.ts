// The demo firm as a whole: people, clients, products and a stream of deals. Everything follows from (seed, as-of day,
// size): the same three give the same bytes. Sizes: tiny for tests of the demo itself, small for the demo, medium for load tests, large for the benchmark.
import { toIsoDate, dayOf } from './calendar.ts';
import { clientLabel, createDeal, type DealRows, type FirmContext, type Row } from './deals.ts';
import { demoId } from './ids.ts';
import { CLIENT_WORDS, SEGMENTS } from './market.ts';
import { behaviourFacts, type BehaviourFact } from './behaviour.ts';
import { createPeople, type People } from './people.ts';
import { personTruths, type PersonTruth } from './person-truths.ts';
import { plantedRows, type PlantedRows } from './planted-rows.ts';
import { createRandom, mixSeed } from './random.ts';

export const SIZES = { tiny: 300, small: 5_000, medium: 100_000, large: 1_000_000 } as const;
export type SizeName = keyof typeof SIZES;

export interface Firm {
    people: People;
    accounts(): Iterable<Row>;
    contacts(): Iterable<Row>;
    products: Row[];
    deals(): Iterable<DealRows>;
    /** what is planted about people */
    personTruths: PersonTruth[];
    /** what surveys, tickets, operations and file reviews say of each seller, oldest week first */
    behaviourFacts(): Iterable<BehaviourFact>;
    /** rows of the CRM that person truths add */
    plantedRows(): PlantedRows;
}

const CONTACTS_PER_ACCOUNT = 4;
const DEALS_PER_ACCOUNT = 4;

export function createFirm(seed: number, asOf: Date, size: SizeName): Firm {
    const people = createPeople(seed);
    const dealCount = SIZES[size];
    const context: FirmContext = {
        seed,
        asOf,
        sellers: people.persons.filter((person) => person.sells),
        accountCount: Math.ceil(dealCount / DEALS_PER_ACCOUNT),
        contactsPerAccount: CONTACTS_PER_ACCOUNT
    };
    const asOfDay = dayOf(asOf);
    const truths = personTruths(seed, context.sellers, asOfDay);
    const founded = `${toIsoDate(asOfDay - 760)}T09:00:00.000Z`;
    return {
        people,
        *accounts() {
            for (let index = 0; index < context.accountCount; index++) {
                const owner = context.sellers[index % context.sellers.length]!;
                yield {
                    Id: demoId('001', index + 1),
                    Name: clientLabel(index),
                    OwnerId: owner.id,
                    CreatedDate: founded
                };
            }
        },
        *contacts() {
            for (let index = 0; index < context.accountCount * CONTACTS_PER_ACCOUNT; index++) {
                const random = createRandom(mixSeed(seed, 23, index));
                yield {
                    Id: demoId('003', index + 1),
                    AccountId: demoId('001', Math.floor(index / CONTACTS_PER_ACCOUNT) + 1),
                    FirstName: random.pick(CONTACT_FIRST_NAMES),
                    LastName: `${random.pick(CLIENT_WORDS.first)}son`,
                    OwnerId:
                        context.sellers[Math.floor(index / CONTACTS_PER_ACCOUNT) % context.sellers.length]!
                            .id,
                    CreatedDate: founded
                };
            }
        },
        products: SEGMENTS.map((segment, index) => ({
            Id: demoId('01t', index + 1),
            Name: segment.product,
            Family: segment.recurring ? 'Recurring revenue' : 'One-off revenue',
            IsActive: true,
            CreatedDate: founded
        })),
        *deals() {
            for (let index = 0; index < dealCount; index++) yield createDeal(index, context);
        },
        personTruths: truths,
        behaviourFacts: () => behaviourFacts(seed, context.sellers, asOfDay, truths),
        plantedRows: () => plantedRows({ ...context, asOfDay, truths })
    };
}

const CONTACT_FIRST_NAMES = [
    'Alex',
    'Billie',
    'Charlie',
    'Dana',
    'Eli',
    'Frankie',
    'Jamie',
    'Kim',
    'Lee',
    'Morgan',
    'Robin',
    'Sam',
    'Terry',
    'Val'
];
