// Names for a transaction that is credited, and for the share of it that one payee gets.
import type { Ratio } from '../../ratio.ts';
import { fieldOn } from '../assignment.ts';
import type { Booked, Books } from '../books.ts';
import type { Context } from '../context.ts';
import type { Value } from '../expression.ts';
import { PlanScope } from './plan-scope.ts';

/** A transaction while it is credited. `amount` may be what deductions have left. */
export class TransactionScope extends PlanScope {
    readonly booked: Booked;
    readonly #amount: Ratio | null;

    constructor(context: Context, booked: Booked, amount = booked.amount) {
        super(context, `transaction ${booked.transaction.id}`, booked.transaction.date);
        this.booked = booked;
        this.#amount = amount;
    }

    name(path: readonly string[]): Value | undefined {
        const [first, second] = path;
        if (first === 'param' && second !== undefined) return this.parameter(second);
        if (second !== undefined)
            return path.length === 2 ? detailOf(this.booked, first!, second) : undefined;
        return first === 'amount' ? (this.#amount ?? undefined) : fieldOf(this.booked, first!);
    }

    protected override given(): string[] {
        return Object.keys(this.booked.transaction.fields);
    }

    group(): null {
        return null;
    }
}

/** A transaction as it is credited to one payee: shares and factors. */
export class ShareScope extends TransactionScope {
    readonly #books: Books;
    readonly #source: Books | undefined;
    readonly #own: Readonly<Record<string, Ratio>>;

    constructor(
        context: Context,
        booked: Booked,
        books: Books,
        source: Books | undefined,
        own: Record<string, Ratio>
    ) {
        super(context, booked);
        this.#books = books;
        this.#source = source;
        this.#own = own;
    }

    override name(path: readonly string[]): Value | undefined {
        const [first, second] = path;
        if (path.length === 1 && Object.hasOwn(this.#own, first!)) return this.#own[first!];
        if (first === 'payee' && second !== undefined) return fieldOn(this.#books, second, this.day);
        if (first === 'source' && second !== undefined && this.#source)
            return fieldOn(this.#source, second, this.day);
        return super.name(path);
    }
}

/** The day of an event, or who holds a role. */
export function detailOf({ transaction }: Booked, list: string, name: string): Value | undefined {
    return list === 'events' || list === 'team' ? transaction[list][name] : undefined;
}

/** Fields every transaction has, then those of the input. */
export function fieldOf({ transaction, exchangeRate }: Booked, name: string): Value | undefined {
    switch (name) {
        case 'id':
        case 'date':
            return transaction[name];
        case 'owner':
        case 'currency':
        case 'reverses':
        case 'amends':
            return transaction[name] || undefined;
        case 'exchangeRate':
            return exchangeRate;
        case 'splits':
        case 'owners':
        case 'touches':
            return transaction[name].length > 0 || undefined;
        case 'team':
        case 'coalitions':
        case 'events':
            return Object.keys(transaction[name]).length > 0 || undefined;
        default:
            return transaction.fields[name];
    }
}
