// A plan file (YAML) to the typed plan, with every problem at once: first what is written wrongly (plan-file/), then what does
// not fit together (validate-plan.ts). The language is docs/plan-language.md.
import type { Problem } from '../problem.ts';
import { RESIDUAL_OWNERS, ROUNDING_MODES, ROUNDING_STAGES, type RoundingRule } from '../rounding.ts';
import { Ratio } from '../ratio.ts';
import { parseNumber } from './parse-expression.ts';
import type { Figure, Parameter, Plan } from './plan.ts';
import { readComponent } from './plan-file/component.ts';
import { readCreditRule } from './plan-file/crediting.ts';
import { readKeyed, readNamed } from './plan-file/keyed.ts';
import { readMeasure, readQuota } from './plan-file/measures.ts';
import { PartReader, readExpression, Reading } from './plan-file/part-reader.ts';
import { readPayoutStep } from './plan-file/payout.ts';
import { readTable } from './plan-file/tables.ts';
import { positionText, readTree, type Position } from './plan-file/tree.ts';
import { validatePlan } from './validate-plan.ts';
import { INTERVALS, NO_BEGINNING } from './vocabulary.ts';

/** The plan is null when anything is wrong. */
export function parsePlan(yaml: string): { plan: Plan | null; problems: Problem[] } {
    const { tree, problems } = readTree(yaml);
    if (tree === null) return { plan: null, problems };
    const reading = new Reading();
    const plan = PartReader.read(tree, '', reading, readPlan);
    if (plan) reading.problems.push(...validatePlan(plan));
    const found = withLines(reading);
    return { plan: found.length === 0 ? plan : null, problems: found };
}

function readPlan(part: PartReader): Plan {
    const key = part.needText('plan', 'saas-seller');
    const { reading } = part;
    const reference = part.text('reference');
    if (reference !== null) reading.references['plan'] = reference;
    const effective = part.part('effective', (dates) => ({ from: dates.day('from'), to: dates.day('to') }));
    const period = part.needChoice('period', INTERVALS, 'month');
    return {
        key,
        version: part.text('version') ?? '1',
        name: part.text('name') ?? key,
        currency: currencyOf(part),
        effectiveFrom: effective?.from ?? NO_BEGINNING,
        effectiveTo: effective?.to ?? null,
        period,
        yearStart: yearStartOf(part),
        rounding: roundingOf(part),
        negativeAmounts: part.choice('negativeAmounts', ['refused', 'allowed'], 'refused'),
        parameters: readNamed(part, 'parameters', (named) => readParameter(named, reading)),
        crediting: readKeyed(part, 'crediting', readCreditRule),
        measures: readKeyed(part, 'measures', (measure, name) => readMeasure(measure, name, period)),
        quotas: readKeyed(part, 'quotas', readQuota),
        tables: readKeyed(part, 'tables', readTable),
        components: readKeyed(part, 'components', (component, name) =>
            readComponent(component, name, period)
        ),
        payout: readKeyed(part, 'payout', (step, name) => readPayoutStep(step, name, period)),
        figures: readNamed(part, 'figures', (named) => readFigure(named, reading)),
        references: reading.references
    };
}

function currencyOf(part: PartReader): string {
    const currency = part.needText('currency', 'USD');
    if (currency !== '' && !/^[A-Z]{3}$/.test(currency))
        part.report(
            'CURRENCY_INVALID',
            'currency',
            currency,
            'Write the three capital letters of ISO 4217, e.g. USD.'
        );
    return currency;
}

/** Up to the 28th, so that every month has the day. */
function yearStartOf(part: PartReader): string {
    const text = part.text('yearStart') ?? '01-01';
    if (/^(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])$/.test(text)) return text;
    part.report(
        'YEAR_START_INVALID',
        'yearStart',
        text,
        'Write month and day, at most the 28th, e.g. "04-06".'
    );
    return '01-01';
}

function roundingOf(part: PartReader): RoundingRule {
    const rule = part.part('rounding', (rounding) => ({
        unit: unitOf(rounding),
        mode: rounding.choice('mode', ROUNDING_MODES, 'half-even'),
        at: rounding.choice('at', ROUNDING_STAGES, 'line'),
        residual: rounding.choice('residual', RESIDUAL_OWNERS, 'largestRemainder')
    }));
    return rule ?? { unit: Ratio.of(1, 100), mode: 'half-even', at: 'line', residual: 'largestRemainder' };
}

function unitOf(rounding: PartReader): Ratio {
    const text = rounding.text('unit') ?? '0.01';
    const unit = parseNumber(text);
    if (unit && unit.sign > 0 && !unit.toString().includes('/')) return unit;
    rounding.report(
        'ROUNDING_UNIT_INVALID',
        'unit',
        text,
        'Write the smallest amount, above zero, e.g. "0.01".'
    );
    return Ratio.of(1, 100);
}

type NamedTree = Parameters<Parameters<typeof readNamed>[2]>[0];

/** `6%`, or dated values, or a map with `value` or `values` and the reference. */
function readParameter({ key, tree, place }: NamedTree, reading: Reading): Parameter | null {
    if (tree.kind === 'text')
        return { key, values: [{ from: null, value: readExpression(tree, place, reading) }] };
    if (tree.kind === 'list') {
        const { line, column } = tree;
        const inMap = {
            kind: 'map' as const,
            entries: [{ key: 'values', keyAt: tree, value: tree }],
            line,
            column
        };
        return readParameter({ key, tree: inMap, place }, reading);
    }
    return PartReader.read(tree, place, reading, (part) => {
        part.has('key');
        const reference = part.text('reference');
        if (reference !== null) reading.references[place] = reference;
        if (!part.has('values'))
            return { key, values: [{ from: null, value: part.needExpression('value', '6%') }] };
        const values = part.needParts('values', '{ from: 2026-01-01, value: 6% }', (dated) => ({
            from: dated.day('from'),
            value: dated.needExpression('value', '6%')
        }));
        return { key, values };
    });
}

function readFigure({ key, tree, place }: NamedTree, reading: Reading): Figure | null {
    if (tree.kind === 'text') return { key, per: 'period', value: readExpression(tree, place, reading) };
    return PartReader.read(tree, place, reading, (part) => {
        part.has('key');
        const reference = part.text('reference');
        if (reference !== null) reading.references[place] = reference;
        const per = part.choice('per', ['payee', 'period', 'credit'], 'period');
        return { key, per, value: part.needExpression('value', 'earning.commission') };
    });
}

/** In the order of the lines, each place with the line of the nearest part that has one. */
export function withLines({ problems, positions }: Reading): Problem[] {
    const placed = problems.map((problem) => {
        const position = nearestPosition(problem.where, positions);
        const name = problem.where === '' ? 'the plan' : problem.where;
        const where = position ? `${name} (${positionText(position)})` : name;
        return { problem: { ...problem, where }, line: position?.line ?? 0, column: position?.column ?? 0 };
    });
    return placed.sort((a, b) => a.line - b.line || a.column - b.column).map(({ problem }) => problem);
}

function nearestPosition(where: string, positions: Map<string, Position>): Position | null {
    for (let place = where; place !== ''; place = place.replace(/(^|\.)[^.[\]]*$|\[\d+\]$/, '')) {
        const position = positions.get(place);
        if (position) return position;
    }
    return null;
}
