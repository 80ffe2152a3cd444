// Prices in price books: name and code come from the product, a price of a custom book needs a standard one first and
// may follow it.
import type { RecordParts } from '../records.ts';
import type { Behaviour } from './consequences.ts';
import type { Values } from './input.ts';
import { rowError } from './row-error.ts';
import type { Stored } from './values.ts';

export function createPriceBookEntryBehaviour({ db }: Pick<RecordParts, 'db'>): Behaviour {
    const product = db.prepare('SELECT "Name", "ProductCode" FROM "Product2" WHERE "Id" = ?');
    const isStandard = db.prepare('SELECT "IsStandard" FROM "Pricebook2" WHERE "Id" = ?').pluck();
    const standardPrice = db
        .prepare(
            `SELECT e."UnitPrice" FROM "PricebookEntry" e JOIN "Pricebook2" b ON b."Id" = e."Pricebook2Id"
             WHERE b."IsStandard" = 1 AND e."Product2Id" = ? AND e."IsDeleted" = 0`
        )
        .pluck();

    const priceOf = (row: Values): Stored => {
        const own = row['UnitPrice'] ?? null;
        if (isStandard.get(row['Pricebook2Id'] ?? null) !== 0) return own;
        const standard = standardPrice.get(row['Product2Id'] ?? null) as Stored | undefined;
        if (standard === undefined) {
            const message = 'Before creating a custom price, create a standard price.';
            throw rowError('STANDARD_PRICE_NOT_DEFINED', message);
        }
        return row['UseStandardPrice'] === 1 ? standard : own;
    };

    return {
        derive(row) {
            const { Name, ProductCode } = (product.get(row['Product2Id'] ?? null) ?? {}) as Values;
            const price = priceOf(row);
            if (price === null && Name !== undefined) {
                throw rowError('REQUIRED_FIELD_MISSING', 'Required fields are missing: [UnitPrice]', [
                    'UnitPrice'
                ]);
            }
            return { Name: Name ?? null, ProductCode: ProductCode ?? null, UnitPrice: price };
        },
        apply() {}
    };
}
