// Saves that the org itself makes because another record was saved: a deal's amount after its products, the owner's
// split. They pass what every save passes, except the caller's rights. How is in save-row.ts.
import type { CallContext } from '../org.ts';
import type { Values } from './input.ts';

export interface FollowUps {
    insert(ctx: CallContext, objectName: string, values: Values): string;
    update(ctx: CallContext, objectName: string, id: string, changes: Values): void;
}
