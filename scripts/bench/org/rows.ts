// The rows both sides store and read, made from their number alone.
import { mixSeed } from '../../demo/firm/random.ts';

export const STAGES = ['Prospecting', 'Qualification', 'Proposal/Price Quote', 'Closed Won', 'Closed Lost'];
const FIRST_DAY = Date.UTC(2026, 0, 1);
const MS_PER_DAY = 86_400_000;

export interface Reading {
    name: string;
    key: string;
    amount: string;
    at: string;
    note: string;
}

export function readingOf(n: number): Reading {
    return {
        name: `Reading ${n}`,
        key: `key-${String(n).padStart(8, '0')}`,
        amount: `${mixSeed(n, 1) % 1_000_000}.${(mixSeed(n, 2) % 90) + 10}`,
        at: new Date(FIRST_DAY + (mixSeed(n, 3) % 300) * MS_PER_DAY).toISOString(),
        note: `Agreed with the client on ${n % 31}, to be confirmed`
    };
}

export function dealOfOrg(n: number): { name: string; stage: number; amount: number; closeDate: string } {
    return {
        name: `Mandate ${n}`,
        stage: mixSeed(n, 4) % STAGES.length,
        amount: mixSeed(n, 5) % 900_000,
        closeDate: new Date(FIRST_DAY + (mixSeed(n, 6) % 600) * MS_PER_DAY).toISOString().slice(0, 10)
    };
}
