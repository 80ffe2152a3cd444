// What must come out beside what does: places in the result as words.
import { nameInWords } from 'c/payFigures';
import { valueText } from './given';
import yes from '@salesforce/label/c.SpmCaseYes';
import no from '@salesforce/label/c.SpmCaseNo';

/** Words of the result's structure that say nothing to a reader. */
const SILENT = new Set([
    'payees',
    'periods',
    'components',
    'measures',
    'figures',
    'lines',
    'balances',
    'payout'
]);
const ITEM = /^(\w+)\[(\d+)\]$/;

/**
 * @param {{ path: string, expected: string, actual: string, holds: boolean }[]} compared
 */
export function comparedRows(compared) {
    return compared.map(({ path, expected, actual, holds }, key) => ({
        key,
        what: placeInWords(path),
        expected: valueText(expected),
        actual: valueText(actual),
        holds: holds ? yes : no,
        icon: holds ? 'utility:success' : 'utility:error',
        variant: holds ? 'success' : 'error',
        style: holds ? '' : 'fails'
    }));
}

/** "payees.rep.periods.2026-Q1.components.commission.lines[1].amount": "rep, 2026-Q1, commission, line 1, amount". */
export function placeInWords(path) {
    const words = path.split('.').flatMap((part) => {
        const [, list, number] = ITEM.exec(part) ?? [];
        if (list) return [`${nameInWords(list).toLowerCase().replace(/s$/, '')} ${number}`];
        if (SILENT.has(part)) return [];
        return [/^[a-z]+([A-Z][a-z]*)*$/.test(part) ? nameInWords(part).toLowerCase() : part];
    });
    return words.join(', ');
}
