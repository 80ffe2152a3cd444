// The generated firm as the content of a demo org.
import { TableBlocks, type OrgContent } from './content.ts';
import { commitRows } from './firm/commits.ts';
import { createFirm, type Firm, type SizeName } from './firm/firm.ts';
import { demoId } from './firm/ids.ts';
import { SEGMENTS, STAGES } from './firm/market.ts';
import type { Person } from './firm/people.ts';
import { bestPaidSeller } from './pay/best-paid.ts';
import { PAY_DESK, usernameOf } from './pay/pay-desk.ts';
import { isNewJoiner } from './pay/pay-people.ts';
import { lastQuarters } from './pay/quarters.ts';
import { specialistRows } from './pay/specialists.ts';
import { CONDUCT_DESK } from './scorecards/conduct-desk.ts';
import { scorecardContent } from './scorecards/content.ts';

const WHOLE_SIZES: SizeName[] = ['tiny', 'small'];

export const DEMO_SEED = 20_261_121;

export function firmContent(asOf: Date, size: SizeName): OrgContent {
    const firm = createFirm(DEMO_SEED, asOf, size);
    const { persons } = firm.people;
    const adviser = busiestAdviser(firm);
    const lead = persons.find((person) => person.id === adviser.managerId)!;
    const director = persons.find((person) => person.managerId === null)!;
    const needed = leadOfMostDeclines(firm);
    const sellers = persons.filter(({ sells }) => sells);
    const joiner = sellers.find((person) => isNewJoiner(sellers, person))!;
    const isWhole = WHOLE_SIZES.includes(size);
    const quarters = lastQuarters(asOf);
    const seller = bestPaidSeller(firm, quarters);
    return {
        title: `the demo firm (${persons.length} people, size ${size})`,
        timeZone: 'Europe/London',
        currency: 'GBP',
        people: firm.people,
        stages: STAGES,
        // Sizes for load tests and benchmarks are about the pipeline.
        ...(isWhole
            ? {
                  pay: { people: firm.people, quarters, currency: 'GBP', bestPaid: seller.username },
                  scorecards: scorecardContent(firm, DEMO_SEED, asOf)
              }
            : {}),
        *tables() {
            yield { objectName: 'Account', rows: [...firm.accounts()] };
            yield { objectName: 'Contact', rows: [...firm.contacts()] };
            yield { objectName: 'Product2', rows: firm.products };
            yield {
                objectName: 'PricebookEntry',
                rows: SEGMENTS.map((segment, index) => ({
                    Id: demoId('01u', index + 1),
                    Product2Id: demoId('01t', index + 1),
                    Pricebook2Id: demoId('01s', 1),
                    UnitPrice: segment.medianAmount,
                    IsActive: true
                }))
            };
            const blocks = new TableBlocks();
            // What is planted about people is work for a whole year; in the tiny firm there would be little else.
            if (size !== 'tiny') addPlanted(blocks, firm);
            const specialists = specialistRows(firm.people);
            let index = 0;
            for (const deal of firm.deals()) {
                blocks.add('Opportunity', [deal.opportunity]);
                blocks.add('OpportunityHistory', deal.history);
                blocks.add('OpportunityContactRole', deal.contactRoles);
                blocks.add('OpportunitySplit', deal.splits);
                blocks.add('OpportunityLineItem', deal.lineItems);
                blocks.add('OpportunityTeamMember', specialists(deal, index++));
                blocks.add('Task', deal.tasks);
                blocks.add('Event', deal.events);
                yield* blocks.take(5_000);
            }
            yield* blocks.take(1);
            if (isWhole)
                yield {
                    objectName: 'ForecastCommit__c',
                    rows: commitRows(firm, DEMO_SEED, quarters, 'GBP')
                };
        },
        notes: [
            'All names are invented. Planted in it: deals that died long ago, dates pushed five times, clients who stopped answering.'
        ],
        signIns: [
            { username: adviser.username, why: 'the adviser with the most deals in trouble' },
            { username: lead.username, why: 'the lead of that team' },
            { username: director.username, why: 'the sales director' },
            ...(isWhole
                ? [
                      { username: seller.username, why: 'a seller whose pay is worth opening' },
                      { username: needed.username, why: 'a lead whose people need a word this week' },
                      {
                          username: joiner.username,
                          why: 'a new joiner, judged against people of the same tenure'
                      },
                      ...[...PAY_DESK, ...CONDUCT_DESK].map((member) => ({
                          username: usernameOf(member),
                          why: member.why
                      }))
                  ]
                : [])
        ]
    };
}

/** The first of those whose people decline most often. */
function leadOfMostDeclines({ people: { persons }, personTruths }: Firm): Person {
    const leadOf = new Map(persons.map(({ id, managerId }) => [id, managerId]));
    const declines = Map.groupBy(
        personTruths.filter(({ kind }) => kind === 'declining'),
        ({ personId }) => leadOf.get(personId)
    );
    const [most] = [...declines].sort(([, a], [, b]) => b.length - a.length)[0]!;
    return persons.find(({ id }) => id === most)!;
}

function addPlanted(blocks: TableBlocks, firm: Firm): void {
    const planted = firm.plantedRows();
    blocks.add('Contact', planted.contacts);
    blocks.add('Opportunity', planted.opportunities);
    blocks.add('OpportunityHistory', planted.history);
    blocks.add('OpportunitySplit', planted.splits);
    blocks.add('OpportunityLineItem', planted.lineItems);
    blocks.add('Task', planted.tasks);
}

/** How many deals are looked at to find a good adviser to be; the first ones are the same at every size. */
const LOOKED_AT = 5_000;

/** The wealth adviser with the most open deals, those with a planted trouble counting five times. */
function busiestAdviser(firm: Firm): Person {
    const points = new Map<string, number>();
    let seen = 0;
    for (const { opportunity, truth } of firm.deals()) {
        if (++seen > LOOKED_AT) break;
        if (String(opportunity['StageName']).startsWith('Closed')) continue;
        const ownerId = String(opportunity['OwnerId']);
        points.set(ownerId, (points.get(ownerId) ?? 0) + (truth ? 5 : 1));
    }
    const advisers = firm.people.persons.filter((person) => person.sells && person.division === 'Wealth');
    return advisers.reduce((best, person) =>
        (points.get(person.id) ?? 0) > (points.get(best.id) ?? 0) ? person : best
    );
}
