// Facts about people for gates: what is known of a period, what is known to be nothing, and what is not known and never taken for nothing.
import { describe, expect, test } from '@jest/globals';
import { factRows, signalsOf, type ConductFact } from '../../../src/domain/pay/conduct-facts.ts';
import { codesOf, onPlan, payoutOf, PayWorld, quarter, sold, version } from './pay-world.ts';

const PLAN = `plan: plan
currency: GBP
effective: { from: 2026-01-01 }
period: quarter
crediting: [{ key: direct, to: owner }]
components:
  commission:
    per: credit
    base: payable
    rate: 10%
    gates: [{ key: conduct, when: fact.complianceEventSevere = 0 and fact.complianceEvent < 3 }]
`;

function event(payeeId: string, day: string, changes: Partial<ConductFact> = {}): ConductFact {
    const rest = { value: '1', severity: 'minor', source: 'register', keptUntil: '' as const };
    return { signal: 'compliance-event', payeeId, day, ...rest, ...changes };
}

/** Ann and bob sold 1,000 each in the first quarter. */
function world(facts: ConductFact[], deliveredTo = '2026-04-05', asOf = '2026-04-06'): PayWorld {
    const one = new PayWorld(version(PLAN));
    one.assignments = [onPlan('ann'), onPlan('bob')];
    one.sales = [sold('s1', '2026-02-10', '1000'), sold('s2', '2026-02-11', '1000', { ownerId: 'bob' })];
    one.conduct = { facts, deliveredTo: new Map([['register', deliveredTo]]), asOf };
    return one;
}

const pays = (one: PayWorld) => {
    const outcome = one.run('2026-Q1');
    return [codesOf(outcome), payoutOf(outcome), payoutOf(outcome, 'bob')];
};

describe('a gate on conduct', () => {
    test('closes for whom there is a severe event in the period, and for nobody else', () => {
        expect(pays(world([event('ann', '2026-02-03', { severity: 'Severe' })]))).toEqual([
            [],
            '0.00',
            '100.00'
        ]);
    });

    test('counts events of every severity', () => {
        const three = ['01-05', '02-05', '03-31'].map((day) => event('ann', `2026-${day}`));
        expect(pays(world(three))).toEqual([[], '0.00', '100.00']);
        expect(pays(world(three.slice(1)))).toEqual([[], '100.00', '100.00']);
    });

    test('leaves events of other periods where they are', () => {
        expect(pays(world([event('ann', '2025-12-31', { severity: 'severe' })]))).toEqual([
            [],
            '100.00',
            '100.00'
        ]);
    });

    test.each<[string, PayWorld]>([
        [
            'its source has not delivered the whole period yet',
            world([event('cy', '2026-01-05')], '2026-03-30')
        ],
        [
            'its source never delivered a batch in full',
            world([event('cy', '2026-01-05', { source: 'other' })])
        ],
        ['there was never a fact of the signal', world([event('cy', '2026-01-05', { signal: 'complaint' })])],
        [
            'facts of the period may have been deleted since',
            world([event('cy', '2026-01-05', { keptUntil: '2027-01-05' })], '2027-06-01', '2027-06-02')
        ],
        ['the org keeps no facts', Object.assign(world([]), { conduct: null })]
    ])('is not open because nothing is known: %s', (_, one) => {
        expect(pays(one)).toEqual([['NOT_GIVEN'], null, null]);
    });

    test('does not take a figure that cannot be read for a small one', () => {
        const one = world([event('ann', '2026-02-03', { value: '9e99 (too large to be read exactly)' })]);
        expect(pays(one).slice(1)).toEqual([null, '100.00']);
    });
});

test('names of facts are those of signals, alone or with a severity', () => {
    expect(signalsOf('complaint')).toEqual(['complaint']);
    expect(signalsOf('complianceEventSevere')).toEqual(['compliance-event-severe', 'compliance-event']);
});

test('a word that is no severity is no signal, and nothing is known of it', () => {
    const conduct = world([event('ann', '2026-02-03')]).conduct;
    const rows = factRows(conduct, 'when: fact.complianceEventSevre = 0', new Set(['ann']), [
        quarter('2026-Q1')
    ]);
    expect(rows).toEqual([]);
});
