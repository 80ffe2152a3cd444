// Kinds of transactions: each combination of the fields a plan asks for. What a rule does with a kind is worked out once, by the
// same evaluator as in the reference engine: whether it applies, whose share it gives, what its credits add to each sum.
import { ProblemError } from '../../problem.ts';
import { Ratio } from '../../ratio.ts';
import type { Scope } from '../evaluate.ts';
import type { Expression } from '../expression.ts';
import { figureAt, holds } from '../working.ts';
import { NamedValues } from './cells.ts';
import { DoesNotFit } from './does-not-fit.ts';
import type { RuleShape, Shape, SumShape } from './shape.ts';
import type { FieldColumn } from './transactions.ts';

const MOST_KINDS = 4096;

/** What one rule does with one kind. */
export interface RuleOnKind {
    rule: number;
    /** part of the amount that targets other than splits get */
    share: Ratio;
    /** by position in the rule's sums: what a credit (or, for deals, a share) is multiplied by; 0 where it does not count */
    weights: Ratio[];
    /** by position in the rule's lines: whether the component pays for it */
    pays: boolean[];
}

/** By number of the kind: the first field's code counts singly, the next one's as often as the first has values. A problem
 *  where the plan cannot be worked out for such transactions. */
export function kindsOf(shape: Shape, fields: readonly FieldColumn[]): (RuleOnKind[] | ProblemError)[] {
    const count = fields.reduce((product, { values }) => product * Math.max(values.length, 1), 1);
    if (count > MOST_KINDS)
        throw new DoesNotFit(
            fields.map(({ name }) => name).join(', '),
            `make ${count} kinds of transactions`
        );
    return Array.from({ length: count }, (_, kind) => {
        try {
            return rulesOnKind(shape, scopeOf(fields, kind));
        } catch (error) {
            if (!(error instanceof ProblemError)) throw error;
            return error;
        }
    });
}

function scopeOf(fields: readonly FieldColumn[], kind: number): Scope {
    let rest = kind;
    const values = new Map(
        fields.map(({ name, values: own }) => {
            const value = own[rest % own.length];
            rest = Math.floor(rest / own.length);
            return [name, value];
        })
    );
    return new NamedValues(
        `transactions with ${[...values].map(([name, value]) => `${name} ${value}`).join(', ')}`,
        values
    );
}

function rulesOnKind(shape: Shape, scope: Scope): RuleOnKind[] {
    return shape.rules.flatMap((one, index) => {
        const place = `crediting.${one.rule.key}`;
        if (!holds(one.rule.when, scope, `${place}.when`)) return [];
        const share = factor(one.rule.share, scope, `${place}.share`);
        if (one.rule.total === 'whole' && !share.equals(Ratio.ONE))
            throw new DoesNotFit(place, 'shares are not whole');
        const weights = one.sums.map((sum) => weightOf(one, index, shape.sums[sum]!, scope));
        const pays = one.lines.map((line) => {
            const { component, place: at } = shape.components[line]!;
            return holds(component.when, scope, `${at}.when`);
        });
        return [{ rule: index, share, weights, pays }];
    });
}

function weightOf(
    { rule }: RuleShape,
    index: number,
    { figure, when, counts, key }: SumShape,
    scope: Scope
): Ratio {
    const place = key === '' ? `crediting.${rule.key}` : `measures.${key}`;
    if (!counts[index] || !holds(when, scope, `${place}.when`)) return Ratio.ZERO;
    const own = { payable: rule.payable, quotaCredit: rule.quota, countCredit: rule.count, one: null }[
        figure.part
    ];
    return factor(own, scope, `crediting.${rule.key}`).times(factor(figure.factor, scope, place));
}

function factor(expression: Expression | null, scope: Scope, place: string): Ratio {
    return expression ? figureAt(expression, scope, place) : Ratio.ONE;
}
