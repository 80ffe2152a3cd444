// On which days a payee is on the plan, and the payee's fields on a day or in a period. Without assignments everybody is on
// the plan from their start to their end.
import { ProblemError } from '../problem.ts';
import { Ratio } from '../ratio.ts';
import type { Books } from './books.ts';
import { addDays } from './dates.ts';
import type { Value } from './expression.ts';
import type { Assignment, Payee } from './input.ts';
import type { IsoDay, Plan } from './plan.ts';
import { daysOf, monthsOf, overlap, type Span } from './plan-calendar.ts';

/** From assignment to assignment, or from start to end of the payee; within the plan's own dates. */
export function termsOf(
    { start, end }: Payee,
    assignments: readonly Assignment[],
    { effectiveFrom, effectiveTo }: Pick<Plan, 'effectiveFrom' | 'effectiveTo'>
): Books['terms'] {
    const given = assignments.length > 0 ? assignments : [{ from: start || effectiveFrom, to: end || null }];
    return given
        .map(({ from, to }) => ({
            from: from > effectiveFrom ? from : effectiveFrom,
            to: earlier(to, effectiveTo)
        }))
        .filter(({ from, to }) => to === null || from <= to);
}

function earlier(a: IsoDay | null, b: IsoDay | null): IsoDay | null {
    if (a === null || b === null) return a ?? b;
    return a < b ? a : b;
}

/** Whether the plan pays the payee for what happens on the day. */
export function isOnPlan(books: Books, day: IsoDay): boolean {
    if (books.assignments.length === 0) return true;
    return books.assignments.some(({ from, to }) => from <= day && (to === null || day <= to));
}

/** The parts of a span in which the payee is on the plan, in order, each day once. */
export function assignedSpans(books: Books, span: Span): Span[] {
    const spans: Span[] = [];
    for (const { from, to } of books.terms) {
        const last = spans.at(-1);
        const begin = last && from <= last.end ? addDays(last.end, 1) : from;
        const part = overlap(span, begin, to);
        if (part) spans.push(part);
    }
    return spans;
}

export function assignedDays(books: Books, span: Span): number {
    return assignedSpans(books, span).reduce((sum, part) => sum + daysOf(part), 0);
}

export function assignedMonths(books: Books, span: Span): number {
    return assignedSpans(books, span).reduce((sum, part) => sum + monthsOf(part), 0);
}

/** First day of the payee on the plan; '' where nothing says it. */
export function firstDay(books: Books): IsoDay | '' {
    return books.assignments[0]?.from ?? books.payee.start;
}

/** A field of the assignment in force on the day, else of the payee. */
export function fieldOn(books: Books, name: string, day: IsoDay): Value | undefined {
    const inForce = books.assignments.findLast(({ from, to }) => from <= day && (to === null || day <= to));
    return inForce?.fields[name] ?? payeeField(books, name);
}

/** Whom the payee reports to on the day: the manager of the assignment in force, else of the payee; '' for nobody. */
export function managerOn(books: Books, day: IsoDay): string {
    return String(fieldOn(books, 'manager', day) ?? '');
}

/** A field that must be the same all through the period. */
export function fieldIn(books: Books, name: string, period: Span, where: string): Value | undefined {
    const inForce = books.assignments.filter(({ from, to }) => overlap(period, from, to) !== null);
    const latest = inForce.at(-1) ?? books.assignments.findLast(({ from }) => from <= period.end);
    const value = latest?.fields[name] ?? payeeField(books, name);
    const other = inForce.find(({ fields }) => !isSame(fields[name] ?? payeeField(books, name), value));
    if (other === undefined) return value;
    throw new ProblemError({
        code: 'CHANGES_IN_PERIOD',
        where,
        value: `payee.${name}`,
        fix: `It changes on ${latest!.from}. Give periods that end before the change, or use it per credit.`
    });
}

function payeeField({ payee }: Books, name: string): Value | undefined {
    const own = payee.fields[name];
    if (own !== undefined) return own;
    if (name === 'id') return payee.id;
    const known = { manager: payee.managerId, start: payee.start, end: payee.end }[name];
    return known === '' ? undefined : known;
}

function isSame(a: Value | undefined, b: Value | undefined): boolean {
    return a instanceof Ratio && b instanceof Ratio ? a.equals(b) : a === b;
}
