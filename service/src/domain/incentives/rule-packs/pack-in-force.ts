// Which pack of a regime is in force: packs follow each other by date, and may not overlap.
import type { Problem } from '../../problem.ts';
import type { IsoDay } from '../plan.ts';
import type { RulePack } from './rule-pack.ts';

export type Standing =
    | 'inForce'
    /** not yet, but a firm may apply it already */
    | 'optional'
    | 'notInForce';

/** `day`: by what the pack is dated, e.g. the first day of the performance year. */
export function standingOf({ effectiveFrom, effectiveTo, optionalFrom }: RulePack, day: IsoDay): Standing {
    if (effectiveTo !== null && day > effectiveTo) return 'notInForce';
    if (day >= effectiveFrom) return 'inForce';
    return optionalFrom !== null && day >= optionalFrom ? 'optional' : 'notInForce';
}

/** The one pack of a regime for a day; null before the first. */
export function packInForce(packs: readonly RulePack[], regime: string, day: IsoDay): RulePack | null {
    return packs.find((pack) => pack.regime === regime && standingOf(pack, day) === 'inForce') ?? null;
}

/** Two packs of a regime in force on the same day, and packs of the same key. */
export function overlapsOf(packs: readonly RulePack[]): Problem[] {
    return packs.flatMap((pack, index) =>
        packs.slice(index + 1).flatMap((other): Problem[] => {
            if (pack.key === other.key)
                return [
                    {
                        code: 'PACK_TWICE',
                        where: `pack ${pack.key}`,
                        value: other.key,
                        fix: 'Give each a key.'
                    }
                ];
            if (pack.regime !== other.regime || !overlap(pack, other)) return [];
            const fix = `Both are packs of ${pack.regime}: end one where the other begins.`;
            return [{ code: 'PACKS_OVERLAP', where: `pack ${pack.key}`, value: other.key, fix }];
        })
    );
}

function overlap(a: RulePack, b: RulePack): boolean {
    const [first, second] = a.effectiveFrom <= b.effectiveFrom ? [a, b] : [b, a];
    return first.effectiveTo === null || first.effectiveTo >= second.effectiveFrom;
}
