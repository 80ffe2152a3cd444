// The mixed traffic of many orgs: pages that follow runs, checks of health, requests for runs. Which user of which org
// comes next is drawn, so that no order helps a cache.
import type { Burst } from './fire.ts';

export interface Caller {
    orgId: string;
    key: string;
}

const USERS = 50;

export function headersOf({ orgId, key }: Caller, user: string): Record<string, string> {
    return {
        authorization: `Basic ${Buffer.from(`${orgId}:${key}`).toString('base64')}`,
        'x-spm-org': orgId,
        'x-spm-user': user
    };
}

/** Asks for a run of deal health and says its key. */
export async function requestRun(url: string, caller: Caller): Promise<string> {
    const response = await fetch(`${url}/v1/runs`, {
        method: 'POST',
        headers: {
            ...headersOf(caller, '005000000000001AAA'),
            'content-type': 'application/json',
            connection: 'close'
        },
        body: '{"kind":"pipeline"}'
    });
    const { runKey } = (await response.json()) as { runKey: string };
    return runKey;
}

/** 90 of 100 follow a run, 5 ask for one, 5 look at their connection. */
export function mixedTraffic(callers: { caller: Caller; runKey: string }[]): Burst['next'] {
    const draw = seeded(7);
    return () => {
        const { caller, runKey } = callers[draw(callers.length)]!;
        const headers = headersOf(caller, `005${String(draw(USERS)).padStart(12, '0')}AAA`);
        const dice = draw(100);
        if (dice < 90) return { method: 'GET', path: `/v1/runs/${runKey}`, headers };
        if (dice < 95) return { method: 'GET', path: '/v1/connection', headers };
        return {
            method: 'POST',
            path: '/v1/runs',
            headers: { ...headers, 'content-type': 'application/json' },
            body: '{"kind":"pipeline"}'
        };
    };
}

function seeded(seed: number): (below: number) => number {
    let state = seed;
    return (below) => {
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
        return Math.floor((state / 2 ** 32) * below);
    };
}
