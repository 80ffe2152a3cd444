// Splits of a type whose total is validated add up to 100 %, over all rows of one call: rows of deals where they do not
// fail together, and the others are saved as if those had not been sent.
import type { Database } from 'better-sqlite3';
import type { SaveResult } from '../org.ts';
import { rowError } from './row-error.ts';
import type { RowError } from './row-error.ts';
import type { Change } from './triggered-save.ts';

export function unbalanced(): RowError {
    return rowError('FIELD_INTEGRITY_EXCEPTION', "Can't update splits: percentages don't add up to 100.00%.");
}

const SELECT_TOTAL = `
    SELECT sum(s."SplitPercentage") AS total
    FROM "OpportunitySplit" own
    JOIN "OpportunitySplitType" t ON t."Id" = own."SplitTypeId" AND t."IsTotalValidated" = 1
    JOIN "Opportunity" o ON o."Id" = own."OpportunityId" AND o."IsDeleted" = 0
    LEFT JOIN "OpportunitySplit" s ON s."OpportunityId" = own."OpportunityId" AND s."SplitTypeId" = own."SplitTypeId"
        AND s."IsDeleted" = 0
    WHERE own."Id" = ? GROUP BY own."Id"`;
const TOLERANCE = 0.005;

export function saveBalanced(
    db: Database,
    changes: Change[],
    save: (changes: Change[]) => SaveResult[]
): SaveResult[] {
    const isUnbalanced = ({ id, success }: SaveResult): boolean => {
        if (!success || id === null) return false;
        const row = db.prepare(SELECT_TOTAL).get(id) as { total: number | null } | undefined;
        return row !== undefined && Math.abs((row.total ?? 0) - 100) > TOLERANCE;
    };
    const refuse: Change = () => {
        throw unbalanced();
    };
    let tried = changes;
    for (;;) {
        db.exec('SAVEPOINT splits');
        const results = save(tried);
        const refused = results.map(isUnbalanced);
        const isGood = !refused.includes(true);
        if (!isGood) db.exec('ROLLBACK TO splits');
        db.exec('RELEASE splits');
        if (isGood) return results;
        tried = tried.map((change, index) => (refused[index] ? refuse : change));
    }
}
