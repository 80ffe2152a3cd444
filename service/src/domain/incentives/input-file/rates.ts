// Exchange rates of an input file. One with something wrong stays in the list with its problem: whoever needs it is told, everybody
// else is calculated (exchange-rate.ts).
import type { Problem } from '../../problem.ts';
import type { ExchangeRate } from '../input.ts';
import type { RowReader } from './row-reader.ts';

export function readRate(row: RowReader): ExchangeRate {
    const rate = {
        from: row.needText('from'),
        to: row.needText('to'),
        date: row.needDay('date'),
        rate: row.needFigure('rate')
    };
    if (row.problems.length === 0 && rate.rate.sign <= 0)
        row.report('RATE_INVALID', 'rate', rate.rate.toString(), 'Write a rate above 0.');
    row.reportUnknown();
    const [problem] = row.problems;
    return problem ? { ...rate, problem } : rate;
}

/** Two rates of one day for the same currencies: which is meant cannot be told. */
export function withRatesTwice(rates: readonly ExchangeRate[]): {
    rates: ExchangeRate[];
    problems: Problem[];
} {
    const first = new Map<string, ExchangeRate>();
    const problems: Problem[] = [];
    const marked = rates.map((rate) => {
        const key = `${rate.from} ${rate.to} ${rate.date}`;
        const other = first.get(key);
        if (!other) first.set(key, rate);
        if (!other || rate.problem || other.problem || other.rate.equals(rate.rate)) return rate;
        const problem = rateTwice(rate, other);
        problems.push(problem);
        return { ...rate, problem };
    });
    return { rates: marked, problems };
}

function rateTwice({ from, to, date, rate }: ExchangeRate, other: ExchangeRate): Problem {
    return {
        code: 'RATE_TWICE',
        where: `rate ${date}, ${from} to ${to}`,
        value: `${other.rate.toString()} and ${rate.toString()}`,
        fix: 'Keep one of the two rates of this day.'
    };
}
