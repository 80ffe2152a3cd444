// What won and lost deals have in common, without calling chance a pattern: for each reason the share with a Wilson
// interval, the lift against the other deals, Fisher's exact p-value, and a q-value over all reasons looked at together
// (Benjamini-Hochberg). A finding is an association; it says nothing about causes.
import { benjaminiHochberg, fisherExact, wilsonInterval, type Interval } from '../statistics/proportions.ts';

export interface ReasonedDeal {
    dealId: string;
    /** what is asked: won rather than lost; or, among lost deals, lost for one reason */
    isHit: boolean;
    /** reasons, products, competitors: any words; several or none */
    reasons: readonly string[];
}

export interface ReasonFinding {
    reason: string;
    count: number;
    hits: number;
    share: number;
    interval: Interval;
    shareOfOthers: number;
    /** share over the others' share; null where no other deal is a hit */
    lift: number | null;
    pValue: number;
    qValue: number;
    isFinding: boolean;
    /** at most five, by id */
    exampleIds: string[];
}

export interface WinLoss {
    closedCount: number;
    /** deals with any reason, of all */
    coverage: number;
    /** smallest q first; reasons on fewer than LEAST_DEALS deals are left out */
    reasons: ReasonFinding[];
    /** why nothing is shown, '' where something is */
    silence: string;
}

/** Closed deals below which patterns are noise, as Gong's (CAPABILITIES.md row 9); and deals with the reason. */
const LEAST_CLOSED = 100;
const LEAST_DEALS = 10;
const FALSE_SHARE = 0.05;
const EXAMPLES = 5;

export function winLossPatterns(deals: readonly ReasonedDeal[]): WinLoss {
    const withReason = deals.filter(({ reasons }) => reasons.length > 0).length;
    const found: WinLoss = {
        closedCount: deals.length,
        coverage: deals.length === 0 ? 0 : withReason / deals.length,
        reasons: [],
        silence: ''
    };
    if (deals.length < LEAST_CLOSED) {
        found.silence = `Not enough history: ${deals.length} closed deals, ${LEAST_CLOSED} are needed.`;
        return found;
    }
    const hits = deals.filter(({ isHit }) => isHit).length;
    const byReason = new Map<string, ReasonedDeal[]>();
    for (const deal of deals)
        for (const reason of new Set(deal.reasons)) {
            const same = byReason.get(reason);
            if (same) same.push(deal);
            else byReason.set(reason, [deal]);
        }
    const judged = [...byReason]
        .filter(([, own]) => own.length >= LEAST_DEALS && own.length < deals.length)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([reason, own]) => judge(reason, own, hits, deals.length));
    const q = benjaminiHochberg(judged.map(({ pValue }) => pValue));
    found.reasons = judged
        .map((finding, at) => ({ ...finding, qValue: q[at]!, isFinding: q[at]! <= FALSE_SHARE }))
        .sort((a, b) => a.qValue - b.qValue || (a.reason < b.reason ? -1 : 1));
    if (found.reasons.length === 0) found.silence = `No reason is given on ${LEAST_DEALS} deals or more.`;
    return found;
}

function judge(
    reason: string,
    own: readonly ReasonedDeal[],
    allHits: number,
    all: number
): Omit<ReasonFinding, 'qValue' | 'isFinding'> {
    const hits = own.filter(({ isHit }) => isHit).length;
    const share = hits / own.length;
    const shareOfOthers = (allHits - hits) / (all - own.length);
    return {
        reason,
        count: own.length,
        hits,
        share,
        interval: wilsonInterval(hits, own.length),
        shareOfOthers,
        lift: shareOfOthers > 0 ? share / shareOfOthers : null,
        pValue: fisherExact(hits, own.length, allHits - hits, all - own.length),
        exampleIds: own
            .map(({ dealId }) => dealId)
            .sort()
            .slice(0, EXAMPLES)
    };
}
