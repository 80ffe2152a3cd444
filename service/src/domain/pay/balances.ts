// What ledgers stood at before a day: a ledger that did not move in a period has no row there, so the newest row of each counts.
import type { BalanceFact, PayFacts } from './pay-facts.ts';

export function newestBalances({ balances, periods }: PayFacts, before: string): BalanceFact[] {
    const ended = periods.filter(({ end }) => end < before).map(({ key }) => key);
    const order = new Map(ended.map((key, index) => [key, index]));
    const newest = new Map<string, BalanceFact>();
    for (const balance of balances) {
        if (!order.has(balance.periodKey)) continue;
        const name = ledgerName(balance);
        const known = newest.get(name);
        if (!known || order.get(known.periodKey)! < order.get(balance.periodKey)!) newest.set(name, balance);
    }
    return [...newest.values()];
}

export function ledgerName({
    planKey,
    payeeId,
    ledger,
    scope
}: Pick<BalanceFact, 'planKey' | 'payeeId' | 'ledger' | 'scope'>): string {
    return JSON.stringify([planKey, payeeId, ledger, scope]);
}
