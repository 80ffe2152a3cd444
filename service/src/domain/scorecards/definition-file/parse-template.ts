// <role>/scorecard.yaml: the template of one role. What it must keep to by itself is in
// checks/check-template.ts and told with lines.
import type { PartReader } from '../../incentives/plan-file/part-reader.ts';
import { textOf } from '../../incentives/plan-file/part-reader.ts';
import type { Problem } from '../../problem.ts';
import { checkTemplate } from '../checks/check-template.ts';
import { Ratio } from '../../ratio.ts';
import {
    DIMENSIONS,
    ROLE_KEYS,
    type OverrideRule,
    type PairRule,
    type Ramp,
    type RoleKey,
    type Template,
    type TemplateDimension
} from '../types.ts';
import { fractionOf, needRatio, needUnits, ratio, readDefinitionFile } from './read-file.ts';

const HALF = Ratio.of(1n, 2n);

export function parseTemplate(
    yaml: string,
    file = 'scorecard.yaml'
): { template: Template | null; problems: Problem[] } {
    const { value, problems } = readDefinitionFile(yaml, file, (part) => {
        const template = readTemplate(part);
        part.reading.problems.push(...checkTemplate(template));
        return template;
    });
    return { template: value, problems };
}

function readTemplate(part: PartReader): Template {
    return {
        role: part.needChoice('role', ROLE_KEYS, 'adviser'),
        name: part.needText('name', 'Adviser'),
        version: part.needText('version', '"2026-1"'),
        cap: ratio(part, 'cap') ?? Ratio.ONE,
        leastCoverage: ratio(part, 'leastCoverage') ?? HALF,
        dimensions: part.needParts('dimensions', '- { dimension: client, weight: 30%, ... }', readDimension),
        pairs: part.parts('pairs', readPair),
        overrides: part.parts('overrides', readOverride),
        ramp: part.part('ramp', readRamp)
    };
}

function readDimension(part: PartReader): TemplateDimension {
    return {
        dimension: part.needChoice('dimension', DIMENSIONS, 'client'),
        weight: needRatio(part, 'weight', '30%'),
        metrics: part.needParts('metrics', '- { metric: nps, weight: 1/2 }', (metric) => ({
            metric: metric.needText('metric', 'nps'),
            weight: needRatio(metric, 'weight', '1/2')
        }))
    };
}

function readPair(part: PartReader): PairRule {
    return {
        dimension: part.needChoice('dimension', DIMENSIONS, 'business'),
        paired: part.needText('paired', 'nps'),
        atMost: needRatio(part, 'atMost', '60')
    };
}

function readOverride(part: PartReader): OverrideRule {
    return {
        metric: part.needText('metric', 'compliance-severe'),
        above: needUnits(part, 'above'),
        scoreAtMost: needRatio(part, 'scoreAtMost', '40'),
        words: part.needText('words', 'A severe compliance event limits the score to 40.')
    };
}

function readRamp(part: PartReader): Ramp {
    return {
        leastMonths: part.needWhole('leastMonths', 1),
        mostMonths: part.needWhole('mostMonths', 1),
        metric: part.needText('metric', 'revenue-vs-quota'),
        roles: part.list('roles', (tree, place) => {
            const role = ROLE_KEYS.find((one): one is RoleKey => one === textOf(tree));
            if (role) return role;
            part.reading.report(
                'CHOICE_UNKNOWN',
                place,
                textOf(tree),
                `Write one of ${ROLE_KEYS.join(', ')}.`
            );
            return null;
        }),
        expected: part.list('expected', (tree, place) => {
            const share = fractionOf(textOf(tree));
            if (share === null)
                part.reading.report('FRACTION_WANTED', place, textOf(tree), 'Write a fraction, e.g. 25%.');
            return share;
        })
    };
}
