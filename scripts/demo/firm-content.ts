// The generated firm as the content of a demo org.
import { TableBlocks, type OrgContent } from './content.ts';
import { createFirm, type SizeName } from './firm/firm.ts';
import { demoId } from './firm/ids.ts';
import { SEGMENTS, STAGES } from './firm/market.ts';

export const DEMO_SEED = 20_261_121;

export function firmContent(asOf: Date, size: SizeName): OrgContent {
    const firm = createFirm(DEMO_SEED, asOf, size);
    const { persons } = firm.people;
    const adviser = persons.find((person) => person.sells && person.division === 'Wealth')!;
    const lead = persons.find((person) => person.id === adviser.managerId)!;
    const director = persons.find((person) => person.managerId === null)!;
    return {
        title: `the demo firm (${persons.length} people, size ${size})`,
        timeZone: 'Europe/London',
        people: firm.people,
        stages: STAGES,
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
            for (const deal of firm.deals()) {
                blocks.add('Opportunity', [deal.opportunity]);
                blocks.add('OpportunityHistory', deal.history);
                blocks.add('OpportunityContactRole', deal.contactRoles);
                blocks.add('OpportunitySplit', deal.splits);
                blocks.add('OpportunityLineItem', deal.lineItems);
                blocks.add('Task', deal.tasks);
                blocks.add('Event', deal.events);
                yield* blocks.take(5_000);
            }
            yield* blocks.take(1);
        },
        notes: ['All names are invented. Planted in it: deals that died long ago, dates pushed five times, clients who stopped answering.'],
        signIns: [
            { username: adviser.username, why: 'an adviser' },
            { username: lead.username, why: 'the lead of that team' },
            { username: director.username, why: 'the sales director' }
        ]
    };
}
