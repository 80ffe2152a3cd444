// What is suggested for one deal: at most one suggestion of each kind, for an open deal only. Pure: the same rows on the same day give
// the same suggestions.
import type { DayNumber } from '../pipeline/types.ts';
import { suggestCloseDate } from './close-date.ts';
import { suggestContactRole } from './contact-role.ts';
import { suggestNextStep } from './next-step.ts';
import type { DealWork, Suggestion } from './types.ts';

export function suggestFor(deal: DealWork, today: DayNumber): Suggestion[] {
    if (!deal.isOpen) return [];
    return [suggestNextStep, suggestCloseDate, suggestContactRole].flatMap(
        (suggest) => suggest(deal, today) ?? []
    );
}
