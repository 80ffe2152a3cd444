// Which facts count: of allowed signals, about known people in days they were with the firm, not from the future, each once. What does not
// count is named with its reason; nothing is dropped silently.
import { formatDay, MS_PER_DAY } from '../calendar.ts';
import { didYouMean } from '../incentives/nearest.ts';
import type { DayNumber } from '../pipeline/types.ts';
import type { Problem } from '../problem.ts';
import { inOrder } from './columns/fact-table.ts';
import { firstDayOf, monthNumberOf } from './months.ts';
import type { Fact, Person, Signal } from './types.ts';
import { LARGEST_UNITS } from './units.ts';

/** A fact stands for at most so many observations. */
const MOST_OBSERVATIONS = 1_000_000;

export interface AdmittedFacts {
    facts: Fact[];
    /** the same fact again, or an older extract of it */
    duplicates: number;
    rejected: { fact: Fact; problem: Problem }[];
}

export function admitFacts(
    facts: readonly Fact[],
    signals: ReadonlyMap<string, Signal>,
    people: ReadonlyMap<string, Person>,
    asOf: DayNumber
): AdmittedFacts {
    const rejected: AdmittedFacts['rejected'] = [];
    const good = facts.filter((fact) => {
        const problem = problemOfFact(fact, signals, asOf) ?? problemOfPerson(fact, people);
        if (problem) rejected.push({ fact, problem });
        return problem === null;
    });
    const newest = new Map<string, Fact>();
    for (const fact of good.toSorted(inOrder))
        newest.set(`${fact.source}\n${fact.sourceId}`, newer(fact, newest));
    return { facts: [...newest.values()], duplicates: good.length - newest.size, rejected };
}

/** Of two extracts of one fact the later one; of the same extract the one with more to tell, so that order does not matter. */
function newer(fact: Fact, known: ReadonlyMap<string, Fact>): Fact {
    const before = known.get(`${fact.source}\n${fact.sourceId}`);
    if (!before || fact.extractedAt > before.extractedAt) return fact;
    if (fact.extractedAt < before.extractedAt) return before;
    return JSON.stringify(fact) > JSON.stringify(before) ? fact : before;
}

function placeOfFact({ source, sourceId, signal }: Fact): string {
    return `fact ${source} ${sourceId} (${signal})`;
}

/** What is wrong with a fact by itself, or null: also what an import asks before it stores one. */
export function problemOfFact(
    fact: Fact,
    signals: ReadonlyMap<string, Signal>,
    asOf: DayNumber
): Problem | null {
    const found = (code: string, value: string, fix: string): Problem => ({
        code,
        where: placeOfFact(fact),
        value,
        fix
    });
    const signal = signals.get(fact.signal);
    if (!signal) {
        const meant = didYouMean(fact.signal, signals.keys());
        return found(
            'SIGNAL_NOT_ALLOWED',
            fact.signal,
            `${meant}Only signals on the list with a purpose are kept.`
        );
    }
    if (fact.day > asOf)
        return found(
            'FACT_IN_FUTURE',
            formatDay(fact.day),
            `Send it when it has happened; today is ${formatDay(asOf)}.`
        );
    const oldest = firstDayOf(monthNumberOf(asOf) - signal.retentionMonths);
    if (fact.day < oldest && signal.grain === 'event')
        return found(
            'FACT_TOO_OLD',
            formatDay(fact.day),
            `${signal.name} is kept for ${signal.retentionMonths} months; leave out what is older.`
        );
    if (!Number.isSafeInteger(fact.n) || fact.n < 1 || fact.n > MOST_OBSERVATIONS)
        return found(
            'SAMPLE_INVALID',
            String(fact.n),
            'Write how many observations it stands for, at least 1.'
        );
    if (!Number.isSafeInteger(fact.value) || Math.abs(fact.value * fact.n) > LARGEST_UNITS)
        return found('VALUE_INVALID', String(fact.value), 'Write a number below ninety thousand million.');
    if (signal.grain === 'level' && fact.n !== 1)
        return found(
            'SAMPLE_INVALID',
            String(fact.n),
            'A level is one observation of one subject: leave n out.'
        );
    return problemOfAttributes(fact, signal, found);
}

function problemOfAttributes(
    fact: Fact,
    signal: Signal,
    found: (code: string, value: string, fix: string) => Problem
): Problem | null {
    for (const [name, value] of Object.entries(fact.attributes)) {
        const known = signal.attributes[name] ?? [];
        if (known.includes(value)) continue;
        const allowed = known.length > 0 ? `Write one of ${known.join(', ')}.` : `Leave ${name} out.`;
        return found('ATTRIBUTE_UNKNOWN', `${name}: ${value}`, `${didYouMean(value, known)}${allowed}`);
    }
    return null;
}

function problemOfPerson(fact: Fact, people: ReadonlyMap<string, Person>): Problem | null {
    const person = people.get(fact.person);
    const found = (code: string, value: string, fix: string): Problem => ({
        code,
        where: placeOfFact(fact),
        value,
        fix
    });
    if (!person) return found('PERSON_UNKNOWN', fact.person, 'Name a person who has a role.');
    if (person.left !== null && fact.day > person.left)
        return found(
            'FACT_AFTER_LEAVING',
            formatDay(fact.day),
            `The person left on ${formatDay(person.left)}; name who was there.`
        );
    if (fact.day < person.joined)
        return found(
            'FACT_BEFORE_JOINING',
            formatDay(fact.day),
            `The person joined on ${formatDay(person.joined)}; name who was there.`
        );
    return null;
}

/** By signal: last day of which its sources have told everything. Records of the org tell up to the day of the run; a source that is
 *  imported has told the day before its newest extract, for every signal it ever delivered. */
export function deliveredThrough(
    facts: readonly Fact[],
    signals: readonly Signal[],
    asOf: DayNumber
): Map<string, DayNumber> {
    const bySource = new Map<string, DayNumber>();
    const sourcesOf = new Map<string, Set<string>>();
    for (const { source, signal, extractedAt } of facts) {
        const day = Math.floor(extractedAt / MS_PER_DAY) - 1;
        bySource.set(source, Math.max(day, bySource.get(source) ?? -Infinity));
        sourcesOf.set(signal, (sourcesOf.get(signal) ?? new Set()).add(source));
    }
    return new Map(
        signals.map(({ id, source }) => {
            if (source === 'crm') return [id, asOf];
            const days = [...(sourcesOf.get(id) ?? [])].map((one) => bySource.get(one)!);
            return [id, days.length > 0 ? Math.min(asOf, ...days) : -Infinity];
        })
    );
}
