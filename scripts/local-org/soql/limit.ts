// LIMIT and OFFSET, which the platform bounds.
import { OrgError } from '../org.ts';
import type { Query } from './ast.ts';
import { countOf } from './operands.ts';
import type { Compilation } from './scope.ts';

const MAX_OFFSET = 2000;

export function limitSql(compilation: Compilation, query: Query): string {
    if (!query.limit && !query.offset) return '';
    const limit = query.limit ? countOf(compilation, query.limit) : -1;
    const offset = query.offset ? countOf(compilation, query.offset) : 0;
    if (offset > MAX_OFFSET) {
        throw new OrgError(400, 'NUMBER_OUTSIDE_VALID_RANGE', `Maximum SOQL offset allowed is ${MAX_OFFSET}`);
    }
    const skip = query.offset ? ` OFFSET ${compilation.params.add(offset)}` : '';
    return `LIMIT ${compilation.params.add(limit)}${skip}`;
}
