// What of a deal's flags is shown, by the verdict on their rule: demoted ones are put aside (the admin sees them, and why, on
// the rule's record), the others stay as they are, in the order of importance the admin gave them. A segment with too little
// history goes by the firm's record. Band and points are those of the flags shown.
import { bandOf, pointsOf } from '../pipeline/assess.ts';
import type { DealAssessment, RuleKey } from '../pipeline/types.ts';
import { FIRM, type FlagVerdict } from './types.ts';

export class EarnedFlags {
    readonly #verdicts: ReadonlyMap<string, FlagVerdict>;

    constructor(verdicts: readonly FlagVerdict[]) {
        this.#verdicts = new Map(verdicts.map((one) => [keyOf(one.ruleKey, one.segment), one]));
    }

    isDemoted(ruleKey: RuleKey, segment: string): boolean {
        const own = this.#verdicts.get(keyOf(ruleKey, segment));
        const judge = own && own.verdict !== 'NotEnough' ? own : this.#verdicts.get(keyOf(ruleKey, FIRM));
        return judge?.verdict === 'Demoted';
    }

    /** The assessment without demoted flags; the same object where none is. */
    of(assessment: DealAssessment, segment: string): DealAssessment {
        const flags = assessment.flags.filter(({ ruleKey }) => !this.isDemoted(ruleKey, segment));
        if (flags.length === assessment.flags.length) return assessment;
        const priorityPoints = flags.reduce((sum, flag) => sum + pointsOf(flag), 0);
        return { ...assessment, flags, band: bandOf(flags), priorityPoints };
    }
}

function keyOf(ruleKey: RuleKey, segment: string): string {
    return `${ruleKey}\n${segment}`;
}
