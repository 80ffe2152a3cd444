// What the custody system of the demo firm tells of each adviser's book: what clients brought and took out, what markets did, and what
// that leaves, to the pound.
import { createRandom, mixSeed } from '../firm/random.ts';
import type { PersonMonth, Told } from './outside.ts';

interface Flows {
    inflow: number;
    outflow: number;
    market: number;
}

export function custody(one: PersonMonth): Told[] {
    const { isAdviser, firstMonth, month, to, own } = one;
    if (!isAdviser) return [];
    let assets = own.int(18, 70) * 1_000_000;
    let flows: Flows | null = null;
    for (let at = firstMonth + 1; at <= month; at++) {
        flows = flowsOf(one, at, assets);
        assets += flows.inflow - flows.outflow + flows.market;
    }
    const told = (signal: string, value: number, more: Partial<Told> = {}): Told => ({
        signal,
        value: String(value),
        ...more
    });
    return [
        ...(flows
            ? [
                  told('asset-flow', flows.inflow, { attributes: { kind: 'inflow' } }),
                  told('asset-flow', flows.outflow, { attributes: { kind: 'outflow' } }),
                  told('asset-market', flows.market)
              ]
            : []),
        told('client-assets', assets, { subject: 'book', day: to })
    ];
}

function flowsOf({ index, strength }: PersonMonth, month: number, assets: number): Flows {
    const random = createRandom(mixSeed(83, index, month));
    const markets = createRandom(mixSeed(89, month));
    return {
        inflow: Math.round(assets * random.around(0.013 + 0.02 * strength, 0.35)),
        outflow: Math.round(assets * random.around(0.014 - 0.006 * strength, 0.4)),
        market: Math.round(assets * (markets.next() - 0.42) * 0.05)
    };
}
