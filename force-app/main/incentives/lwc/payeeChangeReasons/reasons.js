// From what two results rested on to sentences that say what differs. Only what is kept of a payee is told; where that is the same,
// the reason lies elsewhere, and that is said.
import { fillLabel, formatDaysIn, formatNumber } from 'c/labelText';
import { amountText, figureText, nameInWords } from 'c/payFigures';
import isNew from '@salesforce/label/c.SpmChangesNew';
import isGone from '@salesforce/label/c.SpmChangesGone';
import hasProblem from '@salesforce/label/c.SpmChangesProblem';
import version from '@salesforce/label/c.SpmChangesVersion';
import planText from '@salesforce/label/c.SpmChangesPlanText';
import assignment from '@salesforce/label/c.SpmChangesAssignment';
import quota from '@salesforce/label/c.SpmChangesQuota';
import dealAdded from '@salesforce/label/c.SpmChangesDealAdded';
import dealGone from '@salesforce/label/c.SpmChangesDealGone';
import dealAmount from '@salesforce/label/c.SpmChangesDealAmount';
import dealDay from '@salesforce/label/c.SpmChangesDealDay';
import manyDeals from '@salesforce/label/c.SpmChangesDeals';
import adjustmentAdded from '@salesforce/label/c.SpmChangesAdjustmentAdded';
import adjustmentGone from '@salesforce/label/c.SpmChangesAdjustmentGone';
import late from '@salesforce/label/c.SpmChangesLate';
import opening from '@salesforce/label/c.SpmChangesOpening';
import elsewhere from '@salesforce/label/c.SpmChangesElsewhere';

/**
 * @param {{ beforeId?: string, afterId?: string, before?: string, after?: string, dealNames?: Record<string, string>,
 *   currencyCode: string, isWrong?: boolean }} reason inputs as PayeeResult__c.Inputs__c has them
 * @returns {string[]} never empty
 */
export function reasonsOf({ beforeId, afterId, before, after, dealNames, currencyCode, isWrong }) {
    if (!beforeId) return [isNew];
    if (!afterId) return [isGone];
    const [then, now] = [JSON.parse(before ?? 'null'), JSON.parse(after ?? 'null')];
    if (!then || !now) return [isWrong ? hasProblem : elsewhere];
    const money = (text) => amountText(text, currencyCode);
    const found = [
        ...(isWrong ? [hasProblem] : []),
        ...ofPlan(then, now),
        ...ofQuotas(then, now),
        ...ofDeals(then, now, money, (id) => dealNames?.[id] ?? id),
        ...ofAdjustments(then, now, money),
        ...(then.late === now.late ? [] : [fillLabel(late, money(now.late), money(then.late))]),
        ...ofOpenings(then, now, money)
    ];
    return found.length > 0 ? found : [elsewhere];
}

function ofPlan(then, now) {
    if (then.planVersion !== now.planVersion) return [fillLabel(version, now.planVersion, then.planVersion)];
    return [
        ...(then.definition === now.definition ? [] : [planText]),
        ...(then.assignment === now.assignment ? [] : [assignment])
    ];
}

function ofQuotas(then, now) {
    return changedKeys(then.quotas, now.quotas).map((measure) =>
        fillLabel(quota, nameInWords(measure), told(now.quotas[measure]), told(then.quotas[measure]))
    );
}

function ofDeals(then, now, money, nameOf) {
    if (then.creditHash === now.creditHash) return [];
    if (!then.credits || !now.credits)
        return [fillLabel(manyDeals, formatNumber(now.creditCount), formatNumber(then.creditCount))];
    return changedKeys(then.credits, now.credits).flatMap((id) =>
        ofDeal(nameOf(id), then.credits[id], now.credits[id], money)
    );
}

/** Deals are [day, what counts for pay, what counts for the quota]. */
function ofDeal(name, then, now, money) {
    if (!then) return [fillLabel(dealAdded, name, dayText(now[0]), money(now[1]))];
    if (!now) return [fillLabel(dealGone, name, dayText(then[0]), money(then[1]))];
    const reasons = [];
    if (then[0] !== now[0]) reasons.push(fillLabel(dealDay, name, dayText(now[0]), dayText(then[0])));
    // What counts for the quota alone is told where the amount that pays stayed.
    const part = then[1] === now[1] ? 2 : 1;
    if (then[part] !== now[part])
        reasons.push(fillLabel(dealAmount, name, money(now[part]), money(then[part])));
    return reasons;
}

function ofAdjustments(then, now, money) {
    return changedKeys(then.adjustments, now.adjustments).flatMap((id) => [
        ...(id in then.adjustments ? [fillLabel(adjustmentGone, money(then.adjustments[id]))] : []),
        ...(id in now.adjustments ? [fillLabel(adjustmentAdded, money(now.adjustments[id]))] : [])
    ]);
}

function ofOpenings(then, now, money) {
    return changedKeys(then.openings, now.openings).map((ledger) =>
        fillLabel(
            opening,
            nameInWords(ledger),
            money(now.openings[ledger] ?? '0'),
            money(then.openings[ledger] ?? '0')
        )
    );
}

function changedKeys(then, now) {
    const keys = [...new Set([...Object.keys(then), ...Object.keys(now)])].sort();
    return keys.filter((key) => JSON.stringify(then[key]) !== JSON.stringify(now[key]));
}

function told(figure) {
    return figure === undefined ? '–' : figureText(figure);
}

function dayText(iso) {
    return formatDaysIn(iso);
}
