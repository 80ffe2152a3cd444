// Amounts in an org with several currencies: CurrencyType holds units of each currency for one of the corporate currency.
// Sums and comparisons are made in the corporate currency. Dated rates are refused by name.
import { notSupported } from '../org.ts';
import type { Literal } from './ast.ts';
import { errorAt } from './errors.ts';
import type { Compilation } from './scope.ts';

/** An amount and the SQL of its currency code. */
export interface Money {
    sql: string;
    currency: string;
}

export function inCorporateCurrency(compilation: Compilation, { sql, currency }: Money): string {
    refuseDatedRates(compilation);
    return `(${sql} / ${rateOf(currency)})`;
}

/** convertCurrency(): the amount in the user's own currency. */
export function inUsersCurrency(compilation: Compilation, money: Money): string {
    const code = compilation.params.add(compilation.facts.currency(compilation.access.user.userId));
    return `ROUND(${inCorporateCurrency(compilation, money)} * ${rateOf(code)}, 2)`;
}

/** `USD5000` in the corporate currency; the currency must be one of the org's. */
export function literalAmount(
    compilation: Compilation,
    literal: Extract<Literal, { kind: 'money' }>
): string {
    const { currency, value, position } = literal;
    if (!hasSeveralCurrencies(compilation)) {
        throw notSupported(`currency literals (${currency}${value}) in an org with one currency`);
    }
    if (!compilation.facts.hasCurrency(currency)) {
        throw errorAt(compilation.source, position, 'MALFORMED_QUERY', `Invalid currency code: ${currency}`);
    }
    const { params } = compilation;
    return inCorporateCurrency(compilation, { sql: params.add(value), currency: params.add(currency) });
}

export function hasSeveralCurrencies(compilation: Compilation): boolean {
    return compilation.schema.object('CurrencyType') !== undefined;
}

function rateOf(currency: string): string {
    return `(SELECT "ConversionRate" FROM "CurrencyType" WHERE "IsoCode" = ${currency} AND "IsDeleted" = 0)`;
}

function refuseDatedRates(compilation: Compilation): void {
    if (!compilation.schema.object('DatedConversionRate')) return;
    throw notSupported('converting currencies at dated conversion rates in SOQL');
}
