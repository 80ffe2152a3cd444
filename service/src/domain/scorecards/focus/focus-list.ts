// Where a rep should spend the next hours: for each open deal the actions of the playbook that answer its warnings, worth what they
// are expected to add to the chance to win times the amount, as many as fit into the time there is.
//
//     change of chance = share the action recovers x what stands between the chance and 1, of which only the part the warning
//                        costs on past deals where that is known: (hit rate - rate of other deals) x chance / (1 - hit rate)
//
// Pay is no part of this: not of the worth, not of the order, not of ties. It is shown apart, and not at all for products conduct
// rules keep from being chosen by what they pay.
import type { FocusAction } from '../week/types.ts';
import { pickWithin } from './pick.ts';
import type { FocusDeal, FocusFlag, FocusItem, FocusList } from './types.ts';

export interface FocusInput {
    person: string;
    deals: readonly FocusDeal[];
    actions: readonly FocusAction[];
    capacityMinutes: number;
}

export function focusList({ person, deals, actions, capacityMinutes }: FocusInput): FocusList {
    const items = deals.flatMap((deal) => actions.flatMap((action) => itemOf(deal, action) ?? []));
    const picked = pickWithin(
        items.map((item) => ({
            group: item.dealId,
            key: item.actionKey,
            minutes: item.minutes,
            worth: item.valueMinor
        })),
        capacityMinutes
    );
    const chosen = picked.map(({ group, key }) =>
        items.find((item) => item.dealId === group && item.actionKey === key)!
    );
    return {
        person,
        capacityMinutes,
        usedMinutes: chosen.reduce((sum, { minutes }) => sum + minutes, 0),
        items: chosen.sort(
            (a, b) =>
                b.valueMinor * a.minutes - a.valueMinor * b.minutes ||
                b.valueMinor - a.valueMinor ||
                (a.dealId < b.dealId ? -1 : 1)
        ),
        unranked: deals.filter(({ chance }) => chance === null).length
    };
}

function itemOf(deal: FocusDeal, action: FocusAction): FocusItem | null {
    const { chance } = deal;
    if (chance === null || deal.amountMinor <= 0) return null;
    const answered = deal.flags.filter(({ ruleKey }) => action.rules.includes(ruleKey));
    if (action.rules.length > 0 && answered.length === 0) return null;
    const chanceChange = action.recovers * Math.max(0, ...roomsOf(answered, chance));
    const valueMinor = Math.round(chanceChange * deal.amountMinor);
    if (valueMinor <= 0) return null;
    return {
        dealId: deal.id,
        actionKey: action.key,
        action: action.text,
        minutes: action.minutes,
        chanceChange,
        amountMinor: deal.amountMinor,
        valueMinor,
        reasons: reasonsOf(answered, chance, chanceChange),
        payEffectMinor:
            deal.isConductRestricted || deal.payMinor === null
                ? null
                : Math.round(chanceChange * deal.payMinor)
    };
}

/** How much chance there is to win back: what the warning costs where that was measured, else all that is missing to certainty. */
function roomsOf(flags: readonly FocusFlag[], chance: number): number[] {
    if (flags.length === 0) return [1 - chance];
    return flags.map(({ hitRate, otherRate }) => {
        if (hitRate === null || otherRate === null) return 1 - chance;
        if (hitRate >= 1) return 1 - chance;
        return Math.min(1 - chance, Math.max(0, ((hitRate - otherRate) * chance) / (1 - hitRate)));
    });
}

function reasonsOf(flags: readonly FocusFlag[], chance: number, change: number): string[] {
    const measured = flags.filter(({ hitRate, otherRate }) => hitRate !== null && otherRate !== null);
    return [
        ...flags.filter(({ words }) => words !== '').map(({ words }) => sentence(words)),
        ...measured.map(
            ({ hitRate, otherRate }) =>
                `Of past deals with this warning ${percent(hitRate!)} went badly, without it ${percent(otherRate!)}.`
        ),
        `Chance to win now ${percent(chance)}, expected to rise by ${points(change)}.`
    ];
}

const sentence = (words: string): string => (/[.!?]$/.test(words) ? words : `${words}.`);

const percent = (share: number): string => `${Math.round(share * 100)} %`;

const points = (share: number): string => {
    const value = Number((share * 100).toFixed(1));
    return value === 1 ? '1 point' : `${value} points`;
};
