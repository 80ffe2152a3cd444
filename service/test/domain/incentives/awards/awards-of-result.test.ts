import { expect, test } from '@jest/globals';
import { Ratio } from '../../../../src/domain/ratio.ts';
import { calculate } from '../../../../src/domain/incentives/calculate.ts';
import { awardsOf } from '../../../../src/domain/incentives/awards/awards-of-result.ts';
import { problemsOfAward } from '../../../../src/domain/incentives/awards/check-award-terms.ts';
import { liveAward } from '../../../../src/domain/incentives/awards/live-award.ts';
import { parseInput } from '../../../../src/domain/incentives/parse-input.ts';
import { parsePlan } from '../../../../src/domain/incentives/parse-plan.ts';

const PLAN = `plan: risk-taker
currency: GBP
period: year
components:
  bonus: { per: period, base: fact.bonus }
payout:
  - key: deferral
    deferral:
      deferred: due * 40%
      tranches: [{ afterMonths: 12, share: 1/3 }, { afterMonths: 24, share: 1/3 }, { afterMonths: 36, share: 1/3 }]
      instruments: 50%
      clawbackMonths: 84
`;

test('the awards a plan makes are whole, and live on from what the calculation paid', () => {
    const { plan } = parsePlan(PLAN);
    const input = {
        from: '2026-01-01',
        to: '2027-12-31',
        payees: [{ id: 'ada' }],
        facts: [
            { name: 'bonus', period: '2026', value: 100_000 },
            { name: 'bonus', period: '2027', value: 50_000 }
        ]
    };
    const result = calculate(plan!, parseInput(JSON.stringify(input), plan!).input!);
    const awards = awardsOf(result, plan!, { leaverRules: [], payLine: [] });
    expect(awards.flatMap(problemsOfAward)).toEqual([]);
    expect(
        awards.map(({ id, amount, awardedOn, clawbackUntil }) => [
            id,
            String(amount),
            awardedOn,
            clawbackUntil
        ])
    ).toEqual([
        ['ada/2026/deferral', '100000', '2026-12-31', '2033-12-31'],
        ['ada/2027/deferral', '50000', '2027-12-31', '2034-12-31']
    ]);
    // 100000: 60000 at once; 40000 in thirds 13333.34, 13333.33, 13333.33, each half cash, half instruments
    const paid = (asOf: string): Ratio =>
        liveAward(awards[0]!, [], asOf)
            .movements.filter(({ ledger, tranche }) => ledger === 'vested' && !tranche.endsWith('instrument'))
            .reduce((sum, { amount }) => sum.plus(amount), Ratio.ZERO);
    expect([String(paid('2026-12-31')), String(paid('2027-12-31'))]).toEqual(['60000', '66666.67']);
    // the engine pays in 2027: 30000 of the new award and 6666.67 of the old
    expect(String(result.payees[0]!.periods[1]!.paid)).toBe('36666.67');
});
