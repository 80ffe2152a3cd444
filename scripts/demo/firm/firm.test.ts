import { describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { createFirm, SIZES } from './firm.ts';
import { createDeal } from './deals.ts';
import { createPeople } from './people.ts';
import { isRecordId } from '../../local-org/ids.ts';

const asOf = new Date('2026-11-20T12:00:00Z');

function digest(seed: number): string {
    const hash = createHash('sha256');
    const firm = createFirm(seed, asOf, 'small');
    hash.update(JSON.stringify(firm.people));
    for (const row of firm.accounts()) hash.update(JSON.stringify(row));
    for (const row of firm.contacts()) hash.update(JSON.stringify(row));
    for (const deal of firm.deals()) hash.update(JSON.stringify(deal));
    return hash.digest('hex');
}

describe('the demo firm', () => {
    test('is the same, byte for byte, for the same seed', () => {
        expect(digest(1)).toBe(digest(1));
        expect(digest(1)).not.toBe(digest(2));
    });

    test('has 50 people in wealth, 200 in asset servicing and managers three levels deep', () => {
        const { persons } = createPeople(1);
        expect(persons.filter((person) => person.division === 'Wealth')).toHaveLength(50);
        expect(persons.filter((person) => person.division === 'Servicing')).toHaveLength(200);
        const byId = new Map(persons.map((person) => [person.id, person]));
        for (const seller of persons.filter((person) => person.sells)) {
            const chain = [];
            for (let boss = seller.managerId; boss; boss = byId.get(boss)!.managerId) chain.push(boss);
            expect(chain).toHaveLength(4);
        }
        expect(new Set(persons.map((person) => person.username)).size).toBe(persons.length);
    });

    test('gives every row an id of its own that Salesforce would accept', () => {
        const seen = new Set<string>();
        const wrong: string[] = [];
        for (const deal of createFirm(1, asOf, 'small').deals()) {
            const rows = [
                deal.opportunity,
                ...deal.history,
                ...deal.tasks,
                ...deal.events,
                ...deal.contactRoles,
                ...deal.splits,
                ...deal.lineItems
            ];
            for (const row of rows) {
                const id = String(row['Id']);
                if (!isRecordId(id) || seen.has(id)) wrong.push(id);
                seen.add(id);
            }
        }
        expect(wrong).toEqual([]);
        expect(seen.size).toBeGreaterThan(50_000);
    });

    test('writes a history that ends where the opportunity stands, and splits that sum to 100', () => {
        const firm = createFirm(3, asOf, 'small');
        const sellers = firm.people.persons.filter((person) => person.sells);
        fc.assert(
            fc.property(fc.nat(2_000), (index) => {
                const deal = createDeal(index, {
                    seed: 3,
                    asOf,
                    sellers,
                    accountCount: 600,
                    contactsPerAccount: 4
                });
                const last = deal.history.at(-1)!;
                expect(last['StageName']).toBe(deal.opportunity['StageName']);
                expect(last['Amount']).toBe(deal.opportunity['Amount']);
                expect(last['CloseDate']).toBe(deal.opportunity['CloseDate']);
                const moments = deal.history.map((row) => String(row['CreatedDate']));
                expect([...moments].sort()).toEqual(moments);
                expect(deal.splits.reduce((sum, split) => sum + Number(split['SplitPercentage']), 0)).toBe(
                    100
                );
                for (const task of deal.tasks)
                    expect(String(task['CreatedDate']).slice(0, 10) <= '2026-11-23').toBe(true);
            }),
            { numRuns: 300 }
        );
    });

    test('has open deals whose next step is a task only, so that a run suggests it', () => {
        const open = [...createFirm(1, asOf, 'small').deals()].filter(({ tasks }) =>
            tasks.some(({ Status }) => Status === 'Not Started')
        );
        const blank = open.filter(({ opportunity }) => opportunity['NextStep'] === null);
        expect(blank.length).toBeGreaterThan(10);
        expect(blank.length).toBeLessThan(open.length / 4);
    });

    test('plants zombies, pushed and ghosted deals and sandbaggers', () => {
        const kinds = new Map<string, number>();
        for (const { truth } of createFirm(1, asOf, 'small').deals())
            if (truth) kinds.set(truth.kind, (kinds.get(truth.kind) ?? 0) + 1);
        expect(kinds.get('zombie')).toBe(SIZES.small / 50);
        expect(kinds.get('pushed')).toBe(SIZES.small / 50);
        expect(kinds.get('ghosted')).toBe(SIZES.small / 50);
        expect(kinds.get('sandbagger')).toBeGreaterThan(5);
    });

    test('lets a sandbagger be told from everybody else by what his won deals did at the end', () => {
        const daysEarly = { sandbagger: [] as number[], other: [] as number[] };
        for (const deal of createFirm(1, asOf, 'small').deals()) {
            if (deal.opportunity['StageName'] !== 'Closed Won') continue;
            const planned = String(deal.history.at(-2)!['CloseDate']);
            const early =
                (Date.parse(planned) - Date.parse(String(deal.opportunity['CloseDate']))) / 86_400_000;
            daysEarly[deal.truth?.kind === 'sandbagger' ? 'sandbagger' : 'other'].push(early);
        }
        const median = (values: number[]): number =>
            values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
        expect(Math.min(...daysEarly.sandbagger)).toBeGreaterThanOrEqual(95);
        expect(median(daysEarly.other)).toBeLessThan(60);
    });
});
