// A flag's record in words, for the admin who asks why it is or is not shown.
import { FIRM, type FlagRecord } from './types.ts';

export function sentenceOf(record: Omit<FlagRecord, 'sentence'>): string {
    const where = record.segment === FIRM ? '' : ` in ${record.segment || 'deals without a type'}`;
    const name = `${record.ruleKey}${where}`;
    if (record.verdict === 'NotEnough') {
        return `${name}: not enough history (${record.flaggedDeals} deals with the flag, ${record.otherDeals} without, whose outcome is known); it is shown as shipped.`;
    }
    const found =
        `${name}: ${percent(record.hitRate!)} of ${record.flaggedDeals} flagged deals were not won within ` +
        `${record.horizonDays} days, against ${percent(record.otherRate!)} of ${record.otherDeals} others, ` +
        `${times(record.lift!)} times as often (${times(record.interval!.low)} to ${times(record.interval!.high)}).`;
    if (record.verdict === 'Earned') return found;
    const why =
        record.interval!.high < 1
            ? 'Flagged deals do better than others'
            : 'That may be chance, since the range includes 1';
    return `${found} ${why}: the flag is demoted.`;
}

function percent(share: number): string {
    return `${Math.round(100 * share)} %`;
}

function times(value: number): string {
    return value.toFixed(2);
}
