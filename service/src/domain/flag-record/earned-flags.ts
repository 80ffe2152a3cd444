// What of a deal's flags is shown, by their record: demoted ones are put aside (the admin sees them, and why), the others
// come in order of lift, those without a record of their own after those with one, in order of importance. A segment with
// too little history goes by the firm's record. Band and points are those of the flags shown.
import { bandOf } from '../pipeline/assess.ts';
import type { Band, Flag, RuleKey } from '../pipeline/types.ts';
import { FIRM, type FlagRecord } from './types.ts';

export interface EarnedFlags {
    band: Band;
    shown: Flag[];
    demoted: { flag: Flag; sentence: string }[];
}

export class FlagRecordBook {
    readonly #records: ReadonlyMap<string, FlagRecord>;

    constructor(records: readonly FlagRecord[]) {
        this.#records = new Map(records.map((record) => [keyOf(record.ruleKey, record.segment), record]));
    }

    /** The record that judges a rule in a segment; null where no replay was made. */
    recordFor(ruleKey: RuleKey, segment: string): FlagRecord | null {
        const own = this.#records.get(keyOf(ruleKey, segment));
        return own && own.verdict !== 'NotEnough' ? own : (this.#records.get(keyOf(ruleKey, FIRM)) ?? null);
    }

    apply(flags: readonly Flag[], segment: string): EarnedFlags {
        const judged = flags.map((flag) => ({ flag, record: this.recordFor(flag.ruleKey, segment) }));
        const shown = judged
            .filter(({ record }) => record?.verdict !== 'Demoted')
            .sort(
                (a, b) =>
                    (b.record?.lift ?? 0) - (a.record?.lift ?? 0) || b.flag.importance - a.flag.importance
            )
            .map(({ flag }) => flag);
        return {
            band: bandOf(shown),
            shown,
            demoted: judged.flatMap(({ flag, record }) =>
                record?.verdict === 'Demoted' ? [{ flag, sentence: record.sentence }] : []
            )
        };
    }
}

function keyOf(ruleKey: RuleKey, segment: string): string {
    return `${ruleKey}\n${segment}`;
}
