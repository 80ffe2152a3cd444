// Checks of products: whether one pays more than another for the same sale, and whether pay is tied to a product for a limited time.
import { namesIn, type Expression } from '../../expression.ts';
import { NO_BEGINNING } from '../../vocabulary.ts';
import type { Plan } from '../../plan.ts';
import type { PlanProfile } from '../plan-profile.ts';
import { clear, hit, unsure, type CheckInput, type CheckResult } from './check.ts';
import { Names } from './criteria.ts';

/** Places of the plan that look at the product. */
export function productPlaces(plan: Plan, { productFields }: PlanProfile): string[] {
    return new Names(plan)
        .at('')
        .filter(({ expression }) => mentionsProduct(expression, productFields))
        .map(({ place }) => place);
}

function mentionsProduct(expression: Expression, productFields: readonly string[]): boolean {
    return namesIn(expression).some((path) => path.length === 1 && productFields.includes(path[0]!));
}

/** The same deals paid as 12,500 if all were A and as 10,000 if all were B: a ratio of 1.25. */
export function productBias({ plan, profile, evidence, limit }: CheckInput): CheckResult {
    const where = productPlaces(plan, profile);
    if (where.length === 0) return clear('no part of the plan looks at the product');
    const pay = evidence?.productPay ?? [];
    if (pay.length < 2)
        return unsure(
            `${where.length} parts look at the product`,
            where,
            'Simulate the plan, so that pay by product is known.'
        );
    const lowest = pay.reduce((best, one) => (one.paid.compare(best.paid) < 0 ? one : best));
    const highest = pay.reduce((best, one) => (one.paid.compare(best.paid) > 0 ? one : best));
    const fix = 'Pay the same for every product, or for groups of products that serve the same need.';
    if (lowest.paid.sign <= 0)
        return highest.paid.sign <= 0
            ? clear('no product pays')
            : hit(`${highest.product} pays and ${lowest.product} does not`, where, fix);
    const ratio = highest.paid.over(lowest.paid);
    const found = `the same deals pay ${highest.paid} as ${highest.product} and ${lowest.paid} as ${lowest.product}, ratio ${ratio}`;
    return ratio.compare(limit!) > 0 ? hit(found, where, fix) : clear(found, where);
}

const ALLOWED = 'Pay on total production, asset growth or satisfaction of clients, or without an end.';

/** A contest or quota on a product that ends: not for those who recommend to retail clients. */
export function productContests({ plan, profile }: CheckInput): CheckResult {
    const where = productPlaces(plan, profile);
    if (where.length === 0) return clear('no part of the plan looks at the product');
    if (profile.audience === 'other')
        return { outcome: 'notApplicable', found: 'no recommendations to retail clients', where, fix: '' };
    const limited = limitedProductParts(plan, profile);
    if (limited.length === 0) {
        if (plan.effectiveTo === null || plan.effectiveFrom === NO_BEGINNING)
            return clear('pay by product has no end', where);
        return unsure(
            `pay by product in a plan that ends on ${plan.effectiveTo}`,
            where,
            `Make sure it goes on after the plan. ${ALLOWED}`
        );
    }
    if (profile.audience === 'unknown')
        return unsure(
            `pay by product for a limited time: ${limited.join(', ')}`,
            limited,
            'Say the audience in the profile.'
        );
    return hit(`pay by product for a limited time: ${limited.join(', ')}`, limited, ALLOWED);
}

/** Components and measures on a product that also name days, or a quota on such a measure: sales within a time. */
function limitedProductParts(plan: Plan, profile: PlanProfile): string[] {
    const names = new Names(plan);
    const byProduct = (place: string): boolean =>
        names.at(place).some(({ expression }) => mentionsProduct(expression, profile.productFields));
    const byTime = (place: string): boolean =>
        names.at(place).some(({ expression }) => comparesDays(expression));
    const rules = plan.crediting.filter(({ key }) => byProduct(`crediting.${key}`));
    const measures = plan.measures.filter(
        ({ key }) => byProduct(`measures.${key}`) || rules.some(({ only }) => only.includes(key))
    );
    const ofMeasure = (key: string): string[] =>
        ['measure', 'inPeriod', 'before', 'attainment', 'attainmentBefore'].map((root) => `${root}.${key}`);
    const components = plan.components.filter(({ key, credits }) => {
        const mentioned = new Set(
            names
                .at(`components.${key}`)
                .flatMap(({ expression }) => namesIn(expression))
                .map((path) => path.join('.'))
        );
        const onRule = credits.some((rule) => rules.some((one) => one.key === rule));
        return (
            onRule ||
            byProduct(`components.${key}`) ||
            measures.some((one) => ofMeasure(one.key).some((name) => mentioned.has(name)))
        );
    });
    const quotas = plan.quotas.filter(({ measure }) =>
        measures.some(({ key, interval }) => key === measure && interval !== 'plan')
    );
    return [
        ...rules.filter(({ key }) => byTime(`crediting.${key}`)).map(({ key }) => `crediting.${key}`),
        ...measures.filter(({ key }) => byTime(`measures.${key}`)).map(({ key }) => `measures.${key}`),
        ...quotas.map(({ measure }) => `quotas.${measure}`),
        ...components.filter(({ key }) => byTime(`components.${key}`)).map(({ key }) => `components.${key}`)
    ];
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** A day is written out: something holds before or after it. */
function comparesDays(expression: Expression): boolean {
    switch (expression.kind) {
        case 'minus':
        case 'not':
            return comparesDays(expression.of);
        case 'binary':
            return comparesDays(expression.left) || comparesDays(expression.right);
        case 'text':
            return DAY.test(expression.value);
        case 'in':
            return [expression.left, ...expression.options].some(comparesDays);
        case 'call':
            return expression.arguments.some(comparesDays);
        default:
            return false;
    }
}
