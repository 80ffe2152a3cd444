// The seal of a result: a chain of hashes over each payee's statements in order of the periods, and one hash over everything. Who
// keeps the seal can show that not a letter was changed since, and which statement was if one was.
import { CHAIN_START, chainEntry, hashOf, type Json } from '../hash-chain.ts';

interface Statements {
    readonly periods: { readonly [period: string]: Json };
}

export interface Sealable {
    readonly [part: string]: Json;
    readonly periods: readonly { readonly key: string; readonly start: string; readonly end: string }[];
    readonly payees: { readonly [payee: string]: Json & Statements };
}

/** Hashes of the statements by payee and period, each over the one before, and of the whole result with them. */
export function sealOf(result: Sealable): {
    statements: { [payee: string]: { [period: string]: string } };
    result: string;
} {
    const entries = Object.entries(result.payees).map(([payee, { periods }]) => {
        let previous = CHAIN_START;
        const told = result.periods.filter(({ key }) => Object.hasOwn(periods, key));
        const hashes = told.map(({ key }) => {
            previous = chainEntry({ payee, period: key, statement: periods[key]! }, previous).hash;
            return [key, previous] as const;
        });
        return [payee, Object.fromEntries(hashes)] as const;
    });
    const statements = Object.fromEntries(entries);
    return { statements, result: hashOf({ statements, result }) };
}
