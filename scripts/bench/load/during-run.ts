// Mixed traffic of 200 orgs while a run of a large org works in the same process: the real service of the demo, with its own
// limits of how often, the other orgs registered by the operator.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { withChecksum } from '../../../service/src/domain/pipeline/id-index.ts';
import { sha256 } from '../../../service/test/support/test-app.ts';
import { openDemoOrg } from '../../demo/demo-org.ts';
import { firmContent } from '../../demo/firm-content.ts';
import type { Fired } from './fire.ts';
import { fireApart } from './fire-apart.ts';
import { headersOf, requestRun, type Caller } from './traffic.ts';

const ORG_PORT = 8823;
const SERVICE_PORT = 8824;
const OPERATOR_PORT = 8825;
const ORGS = 200;
const SECONDS = 15;
/** Of 10,000 users one in ten looks at a page each twelve seconds, far below what the limits of an org allow. */
const RATE = 100;
const CONNECTIONS = 50;
const OPERATOR_KEY = randomBytes(32).toString('base64url');

export interface DuringRun {
    deals: number;
    quiet: Fired;
    fired: Fired;
    runSeconds: number;
}

export async function measureDuringRun(isLarge: boolean): Promise<DuringRun> {
    const folder = mkdtempSync(join(tmpdir(), 'plumbline-load-'));
    const demo = await openDemoOrg({
        folder,
        orgPort: ORG_PORT,
        servicePort: SERVICE_PORT,
        content: () => firmContent(new Date(), isLarge ? 'medium' : 'small'),
        serviceEnv: {
            PLUMBLINE_OPERATOR_KEY_SHA256: sha256(OPERATOR_KEY),
            PLUMBLINE_OPERATOR_PORT: String(OPERATOR_PORT),
            PLUMBLINE_SECRET_KEYS: `bench:${randomBytes(32).toString('base64')}`
        }
    });
    try {
        const { url } = demo.service;
        const deals = demo.org.db.prepare('SELECT COUNT(*) FROM "Opportunity"').pluck().get() as number;
        const callers: { caller: Caller; runKey: string }[] = [];
        for (let place = 1; place <= ORGS; place++) {
            const caller = await register(withChecksum(`00D${String(place).padStart(12, '0')}`));
            callers.push({ caller, runKey: await requestRun(url, caller) });
        }
        const burst = {
            url,
            connections: CONNECTIONS,
            seconds: SECONDS,
            rate: RATE,
            callers
        };
        const quiet = await fireApart(burst);
        const run = followRun(url, demo.orgKey);
        const fired = await fireApart(burst);
        return { deals, quiet, fired, runSeconds: await run };
    } finally {
        await demo.stop();
        rmSync(folder, { recursive: true, force: true });
    }
}

async function register(orgId: string): Promise<Caller> {
    const response = await fetch(`http://127.0.0.1:${OPERATOR_PORT}/v1/tenants`, {
        method: 'POST',
        headers: { authorization: `Bearer ${OPERATOR_KEY}`, 'content-type': 'application/json' },
        body: JSON.stringify({
            orgId,
            // Nobody listens there: its runs end at once.
            myDomain: 'http://127.0.0.1:9',
            namespace: '',
            clientId: 'bench',
            clientSecret: 'bench'
        })
    });
    if (!response.ok) throw new Error(`The operator could not register ${orgId}: ${await response.text()}`);
    const { key } = (await response.json()) as { key: string };
    return { orgId, key };
}

/** Asks for a run that reads everything again, and says how many seconds it took. */
async function followRun(url: string, caller: Caller): Promise<number> {
    const headers = { ...headersOf(caller, '005000000000001AAA'), 'content-type': 'application/json' };
    const body = '{"kind":"pipeline","scope":"full"}';
    const asked = await fetch(`${url}/v1/runs`, { method: 'POST', headers, body });
    const { runKey } = (await asked.json()) as { runKey: string };
    for (;;) {
        await wait(2_500);
        const run = (await (await fetch(`${url}/v1/runs/${runKey}`, { headers })).json()) as Record<
            string,
            string
        >;
        if (run['status'] === 'failed') throw new Error(`The run failed: ${JSON.stringify(run['errors'])}`);
        if (run['finishedAt']) return (Date.parse(run['finishedAt']) - Date.parse(run['startedAt']!)) / 1000;
    }
}
