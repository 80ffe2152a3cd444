// One row's failure, thrown from wherever the row is checked and turned into its SaveResult by save.ts.
import type { SaveError, SaveResult } from '../org.ts';

export class RowError extends Error {
    readonly errors: SaveError[];
    constructor(errors: SaveError[]) {
        super(errors.map((error) => `${error.statusCode}: ${error.message}`).join('; '));
        this.name = 'RowError';
        this.errors = errors;
    }
}

export function rowError(statusCode: string, message: string, fields: string[] = []): RowError {
    return new RowError([{ statusCode, message, fields }]);
}

/** A row's own failure becomes its result; anything else goes on up. */
export function guarded(save: () => SaveResult): SaveResult {
    try {
        return save();
    } catch (error) {
        if (error instanceof RowError) return { id: null, success: false, errors: error.errors };
        throw error;
    }
}
