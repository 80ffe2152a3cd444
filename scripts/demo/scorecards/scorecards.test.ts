import { beforeAll, describe, expect, test } from '@jest/globals';
import { dayOf } from '../firm/calendar.ts';
import { createFirm } from '../firm/firm.ts';
import { firmContent } from '../firm-content.ts';
import { isNewJoiner } from '../pay/pay-people.ts';
import { scorecardContent, type ScorecardContent } from './content.ts';

const AS_OF = new Date('2026-11-21T09:00:00Z');
const DAY_MS = 86_400_000;
const firm = createFirm(20_261_121, AS_OF, 'tiny');
const sellers = firm.people.persons.filter(({ sells }) => sells);
const monthsBefore = (day: string): number => (AS_OF.getTime() - Date.parse(day)) / DAY_MS / 30.4;

let content: ScorecardContent;
beforeAll(() => {
    content = scorecardContent(firm, 20_261_121, AS_OF);
});

describe('what the demo firm knows of its people beyond the CRM', () => {
    test('one seller in twelve is new, everybody else has been there for years', () => {
        const isNew = (id: string): boolean => monthsBefore(content.joined.get(id)!) < 12;
        const expected = sellers.filter((person) => isNewJoiner(sellers, person)).map(({ id }) => id);
        expect(expected.length).toBeGreaterThan(10);
        expect(firm.people.persons.map(({ id }) => id).filter(isNew)).toEqual(expected);
        for (const day of content.joined.values()) expect(monthsBefore(day)).toBeGreaterThan(2.5);
    });

    test('facts are about wealth advisers, from their first day on, and few enough to load in a moment', () => {
        const advisers = new Set(sellers.filter(({ division }) => division === 'Wealth').map(({ id }) => id));
        expect(new Set(content.facts.map(({ person }) => person))).toEqual(advisers);
        expect(content.facts.length).toBeLessThan(20_000);
        expect(content.facts.length).toBeGreaterThan(10_000);
        expect(content.facts.every(({ person, day }) => day >= content.joined.get(person)!)).toBe(true);
        expect(new Set(content.facts.map(({ sourceId }) => sourceId)).size).toBe(content.facts.length);
    });

    test('planted declines of advisers are among the facts', () => {
        const advisers = new Set(content.facts.map(({ person }) => person));
        const declining = firm.personTruths.filter(
            ({ kind, personId }) => kind === 'declining' && advisers.has(personId)
        );
        expect(declining.length).toBeGreaterThan(0);
        for (const { personId, signal } of declining)
            expect(content.facts.some((fact) => fact.person === personId && fact.signal === signal)).toBe(
                true
            );
    });

    test('leads hold their one-to-ones with their own people, mostly on the day, some late, some not at all', () => {
        const { events, guests } = content.talks;
        const leadOf = new Map(sellers.map(({ id, managerId }) => [id, managerId]));
        expect(guests).toHaveLength(events.length);
        let late = 0;
        for (const [index, event] of events.entries()) {
            const person = String(guests[index]!['RelationId']);
            expect(event['OwnerId']).toBe(leadOf.get(person));
            const on = Date.parse(String(event['ActivityDate'])) / DAY_MS;
            expect(on).toBeLessThan(dayOf(AS_OF));
            if ((on - Date.parse(content.joined.get(person)!) / DAY_MS) % 14 > 2) late++;
        }
        expect(late / events.length).toBeGreaterThan(0.03);
        expect(late / events.length).toBeLessThan(0.15);
    });

    test('firms for load tests have none of it', () => {
        expect(firmContent(AS_OF, 'tiny').scorecards).toBeDefined();
        expect(firmContent(AS_OF, 'medium').scorecards).toBeUndefined();
    });
});
