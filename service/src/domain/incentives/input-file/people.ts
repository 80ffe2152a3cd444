// People, assignments and what is given about them: quotas, facts, balances, what was paid, waivers of gates.
import type { Value } from '../expression.ts';
import type {
    Assignment,
    Fact,
    GateException,
    Opening,
    PaidAmount,
    Payee,
    PeriodDates,
    QuotaAmount
} from '../input.ts';
import { ledgersOf } from '../ledgers.ts';
import { didYouMean } from '../nearest.ts';
import type { Plan } from '../plan.ts';
import type { RowReader } from './row-reader.ts';

export const EVERYBODY = '*';

export function readPayee(row: RowReader): Payee {
    const payee = {
        id: row.needText('id'),
        managerId: row.text('manager'),
        start: row.day('start'),
        end: row.day('end'),
        fields: row.otherFields([])
    };
    if (payee.id === EVERYBODY)
        row.report('ID_RESERVED', 'id', EVERYBODY, '* stands for everybody: give another id.');
    checkDays(row, 'end', payee.start, payee.end);
    return payee;
}

export function readAssignment(row: RowReader): Assignment {
    const [from, to] = [row.needDay('from'), row.day('to')];
    checkDays(row, 'to', from, to);
    return { payeeId: row.needText('payee'), from, to: to === '' ? null : to, fields: row.otherFields([]) };
}

export function readQuotaAmount(row: RowReader, plan: Plan, periods: PeriodDates[]): QuotaAmount {
    const quota = {
        payeeId: row.needText('payee'),
        measure: row.needText('measure'),
        from: row.day('from') || (periods[0]?.start ?? ''),
        to: row.day('to') || (periods.at(-1)?.end ?? ''),
        amount: row.needFigure('amount')
    };
    checkKnown(row, 'measure', quota.measure, keys(plan.measures));
    checkDays(row, 'to', quota.from, quota.to);
    if (quota.amount.sign < 0)
        row.report('QUOTA_NEGATIVE', 'amount', quota.amount.toString(), 'Write a goal of 0 or more.');
    return quota;
}

export function readFact(row: RowReader): Fact & { value: Value } {
    const fact = { name: row.needText('name'), payeeId: row.text('payee'), period: row.text('period') };
    const value = row.value('value');
    if (value === undefined && row.problems.length === 0)
        row.report('MISSING', 'value', '', 'Write value: a figure, a text, true or false.');
    return { ...fact, value: value ?? '' };
}

export function readOpening(row: RowReader, plan: Plan): Opening {
    const opening = { payeeId: row.needText('payee'), amount: row.needFigure('amount') };
    const [ledger, scope, measure] = [row.text('ledger'), row.text('scope'), row.text('measure')];
    if ((ledger === '') === (measure === ''))
        row.report(
            'OPENING_OF_WHAT',
            'ledger',
            ledger,
            'Write ledger or measure: whose balance or sum it is.'
        );
    else if (measure !== '') checkKnown(row, 'measure', measure, keys(plan.measures));
    else checkKnown(row, 'ledger', ledger, ledgersOf(plan));
    checkScope(row, measure, scope, plan);
    return measure === '' ? { ...opening, ledger, scope } : { ...opening, measure, scope };
}

/** Of a measure that is kept apart by a field it must be said of which value, of others it cannot. */
function checkScope(row: RowReader, key: string, scope: string, plan: Plan): void {
    const measure = plan.measures.find((one) => one.key === key);
    if (!measure || (measure.by === null) === (scope === '')) return;
    const fix =
        measure.by === null
            ? `Leave it out: the plan has one sum of ${key}.`
            : `Write scope: the ${measure.by} it is of, as in the transactions.`;
    row.report('OPENING_OF_WHAT', 'scope', scope, fix);
}

export function readPaid(row: RowReader, plan: Plan): PaidAmount {
    const paid = {
        payeeId: row.needText('payee'),
        component: row.needText('component'),
        transaction: row.text('transaction'),
        period: row.text('period'),
        amount: row.needFigure('amount'),
        isMalus: row.text('kind') === 'malus'
    };
    if (!['', 'malus'].includes(row.text('kind')))
        row.report('CHOICE_UNKNOWN', 'kind', row.text('kind'), 'Write malus, or leave it out.');
    checkKnown(row, 'component', paid.component, [...keys(plan.components), ...keys(plan.payout)]);
    return paid;
}

/** Whether the waiver is good (reason, second approver, a gate that may be waived) is judged where the gate is: gates.ts. */
export function readException(row: RowReader, plan: Plan): GateException {
    const exception = {
        payeeId: row.needText('payee'),
        gate: row.needText('gate'),
        period: row.needText('period'),
        reason: row.text('reason'),
        requestedBy: row.text('requestedBy'),
        approvedBy: row.text('approvedBy')
    };
    const gates = plan.components.flatMap((component) => component.gates);
    checkKnown(row, 'gate', exception.gate, keys(gates));
    return exception;
}

function checkDays(row: RowReader, field: string, from: string, to: string): void {
    if (from !== '' && to !== '' && to < from)
        row.report('DATES_TURNED', field, to, `Write a day from ${from} on.`);
}

function checkKnown(row: RowReader, field: string, word: string, known: string[]): void {
    if (word === '' || known.includes(word)) return;
    const list = known.length === 0 ? 'The plan has none.' : `The plan has ${known.join(', ')}.`;
    row.report('UNKNOWN_IN_PLAN', field, word, `${didYouMean(word, known)}${list}`);
}

function keys(parts: { key: string }[]): string[] {
    return parts.map(({ key }) => key);
}
