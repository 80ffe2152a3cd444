// Pay is worked out in a thread: what it says is what the same work says here, and a run that has to stop ends it.
import { expect, test } from '@jest/globals';
import type { PayFacts } from '../../src/domain/pay/pay-facts.ts';
import { PAY_STEPS, workOutPay, type PayStep } from '../../src/domain/pay/work-out-pay.ts';
import { rememberingPay } from '../../src/threads/pay-in-thread.ts';
import { decision, onPlan, PayWorld, quarter, sold, version } from '../domain/pay/pay-world.ts';

const PLAN = `
plan: plan
currency: GBP
period: quarter
crediting: [{ key: direct, to: splits }]
measures: { bookings: { of: payable, interval: quarter } }
tables:
  tiers: { mode: marginal, rows: [{ from: 0, to: 1000, value: 1/3 }, { from: 1000, value: 50% }] }
components:
  commission: { per: credit, base: payable, rate: { table: tiers, at: measure.bookings } }
payout: [{ key: guarantee, draw: { amount: 500, recoverable: true } }]
`;

function facts(): PayFacts {
    const world = new PayWorld(version(PLAN));
    world.assignments = [onPlan('ann'), onPlan('bob')];
    world.sales = [
        sold('s1', '2026-02-01', '1000.01'),
        sold('s2', '2026-02-02', '700', {
            splits: [
                { payeeId: 'ann', percent: '33.34' },
                { payeeId: 'bob', percent: '66.66' }
            ]
        }),
        sold('s3', '2026-03-02', '123456789012345678901234567890', { ownerId: 'bob' })
    ];
    world.adjustments = [decision({ periodKey: '2026-Q2', amount: '12.34' })];
    world.publish('2026-Q1');
    const next = quarter('2026-Q2');
    world.periods.push(next);
    return world.facts(next);
}

const payInThread = rememberingPay()('00D');

test('the thread says the same bytes, and each step on the way', async () => {
    const given = facts();
    const [here, there]: PayStep[][] = [[], []];
    const expected = workOutPay(given, (step) => here!.push(step));
    const answer = await payInThread(given, {
        onStep: (step) => void there!.push(step),
        checkStop: () => undefined
    });
    expect(JSON.stringify(answer)).toBe(JSON.stringify(expected));
    expect(answer.statements.map(({ statement }) => statement.payout)).toEqual(['512.34', null]);
    expect(answer.check).toEqual({ status: 'Agrees', differences: [] });
    expect(there).toEqual([...PAY_STEPS]);
    expect(here).toEqual(there);
});

test('a run that has to stop gets no answer', async () => {
    const stopped = new Error('stop');
    const stop = (): never => {
        throw stopped;
    };
    await expect(payInThread(facts(), { onStep: stop, checkStop: () => undefined })).rejects.toBe(stopped);
    await expect(payInThread(facts(), { onStep: () => undefined, checkStop: stop })).rejects.toBe(stopped);
});

test('what cannot be worked out at all fails the run with its reason', async () => {
    const broken = { ...facts(), versions: null } as unknown as PayFacts;
    await expect(
        payInThread(broken, { onStep: () => undefined, checkStop: () => undefined })
    ).rejects.toThrow(/null/);
});

test('the next run of a period calculates only whose facts changed, and says what a full run says', async () => {
    const world = new PayWorld(version(PLAN));
    world.assignments = ['ann', 'bob', 'cy'].map((id) => onPlan(id));
    world.sales = ['ann', 'bob', 'cy'].map((ownerId, index) =>
        sold(`s${index}`, '2026-02-10', '5123.40', { ownerId })
    );
    const period = quarter('2026-Q1');
    world.periods.push(period);
    const options = { onStep: () => undefined, checkStop: () => undefined };
    const work = rememberingPay();
    expect((await work('00D')(world.facts(period), options)).kind).toBe('Full');
    world.sales[1] = { ...world.sales[1]!, amount: '6000' };
    const changed = world.facts(period);
    const full = workOutPay(changed, () => undefined);
    expect(await work('00D')(changed, options)).toEqual({ ...full, kind: 'Incremental' });
    expect((await work('00E')(changed, options)).kind).toBe('Full');
});
