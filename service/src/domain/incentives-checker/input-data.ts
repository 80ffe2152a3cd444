// What the input says, found by payee, day and name, for the checker.
import { asNumber, asText, asValue, isTable, readJson, tables, type Data, type Table } from './data.ts';
import { daysIn, monthsIn, plusDays, type Span } from './days.ts';
import { total, ZERO, type Exact } from './exact.ts';
import { CannotDerive, isSameValue, shown, type Value } from './values.ts';
import { periodsOf, type Period } from './periods.ts';
import type { PlanData } from './plan-data.ts';

export class InputData {
    readonly periods: readonly Period[];
    readonly payees: ReadonlyMap<string, Table>;
    /** in order of events */
    readonly transactions: readonly Table[];
    readonly #input: Table;
    readonly #effective: Span;

    constructor(json: string, plan: PlanData) {
        this.#input = readJson(json, 'the input');
        this.#effective = plan.effective;
        this.periods = periodsOf(this.#input, plan);
        const payees = tables(this.#input['payees']).map((payee): [string, Table] => [
            asText(payee['id']),
            payee
        ]);
        this.payees = new Map(payees.sort(([a], [b]) => (a < b ? -1 : 1)));
        this.transactions = tables(this.#input['transactions']).sort(inOrderOfEvents);
    }

    indexOf(period: string): number {
        return this.periods.findIndex(({ key }) => key === period);
    }

    list(name: string): Table[] {
        return tables(this.#input[name]);
    }

    /** Index of the period of a day; -1 before the first, undefined outside all. */
    periodOf(day: string): number | undefined {
        const index = this.periods.findIndex(({ from, to }) => from <= day && day <= to);
        return index >= 0 ? index : day < this.periods[0]!.from ? -1 : undefined;
    }

    /** The most particular fact: of payee and period, payee, period, all. */
    fact(name: string, payee: string, period: string): Value | undefined {
        const given = this.list('facts').filter((fact) => fact['name'] === name);
        const places: [string, string][] = [
            [payee, period],
            [payee, ''],
            ['', period],
            ['', '']
        ];
        for (const [who, when] of places) {
            const fact = given.find((one) => asText(one['payee']) === who && asText(one['period']) === when);
            if (fact) return asValue(fact['value']);
        }
        return undefined;
    }

    /** Sum of a measure before the first period. */
    /** `scope`: of one value the measure is kept apart by; null: of all. */
    opening(payee: string, measure: string, scope: string | null): Exact {
        const rows = this.list('opening').filter(
            (row) =>
                asText(row['payee']) === payee &&
                asText(row['measure']) === measure &&
                (scope === null || asText(row['scope']) === scope)
        );
        return total(rows.map((row) => asNumber(row['amount'], 'opening')));
    }

    /** What earlier runs paid and took back of a sale and what amends it. */
    paidForSale(payee: string, root: string): Table[] {
        const own = this.list('paid').filter((row) => asText(row['payee']) === payee);
        return own.filter((row) => this.#rootOf(asText(row['transaction'])) === root);
    }

    /** Whether a row of what was paid is what a reversal took back. */
    isReversal(paid: Table): boolean {
        return asText(this.#transaction(asText(paid['transaction']))['reverses']) !== '';
    }

    #rootOf(id: string, depth = 0): string {
        const { amends, reverses } = this.#transaction(id);
        const next = asText(amends) || asText(reverses);
        return next === '' || depth > this.transactions.length ? id : this.#rootOf(next, depth + 1);
    }

    #transaction(id: string): Table {
        return this.transactions.find((row) => asText(row['id']) === id) ?? {};
    }

    isOnPlan(payee: string, day: string): boolean {
        return (
            this.list('assignments').length === 0 ||
            this.#assignments(payee).some((one) => isInForce(one, day))
        );
    }

    /** Days of the span on the plan, each once, while the plan is in force. */
    assignedSpans(payee: string, span: Span): Span[] {
        const rows = this.#assignments(payee);
        const person = this.payees.get(payee) ?? {};
        const isFree = this.list('assignments').length === 0;
        const terms = isFree ? [{ from: person['start'] ?? '', to: person['end'] ?? '' }] : rows;
        const spans: Span[] = [];
        for (const term of terms) {
            const begun = [
                asText(term['from']),
                spans.length > 0 ? plusDays(spans.at(-1)!.to, 1) : '',
                span.from,
                this.#effective.from
            ]
                .sort()
                .at(-1)!;
            const ended = [asText(term['to']) || span.to, span.to, this.#effective.to].sort()[0]!;
            if (begun <= ended) spans.push({ from: begun, to: ended });
        }
        return spans;
    }

    assignedDays(payee: string, span: Span): number {
        return this.assignedSpans(payee, span).reduce((sum, part) => sum + daysIn(part), 0);
    }

    assignedMonths(payee: string, span: Span): number {
        return this.assignedSpans(payee, span).reduce((sum, part) => sum + monthsIn(part), 0);
    }

    /** The day the payee began; '' where nothing says it. */
    beginning(payee: string): string {
        return asText(this.payees.get(payee)?.['start']) || this.firstDay(payee);
    }

    /** The first day on the plan; '' where nothing says it. */
    firstDay(payee: string): string {
        return asText(this.#assignments(payee)[0]?.['from']) || asText(this.payees.get(payee)?.['start']);
    }

    /** A field of the assignment in force on the day, else of the payee. */
    fieldOn(payee: string, name: string, day: string): Value | undefined {
        const inForce = this.#assignments(payee).findLast((one) => isInForce(one, day));
        return this.#field(payee, name, inForce);
    }

    /** The manager of the assignment in force on the day, else of the payee; '' for nobody. */
    managerOn(payee: string, day: string): string {
        return shown(this.fieldOn(payee, 'manager', day) ?? '');
    }

    /** A field that is the same all through the span. */
    fieldIn(payee: string, name: string, { from, to }: Span): Value | undefined {
        const rows = this.#assignments(payee);
        const meeting = rows.filter((one) => asText(one['from']) <= to && (asText(one['to']) || to) >= from);
        const latest = meeting.at(-1) ?? rows.findLast((one) => asText(one['from']) <= to);
        const value = this.#field(payee, name, latest);
        for (const one of meeting) {
            const other = this.#field(payee, name, one);
            const isOther =
                (other === undefined) !== (value === undefined) ||
                (other !== undefined && !isSameValue(other, value!));
            if (isOther) throw new CannotDerive(`payee.${name} changes between ${from} and ${to}`);
        }
        return value;
    }

    #field(payee: string, name: string, assignment: Table | undefined): Value | undefined {
        const isOwn = assignment !== undefined && !['payee', 'from', 'to'].includes(name);
        const own = isOwn ? asValue(assignment[name] ?? null) : undefined;
        if (own !== undefined) return own;
        const value = asValue(this.payees.get(payee)?.[name] ?? null);
        return ['manager', 'start', 'end'].includes(name) && value === '' ? undefined : value;
    }

    #assignments(payee: string): Table[] {
        const rows = this.list('assignments').filter((row) => asText(row['payee']) === payee);
        return rows.sort((a, b) => (asText(a['from']) < asText(b['from']) ? -1 : 1));
    }
}

/** Words and figures of a map, e.g. a transaction's splits. */
export function wordsOf(data: Data | undefined): [string, Data][] {
    return isTable(data) ? Object.entries(data) : [];
}

/** Null where it was not given. */
export function numberIn(row: Table, field: string): Exact | null {
    const given = row[field];
    return given === undefined || given === null ? null : asNumber(given, field);
}

export function sumOfField(rows: readonly Table[], field: string): Exact {
    return total(rows.map((row) => numberIn(row, field) ?? ZERO));
}

function isInForce(assignment: Table, day: string): boolean {
    const to = asText(assignment['to']);
    return asText(assignment['from']) <= day && (to === '' || day <= to);
}

/** Date, on one day sales before what reverses or amends one, id: as text that sorts so. */
export function placeInTime(row: Table): string {
    const isLink = asText(row['reverses']) !== '' || asText(row['amends']) !== '';
    return `${asText(row['date'])} ${isLink ? 1 : 0} ${asText(row['id'])}`;
}

function inOrderOfEvents(a: Table, b: Table): number {
    return placeInTime(a) < placeInTime(b) ? -1 : 1;
}
