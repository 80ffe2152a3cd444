// The columns of the files, in their order. Programs read them, so their names are the same in every language.

export const PAYROLL_COLUMNS = [
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

export const SCHEDULE_COLUMNS = [
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
