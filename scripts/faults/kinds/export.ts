// The org's own faults while somebody asks for the files of pay: a page of rows that is refused, late, cut or garbled, a session
// that has ended. No file may come of it; asked for again, each file is the same to the byte.
import type { Fault } from '../../local-org/faults.ts';
import type { ConnectedOrg } from '../../../service/test/support/local-org.ts';
import { PAYER } from '../../../service/test/support/pay-org.ts';
import { apexOf, payFiles } from '../pay-files.ts';
import type { Apex, PayFiles } from '../pay-files.ts';
import { goOn, tryFault } from '../trial.ts';
import type { Strike } from '../trial.ts';
import { SOON } from './kind.ts';
import type { FaultKind } from './kind.ts';

const DOOR = '/lightning/apex';
const path = new RegExp(`^${DOOR}`);
const WAIT_MS = 1_000;
const FAULTS: Fault[] = [
    { kind: 'unavailable', path },
    { kind: 'requestLimit', path },
    { kind: 'killSession', path },
    { kind: 'slowAnswer', ms: 2 * WAIT_MS, path },
    { kind: 'dropConnection', afterBytes: 5, path },
    { kind: 'brokenGzip', path }
];

export const exported: FaultKind = {
    name: 'export',
    tryAll: async (scene, expected, { draw, onTrial }, tally) => {
        if (!scene.writesPay) return;
        const fault = 'org, while pay is exported';
        onTrial(`${fault}, ${scene.name}`);
        await tryFault(fault, scene, expected, strikingExports(draw), tally);
    }
};

function strikingExports(draw: () => number): Strike {
    return async (place, step) => {
        const { crm, service } = place;
        if (service.isDead) await service.start({ env: SOON });
        const { runKey } = await service.ask('POST', '/v1/runs', step.work);
        const runs = await goOn(place, step, runKey, { env: SOON });
        const whole = await payFiles(apexOf(crm));
        for (const fault of FAULTS) await strikeExport(crm, fault, draw, whole);
        return { struck: FAULTS.length, runs };
    };
}

async function strikeExport(
    crm: ConnectedOrg,
    fault: Fault,
    draw: () => number,
    whole: PayFiles
): Promise<void> {
    let calls = 0;
    const ask = signedInPage(crm);
    const counted = await payFiles((...call) => {
        calls += 1;
        return ask(...call);
    });
    mustBe(whole, counted, `before ${fault.kind}`);
    const at = Math.ceil(draw() * calls);
    const struck: Apex = (...call) => {
        calls -= 1;
        if (calls === at - 1) crm.org.faults.add(fault);
        return ask(...call);
    };
    const files = await payFiles(struck).catch(() => null);
    const wasStruck = crm.org.faults.pending().length === 0;
    crm.org.faults.clear();
    if (files || !wasStruck) throw new Error(`${fault.kind} in the middle of an export was not noticed`);
    mustBe(whole, await payFiles(signedInPage(crm)), `after ${fault.kind}`);
}

function mustBe(whole: PayFiles, found: PayFiles, when: string): void {
    const other = [...whole].filter(([name, { content }]) => found.get(name)?.content !== content);
    if (other.length > 0)
        throw new Error(`${other.map(([name]) => name).join(', ')} is another file ${when}`);
}

/** Over the network, as a page with a session of its own. */
function signedInPage({ org, url }: ConnectedOrg): Apex {
    const cookie = `sid=${encodeURIComponent(org.auth.issueToken(PAYER))}`;
    return async (className, method, params) => {
        const answer = await fetch(url + DOOR, {
            method: 'POST',
            headers: { 'content-type': 'application/json', cookie },
            body: JSON.stringify({ className, method, params }),
            signal: AbortSignal.timeout(WAIT_MS)
        });
        if (!answer.ok) throw new Error(`${method} was answered ${answer.status}`);
        return ((await answer.json()) as { returnValue: unknown }).returnValue;
    };
}
