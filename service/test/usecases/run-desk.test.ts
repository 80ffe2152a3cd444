import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { State } from '../../src/state/open-state.ts';
import type { RunningDesk } from '../../src/usecases/run-desk.ts';
import { ask, gatedDesk, until } from '../support/gated-desk.ts';
import type { GatedOptions } from '../support/gated-desk.ts';
import { STORE_KINDS, TestStores } from '../support/stores.ts';
import { ORG_ID, OTHER_ORG_ID } from '../support/test-app.ts';

const ORGS = [ORG_ID, OTHER_ORG_ID, 'third'];

describe.each(STORE_KINDS)('runs, with state in %s,', (kind) => {
    const stores = new TestStores(kind);
    const desks: RunningDesk[] = [];
    beforeAll(() => stores.start());
    afterEach(async () => {
        for (const desk of desks.splice(0)) await desk.stop();
        await stores.closeAll();
    });
    afterAll(() => stores.stop());

    async function startDesk(options: Partial<GatedOptions> = {}, state?: State) {
        const gated = gatedDesk(state ?? (await stores.state()), { orgIds: async () => ORGS, ...options });
        desks.push(gated.desk);
        await gated.desk.start();
        const request = async (orgId?: string, period?: string) =>
            (await gated.desk.request(ask(orgId, period)))!;
        return { ...gated, request };
    }

    test('of one org follow each other, of two orgs run together; the same work is joined', async () => {
        const { desk, request, started, letGo } = await startDesk();
        const first = (await request()).run.runKey;
        expect(await request()).toMatchObject({ run: { runKey: first }, alreadyRunning: true });
        const pay = (await request(ORG_ID, '2026-Q1')).run.runKey;
        const otherPay = (await request(ORG_ID, '2026-Q2')).run.runKey;
        expect(await request(ORG_ID, '2026-Q1')).toMatchObject({
            run: { runKey: pay },
            alreadyRunning: true
        });
        const other = (await request(OTHER_ORG_ID)).run.runKey;
        await until(() => started.length === 2);
        expect(new Set(started)).toEqual(new Set([first, other]));
        for (const key of [other, first, pay, otherPay]) {
            await until(() => started.includes(key));
            letGo(key);
        }
        await Promise.all([desk.idle(ORG_ID), desk.idle(OTHER_ORG_ID)]);
        expect(started.filter((key) => key !== other)).toEqual([first, pay, otherPay]);
        expect((await desk.find(ORG_ID, first))?.status).toBe('Succeeded');
        const again = await request();
        expect(again.alreadyRunning).toBe(false);
        await until(() => started.includes(again.run.runKey));
        letGo(again.run.runKey);
        await desk.idle(ORG_ID);
    });

    test('beyond as many as may wait are refused, of one org and of all; what waits already is still joined', async () => {
        const { request, letGo, started, desk } = await startDesk({ most: { org: 2, service: 3 } });
        const first = await request(ORG_ID, '1');
        const second = await request(ORG_ID, '2');
        await expect(request(ORG_ID, '3')).rejects.toMatchObject({ name: 'TooManyRuns', whose: 'org' });
        expect(await request(ORG_ID, '1')).toMatchObject({ run: first.run, alreadyRunning: true });
        const third = await request(OTHER_ORG_ID);
        await expect(request('third')).rejects.toMatchObject({ whose: 'service' });
        // What the clock asks for is not held up by what people ask for.
        const byClock = (await desk.request({ ...ask('third'), trigger: 'Scheduled' }))!;
        for (const { run } of [first, third, byClock, second]) {
            await until(() => started.includes(run.runKey));
            letGo(run.runKey);
        }
        await Promise.all(ORGS.map((orgId) => desk.idle(orgId)));
        const later = await request(ORG_ID, '3');
        await until(() => started.includes(later.run.runKey));
        letGo(later.run.runKey);
    });

    test('of an org that has many leave their turns to others', async () => {
        const { desk, request, started, letGo } = await startDesk({ slots: 1 });
        const many: Awaited<ReturnType<typeof request>>[] = [];
        for (const period of ['1', '2', '3', '4', '5', '6']) many.push(await request(ORG_ID, period));
        const one = await request(OTHER_ORG_ID);
        const two = await request('third');
        for (let ended = 0; ended < 8; ended++) {
            await until(() => started.length > ended);
            letGo(started[ended]!);
        }
        await Promise.all(ORGS.map((orgId) => desk.idle(orgId)));
        expect(started).toHaveLength(8);
        const places = [one, two].map(({ run }) => started.indexOf(run.runKey));
        // Behind the one under way and the one that stood in line before them.
        expect(Math.max(...places)).toBeLessThanOrEqual(3);
        expect(started.at(-1)).toBe(many.at(-1)!.run.runKey);
    });

    test('that break are tried again after a pause, which holds up no other org', async () => {
        let breaks = 1;
        const { desk, request, started } = await startDesk({
            slots: 1,
            work: (run) => {
                if (run.orgId === ORG_ID && (breaks -= 1) >= 0) throw new Error('broke');
            }
        });
        const broken = (await request()).run.runKey;
        const other = (await request(OTHER_ORG_ID)).run.runKey;
        await Promise.all(ORGS.map((orgId) => desk.idle(orgId)));
        expect(started).toEqual([broken, other, broken]);
        expect((await desk.find(ORG_ID, broken))?.status).toBe('Succeeded');
        expect(await desk.putAside.list()).toEqual([]);
    });

    test('that break each time are put aside, and can be taken up again under their key', async () => {
        let isBroken = true;
        const { desk, request, started } = await startDesk({
            retries: 1,
            work: () => {
                if (isBroken) throw new Error('broke');
            }
        });
        const { runKey } = (await request()).run;
        await desk.idle(ORG_ID);
        expect(started).toEqual([runKey, runKey]);
        await until(async () => (await desk.putAside.list()).length === 1);
        expect((await desk.putAside.list())[0]).toMatchObject({ run: { runKey, status: 'Failed' } });
        expect(await desk.putAside.replay('unknown')).toBeNull();
        isBroken = false;
        expect(await desk.putAside.replay(runKey)).toMatchObject({ runKey, status: 'Queued', errors: [] });
        await desk.idle(ORG_ID);
        expect((await desk.find(ORG_ID, runKey))?.status).toBe('Succeeded');
        expect(await desk.putAside.list()).toEqual([]);
    });

    test('are cancelled: at once before they begin, at their next step after that, and not when they are over', async () => {
        const { desk, request, started, letGo } = await startDesk();
        const running = (await request()).run.runKey;
        await until(() => started.length === 1);
        const waiting = (await request(ORG_ID, '2026-Q1')).run.runKey;
        expect(await desk.cancel(ORG_ID, waiting)).toMatchObject({
            run: { status: 'Cancelled' },
            outcome: 'Cancelled'
        });
        expect((await request(ORG_ID, '2026-Q1')).alreadyRunning).toBe(false);
        expect((await desk.cancel(ORG_ID, running))?.outcome).toBe('Asked');
        expect(await desk.cancel(OTHER_ORG_ID, running)).toBeNull();
        letGo(running);
        await until(() => started.length === 2);
        expect(started).not.toContain(waiting);
        expect((await desk.find(ORG_ID, running))?.status).toBe('Cancelled');
        expect((await desk.find(ORG_ID, waiting))?.status).toBe('Cancelled');
        expect((await desk.cancel(ORG_ID, running))?.outcome).toBe('TooLate');
        letGo(started[1]!);
        await desk.idle(ORG_ID);
    });

    test('are cancelled by another process than the one that carries them out', async () => {
        const place = await stores.newPlace();
        const one = await startDesk({}, await stores.state(place));
        const { runKey } = (await one.request()).run;
        await until(() => one.started.length === 1);
        const two = await startDesk({}, await stores.state(place));
        expect((await two.desk.cancel(ORG_ID, runKey))?.outcome).toBe('Asked');
        // Looked for every second.
        await new Promise((resolve) => setTimeout(resolve, 1500));
        one.letGo(runKey);
        await one.desk.idle(ORG_ID);
        expect((await two.desk.find(ORG_ID, runKey))?.status).toBe('Cancelled');
    });

    test('that are stopped go on under the same key at the next start', async () => {
        const place = await stores.newPlace();
        const first = await startDesk({}, await stores.state(place));
        const { runKey } = (await first.request()).run;
        await until(() => first.started.length === 1);
        const stopped = first.desk.stop();
        first.letGo(runKey);
        await stopped;
        expect(await first.journal.unfinished(ORG_ID)).toHaveLength(1);
        expect(await first.desk.request(ask())).toBeNull();

        const second = await startDesk({}, await stores.state(place));
        await until(() => second.started.length === 1);
        expect(second.started).toEqual([runKey]);
        second.letGo(runKey);
        await second.desk.idle(ORG_ID);
        expect(await second.journal.unfinished(ORG_ID)).toEqual([]);
    });

    test('of an org that is suspended wait until it is active again', async () => {
        let active: string[] = [];
        const { desk, request, started } = await startDesk({
            orgIds: async () => active,
            work: () => undefined
        });
        const { runKey } = (await request()).run;
        await new Promise((resolve) => setTimeout(resolve, 100));
        expect(started).toEqual([]);
        active = ORGS;
        await desk.idle(ORG_ID);
        expect(started).toEqual([runKey]);
    });

    test('under way when their org is suspended stop, and go on by themselves when it is active again', async () => {
        let active = ORGS;
        const { desk, request, started, letGo } = await startDesk({ orgIds: async () => active });
        const { runKey } = (await request()).run;
        await until(() => started.length === 1);
        active = [];
        // The work asks whether it may go on when it is let go: until the suspension is noticed, it may.
        await new Promise((resolve) => setTimeout(resolve, 2500));
        letGo(runKey);
        await new Promise((resolve) => setTimeout(resolve, 200));
        expect((await desk.find(ORG_ID, runKey))!.stage).not.toBe('Done');
        active = ORGS;
        await until(() => started.length === 2);
        letGo(runKey);
        await desk.idle(ORG_ID);
        expect(started).toEqual([runKey, runKey]);
        expect((await desk.find(ORG_ID, runKey))!.status).toBe('Succeeded');
    });

    test('of one org are never carried out by two processes at the same time', async () => {
        const place = await stores.newPlace();
        const one = await startDesk({}, await stores.state(place));
        const two = await startDesk({}, await stores.state(place));
        const keys = [];
        for (const period of ['1', '2', '3']) keys.push((await two.request(ORG_ID, period)).run.runKey);
        for (let done = 0; done < keys.length; done += 1) {
            await until(() => one.started.length + two.started.length === done + 1);
            await new Promise((resolve) => setTimeout(resolve, 30));
            expect(one.started.length + two.started.length).toBe(done + 1);
            for (const desk of [one, two]) desk.letGo(keys[done]!);
        }
        await one.desk.idle(ORG_ID);
        expect([...one.started, ...two.started].sort()).toEqual(keys);
    });
});
