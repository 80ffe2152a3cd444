import { beforeAll, describe, expect, test } from '@jest/globals';
import { parseDay } from '../../../service/src/domain/calendar.ts';
import { problemOfFact } from '../../../service/src/domain/scorecards/admit-facts.ts';
import { parseUnits } from '../../../service/src/domain/scorecards/units.ts';
import { shippedDefinitions } from '../../../service/src/salesforce/definition-files.ts';
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

    test('facts are about everybody, from their first day on, and few enough to load in a moment', () => {
        expect(new Set(content.facts.map(({ person }) => person)).size).toBe(firm.people.persons.length);
        expect(content.facts.length).toBeLessThan(45_000);
        for (const { person, day } of content.facts) {
            expect(day >= content.joined.get(person)!).toBe(true);
            expect(Date.parse(day)).toBeLessThan(AS_OF.getTime() - DAY_MS / 3);
        }
        expect(new Set(content.facts.map(({ sourceId }) => sourceId)).size).toBe(content.facts.length);
    });

    test('planted declines of advisers are among the facts', () => {
        const advisers = new Set(sellers.filter(({ division }) => division === 'Wealth').map(({ id }) => id));
        const declining = firm.personTruths.filter(
            ({ kind, personId }) => kind === 'declining' && advisers.has(personId)
        );
        expect(declining.length).toBeGreaterThan(0);
        for (const { personId, signal } of declining)
            expect(content.facts.some((fact) => fact.person === personId && fact.signal === signal)).toBe(
                true
            );
    });

    test('what clients hand over and markets do is what a book changes by, to the pound', () => {
        const told = (person: string, signal: string) =>
            content.facts.filter((fact) => fact.person === person && fact.signal === signal);
        const books = Map.groupBy(
            content.facts.filter(({ signal }) => signal === 'client-assets'),
            ({ person }) => person
        );
        expect(books.size).toBe(sellers.filter(({ division }) => division === 'Wealth').length);
        for (const [person, levels] of books) {
            const byDay = levels.toSorted((a, b) => (a.day < b.day ? -1 : 1));
            const flows = told(person, 'asset-flow').map(({ value, attributes }) =>
                attributes['kind'] === 'inflow' ? Number(value) : -Number(value)
            );
            const moves = [...flows, ...told(person, 'asset-market').map(({ value }) => Number(value))];
            const change = Number(byDay.at(-1)!.value) - Number(byDay[0]!.value);
            expect(moves.reduce((sum, value) => sum + value, 0)).toBe(change);
        }
    });

    test('every fact is one that the allow-list admits', () => {
        const { signals } = shippedDefinitions().definitions;
        const known = new Map(signals.map((signal) => [signal.id, signal]));
        const problems = content.facts.flatMap((fact) => {
            const told = {
                ...fact,
                day: parseDay(fact.day),
                value: parseUnits(fact.value)!,
                source: 'outside',
                extractedAt: AS_OF.getTime()
            };
            return problemOfFact(told, known, dayOf(AS_OF)) ?? [];
        });
        expect(problems).toEqual([]);
        expect(content.facts.filter(({ signal }) => known.get(signal)!.source !== 'import')).toEqual([]);
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
