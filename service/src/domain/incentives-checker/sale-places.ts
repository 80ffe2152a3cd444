// What names stand for where a transaction is credited: its fields, and those of the payee a share of it goes to.
import { tableFigure } from './bands.ts';
import { asText, asValue, isTable } from './data.ts';
import type { Exact } from './exact.ts';
import type { Place } from './formula.ts';
import { CannotDerive, type Value } from './values.ts';
import type { InputData } from './input-data.ts';
import type { PlanData } from './plan-data.ts';
import type { Sale } from './sales.ts';

export type Names = (first: string, second: string) => Value | undefined;

/** `names` answers `first` or `first.second`. */
export function placeOf(
    plan: PlanData,
    day: string,
    names: Names,
    groups: Place['group'] = () => null
): Place {
    const place: Place = {
        name(name) {
            const [first, second = '', ...more] = name.split('.');
            if (more.length > 0) return undefined;
            return first === 'param' ? plan.parameter(second, day)?.(place) : names(first!, second);
        },
        table(key, x, y) {
            const table = plan.tables.get(key);
            if (!table) throw new CannotDerive(`there is no table ${key}`);
            return tableFigure(table, x, y, place);
        },
        group: groups
    };
    return place;
}

export function withOwn<P extends Place>(place: P, own: Readonly<Record<string, Value>>): P {
    return { ...place, name: (name: string) => (Object.hasOwn(own, name) ? own[name] : place.name(name)) };
}

/** `amount` may be what deductions have left. */
export function salePlace(plan: PlanData, sale: Sale, amount = sale.amount): Place {
    return placeOf(plan, sale.date, (first, second) =>
        second === '' ? ofSale(sale, first, amount) : detailOf(sale, first, second)
    );
}

/** The day of an event, or who holds a role. */
export function detailOf({ row }: Sale, list: string, name: string): Value | undefined {
    const details = row[list];
    return ['events', 'team'].includes(list) && isTable(details)
        ? asText(details[name]) || undefined
        : undefined;
}

const STRUCTURED = ['splits', 'team', 'owners', 'touches', 'coalitions', 'events'];

export function ofSale({ row, exchangeRate }: Sale, name: string, amount: Exact | null): Value | undefined {
    if (name === 'amount') return amount ?? undefined;
    if (name === 'exchangeRate') return exchangeRate;
    if (!Object.hasOwn(row, name)) return undefined;
    if (STRUCTURED.includes(name))
        return (row[name] !== null && Object.keys(row[name]!).length > 0) || undefined;
    const isOurs = ['owner', 'currency', 'reverses', 'amends'].includes(name);
    return isOurs ? asText(row[name]) || undefined : asValue(row[name]);
}

export function sharePlace(
    plan: PlanData,
    input: InputData,
    sale: Sale,
    payee: string,
    source: string,
    own: Record<string, Value>
): Place {
    const sold = salePlace(plan, sale);
    const place = placeOf(plan, sale.date, (first, second) => {
        if (second === '') return sold.name(first);
        if (first === 'payee') return input.fieldOn(payee, second, sale.date);
        if (first === 'source') return source === '' ? undefined : input.fieldOn(source, second, sale.date);
        return detailOf(sale, first, second);
    });
    return withOwn(place, own);
}
