// What a pack asks for a person's year: every requirement as a figure, with the figures it rests on and their sources. A fact that
// was not given makes the requirement unknown, not absent. The figures are compared with an award's terms by check-award.ts.
import { ProblemError, type Problem } from '../../problem.ts';
import { larger, Ratio, smaller } from '../../ratio.ts';
import { figure, truth, type Scope } from '../evaluate.ts';
import { namesIn, type Expression, type Value } from '../expression.ts';
import type { Fields } from '../input.ts';
import type { IsoDay } from '../plan.ts';
import { amountOf, termOf, type AwardTerms } from './award-terms.ts';
import { citationOf, figureUsed, type FigureUsed } from './finding.ts';
import type { Requirement, RulePack, Subject } from './rule-pack.ts';

export interface PersonYear {
    id: string;
    /** first day of the performance year */
    yearStart: IsoDay;
    fixed: Ratio;
    variable: Ratio;
    /** facts rules ask for, as `person.x`, e.g. `isSeniorManager` */
    facts: Fields;
}

export interface Asked {
    requirement: string;
    subject: Subject;
    bound: 'least' | 'most';
    /** null: could not be said, see `problem` */
    amount: Ratio | null;
    problem: Problem | null;
    /** why nothing is asked: the exemption that holds; '' where it is asked */
    exemptBy: string;
    citation: string;
    figures: FigureUsed[];
}

/** Requirements that apply, in the order of the pack. Those of parts of the award (`deferred`, `upfront`) look at the award where
 *  there is one, else at the least that may be deferred. */
export function requirementsFor(
    pack: RulePack,
    person: PersonYear,
    award: AwardTerms | null = null
): Asked[] {
    const asked: Asked[] = [];
    for (const requirement of pack.requirements) {
        if (requirement.until !== null && person.yearStart > requirement.until) continue;
        const one = ask(pack, requirement, scopeOf(pack, person, award, asked));
        if (one) asked.push(one);
    }
    return asked;
}

/** Null where its condition does not hold. */
function ask(pack: RulePack, requirement: Requirement, scope: Scope): Asked | null {
    const { key, subject, bound, amount, when, source, clause } = requirement;
    const exemptions = pack.exemptions.filter(({ lifts }) => lifts.includes(subject));
    const expressions = [amount, ...(when ? [when] : []), ...exemptions.map((one) => one.when)];
    const base = {
        requirement: key,
        subject,
        bound,
        citation: citationOf(pack, source, clause),
        figures: figuresIn(pack, expressions)
    };
    try {
        if (when !== null && !truth(when, scope)) return null;
        const exemption = exemptions.find((one) => truth(one.when, scope));
        if (exemption) return { ...base, amount: null, problem: null, exemptBy: exemption.key };
        return { ...base, amount: figure(amount, scope), problem: null, exemptBy: '' };
    } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        return { ...base, amount: null, problem: error.problem, exemptBy: '' };
    }
}

function figuresIn(pack: RulePack, expressions: readonly Expression[]): FigureUsed[] {
    const keys = new Set(
        expressions.flatMap(namesIn).flatMap(([root, key]) => (root === 'figure' ? [key] : []))
    );
    return pack.figures.filter(({ key }) => keys.has(key)).map((one) => figureUsed(pack, one));
}

function scopeOf(
    pack: RulePack,
    person: PersonYear,
    award: AwardTerms | null,
    asked: readonly Asked[]
): Scope {
    const variable = award ? amountOf(award) : person.variable;
    const deferred = (): Ratio =>
        (award && term(award, 'deferredPart')) ?? askedOf(asked, 'deferredPart') ?? Ratio.ZERO;
    return {
        where: `${pack.key}, ${person.id}`,
        name([root, key]): Value | undefined {
            switch (root) {
                case 'variable':
                    return variable;
                case 'fixed':
                    return person.fixed;
                case 'total':
                    return person.fixed.plus(variable);
                case 'deferred':
                    return deferred();
                case 'upfront':
                    return variable.minus(deferred());
                case 'deferralMonths':
                    return (
                        (award && term(award, 'deferralMonths')) ??
                        askedOf(asked, 'deferralMonths') ??
                        Ratio.ZERO
                    );
                case 'figure':
                    return pack.figures.find((one) => one.key === key)?.value;
                default:
                    return key === undefined ? undefined : person.facts[key];
            }
        },
        missing: ([, fact]) => ({
            code: 'FACT_MISSING',
            where: `${pack.key}, ${person.id}`,
            value: fact ?? '',
            fix: `Say ${fact} of ${person.id}: true, false or a figure.`
        }),
        table: () => {
            throw new Error('rule packs have no tables');
        },
        group: () => null
    };
}

function term(award: AwardTerms, subject: Subject): Ratio | null {
    return termOf(award, subject, { firstMonths: 0, deferralMonths: 0 });
}

/** The strictest figure asked for a subject; null where none is. */
export function askedOf(asked: readonly Asked[], subject: Subject): Ratio | null {
    const amounts = asked.flatMap((one) => (one.subject === subject && one.amount ? [one] : []));
    if (amounts.length === 0) return null;
    return amounts.map(({ amount }) => amount!).reduce(amounts[0]!.bound === 'least' ? larger : smaller);
}
