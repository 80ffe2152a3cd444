// Why a transaction cannot take back or restate another: it is not there, comes later, is wrong itself, or takes back a sale.
import { ProblemError } from '../problem.ts';
import type { Transaction } from './input.ts';

/** @param original the transaction it names, as the input has it */
export function originalUnknown(
    { id, date, ...links }: Transaction,
    field: 'reverses' | 'amends',
    original: Transaction | undefined
): ProblemError {
    const named = links[field];
    const of = (code: string, fix: string): ProblemError =>
        new ProblemError({ code, where: `transaction ${id}, ${field}`, value: named, fix });
    if (original && original.reverses !== '')
        return of(
            'ORIGINAL_IS_REVERSAL',
            `${named} takes back ${original.reverses}, and what is taken back cannot come back by its id: ` +
                'leave both out where it was a mistake, or give the sale again as a new transaction.'
        );
    if (original && (original.problem || original.date <= date))
        return of('ORIGINAL_UNKNOWN', `Correct ${named} first: it is left out because of its own problem.`);
    if (original)
        return of(
            'ORIGINAL_UNKNOWN',
            `${named} is of ${original.date}, later than this: correct one of the two dates.`
        );
    const orPaid = field === 'reverses' ? ', or what was paid for it under paid' : '';
    return of('ORIGINAL_UNKNOWN', `Give transaction ${named} with an earlier date${orPaid}.`);
}
