// Files for payroll and accounting: what is in them, and whether they are whole, held against the calculation to the cent and
// to the row; CSV that no spreadsheet takes for a formula. Amounts come with two decimals, as numbers or as text, and are
// added up as whole cents. Imports nothing, so that the fault bench (scripts/faults) makes the same bytes as the page.

const EXACT = /^(-?)(\d+)(?:\.(\d{1,2})0*)?$/;
/** What spreadsheets take for a formula when a cell begins with it (OWASP, CSV injection). */
const FORMULA_START = /^[=+\-@\t\r\n＝＋－＠]/;
const MUST_BE_QUOTED = /[",\r\n]/;

/** In the order of the file. Programs read them, so their names are the same in every language. */
const PAYROLL_COLUMNS = [
    { name: 'employee_number', of: (row) => row.employeeNumber },
    { name: 'payee', of: (row) => row.payeeName },
    { name: 'payee_id', of: (row) => row.payeeId },
    { name: 'plan', of: (row) => row.planName },
    { name: 'period', of: (row) => row.periodName },
    { name: 'pay_date', of: (row) => row.payDate },
    { name: 'currency', of: (row) => row.currencyCode },
    { name: 'earned', of: (row) => row.totalAmount, amount: true },
    { name: 'payout', of: (row) => row.payoutAmount, amount: true },
    { name: 'statement', of: (row) => row.statementNumber }
];

const SCHEDULE_COLUMNS = [
    { name: 'employee_number', of: (row) => row.employeeNumber },
    { name: 'payee', of: (row) => row.payeeName },
    { name: 'payee_id', of: (row) => row.payeeId },
    { name: 'plan_version', of: (row) => row.planVersionName },
    { name: 'earned_in', of: (row) => row.periodName },
    { name: 'kind', of: (row) => row.kind },
    { name: 'form', of: (row) => row.form },
    { name: 'source', of: (row) => row.source },
    { name: 'transaction', of: (row) => row.transactionKey },
    { name: 'part', of: (row) => row.partNumber },
    { name: 'due_date', of: (row) => row.dueDate },
    { name: 'waits_for', of: (row) => row.waitsFor },
    { name: 'currency', of: (row) => row.currencyCode },
    { name: 'amount', of: (row) => row.amount, amount: true },
    { name: 'schedule_key', of: (row) => row.scheduleKey }
];

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

/**
 * @typedef {object} ExportFile
 * @property {object[]} rows what is in it
 * @property {any[]} without rows that have no figure, so that they are not in it
 * @property {{ currency: string, inFile: bigint, calculated: bigint }[]} sums beside those of the calculation, in cents
 * @property {boolean} isWhole whether the rows that were read are those of the calculation, all and unchanged
 * @property {string} content empty where it may not be offered
 */

/**
 * What payroll pays: the published statements of a period.
 * @param {any[]} all as PayExportController.getPayroll gives them, every page
 * @param {any[]} totals of the newest finished calculation
 * @returns {ExportFile}
 */
export function payrollFile(all, totals) {
    const names = { amount: 'payoutAmount', calculated: 'payout', seal: 'statementSeal' };
    const order = ({ payeeName, payeeId, planName }) => JSON.stringify([payeeName, payeeId, planName]);
    return fileOf(PAYROLL_COLUMNS, inOrder(all, order), totals, names);
}

/**
 * What is due later: the schedules a period began.
 * @param {any[]} all as PayExportController.getSchedule gives them, every page
 * @param {any[]} totals of the newest finished calculation
 * @returns {ExportFile}
 */
export function scheduleFile(all, totals) {
    const names = { amount: 'amount', calculated: 'scheduled', seal: 'scheduleSeal' };
    const order = ({ scheduleKey }) => scheduleKey ?? '';
    return fileOf(SCHEDULE_COLUMNS, inOrder(all, order), totals, names);
}

/** They come by their ids, which say when a row was written: another calculation of the same figures would make another file. */
function inOrder(rows, keyOf) {
    return [...rows].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}

function fileOf(columns, all, totals, { amount, calculated, seal }) {
    const hasFigure = (row) => row[amount] !== undefined && row[amount] !== null;
    const rows = all.filter(hasFigure);
    const sumsOf = (list, name) =>
        sumsByCurrency(list.map((one) => ({ currencyCode: one.currencyCode, amount: one[name] })));
    const inFile = sumsOf(rows, amount);
    const wanted = sumsOf(totals, calculated);
    const sums = [...new Set([...inFile.keys(), ...wanted.keys()])].map((currency) => ({
        currency,
        inFile: inFile.get(currency) ?? BigInt(0),
        calculated: wanted.get(currency) ?? BigInt(0)
    }));
    const seals = totals.map((one) => one[seal]);
    const isWhole = seals.every(Boolean) && sealOf(all.map(({ hash }) => hash)) === sealOf(seals);
    const isGood = isWhole && rows.length > 0 && sums.every((one) => one.inFile === one.calculated);
    return {
        rows,
        without: all.filter((row) => !hasFigure(row)),
        sums,
        isWhole,
        content: isGood ? csvOf(columns, rows) : ''
    };
}

/** As the service seals them (service/src/domain/pay/row-seal.ts): 64 bits of each hash, added up. */
function sealOf(hashes) {
    const parts = hashes.map((hash) => BigInt(`0x0${(hash ?? '').slice(0, 16)}`));
    return BigInt.asUintN(
        64,
        parts.reduce((sum, part) => sum + part, BigInt(0))
    );
}
