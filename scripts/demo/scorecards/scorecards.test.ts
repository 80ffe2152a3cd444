import { beforeAll, describe, expect, test } from '@jest/globals';
import { parseDay } from '../../../service/src/domain/calendar.ts';
import { problemOfFact } from '../../../service/src/domain/scorecards/admit-facts.ts';
import { parseUnits } from '../../../service/src/domain/scorecards/units.ts';
import { shippedDefinitions } from '../../../service/src/salesforce/definition-files.ts';
import { dayOf } from '../firm/calendar.ts';
import { createFirm } from '../firm/firm.ts';
import { isNewJoiner } from '../pay/pay-people.ts';
import { definitionRows } from '../../scorecards/definition-rows.ts';
import type { OutsideFact } from './outside.ts';
import { withFirmStandards } from './firm-standards.ts';
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
        const isInTime = ({ person, day }: OutsideFact): boolean =>
            day >= content.joined.get(person)! && Date.parse(day) / DAY_MS < dayOf(AS_OF);
        expect(content.facts.filter((fact) => !isInTime(fact))).toEqual([]);
        expect(new Set(content.facts.map(({ sourceId }) => sourceId)).size).toBe(content.facts.length);
    });

    test('planted declines are among the facts', () => {
        const declining = firm.personTruths.filter(({ kind }) => kind === 'declining');
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

    test('managers talk with who reports to them, mostly on the day, some late, some half as often as asked', () => {
        const { events, guests } = content.talks;
        const { persons } = firm.people;
        const managerOf = new Map(persons.map(({ id, managerId }) => [id, managerId]));
        expect(guests).toHaveLength(events.length);
        const talksOf = new Map<string, number>();
        let late = 0;
        for (const [index, event] of events.entries()) {
            const person = String(guests[index]!['RelationId']);
            const manager = String(event['OwnerId']);
            expect(manager).toBe(managerOf.get(person));
            const on = Date.parse(String(event['ActivityDate'])) / DAY_MS;
            expect(on).toBeLessThan(dayOf(AS_OF));
            if (event['Subject'] !== 'One-to-one') continue;
            talksOf.set(manager, (talksOf.get(manager) ?? 0) + 1);
            if ((on - Date.parse(content.joined.get(person)!) / DAY_MS) % 14 > 2) late++;
        }
        expect(late / events.length).toBeGreaterThan(0.03);
        expect(late / events.length).toBeLessThan(0.15);
        const peopleOf = Map.groupBy(persons, ({ managerId }) => managerId);
        const often = [...talksOf].map(([manager, count]) => count / peopleOf.get(manager)!.length);
        expect(often.filter((count) => count > 7.5).length).toBeGreaterThan(20);
        expect(often.filter((count) => count < 6).length).toBeGreaterThan(2);
    });

    test('what the firm holds its people to is part of the shipped standards, with its own figures', () => {
        const shipped = definitionRows().find(([objectName]) => objectName === 'PerformanceStandard__c')![1];
        const own = withFirmStandards(shipped);
        const of = (role: string, metric: string) =>
            own.find((row) => row['RoleKey__c'] === role && row['MetricKey__c'] === metric);
        expect(of('adviser', 'meetings-held')).toMatchObject({ FloorValue__c: 2, TargetValue__c: 5 });
        expect(of('adviser', 'new-clients')).toBeUndefined();
        expect(own).toHaveLength(shipped.length - 1);
    });
});
