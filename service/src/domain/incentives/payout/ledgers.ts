// Balances of a payee in one period: opening, movements, closing. What is owed (draw, advance,
// negative pay carried) or still to come (deferral) is positive.
import { Ratio } from '../../ratio.ts';
import type { Books } from '../books.ts';
import type { Balance } from '../result.ts';

export class Ledgers {
    readonly #books: Books;
    readonly #pages = new Map<string, Balance>();

    constructor(books: Books) {
        this.#books = books;
    }

    balance(ledger: string, scope = ''): Ratio {
        return this.#page(ledger, scope).closing;
    }

    move(ledger: string, scope: string, what: string, amount: Ratio): void {
        if (amount.isZero) return;
        const page = this.#page(ledger, scope);
        page.movements.push({ what, amount });
        page.closing = page.closing.plus(amount);
    }

    /** Scopes with a balance before this period or a movement in it, in order. */
    scopesOf(ledger: string): string[] {
        const known = this.#books.balances.get(ledger)?.keys() ?? [];
        const moved = [...this.#pages.values()]
            .filter((page) => page.ledger === ledger)
            .map(({ scope }) => scope);
        return [...new Set([...known, ...moved])].sort();
    }

    /** Hands the closing balances on to the next period. */
    handOn(): void {
        for (const { ledger, scope, closing } of this.#pages.values()) {
            const scopes = this.#books.balances.get(ledger) ?? new Map<string, Ratio>();
            scopes.set(scope, closing);
            this.#books.balances.set(ledger, scopes);
        }
    }

    /** Those of a scope that stood at zero and did not move are not told. */
    told(): Balance[] {
        return [...this.#pages.values()].filter(
            ({ scope, opening, movements }) => scope === '' || !opening.isZero || movements.length > 0
        );
    }

    #page(ledger: string, scope: string): Balance {
        const key = `${ledger}\n${scope}`;
        const known = this.#pages.get(key);
        if (known) return known;
        const opening = this.#books.balances.get(ledger)?.get(scope) ?? Ratio.ZERO;
        const page: Balance = { ledger, scope, opening, movements: [], closing: opening };
        this.#pages.set(key, page);
        return page;
    }
}
