// Names for a credit; those it does not know itself are those of the payee's period.
import type { Problem } from '../../problem.ts';
import { Ratio } from '../../ratio.ts';
import { fieldOn } from '../assignment.ts';
import { HISTORY, type Books, type Credited } from '../books.ts';
import type { Context } from '../context.ts';
import type { Scope } from '../evaluate.ts';
import type { Value } from '../expression.ts';
import { movementOfCredit, type Movement } from '../measure.ts';
import type { Measure } from '../plan.ts';
import { divided, ofMovement } from './movement-names.ts';
import { givenOf, PeriodScope } from './period-scope.ts';
import { PlanScope } from './plan-scope.ts';
import { detailOf, fieldOf } from './transaction-scope.ts';

/** A credit; names it does not know itself are those of the payee's period. */
export class CreditScope extends PlanScope {
    readonly books: Books;
    readonly credited: Credited;

    constructor(context: Context, books: Books, credited: Credited) {
        const { booked, credit, payeeId } = credited;
        const period = booked.period === HISTORY ? '' : `, ${context.periods[booked.period]!.key}`;
        super(context, `payee ${payeeId}${period}, transaction ${booked.transaction.id}`, credit.date);
        this.books = books;
        this.credited = credited;
    }

    name(path: readonly string[]): Value | undefined {
        const [first, second] = path;
        if (path.length === 1) return this.#ofCredit(first!);
        if (path.length !== 2 || second === undefined) return undefined;
        switch (first) {
            case 'param':
                return this.parameter(second);
            case 'payee':
                return fieldOn(this.books, second, this.day);
            case 'source': {
                const source = this.context.books.get(this.credited.sourceId);
                return source && fieldOn(source, second, this.day);
            }
            case 'earning':
                return this.credited.earned.get(second) ?? this.#period?.name(path);
            case 'inPeriod':
                return this.#period?.name(path);
            case 'events':
            case 'team':
                return detailOf(this.credited.booked, first, second);
            default:
                return this.#ofMeasure(first!, second) ?? this.#period?.name(path);
        }
    }

    /** A credit of a transaction without an amount is not worth nothing: how much nobody said. */
    override missing(path: readonly string[]): Problem {
        const { transaction } = this.credited.booked;
        const name = path.join('.');
        if (!['payable', 'quotaCredit', 'amount'].includes(name)) return super.missing(path);
        return {
            code: 'NOT_GIVEN',
            where: this.where,
            value: name,
            fix: `Give the amount of transaction ${transaction.id}, or write default(${name}, 0) where none is needed.`
        };
    }

    protected override given(first: string): string[] {
        if (first === 'payee' || first === 'fact') return givenOf(first, this.context, this.books);
        return Object.keys(this.credited.booked.transaction.fields);
    }

    group(name: string): Scope[] | null {
        return this.#period?.group(name) ?? null;
    }

    /** Sums of a measure before and with this credit. */
    movement(measure: Measure): Movement {
        return divided(movementOfCredit(this.context, this.books, measure, this.credited), measure, this);
    }

    quota(measure: Measure): Ratio | undefined {
        return this.#period?.quotaOn(measure, this.day);
    }

    #ofCredit(name: string): Value | undefined {
        const { credit, booked, level } = this.credited;
        switch (name) {
            case 'payable':
                return booked.amount ? credit.payable : undefined;
            case 'quotaCredit':
                return booked.amount ? credit.quota : undefined;
            case 'countCredit':
                return credit.count;
            case 'share':
                return credit.share;
            case 'level':
                return Ratio.of(level);
            case 'amount':
                return booked.amount ?? undefined;
            case 'paidToDate':
                return this.#period?.name(['paidToDate']);
            default:
                return fieldOf(booked, name);
        }
    }

    #ofMeasure(what: string, key: string): Ratio | undefined {
        const measure = this.context.measure(key);
        if (!measure || !this.books.measures.has(key)) return undefined;
        return ofMovement(
            what,
            key,
            this.where,
            () => this.movement(measure),
            () => this.quota(measure)
        );
    }

    get #period(): PeriodScope | undefined {
        const { period } = this.credited.booked;
        return period === HISTORY ? undefined : new PeriodScope(this.context, this.books, period);
    }
}
