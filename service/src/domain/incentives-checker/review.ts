// One result under review: plan, input, what the result tells, and the credits and events the checker makes of them itself.
import { asText } from './data.ts';
import { creditsOf, type Credit } from './credits.ts';
import { eventsOf, type Event } from './events.ts';
import { CannotDerive } from './values.ts';
import { InputData } from './input-data.ts';
import { PlanData } from './plan-data.ts';
import { bookSales, type Booked, type Sale } from './sales.ts';
import { Statement } from './statement.ts';

export class Review {
    readonly plan: PlanData;
    readonly input: InputData;
    readonly told: Statement;
    readonly booked: Booked;
    /** by payee; without credits to people the plan does not pay */
    readonly credits: ReadonlyMap<string, Credit[]>;
    readonly events: ReadonlyMap<string, Event[]>;
    /** as first needed */
    readonly notes = new Map<string, unknown>();

    constructor(plan: string, input: string, result: string) {
        this.plan = new PlanData(plan);
        this.input = new InputData(input, this.plan);
        this.told = new Statement(result, this.plan, this.input);
        this.booked = bookSales(this.plan, this.input);
        this.credits = Map.groupBy(this.#creditAll(), ({ payee }) => payee);
        const paid = this.input.list('paid');
        this.events = new Map(
            [...this.input.payees.keys()].map((payee) => [
                payee,
                eventsOf(this.credits.get(payee) ?? [], this.booked.reversals, (id) =>
                    paid.some((row) => row['transaction'] === id && asText(row['payee']) === payee)
                )
            ])
        );
    }

    /** Derived once. */
    noted<T>(key: string, derive: () => T): T {
        if (!this.notes.has(key)) this.notes.set(key, derive());
        return this.notes.get(key) as T;
    }

    creditsIn(payee: string, period: number): Credit[] {
        return (this.credits.get(payee) ?? []).filter(({ sale }) => sale.period === period);
    }

    salesIn(period: number): Sale[] {
        return this.booked.sales.filter((sale) => sale.period === period);
    }

    isOnPlan(payee: string, period: number): boolean {
        return this.input.assignedDays(payee, this.input.periods[period]!) > 0;
    }

    /** A transaction whose credits cannot be derived counts for nobody. */
    #creditAll(): Credit[] {
        const { sales, left } = this.booked;
        const credits = sales.map((sale) => {
            try {
                return creditsOf(sale, this.plan, this.input);
            } catch (error) {
                if (!(error instanceof CannotDerive)) throw error;
                left.push(sale);
                return null;
            }
        });
        this.booked.sales = sales.filter((_, index) => credits[index] !== null);
        return credits
            .flatMap((own) => own ?? [])
            .filter(({ payee, sale }) => this.#isPaid(payee, sale.date));
    }

    #isPaid(payee: string, day: string): boolean {
        return this.input.payees.has(payee) && this.input.isOnPlan(payee, day);
    }
}
