// What becomes of the unvested tranches of somebody who leaves, by the award's rule for the reason.
import { Ratio } from '../../ratio.ts';
import { roundTo } from '../../rounding.ts';
import { wholeMonths } from '../dates.ts';
import type { Award, AwardEvent, LeaverTreatment, Tranche } from './award.ts';
import { causeOf, type AwardBooks } from './award-books.ts';
import type { Refusal } from './live-award.ts';

/** Null where it was done. */
export function leave(books: AwardBooks, event: AwardEvent & { kind: 'leave' }): Refusal | null {
    const { award } = books;
    if (books.leftOn !== '')
        return { code: 'LEFT_ALREADY', value: event.date, fix: `${award.payeeId} left on ${books.leftOn}.` };
    const rule = award.leaverRules.find(({ reason }) => reason === event.reason);
    if (!rule) {
        const known = award.leaverRules.map(({ reason }) => reason).join(', ');
        const fix =
            known === ''
                ? 'The award has no leaver rules: write them.'
                : `The award has rules for: ${known}.`;
        return { code: 'LEAVER_REASON_UNKNOWN', value: event.reason, fix };
    }
    books.leftOn = event.date;
    for (const tranche of award.tranches) {
        const unvested = books.held('unvested', tranche.key);
        const lapses = unvested.minus(keptOf(rule.unvested, award, tranche, unvested, event.date));
        books.move('unvested', 'lapsed', tranche.key, lapses, causeOf(event));
        if (rule.unvested === 'vestAtOnce')
            books.move('unvested', 'vested', tranche.key, unvested, causeOf(event));
    }
    return null;
}

/** 12,000 that vests 36 months after the award, of somebody who leaves after 9: 3,000 is kept. */
function keptOf(
    treatment: LeaverTreatment,
    award: Award,
    tranche: Tranche,
    unvested: Ratio,
    leftOn: string
): Ratio {
    if (treatment === 'lapse') return Ratio.ZERO;
    if (treatment !== 'proRata') return unvested;
    const [served, whole] = [
        wholeMonths(award.awardedOn, leftOn),
        wholeMonths(award.awardedOn, tranche.vestsOn)
    ];
    if (whole === 0) return unvested;
    const kept = unvested.times(Ratio.of(Math.min(served, whole), whole));
    return roundTo(kept, award.rounding.unit, award.rounding.mode);
}
