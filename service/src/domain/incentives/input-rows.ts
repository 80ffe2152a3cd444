// Rows of the input by what they are looked up with: facts, quotas, what was paid, exchange rates, transactions.
import { Ratio } from '../ratio.ts';
import { exchangeRateOf } from './exchange-rate.ts';
import type { Value } from './expression.ts';
import type { CalculationInput, ExchangeRate, PaidAmount, QuotaAmount, Transaction } from './input.ts';

const EVERYBODY = '*';

export class InputRows {
    /** the plan's */
    readonly #currency: string;
    readonly #facts: ReadonlyMap<string, Value>;
    readonly #factNames: ReadonlySet<string>;
    readonly #quotas: ReadonlyMap<string, QuotaAmount[]>;
    readonly #transactions: ReadonlyMap<string, Transaction>;
    readonly #paid: ReadonlyMap<string, PaidAmount[]>;
    readonly #paidFor: ReadonlyMap<string, PaidAmount[]>;
    readonly #rates: ReadonlyMap<string, ExchangeRate[]>;

    constructor(input: CalculationInput, currency: string) {
        this.#currency = currency;
        this.#facts = new Map(
            input.facts.map(({ name, payeeId, period, value }) => [factKey(name, payeeId, period), value])
        );
        this.#factNames = new Set(input.facts.map(({ name }) => name));
        this.#quotas = Map.groupBy(input.quotas, ({ payeeId, measure }) => quotaKey(payeeId, measure));
        this.#transactions = new Map(input.transactions.map((transaction) => [transaction.id, transaction]));
        this.#paid = Map.groupBy(input.paid, ({ payeeId }) => payeeId);
        this.#paidFor = Map.groupBy(input.paid, ({ transaction }) => transaction);
        this.#rates = Map.groupBy(input.exchangeRates, ({ from }) => from);
    }

    /** Given for the payee and period, else for the payee, else for the period, else for all. */
    fact(name: string, payeeId: string, period: string): Value | undefined {
        return (
            this.#facts.get(factKey(name, payeeId, period)) ??
            this.#facts.get(factKey(name, payeeId, '')) ??
            this.#facts.get(factKey(name, '', period)) ??
            this.#facts.get(factKey(name, '', ''))
        );
    }

    factNames(): string[] {
        return [...this.#factNames];
    }

    /** The payee's own quotas for a measure, else those for everybody. */
    quotasFor(payeeId: string, measure: string): readonly QuotaAmount[] {
        const own = this.#quotas.get(quotaKey(payeeId, measure));
        return own ?? this.#quotas.get(quotaKey(EVERYBODY, measure)) ?? [];
    }

    transaction(id: string): Transaction | undefined {
        return this.#transactions.get(id);
    }

    /** What earlier runs paid. */
    paidTo(payeeId: string): readonly PaidAmount[] {
        return this.#paid.get(payeeId) ?? [];
    }

    /** What earlier runs paid for a transaction. */
    paidFor(transaction: string): readonly PaidAmount[] {
        return this.#paidFor.get(transaction) ?? [];
    }

    /** What earlier runs paid a payee for a sale and what amends it, and what they took back by reversals of it. */
    paidForSale(payeeId: string, rootId: string): { paid: PaidAmount[]; takenBack: PaidAmount[] } {
        const own = this.paidTo(payeeId).filter(({ transaction }) => this.#rootOf(transaction) === rootId);
        const isReversal = (id: string): boolean => (this.#transactions.get(id)?.reverses ?? '') !== '';
        return {
            paid: own.filter(({ transaction }) => !isReversal(transaction)),
            takenBack: own.filter(({ transaction }) => isReversal(transaction))
        };
    }

    /** The sale a transaction amends or reverses in the end. */
    #rootOf(id: string): string {
        const passed = new Set<string>();
        let root = id;
        for (let next = id; next !== '' && !passed.has(next);) {
            passed.add(next);
            root = next;
            const transaction = this.#transactions.get(next);
            next = transaction?.amends || transaction?.reverses || '';
        }
        return root;
    }

    /** What one unit of the transaction's currency is worth in the plan's, by the rate in force on its date. */
    exchangeRateOf(transaction: Transaction): Ratio {
        const { currency } = transaction;
        if (currency === '') return Ratio.ONE;
        // With rows that do not say of which currency they are.
        const rates = [...(this.#rates.get(currency) ?? []), ...(this.#rates.get('') ?? [])];
        return exchangeRateOf(transaction, rates, this.#currency);
    }
}

function factKey(name: string, payeeId: string, period: string): string {
    return `${name}\n${payeeId}\n${period}`;
}

function quotaKey(payeeId: string, measure: string): string {
    return `${payeeId}\n${measure}`;
}
