// Several saves that stand and fall together: when one row fails, the others are taken back and say so.
import type { Database } from 'better-sqlite3';
import type { SaveOptions, SaveResult } from '../org.ts';

class TakenBack extends Error {}

/** Runs `save` in one transaction. With all-or-none a failed row undoes it, and only failed rows keep their own errors. */
export function inOneTransaction(db: Database, options: SaveOptions, save: () => SaveResult[]): SaveResult[] {
    let results: SaveResult[] = [];
    const saveAll = (): void => {
        results = save();
        if (options.allOrNone && results.some((result) => !result.success)) throw new TakenBack();
    };
    try {
        db.transaction(saveAll)();
    } catch (error) {
        if (!(error instanceof TakenBack)) throw error;
        return results.map((result) => (result.success ? takenBack() : result));
    }
    return results;
}

function takenBack(): SaveResult {
    const message =
        'Record rolled back because not all records were valid and the request was using AllOrNone header';
    return {
        id: null,
        success: false,
        errors: [{ statusCode: TAKEN_BACK, message, fields: [] }]
    };
}

export const TAKEN_BACK = 'ALL_OR_NONE_OPERATION_ROLLED_BACK';
