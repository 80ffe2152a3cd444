// What is carried from period to period of one payee while a result is checked: what falls due when, what was paid for which
// transaction and taken back, balances by ledger and scope, and what is scheduled.
import type { Data, Table } from './data.ts';
import { add, ZERO, type Exact } from './exact.ts';
import type { Sale } from './sales.ts';

export interface Scheduled {
    period: string;
    source: string;
    transaction: string;
    kind: string;
    dueOn: string | null;
    event: string;
    form: string;
    amount: Exact;
    /** what reversals took off it, by the period they fell in */
    cancelled: { period: number; amount: Exact }[];
    clawbackUntil: string | null;
}

export interface Due {
    component: string;
    sale: Sale | null;
    amount: Exact;
    scheduled: Scheduled | null;
}

export class Account {
    readonly payee: string;
    /** by period; the last list is for later */
    readonly dues: Due[][];
    readonly scheduled: Scheduled[] = [];
    readonly paidFor = new Sums();
    readonly takenBack = new Sums();
    /** rows of clawback that were carried out */
    readonly clawedBack: Table[] = [];

    constructor(payee: string, periods: number) {
        this.payee = payee;
        this.dues = Array.from({ length: periods + 1 }, () => []);
    }
}

/** Sums by component and transaction. */
export class Sums {
    readonly #sums = new Map<string, Exact>();

    of(component: string, transaction: string): Exact {
        return this.#sums.get(JSON.stringify([component, transaction])) ?? ZERO;
    }

    add(component: string, transaction: string, amount: Exact): void {
        const key = JSON.stringify([component, transaction]);
        this.#sums.set(key, add(this.#sums.get(key) ?? ZERO, amount));
    }
}

/** Texts and figures of one part of a result, as the checker derives them. */
export type Derived = Data;
