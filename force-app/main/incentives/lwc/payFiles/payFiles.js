// Files for payroll and accounting: CSV that no spreadsheet takes for a formula, and sums that are exact to the cent.
// Amounts come with two decimals, as numbers or as text; they are added up as whole cents.

const EXACT = /^(-?)(\d+)(?:\.(\d{1,2})0*)?$/;
/** What spreadsheets take for a formula when a cell begins with it (OWASP, CSV injection). */
const FORMULA_START = /^[=+\-@\t\r\n＝＋－＠]/;
const MUST_BE_QUOTED = /[",\r\n]/;

/**
 * Cents of an amount. "12.5" is 1250n. Throws where there is more than two decimals: nothing is rounded here.
 * @param {string | number} amount
 * @returns {bigint}
 */
export function minorUnits(amount) {
    // Two decimals name every amount of a Currency(16,2) field exactly, though the number itself is binary.
    const text = typeof amount === 'number' ? amount.toFixed(2) : amount.trim();
    const match = EXACT.exec(text);
    if (!match) throw new Error(`"${text}" is not an amount with at most two decimals.`);
    const [, sign, whole, decimals = ''] = match;
    const cents = BigInt(whole + decimals.padEnd(2, '0'));
    return sign ? -cents : cents;
}

/**
 * 1250n is "12.50".
 * @param {bigint} cents
 */
export function decimalOf(cents) {
    const digits = String(cents < 0 ? -cents : cents).padStart(3, '0');
    return `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/**
 * Exact sum by currency, without rows that have no amount.
 * @param {{ currencyCode: string, amount?: string | number | null }[]} rows
 * @returns {Map<string, bigint>}
 */
export function sumsByCurrency(rows) {
    const sums = new Map();
    for (const { currencyCode, amount } of rows) {
        if (amount === undefined || amount === null) continue;
        sums.set(currencyCode, (sums.get(currencyCode) ?? BigInt(0)) + minorUnits(amount));
    }
    return sums;
}

/**
 * RFC 4180. Columns named `amount: true` are numbers and written as such; everything else is text, and text that a
 * spreadsheet would run as a formula gets an apostrophe in front.
 * @param {{ name: string, amount?: boolean, of: (row: any) => unknown }[]} columns
 * @param {object[]} rows
 */
export function csvOf(columns, rows) {
    const lines = rows.map((row) =>
        columns.map(({ of, amount }) => (amount ? amountCell(of(row)) : textCell(of(row)))).join(',')
    );
    return [columns.map(({ name }) => textCell(name)).join(','), ...lines, ''].join('\r\n');
}

function amountCell(value) {
    return value === undefined || value === null ? '' : decimalOf(minorUnits(value));
}

function textCell(value) {
    const plain = String(value ?? '');
    const safe = FORMULA_START.test(plain) ? `'${plain}` : plain;
    return MUST_BE_QUOTED.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
