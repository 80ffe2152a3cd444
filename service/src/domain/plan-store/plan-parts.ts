// What people read of a plan version, made from the plan that pays: words, components with their tables, worked examples,
// complexity. Never read back to pay; map-plan-rows.ts puts it into the rows of the org.
import { complexityOf } from '../incentives/complexity.ts';
import { explainPlan, explanationAsText } from '../incentives/explain-plan.ts';
import type { PlanCase } from '../incentives/parse-cases.ts';
import type { Component, Plan, RateTable } from '../incentives/plan.ts';
import { componentInWords } from '../incentives/plan-words/component-in-words.ts';
import { tableHeading } from '../incentives/plan-words/table-in-words.ts';
import { sentence, words } from '../incentives/plan-words/words.ts';
import { exampleOf, type Example } from './examples.ts';
import { boundUnitOf, tiersOf, type Tier } from './tiers.ts';

export interface PlanParts {
    plainText: string;
    complexityIndex: number;
    components: ComponentPart[];
    examples: Example[];
}

export interface ComponentPart {
    key: string;
    name: string;
    /** from 1, in the order they are calculated */
    position: number;
    basis: 'Credit' | 'Period';
    /** the measure the table follows; '' where it follows none */
    measure: string;
    /** the first table its rate is taken from; null where there is none */
    table: RateTable | null;
    plainText: string;
    clause: string;
    tiers: Tier[];
}

export function planParts(plan: Plan, cases: readonly PlanCase[]): PlanParts {
    return {
        plainText: explanationAsText(explainPlan(plan)),
        complexityIndex: complexityOf(plan).index,
        components: plan.components.map((component, index) => componentPart(plan, component, index + 1)),
        examples: cases.map((one) => exampleOf(plan, one))
    };
}

function componentPart(plan: Plan, component: Component, position: number): ComponentPart {
    const rate = component.rates.find((one) => one.kind === 'table');
    const table = rate ? plan.tables.find(({ key }) => key === rate.table)! : null;
    const sentences = componentInWords(component);
    return {
        key: component.key,
        name: component.name === component.key ? sentence(words(component.key)).slice(0, -1) : component.name,
        position,
        basis: component.per === 'credit' ? 'Credit' : 'Period',
        measure: rate ? measureOf(rate.at) : '',
        table,
        plainText: [...sentences, ...(table ? [sentence(tableHeading(table))] : [])].join('\n'),
        clause: plan.references[`components.${component.key}`] ?? '',
        tiers: table && rate ? tiersOf(plan, component, table, boundUnitOf(plan, rate, table)) : []
    };
}

type At = Extract<Component['rates'][number], { kind: 'table' }>['at'];

/** `at: attainment.bookings` looks at the measure, too. */
function measureOf(at: At): string {
    if ('measure' in at) return at.measure;
    const [root, measure] = at.value.kind === 'name' ? at.value.path : [];
    return ['attainment', 'measure', 'before', 'inPeriod'].includes(root ?? '') ? measure! : '';
}
