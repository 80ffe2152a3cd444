// Small random firms for properties: people with roles, managers and dates, and facts of every signal.
import fc from 'fast-check';
import { MS_PER_DAY, parseDay } from '../../../src/domain/calendar.ts';
import type { Fact, Person, RoleKey, Signal } from '../../../src/domain/scorecards/types.ts';
import { firm } from './firm.ts';

export const AS_OF = parseDay('2026-11-01');
const ROLES: RoleKey[] = ['adviser', 'asset-servicing', 'operations', 'manager'];
const IDS = ['anna', 'ben', 'cleo', 'dan', 'eve', 'finn', 'gil', 'hana'];

const person = (id: string): fc.Arbitrary<Person> =>
    fc
        .record({
            joined: fc.integer({ min: AS_OF - 900, max: AS_OF - 40 }),
            stay: fc.option(fc.integer({ min: 30, max: 1000 }), { nil: null }),
            role: fc.constantFrom(...ROLES),
            second: fc.constantFrom(...ROLES),
            change: fc.option(fc.integer({ min: AS_OF - 60, max: AS_OF - 5 }), { nil: null }),
            manager: fc.constantFrom('anna', 'ben'),
            move: fc.option(fc.integer({ min: AS_OF - 60, max: AS_OF - 5 }), { nil: null })
        })
        .map(({ joined, stay, role, second, change, manager, move }) => ({
            id,
            joined,
            left: stay === null ? null : joined + stay,
            unit: null,
            roles:
                change === null
                    ? [{ role, from: joined, to: null }]
                    : [
                          { role, from: joined, to: change },
                          { role: second, from: change, to: null }
                      ],
            managers: managersOf(id, manager, joined, move)
        }));

function managersOf(id: string, manager: string, joined: number, move: number | null): Person['managers'] {
    const other = manager === 'anna' ? 'ben' : 'anna';
    if (manager === id) return [];
    if (move === null || other === id) return [{ manager, from: joined, to: null }];
    return [
        { manager, from: joined, to: move },
        { manager: other, from: move, to: null }
    ];
}

export const people: fc.Arbitrary<Person[]> = fc.tuple(...IDS.map(person));

const fact = (signal: Signal, index: number): fc.Arbitrary<Fact> =>
    fc
        .record({
            person: fc.constantFrom(...IDS),
            day: fc.integer({ min: AS_OF - 420, max: AS_OF }),
            value: valueOf(signal),
            n: signal.grain === 'level' ? fc.constant(1) : fc.integer({ min: 1, max: 12 }),
            subject: fc.constantFrom('one', 'two', 'three'),
            extracted: fc.integer({ min: 0, max: 3 }),
            attributes: fc.record(
                Object.fromEntries(
                    Object.entries(signal.attributes).map(([name, values]) => [
                        name,
                        fc.constantFrom(...values)
                    ])
                )
            )
        })
        .map(({ extracted, subject, attributes, ...rest }) => ({
            ...rest,
            signal: signal.id,
            source: 'random',
            sourceId: `row ${index}`,
            extractedAt: (AS_OF + 2 + extracted) * MS_PER_DAY,
            subject: signal.grain === 'level' ? subject : null,
            attributes: attributes as Record<string, string>
        }));

function valueOf({ unit }: Signal): fc.Arbitrary<number> {
    if (unit === 'count') return fc.constantFrom(0, 10_000, 20_000);
    if (unit === 'score') return fc.integer({ min: 0, max: 10 }).map((value) => value * 10_000);
    return fc.integer({ min: -2_000_000, max: 900_000_000 });
}

/** Up to `most` facts, each with an id of its own. */
export function facts(most: number): fc.Arbitrary<Fact[]> {
    const signals = firm().signals;
    return fc
        .array(fc.constantFrom(...signals), { minLength: 1, maxLength: most })
        .chain((chosen) => fc.tuple(...chosen.map((signal, index) => fact(signal, index))))
        .map((tuple) => [...tuple]);
}
