// Fields of deals only this org has, by the names its plans use: `margin` is Margin__c, `termMonths` is TermMonths__c or Term_Months__c.
// Only what a plan names is read. Fields of other packages, and names that two fields would have, are left out: a plan that asks for
// one is told no figure, but that it was not given.
import { exactText } from './map-pay-facts.ts';
import { isTrue, textOf } from './map-rows.ts';
import type { DescribedField } from './object-fields.ts';
import type { RawRow } from './query.ts';

export interface DealField {
    /** as the org calls it */
    field: string;
    /** as plans call it */
    name: string;
    type: string;
}

type ReadValue = (value: unknown) => string | boolean | null;

const text: ReadValue = (value) => textOf(value);
const READERS: Record<string, ReadValue> = {
    currency: exactText,
    double: exactText,
    int: exactText,
    // 12.5 in a field of type Percent is 12.5 %.
    percent: (value) => `${exactText(value)}%`,
    boolean: (value) => isTrue(value),
    date: text,
    string: text,
    picklist: text,
    reference: text
};

/** What a plan has from elsewhere under these names, or cannot have as a field of a transaction. */
const TAKEN = new Set(
    `id date amount currency owner splits team owners touches coalitions events reverses amends type product productFamily units payable
    quotaCredit countCredit share level elapsedMonths monthsInForce elapsedDays paidToDate due paid served`.split(
        /\s+/
    )
);

export function dealFieldsIn(
    definitions: readonly string[],
    described: readonly DescribedField[]
): DealField[] {
    const named = described.flatMap(({ name: field, type }): DealField[] => {
        const name = nameOf(field);
        return name !== null && type in READERS && !TAKEN.has(name) ? [{ field, name, type }] : [];
    });
    const byName = Map.groupBy(named, ({ name }) => name);
    return [...byName.values()]
        .flatMap((fields) => (fields.length === 1 ? fields : []))
        .filter(({ name }) => definitions.some((one) => new RegExp(`\\b${name}\\b`).test(one)));
}

/** Null for standard fields and those of packages, ours among them. */
function nameOf(field: string): string | null {
    const own = /^([A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)*)__c$/.exec(field)?.[1];
    if (own === undefined) return null;
    const [first, ...others] = own.split('_');
    const rest = others.map((word) => word[0]!.toUpperCase() + word.slice(1));
    return first![0]!.toLowerCase() + first!.slice(1) + rest.join('');
}

/** Without those that are blank. */
export function dealFieldValues(row: RawRow, fields: readonly DealField[]): Record<string, string | boolean> {
    return Object.fromEntries(
        fields.flatMap(({ field, name, type }) => {
            const given = row[field];
            const isBlank = given === null || given === undefined || given === '';
            const value = isBlank ? null : READERS[type]!(given);
            return value === null ? [] : [[name, value]];
        })
    );
}
