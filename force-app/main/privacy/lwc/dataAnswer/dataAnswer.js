// The answer of the service to a data request in words: rows by object, what became of them, or why nothing was done.
import { fillLabel, formatNumber } from 'c/labelText';
import exported from '@salesforce/label/c.SpmDataExported';
import erased from '@salesforce/label/c.SpmDataErased';
import keptBecause from '@salesforce/label/c.SpmDataKept';
import failed from '@salesforce/label/c.SpmDataFailed';
import active from '@salesforce/label/c.SpmDataActive';
import gone from '@salesforce/label/c.SpmDataGone';
import other from '@salesforce/label/c.SpmDataRefused';

const REFUSALS = { PERSON_ACTIVE: active, PERSON_UNKNOWN: gone };
const OUTCOMES = { exported, erased };

/**
 * @param {{ result?: string }} request
 * @returns {{ refusal: string | null, hasCounts: boolean, counts: object[] }}
 */
export function answerOf({ result }) {
    const { refused, objects = [] } = parsed(result);
    const counts = objects.map(({ object, label, count, outcome, why }) => ({
        object,
        label,
        countText: formatNumber(count),
        became:
            outcome === 'kept' || outcome === 'failed'
                ? fillLabel(outcome === 'kept' ? keptBecause : failed, why)
                : OUTCOMES[outcome]
    }));
    const refusal = refused ? (REFUSALS[refused] ?? fillLabel(other, refused)) : null;
    return { refusal, hasCounts: counts.length > 0, counts };
}

function parsed(result) {
    try {
        return JSON.parse(result ?? '{}');
    } catch {
        return {};
    }
}
