// The life of an award to a day: tranches vest on their days, events happen on theirs (in order of date, then id; on the day of a
// vesting before it). An event that may not be is refused by name and moves nothing; the others go on.
import type { Problem } from '../../problem.ts';
import type { IsoDay } from '../plan.ts';
import type { Award, AwardEvent, AwardLife } from './award.ts';
import { AwardBooks } from './award-books.ts';
import { leave } from './leave.ts';
import { repay, takeBack } from './take-back.ts';

export type Refusal = Pick<Problem, 'code' | 'value' | 'fix'>;

/** The award must be without problems (check-award-terms.ts). Events after `asOf` have not happened yet. */
export function liveAward(award: Award, events: readonly AwardEvent[], asOf: IsoDay): AwardLife {
    const books = new AwardBooks(award);
    const refused: AwardLife['refused'] = [];
    const happened = events.filter(({ date }) => date <= asOf).sort(byDateThenId);
    const seen = new Set<string>();
    for (const event of happened) {
        vestUntil(books, (vestsOn) => vestsOn < event.date);
        const refusal = whyNotAtAll(award, event, seen) ?? happen(books, event);
        seen.add(event.id);
        if (refusal)
            refused.push({
                event: event.id,
                problem: { ...refusal, where: `award ${award.id}, ${event.kind} ${event.id}` }
            });
    }
    vestUntil(books, (vestsOn) => vestsOn <= asOf);
    return { award, asOf, movements: books.movements, refused };
}

function happen(books: AwardBooks, event: AwardEvent): Refusal | null {
    switch (event.kind) {
        case 'malus':
        case 'clawback':
            return takeBack(books, event);
        case 'repayment':
            return repay(books, event);
        case 'leave':
            return leave(books, event);
    }
}

function whyNotAtAll({ awardedOn }: Award, { id, date }: AwardEvent, seen: Set<string>): Refusal | null {
    if (seen.has(id))
        return {
            code: 'EVENT_TWICE',
            value: id,
            fix: 'An event counts once: give a new one an id of its own.'
        };
    if (date < awardedOn)
        return { code: 'EVENT_BEFORE_AWARD', value: date, fix: `The award is of ${awardedOn}.` };
    return null;
}

function vestUntil(books: AwardBooks, isDue: (vestsOn: IsoDay) => boolean): void {
    const due = books.award.tranches.filter(({ vestsOn }) => isDue(vestsOn));
    for (const { key, vestsOn } of due.toSorted((a, b) => order(a.vestsOn, b.vestsOn)))
        books.move('unvested', 'vested', key, books.held('unvested', key), {
            date: vestsOn,
            what: 'vesting',
            event: '',
            approval: null
        });
}

function byDateThenId(a: AwardEvent, b: AwardEvent): number {
    return order(a.date, b.date) || order(a.id, b.id);
}

function order(a: string, b: string): number {
    return a < b ? -1 : a > b ? 1 : 0;
}
