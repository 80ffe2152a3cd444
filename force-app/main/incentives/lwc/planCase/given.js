// What a worked example is given, as lists people can read. Figures stay the text they are in the file.
import { fillLabel, formatDaysIn } from 'c/labelText';
import { exactText, nameInWords } from 'c/payFigures';
import payees from '@salesforce/label/c.SpmCaseListPayees';
import assignments from '@salesforce/label/c.SpmCaseListAssignments';
import transactions from '@salesforce/label/c.SpmCaseListTransactions';
import quotas from '@salesforce/label/c.SpmCaseListQuotas';
import facts from '@salesforce/label/c.SpmCaseListFacts';
import opening from '@salesforce/label/c.SpmCaseListOpening';
import paid from '@salesforce/label/c.SpmCaseListPaid';
import rates from '@salesforce/label/c.SpmCaseListRates';
import exceptions from '@salesforce/label/c.SpmCaseListExceptions';
import periods from '@salesforce/label/c.SpmCaseListPeriods';
import idsOnly from '@salesforce/label/c.SpmCaseListIds';
import columnPayee from '@salesforce/label/c.SpmCaseColumnName';
import columnDeal from '@salesforce/label/c.SpmCaseColumnDeal';
import span from '@salesforce/label/c.SpmCaseSpan';

const NAMES = {
    payees,
    assignments,
    transactions,
    quotas,
    facts,
    opening,
    paid,
    rates,
    exceptions,
    periods
};

/** What the ids of a list are to readers. */
const IDS = { payees: columnPayee, transactions: columnDeal };

/** JSON with each number as it stands in the text, digit by digit. */
export function exactJson(text) {
    return JSON.parse(text, (_, value, context) =>
        typeof value === 'number' ? (context?.source ?? String(value)) : value
    );
}

/**
 * @param {string} json input of the engine
 * @returns {{ sentences: string[], lists: any[] }} lists: { key, name, columns: [{ key, text }], rows: [{ key, cells }] }
 */
export function givenOf(json) {
    const { from, to, ...lists } = exactJson(json);
    const told = Object.entries(lists)
        .filter(([, rows]) => Array.isArray(rows) && rows.length > 0)
        .map(([key, rows]) => listOf(key, rows));
    const spanText = from ? [fillLabel(span, formatDaysIn(from), formatDaysIn(to ?? ''))] : [];
    return {
        sentences: [...spanText, ...told.flatMap(({ sentence }) => sentence ?? [])],
        lists: told.filter(({ sentence }) => !sentence)
    };
}

function listOf(key, rows) {
    const name = NAMES[key] ?? nameInWords(key);
    const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
    if (columns.length === 1) {
        const [only] = columns;
        return {
            key,
            sentence: fillLabel(idsOnly, name, rows.map((row) => valueText(row[only])).join(', '))
        };
    }
    return {
        key,
        name,
        columns: columns.map((column) => ({ key: column, text: columnName(key, column) })),
        rows: rows.map((row, index) => ({
            key: index,
            cells: columns.map((column) => ({ key: column, text: valueText(row[column]) }))
        }))
    };
}

function columnName(list, column) {
    return (column === 'id' && IDS[list]) || nameInWords(column);
}

/** Lists with semicolons, maps as "A 70%, B 30%". */
export function valueText(value) {
    if (value === undefined || value === null) return '';
    if (Array.isArray(value)) return value.map(valueText).join('; ');
    if (typeof value === 'object')
        return Object.entries(value)
            .map(([key, inner]) => `${key} ${valueText(inner)}`)
            .join(', ');
    return typeof value === 'string' ? formatDaysIn(exactText(value)) : String(value);
}
