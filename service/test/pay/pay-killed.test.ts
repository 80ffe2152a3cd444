// A run of pay that is killed again and again leaves the org as one that was not: nothing twice, nothing missing.
import { expect, test } from '@jest/globals';
import { KilledService } from '../support/killed-service.ts';
import { killingProxy } from '../support/killing-proxy.ts';
import { connectedOrg } from '../support/local-org.ts';
import type { ConnectedOrg } from '../support/local-org.ts';
import {
    assign,
    loadPayTeam,
    loadPlan,
    loadSale,
    publishPeriod,
    SELLER_PLAN,
    setQuota
} from '../support/pay-org.ts';
import { random } from '../support/random.ts';
import { COLLEAGUE, REP } from '../support/small-team.ts';

const SALES = 450;
const KILLS = 5;

test('a killed calculation ends in the same statements and one link of the chain', async () => {
    const undisturbed = await connectedOrg();
    const killed = await connectedOrg();
    const proxy = await killingProxy(killed.url);
    const service = new KilledService(killed, proxy);
    try {
        for (const crm of [undisturbed, killed]) loadSales(crm);
        const plain = await undisturbed.run({ kind: 'Pay', period: '2026-Q1' });
        const { run, kills } = await service.runWithKills(KILLS, random(5), {
            kind: 'pay',
            period: '2026-Q1'
        });
        expect(plain.status).toBe('Succeeded');
        expect(kills).toBe(KILLS);
        expect(run).toMatchObject({ status: 'succeeded', kind: 'pay', period: '2026-Q1' });
        expect(payOf(killed)).toEqual(payOf(undisturbed));
        expect(payOf(killed).lines).toHaveLength(SALES);
        expect(killed.query('SELECT SequenceNumber__c, Status__c FROM CalculationRun__c')).toMatchObject([
            { SequenceNumber__c: 1, Status__c: 'Succeeded' }
        ]);
    } finally {
        await service.stop();
        await proxy.close();
        await undisturbed.close();
        await killed.close();
    }
});

test('a killed calculation with late data, and a killed publication, end as those that were not disturbed', async () => {
    const undisturbed = await connectedOrg();
    const killed = await connectedOrg();
    const proxy = await killingProxy(killed.url);
    const service = new KilledService(killed, proxy);
    try {
        for (const crm of [undisturbed, killed]) {
            loadSales(crm);
            await crm.run({ kind: 'Pay', period: '2026-Q1' });
            publishPeriod(crm, '2026-Q1');
            crm.org.db.prepare('UPDATE "Opportunity" SET "Amount" = "Amount" + 1').run();
        }
        await undisturbed.run({ kind: 'Pay', period: '2026-Q2' });
        const calculation = { kind: 'pay', period: '2026-Q2' };
        expect((await service.runWithKills(3, random(7), calculation)).kills).toBe(3);
        expect(payOf(killed)).toEqual(payOf(undisturbed));
        const corrections = payOf(killed).lines.filter(({ ExternalKey__c }) =>
            String(ExternalKey__c).includes(':late:2026-Q1:')
        );
        expect(corrections).toHaveLength(SALES);
        for (const crm of [undisturbed, killed])
            crm.org.db
                .prepare(
                    `UPDATE "CompensationPeriod__c" SET "Status__c" = 'Published' WHERE "ExternalKey__c" = '2026-Q2'`
                )
                .run();
        await undisturbed.run({ kind: 'Publication', period: '2026-Q2' });
        await service.runWithKills(1, random(11), { kind: 'publication', period: '2026-Q2' });
        expect(payOf(killed)).toEqual(payOf(undisturbed));
        expect(payOf(killed).statements.map(({ Status__c }) => Status__c)).toEqual(
            Array(4).fill('Published')
        );
    } finally {
        await service.stop();
        await proxy.close();
        await undisturbed.close();
        await killed.close();
    }
});

function loadSales(crm: ConnectedOrg): void {
    loadPayTeam(crm);
    const version = loadPlan(crm, 'seller', SELLER_PLAN);
    for (const payee of [REP, COLLEAGUE]) {
        assign(crm, version, payee);
        setQuota(crm, 'seller', payee, 1_000_000);
    }
    for (let number = 1; number <= SALES; number += 1) {
        const date = `2026-0${1 + (number % 3)}-${10 + (number % 15)}`;
        loadSale(crm, number, { ownerId: number % 3 === 0 ? COLLEAGUE : REP, date, amount: 1000 + number });
    }
}

/** Everything that is told and paid; not by which run it was written. */
function payOf(crm: ConnectedOrg) {
    return {
        statements: crm
            .query(
                'SELECT ExternalKey__c, OwnerId, Status__c, TotalAmount__c, PayoutAmount__c, Hash__c, PreviousHash__c FROM Statement__c ORDER BY ExternalKey__c'
            )
            .map(withoutAttributes),
        lines: crm
            .query(
                'SELECT ExternalKey__c, OwnerId, Amount__c, Hash__c FROM StatementLine__c ORDER BY ExternalKey__c'
            )
            .map(withoutAttributes),
        credits: crm
            .query('SELECT ExternalKey__c, PayableAmount__c, Hash__c FROM Credit__c ORDER BY ExternalKey__c')
            .map(withoutAttributes),
        balances: crm
            .query(
                'SELECT ExternalKey__c, OpeningAmount__c, ClosingAmount__c, Hash__c FROM LedgerBalance__c ORDER BY ExternalKey__c'
            )
            .map(withoutAttributes)
    };
}

function withoutAttributes({ attributes: _attributes, ...row }: Record<string, unknown>) {
    return row;
}
