// The short part of `npm run faults`: the bench sees what is lost, doubled or told wrongly, and a few cheap faults leave
// nothing of it. PostgreSQL restarted and two processes on it are in service/test/state.
import { expect, test } from '@jest/globals';
import { connectedOrg } from '../../service/test/support/local-org.ts';
import { bench } from './bench.ts';
import { clockJumps } from './kinds/clock.ts';
import { fullDisk } from './kinds/database.ts';
import { kill } from './kinds/kill.ts';
import { orgFaults } from './kinds/org.ts';
import { twiceOnFile } from './kinds/twice.ts';
import { brokenChain } from './pay-chain.ts';
import { apexOf, payFiles } from './pay-files.ts';
import { differencesOf, rowsOfOrg } from './rows-of-org.ts';
import { untrueReports } from './run-reports.ts';
import { scenes } from './scenes.ts';
import { tableLines, Tally } from './tally.ts';

const [health, pay] = scenes(30);

test('the bench sees a changed figure, a row too much, a broken chain and a run that says something else', async () => {
    const crm = await connectedOrg();
    try {
        pay.steps[0].prepare(crm);
        const { runKey } = await crm.run({ kind: 'Pay', period: '2026-Q1' });
        const before = rowsOfOrg(crm);
        expect([...differencesOf(rowsOfOrg(crm), before), ...brokenChain(crm)]).toEqual([]);
        expect(untrueReports(crm, [{ runKey, status: 'succeeded' }])).toEqual([]);

        expect(untrueReports(crm, [{ runKey, status: 'failed' }])).toEqual([
            `the org says of run ${runKey} Succeeded, the service failed`,
            `run ${runKey} is failed and does not say why`,
            'the last run ended as failed'
        ]);
        expect(differencesOf([...before, before[0]], before)).toEqual([
            `${before[0].slice(0, before[0].indexOf('\t'))} is there too often`
        ]);
        crm.org.db.prepare(`UPDATE "Credit__c" SET "PayableAmount__c" = "PayableAmount__c" + 0.01`).run();
        expect(differencesOf(rowsOfOrg(crm), before)).toContainEqual(
            expect.stringMatching(/^Credit__c 2026-Q1:.* has other PayableAmount__c$/)
        );
        expect(differencesOf(rowsOfOrg(crm), before).at(-1)).toBe('and 25 rows more');
        crm.org.db.prepare(`UPDATE "Statement__c" SET "Hash__c" = 'other'`).run();
        expect(brokenChain(crm)).toEqual(['the chain of calculations breaks at 1: content changed']);

        const accruals = async () => (await payFiles(apexOf(crm))).get('accruals-2026-Q1.csv');
        const whole = await accruals();
        expect([whole?.rowCount, whole?.content.split('\r\n').length]).toEqual([90, 92]);
        crm.org.db.prepare(`DELETE FROM "ScheduledPayment__c" WHERE "Position__c" = 3`).run();
        expect(await accruals()).toEqual({ content: '', rowCount: 60 });
    } finally {
        await crm.close();
    }
});

test('what a campaign of kills has found is added to by its next part', () => {
    const first = new Tally();
    first.add('kill', 'pay', 3, []);
    first.add('kill', 'publication', 0, []);
    first.add('kill', 'forecast', 2, ['a row is missing']);
    const next = new Tally(JSON.parse(JSON.stringify(first.kept)));
    next.add('kill', 'pay', 4, []);
    expect([next.tried, next.isClean]).toEqual([9, false]);
    expect(tableLines(next, [])).toEqual([
        'fault  running   tried  survived  died  lost',
        'kill   pay           7         7     0     0',
        'kill   forecast      2         0     0     2',
        'all                  9         7     0     2',
        '',
        'Found nothing to strike, so not tried: kill during publication.',
        'LOST kill during forecast: a row is missing'
    ]);
});

test('a run that is killed, signed out, out of disk, in another hour and asked for twice loses nothing', async () => {
    const tally = await bench({
        kinds: [kill, orgFaults(['killSession']), clockJumps([30]), fullDisk, twiceOnFile],
        scenes: [{ ...health, steps: health.steps.slice(0, 1) }],
        kills: 2,
        seed: 5
    });
    expect(tally.lines.map(({ fault }) => fault)).toEqual([
        'service killed (-9)',
        'org: killSession',
        'clock jumps +30 h',
        'disk of the state file full',
        'asked of two processes, SQLite'
    ]);
    expect([...tally.deaths, ...tally.differences]).toEqual([]);
    expect(tally.isClean).toBe(true);
    expect(tableLines(tally, ['a kind']).slice(-2)).toEqual([
        'Left out: a kind',
        'Nothing was lost, nothing doubled.'
    ]);
});
