// What is past: closed tasks and events that have ended are ActivityHistory, all others OpenActivity.
import type { ObjectDef } from '../schema/types.ts';
import type { Params } from './params.ts';

/** A condition on the rows of the view, null for every other object. */
export function activityCondition(
    object: ObjectDef,
    alias: string,
    { params, now }: { params: Params; now: number }
): string | null {
    if (!object.readFrom) return null;
    const moment = params.add(new Date(now).toISOString());
    const isPast = `CASE ${alias}."IsTask" WHEN 1 THEN ${alias}."IsClosed" ELSE ${alias}."EndDateTime" < ${moment} END`;
    return object.name === 'OpenActivity' ? `NOT (${isPast})` : `(${isPast})`;
}
