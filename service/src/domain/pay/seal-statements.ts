// Hashes of everything a statement consists of, and the chain of a payee's statements and balances: whoever changes a figure
// anywhere breaks it. A row whose hash is as before need not be written again.
import { CHAIN_START, chainEntry, hashOf, type Json } from '../hash-chain.ts';
import { keyOf } from './figures.ts';
import type { PayFacts } from './pay-facts.ts';
import type {
    Statement,
    StatementBalance,
    StatementCredit,
    StatementLine,
    StatementPayment
} from './statement.ts';

export type Sealed<T> = T & { hash: string };
export type Chained<T> = Sealed<T> & { previousHash: string };

export interface SealedStatement {
    statement: Chained<Statement>;
    lines: Sealed<StatementLine>[];
    credits: Sealed<StatementCredit>[];
    balances: Chained<StatementBalance>[];
    payments: Sealed<StatementPayment>[];
}

export function sealStatements(statements: readonly Statement[], facts: PayFacts): SealedStatement[] {
    const earlier = facts.periods
        .filter(({ end }) => end < facts.period.start)
        .map(({ key }) => key)
        .reverse();
    const hashes = new Map(
        [...facts.statements, ...facts.balances].map(({ key, hash }): [string, string] => [key, hash])
    );
    /** Of the newest period that has such a row. */
    const previousOf = (...rest: string[]): string =>
        earlier.map((key) => hashes.get(keyOf(key, ...rest))).find((hash) => hash) ?? CHAIN_START;
    return statements.map((statement) => sealed(statement, previousOf));
}

function sealed(statement: Statement, previousOf: (...rest: string[]) => string): SealedStatement {
    const { planKey, payeeId } = statement;
    const lines = statement.lines.map(withHash);
    const credits = statement.credits.map(withHash);
    const payments = statement.payments.map(withHash);
    const balances = statement.balances.map((balance) => {
        const scope = balance.scope === '' ? [] : [balance.scope];
        return chainedTo(balance, balance, previousOf(planKey, payeeId, balance.ledger, ...scope));
    });
    const content = {
        ...statement,
        lines: lines.map(({ hash }) => hash),
        credits: credits.map(({ hash }) => hash),
        payments: payments.map(({ hash }) => hash),
        balances: balances.map(({ hash }) => hash)
    };
    return {
        statement: chainedTo(statement, content, previousOf(planKey, payeeId)),
        lines,
        credits,
        balances,
        payments
    };
}

function withHash<T extends object>(row: T): Sealed<T> {
    return { ...row, hash: hashOf(asJson(row)) };
}

function chainedTo<T extends object>(row: T, content: object, previousHash: string): Chained<T> {
    return { ...row, previousHash, hash: chainEntry(asJson(content), previousHash).hash };
}

/** Interfaces have no index signature, though they hold nothing but JSON. */
function asJson(row: object): Json {
    return row as Json;
}
