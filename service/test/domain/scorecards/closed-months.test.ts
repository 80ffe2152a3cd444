import { expect, test } from '@jest/globals';
import { MS_PER_DAY, parseDay } from '../../../src/domain/calendar.ts';
import { buildScorecards } from '../../../src/domain/scorecards/build-scorecards.ts';
import { buildSeries } from '../../../src/domain/scorecards/build-series.ts';
import { parseFormula } from '../../../src/domain/scorecards/definition-file/parse-metrics.ts';
import type { Definitions } from '../../../src/domain/scorecards/checks/check-definitions.ts';
import type { Fact, Person } from '../../../src/domain/scorecards/types.ts';
import { firm } from './firm.ts';

const ANNA: Person = {
    id: 'anna',
    joined: parseDay('2020-01-01'),
    left: null,
    unit: null,
    roles: [{ role: 'adviser', from: parseDay('2020-01-01'), to: null }],
    managers: []
};

function fact(signal: string, day: string, n: number): Fact {
    const sourceId = `${signal} ${day}`;
    const extractedAt = parseDay('2026-11-10') * MS_PER_DAY;
    return {
        signal,
        person: 'anna',
        day: parseDay(day),
        value: 10_000,
        n,
        source: 'crm',
        sourceId,
        extractedAt,
        subject: null,
        attributes: {}
    };
}

/** From October on a meeting is a meeting or a call. */
function redefined(): Definitions {
    const definitions = firm();
    const { formula } = parseFormula('{ plus: [{ count: meeting }, { count: call }] }');
    const from = parseDay('2026-10-01');
    const metrics = definitions.metrics.flatMap((metric) =>
        metric.id === 'meetings-held'
            ? [
                  { ...metric, effectiveTo: from },
                  { ...metric, version: 2, formula: formula!, effectiveFrom: from }
              ]
            : [metric]
    );
    return { ...definitions, metrics };
}

const FACTS = [
    fact('meeting', '2026-09-10', 5),
    fact('call', '2026-09-11', 7),
    fact('meeting', '2026-10-10', 6),
    fact('call', '2026-10-11', 8)
];

test('a month resolves to the version in force on its first day, whatever is defined later', () => {
    const months = { first: '2026-09', last: '2026-10' };
    const input = { people: [ANNA], facts: FACTS, asOf: parseDay('2026-11-10'), months };
    const told = (definitions: Definitions) =>
        buildScorecards({ ...input, definitions }).cards.map(({ metrics }) => {
            const { version, value } = metrics.find(({ metric }) => metric === 'meetings-held')!;
            return { version, value };
        });
    expect(told(firm())).toEqual([
        { version: 1, value: 50_000 },
        { version: 1, value: 60_000 }
    ]);
    expect(told(redefined())).toEqual([
        { version: 1, value: 50_000 },
        { version: 2, value: 140_000 }
    ]);
});

test('series by week are of the week alone, and say how much they rest on', () => {
    const [series] = buildSeries(
        { definitions: firm(), people: [ANNA], facts: FACTS, asOf: parseDay('2026-10-14') },
        { metrics: ['meetings-held'], grain: 'week', count: 2 }
    );
    expect(series).toEqual({
        person: 'anna',
        metric: 'meetings-held',
        grain: 'week',
        points: [
            { from: parseDay('2026-10-05'), value: 6, n: 6 },
            { from: parseDay('2026-10-12'), value: 0, n: 0 }
        ]
    });
});
