// Products of a deal: prices that follow from each other, what comes from the price book, and the deal's amount, which
// is the sum of its products from the first one on. When the last one is deleted the amount stays as it was.
import type { RecordParts } from '../records.ts';
import type { CallContext } from '../org.ts';
import type { Behaviour } from './consequences.ts';
import { inheritedCurrency } from './currency.ts';
import type { FollowUps } from './follow-ups.ts';
import type { Values } from './input.ts';
import { rowError } from './row-error.ts';
import { roundHalfUp, type Stored } from './values.ts';

interface PriceBookEntry {
    id: string;
    book: string;
    product: string;
    productName: string;
    productCode: string | null;
    listPrice: number;
    isActive: number;
}

const SELECT_ENTRY = `
    SELECT e."Id" AS id, e."Pricebook2Id" AS book, e."Product2Id" AS product, p."Name" AS productName,
           p."ProductCode" AS productCode, e."UnitPrice" AS listPrice, e."IsActive" AS isActive
    FROM "PricebookEntry" e JOIN "Product2" p ON p."Id" = e."Product2Id" WHERE e."IsDeleted" = 0`;

export function createLineItemBehaviour(parts: RecordParts, follow: FollowUps): Behaviour {
    const { db, schema } = parts;
    const dealOf = (id: Stored): Values | undefined =>
        db.prepare('SELECT * FROM "Opportunity" WHERE "Id" = ?').get(id) as Values | undefined;
    const standardBook = (): Stored =>
        db.prepare('SELECT "Id" FROM "Pricebook2" WHERE "IsStandard" = 1').pluck().get() as Stored;

    const entryOf = (row: Values, deal: Values): PriceBookEntry | undefined => {
        const byId = row['PricebookEntryId'] ?? null;
        if (byId !== null) return db.prepare(`${SELECT_ENTRY} AND e."Id" = ?`).get(byId) as PriceBookEntry;
        return db
            .prepare(`${SELECT_ENTRY} AND e."Product2Id" = ? AND e."Pricebook2Id" = ?`)
            .get(row['Product2Id'] ?? null, deal['Pricebook2Id'] ?? standardBook()) as PriceBookEntry;
    };

    const fromPriceBook = (row: Values, deal: Values): Values => {
        const entry = entryOf(row, deal);
        if (!entry) {
            // A price book entry that does not exist is refused with the other references.
            if (row['PricebookEntryId']) return {};
            throw rowError('REQUIRED_FIELD_MISSING', 'Required fields are missing: [PricebookEntryId]', [
                'PricebookEntryId'
            ]);
        }
        const refuse = (message: string): never => {
            throw rowError('FIELD_INTEGRITY_EXCEPTION', `field integrity exception: unknown (${message})`);
        };
        if (!entry.isActive) refuse('pricebook entry is inactive');
        if (deal['Pricebook2Id'] && deal['Pricebook2Id'] !== entry.book) {
            refuse('pricebook entry is in a different pricebook than the one assigned to the opportunity');
        }
        return {
            PricebookEntryId: entry.id,
            Product2Id: entry.product,
            ProductCode: entry.productCode,
            ListPrice: entry.listPrice,
            Name: `${deal['Name']} ${entry.productName}`
        };
    };

    const updateDeal = (ctx: CallContext, id: Stored): void => {
        const deal = dealOf(id);
        if (!deal || deal['IsDeleted']) return;
        const total = db
            .prepare(
                `SELECT count(*) AS count, sum("TotalPrice") AS amount, sum("Quantity") AS quantity, max(e."Pricebook2Id") AS book
                 FROM "OpportunityLineItem" i LEFT JOIN "PricebookEntry" e ON e."Id" = i."PricebookEntryId"
                 WHERE i."OpportunityId" = ? AND i."IsDeleted" = 0`
            )
            .get(id) as { count: number; amount: number; quantity: number; book: string | null };
        const sums = { Amount: roundHalfUp(total.amount, 2), TotalOpportunityQuantity: total.quantity };
        follow.update(ctx, 'Opportunity', id as string, {
            HasOpportunityLineItem: total.count > 0 ? 1 : 0,
            Pricebook2Id: deal['Pricebook2Id'] ?? total.book,
            ...(total.count > 0 ? sums : {})
        });
    };

    return {
        derive(row, before, given) {
            const deal = dealOf(row['OpportunityId'] ?? null);
            if (!deal) return {};
            return {
                ...(before ? {} : fromPriceBook(row, deal)),
                ...prices(row, before, given),
                ...inheritedCurrency(schema, 'OpportunityLineItem', deal)
            };
        },
        apply: (ctx, _before, after) => updateDeal(ctx, after['OpportunityId'] ?? null),
        removed: (ctx, row) => updateDeal(ctx, row['OpportunityId'] ?? null)
    };
}

/** Quantity, price of one and total, less a discount: the total follows, unless it is what was given. */
function prices(row: Values, before: Values | null, given: Values): Values {
    const quantity = row['Quantity'];
    if (typeof quantity !== 'number') return {};
    if (quantity === 0) throw rowError('FIELD_INTEGRITY_EXCEPTION', 'Quantity must be nonzero', ['Quantity']);
    const share = 1 - Number(row['Discount'] ?? 0) / 100;
    const [unit, total] = [given['UnitPrice'] ?? null, given['TotalPrice'] ?? null];
    if (unit !== null && total !== null) {
        const message = 'only one of unit price or total price may be specified';
        throw rowError('FIELD_INTEGRITY_EXCEPTION', message, ['UnitPrice', 'TotalPrice']);
    }
    if (total !== null) return { UnitPrice: roundHalfUp(Number(total) / (quantity * share), 2) };
    const price = unit ?? before?.['UnitPrice'] ?? null;
    if (price === null) {
        throw rowError('REQUIRED_FIELD_MISSING', 'Required fields are missing: [UnitPrice]', ['UnitPrice']);
    }
    return { TotalPrice: roundHalfUp(Number(price) * quantity * share, 2) };
}
