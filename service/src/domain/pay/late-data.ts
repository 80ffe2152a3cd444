// What closed periods would pay now and did not: lines of the open period, dated by the sale. Published lines never change; a line
// that corrects one names it. What later lines have corrected already is not corrected twice.
import { sumOf } from '../ratio.ts';
import { amountOf, cents } from './figures.ts';
import { EMPTY_LINE } from './statement-lines.ts';
import type { PublishedLine } from './pay-facts.ts';
import type { Statement, StatementLine } from './statement.ts';

const LATE = 'late';

/** @param now the closed period's statement as it is calculated now
 *  @param published all published lines of the payee under the plan */
export function lateLines(now: Statement, published: readonly PublishedLine[]): StatementLine[] {
    if (now.total === null) return [];
    const own = published.filter(({ statementKey }) => statementKey === now.key);
    const before = new Map(own.map((line) => [lineKeyOf(line), line]));
    const calculated = new Map(now.lines.map((line) => [line.key, line]));
    const corrections = Map.groupBy(
        published.filter((line) => isLateFor(line, now.periodKey)),
        (line) => lineKeyOf(line).slice(prefixOf(now.periodKey).length)
    );
    const keys = new Set([
        ...calculated.keys(),
        ...[...before].filter(([, line]) => belongsToPeriod(line)).map(([key]) => key),
        ...corrections.keys()
    ]);
    return [...keys].flatMap((key) => {
        const should = calculated.get(key);
        const was = before.get(key);
        const corrected = corrections.get(key) ?? [];
        const paid = sumOf([...(was ? [was] : []), ...corrected].map(({ amount }) => amountOf(amount)));
        const missing = amountOf(should?.amount ?? '0').minus(paid);
        if (missing.isZero) return [];
        const amounts = { paid: cents(paid), should: should?.amount ?? '0.00' };
        return [lateLine(now, key, cents(missing), amounts, should, was ?? corrected[0])];
    });
}

function lateLine(
    { periodKey }: Statement,
    key: string,
    amount: string,
    { paid, should: due }: { paid: string; should: string },
    should: StatementLine | undefined,
    was: PublishedLine | undefined
): StatementLine {
    const isCorrection = was !== undefined && !lineKeyOf(was).startsWith(`${LATE}:`);
    const inputs = [
        { name: 'calculated now', value: due },
        { name: 'paid before', value: paid }
    ];
    const step = { what: `late data of ${periodKey}`, rule: `periods.${periodKey}`, inputs, result: amount };
    return {
        ...EMPTY_LINE,
        key: prefixOf(periodKey) + key,
        kind: isCorrection ? 'Correction' : 'Adjustment',
        title: `${should?.title ?? was?.title ?? key}, late data of ${periodKey}`.slice(0, 255),
        component: should?.component ?? was?.component ?? LATE,
        transaction: should?.transaction ?? was?.transaction ?? '',
        date: should?.date ?? (was?.date || null),
        amount,
        working: { bands: [], steps: [step] },
        corrects: isCorrection ? was.key : '',
        settles: was ? '' : (should?.settles ?? '')
    };
}

/** Lines that carry late data or adjustments come from outside the period's own calculation. */
export function belongsToPeriod(line: PublishedLine): boolean {
    return line.kind !== 'Correction' && line.kind !== 'Adjustment';
}

function isLateFor(line: PublishedLine, periodKey: string): boolean {
    return lineKeyOf(line).startsWith(prefixOf(periodKey));
}

function prefixOf(periodKey: string): string {
    return `${LATE}:${periodKey}:`;
}

function lineKeyOf({ key, statementKey }: PublishedLine): string {
    return key.slice(statementKey.length + 1);
}
