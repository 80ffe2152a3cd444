// What one template must keep to by itself, whatever the metrics are: weights, dimensions, caps, ramp. Places are those of the file, so
// that problems get their lines. What needs metrics and standards is in check-definitions.ts.
import { Ratio, sumOf } from '../../ratio.ts';
import type { Problem } from '../../problem.ts';
import { DIMENSIONS, type Ramp, type Template, type TemplateDimension } from '../types.ts';

const LARGEST_CAP = Ratio.of(5n, 4n);
const HUNDRED = Ratio.of(100n);
const LEAST_RAMP_MONTHS = 12;
const MOST_RAMP_MONTHS = 18;

export function checkTemplate(template: Template): Problem[] {
    return [
        ...sumsToOne(
            template.dimensions.map(({ weight }) => weight),
            'dimensions',
            'dimensions'
        ),
        ...template.dimensions.flatMap(checkDimension),
        ...checkAllFive(template),
        ...checkLimits(template),
        ...checkRamp(template)
    ];
}

function sumsToOne(weights: readonly Ratio[], where: string, of: string): Problem[] {
    const sum = sumOf(weights);
    if (weights.length === 0 || sum.equals(Ratio.ONE)) return [];
    const fix = `Change the weights of the ${of} so that they sum to exactly 1 (100%).`;
    return [{ code: 'WEIGHTS_NOT_ONE', where, value: sum.toString(), fix }];
}

function checkDimension({ metrics }: TemplateDimension, index: number): Problem[] {
    const place = `dimensions[${index + 1}].metrics`;
    const notPositive = metrics.flatMap(({ weight }, at) =>
        weight.sign > 0
            ? []
            : [
                  {
                      code: 'WEIGHT_NOT_POSITIVE',
                      where: `${place}[${at + 1}].weight`,
                      value: weight.toString(),
                      fix: 'Give the metric a weight above 0, or leave it out.'
                  }
              ]
    );
    const weights = metrics.map(({ weight }) => weight);
    return [...notPositive, ...sumsToOne(weights, place, 'metrics of this dimension')];
}

function checkAllFive({ dimensions }: Template): Problem[] {
    return DIMENSIONS.flatMap((wanted) => {
        const count = dimensions.filter(({ dimension }) => dimension === wanted).length;
        if (count === 1) return [];
        const fix = count === 0 ? `Add the dimension ${wanted}.` : `Keep one dimension ${wanted}.`;
        return [{ code: 'FIVE_DIMENSIONS', where: 'dimensions', value: wanted, fix }];
    });
}

function checkLimits({ cap, leastCoverage, pairs, overrides }: Template): Problem[] {
    const outside = (value: Ratio, least: Ratio, most: Ratio): boolean =>
        value.compare(least) < 0 || value.compare(most) > 0;
    const problems: Problem[] = [];
    if (outside(cap, Ratio.ONE, LARGEST_CAP))
        problems.push(limit('CAP_OUTSIDE', 'cap', cap, 'Write a cap from 1 to 1.25.'));
    if (outside(leastCoverage, Ratio.of(1n, 10n), Ratio.ONE))
        problems.push(limit('COVERAGE_OUTSIDE', 'leastCoverage', leastCoverage, 'Write 10% to 100%.'));
    pairs.forEach(({ atMost }, index) => {
        if (outside(atMost, Ratio.ZERO, HUNDRED))
            problems.push(limit('POINTS_OUTSIDE', `pairs[${index + 1}].atMost`, atMost, 'Write 0 to 100.'));
    });
    overrides.forEach(({ scoreAtMost }, index) => {
        if (outside(scoreAtMost, Ratio.ZERO, HUNDRED)) {
            const where = `overrides[${index + 1}].scoreAtMost`;
            problems.push(limit('POINTS_OUTSIDE', where, scoreAtMost, 'Write 0 to 100.'));
        }
    });
    return problems;
}

function limit(code: string, where: string, value: Ratio, fix: string): Problem {
    return { code, where, value: value.toString(), fix };
}

function checkRamp({ role, ramp }: Template): Problem[] {
    if ((role === 'new-joiner') !== (ramp !== null)) {
        const fix =
            ramp === null
                ? 'Write a ramp, e.g. ramp: { leastMonths: 12, mostMonths: 18, ... }.'
                : 'Only the template of new-joiner has a ramp.';
        return [{ code: 'RAMP_MISPLACED', where: 'ramp', value: role, fix }];
    }
    return ramp === null ? [] : checkRampMonths(ramp);
}

function checkRampMonths({ leastMonths, mostMonths, expected }: Ramp): Problem[] {
    const problems: Problem[] = [];
    if (leastMonths < LEAST_RAMP_MONTHS || mostMonths > MOST_RAMP_MONTHS || leastMonths > mostMonths) {
        const fix = `Write months from ${LEAST_RAMP_MONTHS} to ${MOST_RAMP_MONTHS}, the least first.`;
        problems.push({ code: 'RAMP_MONTHS', where: 'ramp', value: `${leastMonths} to ${mostMonths}`, fix });
    }
    if (expected.length !== mostMonths)
        problems.push({
            code: 'RAMP_EXPECTED',
            where: 'ramp.expected',
            value: String(expected.length),
            fix: `Write one share for each of the ${mostMonths} months.`
        });
    return problems;
}
