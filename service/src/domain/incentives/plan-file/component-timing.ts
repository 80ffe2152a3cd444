// When what a component earns is paid, taken back or expensed, as a plan file says it.
import type { Amortisation, Chargeback, Schedule } from '../plan.ts';
import { Ratio } from '../../ratio.ts';
import type { Expression } from '../expression.ts';
import type { PartReader } from './part-reader.ts';

/** What `part` is when it is not written. */
export const WHOLE: Expression = { kind: 'number', value: Ratio.ONE, text: '100%' };

export function readChargeback(part: PartReader): Chargeback {
    return {
        windowMonths: part.expression('windowMonths'),
        part: part.expression('part') ?? WHOLE,
        reducesMeasures: part.truth('reducesMeasures', true)
    };
}

export function readSchedule(part: PartReader): Schedule {
    if (part.has('release') && !part.has('instalments')) {
        const parts = part.needParts('release', '[{ on: signed, share: 100% }]', (item) => ({
            on: item.needText('on', 'cash'),
            share: item.needExpression('share', '50%')
        }));
        return { kind: 'release', parts };
    }
    if (part.has('release'))
        part.report('SCHEDULE_TWICE', 'release', '', 'Keep instalments or release, not both.');
    const parts = part.needParts('instalments', '[{ after: 0, share: 100% }]', (item) => ({
        afterPeriods: item.needWhole('after', 0),
        share: item.needExpression('share', '1/3')
    }));
    return { kind: 'instalments', parts };
}

export function readAmortisation(part: PartReader): Amortisation {
    return {
        months: part.needExpression('months', 'termMonths'),
        expedientMonths: part.whole('expedientMonths', 0)
    };
}
