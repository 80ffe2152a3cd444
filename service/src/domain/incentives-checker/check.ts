// The main path of the checker: a whole result against its plan and input. It shares no code with the engine: numbers, rounding,
// expressions, dates and every rule are written anew from docs/plan-language.md, so that a mistake in one shows as a difference.
// What a result says is wrong (problems) is not judged here, except that nothing may be missing without a problem; words are
// held by the seal alone.
import { Account } from './account.ts';
import { differences, type Finding } from './compare.ts';
import { asText, isTable, tables, type Data, type Table } from './data.ts';
import { derivePeriod } from './derive.ts';
import { total, type Exact } from './exact.ts';
import { CannotDerive } from './values.ts';
import { enterOpenParts } from './open-parts.ts';
import { Review } from './review.ts';
import { seals } from './seals.ts';
import { ties } from './ties.ts';
import { money, scheduled } from './written.ts';

export type { Finding };

/** Everything in the result that plan and input do not give; none: the result is right. All three as the texts of the files. */
export function checkResult(plan: string, input: string, result: string): Finding[] {
    const parts = [ofHead, ofPayees, ties, ({ told }: Review): Finding[] => seals(told.result)];
    return readable(() => {
        const review = new Review(plan, input, result);
        return distinct(parts.flatMap((part) => readable(() => part(review))));
    });
}

/** A result that is not of the shape of results is a finding, too. */
function readable(check: () => Finding[]): Finding[] {
    try {
        return check();
    } catch (error) {
        if (!(error instanceof CannotDerive)) throw error;
        return [
            { where: 'the result', told: null, derived: null, why: `it cannot be read: ${error.message}` }
        ];
    }
}

function ofHead({ plan, input, told: { result } }: Review): Finding[] {
    const head = isTable(result['plan']) ? result['plan'] : {};
    const periods = input.periods.map(({ key, from, to }) => ({ key, start: from, end: to }));
    return [
        ...differences(plan.key, head['key'], 'plan.key'),
        ...differences(plan.version, head['version'], 'plan.version'),
        ...differences(plan.currency, result['currency'], 'currency'),
        ...differences(periods, result['periods'], 'periods')
    ];
}

function ofPayees(review: Review): Finding[] {
    const told = isTable(review.told.result['payees']) ? review.told.result['payees'] : {};
    const strangers = Object.keys(told).filter((payee) => !review.input.payees.has(payee));
    const schedules: Data[] = [];
    const findings = [...review.input.payees.keys()].flatMap((payee) => ofPayee(review, payee, schedules));
    return [
        ...findings,
        ...strangers.map((payee) => ({
            where: `payees.${payee}`,
            told: 'a payee',
            derived: null,
            why: 'the input has no such payee'
        })),
        ...differences(schedules, review.told.result['schedules'], 'schedules')
    ];
}

function ofPayee(review: Review, payee: string, schedules: Data[]): Finding[] {
    const { input, told, plan } = review;
    const where = `payees.${payee}`;
    const account = new Account(payee, input.periods.length);
    enterOpenParts(review, account);
    const findings: Finding[] = [];
    const paid: Exact[] = [];
    const until = told.toldUntil(payee);
    for (const [period, { key }] of input.periods.entries()) {
        const shown = told.period(payee, period);
        const place = `${where}.periods.${key}`;
        try {
            const derived = derivePeriod(review, account, period);
            if (!shown && told.hasProblems(payee)) continue;
            findings.push(...differences(derived?.told, shown, place));
            if (derived) paid.push(derived.paid);
        } catch (error) {
            if (!(error instanceof CannotDerive)) throw error;
            if (shown || !told.hasProblems(payee)) findings.push(underivable(place, shown, error));
            if (!shown) break;
        }
    }
    const known = account.scheduled.filter(({ period }) => input.indexOf(period) < until);
    schedules.push(...known.map((one) => scheduled(payee, one, until, plan.rounding)));
    const sum = told.hasProblems(payee) ? null : money(total(paid), plan.rounding);
    return [
        ...findings,
        ...differences(sum, told.payee(payee)?.['total'], `${where}.total`),
        ...problemsOf(review, payee)
    ];
}

/** A payee's problems are those of the result, too. */
function problemsOf({ told }: Review, payee: string): Finding[] {
    const all = tables(told.result['problems']);
    const own = tables(told.payee(payee)?.['problems']);
    return own.flatMap((problem, index) =>
        all.some((one) => differences(one, problem, '').length === 0)
            ? []
            : [missing(`payees.${payee}.problems[${index}]`, asText(problem['code']))]
    );
}

function missing(where: string, told: string): Finding {
    return { where, told, derived: null, why: 'it is not among the problems of the result' };
}

function underivable(where: string, shown: Table | undefined, { message }: Error): Finding {
    const told = shown ? 'a statement' : null;
    return { where, told, derived: null, why: `it cannot be derived: ${message}` };
}

function distinct(findings: Finding[]): Finding[] {
    const seen = new Set<string>();
    return findings.filter((finding) => {
        const key = JSON.stringify(finding);
        return !seen.has(key) && seen.add(key);
    });
}
