// toLabel(), FORMAT() and convertCurrency(): the value as this user would see it. Which of them stand where a query
// filters, groups or sorts is decided by the callers.
import { notSupported } from '../org.ts';
import type { Call } from './ast.ts';
import { hasSeveralCurrencies, inUsersCurrency } from './currencies.ts';
import { errorAt } from './errors.ts';
import type { Value } from './expressions.ts';
import { isNumber } from './operands.ts';
import type { Compilation } from './scope.ts';

export function displayFunction(compilation: Compilation, call: Call, of: Value): Value {
    switch (call.name) {
        case 'TOLABEL':
            return { ...of, sql: labelled(compilation, call, of), stored: false };
        case 'CONVERTCURRENCY':
            return { ...of, ...converted(compilation, call, of), stored: false };
        default:
            return {
                ...of,
                sql: formatted(compilation, call, of),
                type: 'string',
                field: null,
                stored: false
            };
    }
}

/** Values without a label of their own are shown as they are stored. */
function labelled(compilation: Compilation, call: Call, of: Value): string {
    const { field } = of;
    if (!field || (field.type !== 'picklist' && field.type !== 'multipicklist' && !field.nameField)) {
        throw errorAt(
            compilation.source,
            call.position,
            'INVALID_FIELD',
            `toLabel() takes a picklist field: ${of.name}`
        );
    }
    const labels = field.picklistValues.filter((one) => one.label !== one.value);
    if (!labels.length) return of.sql;
    const byValue = Object.fromEntries(labels.map((one) => [one.value.toLowerCase(), one.label]));
    return `org_label(${of.sql}, ${compilation.params.add(JSON.stringify(byValue))})`;
}

function converted(compilation: Compilation, call: Call, of: Value): { sql: string; currency: null } {
    if (!hasSeveralCurrencies(compilation)) {
        throw notSupported('convertCurrency() in an org with one currency');
    }
    if (of.currency === null) {
        throw errorAt(
            compilation.source,
            call.position,
            'INVALID_FIELD',
            `convertCurrency() takes a currency field: ${of.name}`
        );
    }
    return { sql: inUsersCurrency(compilation, { sql: of.sql, currency: of.currency }), currency: null };
}

function formatted(compilation: Compilation, call: Call, of: Value): string {
    if (of.type === 'currency' && hasSeveralCurrencies(compilation)) {
        throw notSupported('FORMAT() of an amount in an org with several currencies');
    }
    if (!isNumber(of.type) && of.type !== 'date' && of.type !== 'datetime') {
        const message = `FORMAT() takes a number, a date or a time: ${of.name}`;
        throw errorAt(compilation.source, call.position, 'INVALID_FIELD', message);
    }
    const { facts, access, params } = compilation;
    const { userId, timeZone } = access.user;
    const how = [of.type, of.scale ?? 2, facts.locale(userId), timeZone, facts.currency(userId)];
    return `org_format(${[of.sql, ...how.map((one) => params.add(one))].join(', ')})`;
}
