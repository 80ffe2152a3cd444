// The words of a rep's focus list. Only data.

/** An open deal of the rep, as the forecast knows it. Amounts in minor units. */
export interface FocusDeal {
    id: string;
    amountMinor: number;
    /** chance to be won, 0 to 1 (outcomes, or shares by stage); null: no forecast, then the deal is not ranked */
    chance: number | null;
    /** warnings that are up on it */
    flags: readonly FocusFlag[];
    /** the product may not be chosen by what it pays (conduct rules) */
    isConductRestricted: boolean;
    /** what winning it would pay the rep; null where not known */
    payMinor: number | null;
}

export interface FocusFlag {
    /** R1 to R11 */
    ruleKey: string;
    /** share of deals with this warning that went badly, and of the others, on past deals (flag-record); null: too few to say */
    hitRate: number | null;
    otherRate: number | null;
    words: string;
}

export interface FocusItem {
    dealId: string;
    actionKey: string;
    action: string;
    minutes: number;
    /** expected change of the chance to win, 0 to 1 */
    chanceChange: number;
    amountMinor: number;
    /** chance change x amount: what the list is ranked by */
    valueMinor: number;
    reasons: string[];
    /** shown apart, part of no order; null for conduct-restricted products and where pay is not known */
    payEffectMinor: number | null;
}

export interface FocusList {
    person: string;
    capacityMinutes: number;
    usedMinutes: number;
    /** most value for each minute first */
    items: FocusItem[];
    /** deals without a forecast, which therefore are not ranked */
    unranked: number;
}
