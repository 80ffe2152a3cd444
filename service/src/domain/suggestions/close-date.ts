// A close date nobody can believe, and the day deals like this one come to: the middle of the calibrated close range. Without a model
// in use nothing is suggested, because no day would rest on anything.
import { formatDay } from '../calendar.ts';
import type { DayNumber } from '../pipeline/types.ts';
import type { CloseRange, DealWork, Suggestion, SuggestionRule } from './types.ts';

/** Moved out this often, the date is a habit and no plan. */
export const PUSHED_OFTEN = 3;

export function suggestCloseDate(deal: DealWork, today: DayNumber): Suggestion | null {
    const { closeDate, closeRange } = deal;
    if (closeRange === null || closeRange.likely <= today || closeRange.likely === closeDate) return null;
    const found = judge(deal, closeRange, today);
    if (!found) return null;
    const [early, likely, late] = [closeRange.early, closeRange.likely, closeRange.late].map(formatDay);
    return {
        kind: 'CloseDate',
        rule: found.rule,
        currentValue: formatDay(closeDate),
        suggestedValue: likely!,
        sourceId: '',
        why: `${found.words} Half of the deals like this one are closed by ${likely}, most between ${early} and ${late}.`,
        evidence: [
            { id: deal.dealId, object: 'Opportunity', label: `Close date ${formatDay(closeDate)}` },
            { id: deal.dealId, object: 'Opportunity', label: `Expected between ${early} and ${late}` }
        ]
    };
}

function judge(
    { closeDate, closePushCount }: DealWork,
    { early, likely, late }: CloseRange,
    today: DayNumber
): { rule: SuggestionRule; words: string } | null {
    const date = formatDay(closeDate);
    if (closeDate < today) return { rule: 'CloseDatePast', words: `The close date ${date} has passed.` };
    if (closePushCount >= PUSHED_OFTEN && closeDate < likely)
        return {
            rule: 'CloseDatePushed',
            words: `The close date was moved out ${closePushCount} times and is ${date} now.`
        };
    if (closeDate < early)
        return {
            rule: 'CloseDateTooEarly',
            words: `Only one in ten deals like this one is closed by ${formatDay(early)}; the close date is ${date}.`
        };
    if (closeDate > late)
        return {
            rule: 'CloseDateTooLate',
            words: `Nine in ten deals like this one are closed by ${formatDay(late)}; the close date is ${date}.`
        };
    return null;
}
