// An input file (JSON) to the typed input, with every problem at once. What is wrong about a payee or a transaction concerns
// those it names; everybody else can still be calculated. What is wrong about the whole (no JSON, no periods, a list nobody
// knows) leaves no input. What only shows while calculating (unknown originals, shares, currencies) is the engine's to tell.
import { ProblemError, type Problem } from '../problem.ts';
import { parseExactJson, shown, type Json } from './input-file/exact-json.ts';
import { checkPeople } from './input-file/check-people.ts';
import {
    EVERYBODY,
    readAssignment,
    readException,
    readFact,
    readOpening,
    readPaid,
    readPayee,
    readQuotaAmount
} from './input-file/people.ts';
import { readDecision, readScheduled } from './input-file/open-rows.ts';
import { readPeriods } from './input-file/periods.ts';
import { readRate, withRatesTwice } from './input-file/rates.ts';
import { RowReader } from './input-file/row-reader.ts';
import { readTransaction } from './input-file/transactions.ts';
import type { CalculationInput, ExchangeRate, Transaction, TrancheDecision, WrongPayee } from './input.ts';
import type { Plan } from './plan.ts';

export function parseInput(
    json: string,
    plan: Plan
): { input: CalculationInput | null; problems: Problem[] } {
    try {
        return new InputReader(parseExactJson(json, 'the input'), plan).read();
    } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        return { input: null, problems: [error.problem] };
    }
}

/** Whom a row is about; all where it is about everybody. */
type Concerned = string[] | 'all';

class InputReader {
    readonly #top: RowReader;
    readonly #plan: Plan;
    /** of single rows */
    readonly #rowProblems: Problem[] = [];
    readonly #wrong: { concerned: Concerned; problem: Problem }[] = [];

    constructor(json: Json, plan: Plan) {
        this.#top = new RowReader(json, 'the input');
        this.#plan = plan;
    }

    read(): { input: CalculationInput | null; problems: Problem[] } {
        const plan = this.#plan;
        const periods = readPeriods(this.#top, plan);
        if (!this.#top.has('payees'))
            this.#top.report('MISSING', 'payees', '', 'Write payees: [{ "id": "rep" }].');
        const input: CalculationInput = {
            periods,
            payees: this.#rows('payees', 'payee', 'id', readPayee, ({ id }) => (id === '' ? [] : [id])),
            assignments: this.#rows('assignments', 'assignment of', 'payee', readAssignment, ofPayee),
            transactions: this.#rows(
                'transactions',
                'transaction',
                'id',
                (row) => readTransaction(row, plan),
                () => []
            ),
            quotas: this.#rows(
                'quotas',
                'quota of',
                'payee',
                (row) => readQuotaAmount(row, plan, periods),
                ofPayee
            ),
            facts: this.#rows('facts', 'fact', 'name', readFact, ofPayee),
            openings: this.#rows('opening', 'opening of', 'payee', (row) => readOpening(row, plan), ofPayee),
            paid: this.#rows('paid', 'paid to', 'payee', (row) => readPaid(row, plan), ofPayee),
            scheduled: this.#rows('scheduled', 'scheduled for', 'payee', readScheduled, ofPayee),
            malus: [...this.#decisions('malus'), ...this.#decisions('clawback')],
            exchangeRates: this.#rates(),
            exceptions: this.#rows(
                'exceptions',
                'exception of',
                'payee',
                (row) => readException(row, plan),
                ofPayee
            ),
            wrongPayees: []
        };
        this.#top.reportUnknown();
        input.transactions.sort(byDateAndId);
        for (const { problem, concerned } of checkPeople(input, plan)) this.#tell(problem, concerned);
        const problems = [...this.#top.problems, ...this.#rowProblems];
        if (this.#top.problems.length > 0) return { input: null, problems };
        return { input: { ...input, wrongPayees: this.#wrongPayees(input) }, problems };
    }

    #decisions(kind: TrancheDecision['kind']): TrancheDecision[] {
        const read = (row: RowReader): TrancheDecision => readDecision(row, kind, this.#plan);
        return this.#rows(kind, `${kind} of`, 'payee', read, ofPayee);
    }

    #rates(): ExchangeRate[] {
        const { rates, problems } = withRatesTwice(this.#rows('rates', 'rate', 'date', readRate, () => []));
        for (const problem of problems) this.#tell(problem, []);
        return rates;
    }

    /** Rows of one list; `about` names them in problems by their field `name`, e.g. `transaction t1`. */
    #rows<T>(
        field: string,
        about: string,
        name: string,
        read: (row: RowReader) => T,
        concerned: (value: T) => Concerned
    ): T[] {
        return this.#items(field).map((json, index) => {
            const place = placeOf(json, about, name) ?? `${field}[${index + 1}]`;
            const row = new RowReader(json, place);
            const value = read(row);
            row.reportUnknown();
            for (const problem of row.problems) this.#tell(problem, concerned(value));
            return value;
        });
    }

    #items(field: string): Json[] {
        const list = this.#top.json(field);
        if (Array.isArray(list)) return list;
        if (list !== undefined) this.#top.report('LIST_WANTED', field, shown(list), 'Write a list: [ ... ].');
        return [];
    }

    #tell(problem: Problem, concerned: Concerned): void {
        this.#rowProblems.push(problem);
        this.#wrong.push({ problem, concerned });
    }

    #wrongPayees({ payees }: CalculationInput): WrongPayee[] {
        const known = new Set(payees.map(({ id }) => id));
        return this.#wrong.flatMap(({ problem, concerned }) => {
            const isAboutAll = concerned === 'all' || concerned.some((id) => id === '' || id === EVERYBODY);
            const ids = isAboutAll ? [...known] : concerned.filter((id) => known.has(id));
            return ids.map((payeeId) => ({ payeeId, problem }));
        });
    }
}

function ofPayee({ payeeId }: { payeeId: string }): Concerned {
    return [payeeId];
}

function byDateAndId(a: Transaction, b: Transaction): number {
    if (a.date !== b.date) return a.date < b.date ? -1 : 1;
    return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/** null where the row does not say whose or which it is */
function placeOf(json: Json, about: string, name: string): string | null {
    const id =
        typeof json === 'object' && json !== null && name in json ? (json as Record<string, Json>)[name] : '';
    const text = shown(id);
    return text === '' ? null : `${about} ${text}`;
}
