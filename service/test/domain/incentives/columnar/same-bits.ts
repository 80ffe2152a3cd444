// Whether two runs over the same rows came to the same numbers, array by array. Payees calculated exactly are compared by their
// exact figures, as what the arrays hold of them is not read.
import { figuresOf } from '../../../../src/domain/incentives/columnar/figures-of.ts';
import type { Run } from '../../../../src/domain/incentives/columnar/run.ts';

const PAY = ['earning', 'due', 'after', 'paid', 'tranches'] as const;
const SUMS = ['total', 'below'] as const;

/** Names of the first numbers that differ. */
export function differingBits(a: Run, b: Run): string[] {
    const { people } = a.program;
    const isExact = (cell: number): boolean => a.exact.has(Math.floor(cell / people.periods));
    const found: string[] = [];
    if ([...a.exact.keys()].sort().join() !== [...b.exact.keys()].sort().join())
        found.push('payees calculated exactly');
    const compare = (name: string, x: Float64Array, y: Float64Array): void => {
        const cell = x.findIndex((value, index) => value !== y[index] && !isExact(index % people.cells));
        if (cell !== -1) found.push(`${name} ${cell}: ${x[cell]} and ${y[cell]}`);
    };
    for (const name of PAY) compare(name, a.pay[name], b.pay[name]);
    for (const name of SUMS) compare(name, a.frame[name], b.frame[name]);
    compare('opening', a.opening, b.opening);
    for (const payee of a.exact.keys().filter((one) => b.exact.has(one)))
        for (const period of people.context.periods.keys()) {
            const [x, y] = [figuresOf(a, payee, period), figuresOf(b, payee, period)].map(exactText);
            if (x !== y) found.push(`exact payee ${payee}, period ${period}`);
        }
    return found;
}

export function exactText({
    earning,
    due,
    after,
    paid,
    tranches,
    opening,
    added
}: ReturnType<typeof figuresOf>): string {
    return [earning, due, after, paid, tranches, opening, added].flat(2).join();
}
