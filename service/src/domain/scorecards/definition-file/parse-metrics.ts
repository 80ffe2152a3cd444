// metrics.yaml: the versions of every metric. Also reads one version as the org keeps it (MetricDefinition__c.Formula__c) through
// `parseFormula`. Whether signals exist and versions fit together is for check-metrics.ts.
import type { PartReader } from '../../incentives/plan-file/part-reader.ts';
import { Reading } from '../../incentives/plan-file/part-reader.ts';
import { withLines } from '../../incentives/parse-plan.ts';
import { readTree } from '../../incentives/plan-file/tree.ts';
import type { Problem } from '../../problem.ts';
import type { Formula } from '../formula.ts';
import { DIRECTIONS, GRAINS, METRIC_KINDS, UNITS, type MetricDefinition } from '../types.ts';
import { firstOfMonth, needFirstOfMonth, readDefinitionFile } from './read-file.ts';
import { readFormula } from './read-formula.ts';

/** Longest look back of a metric. */
const MOST_WINDOW_MONTHS = 12;
const NOTHING: Formula = { kind: 'number', value: 0 };

export function parseMetrics(
    yaml: string,
    file = 'metrics.yaml'
): { metrics: MetricDefinition[] | null; problems: Problem[] } {
    const { value, problems } = readDefinitionFile(yaml, file, (part) =>
        part.needParts('metrics', '- { id: win-rate, ... }', readMetric)
    );
    return { metrics: value, problems };
}

/** One formula alone, as JSON or YAML. */
export function parseFormula(text: string): { formula: Formula | null; problems: Problem[] } {
    const { tree, problems } = readTree(text);
    if (tree === null) return { formula: null, problems };
    const reading = new Reading();
    const formula = readFormula(tree, 'formula', reading);
    const found = withLines(reading);
    return { formula: found.length === 0 ? formula : null, problems: found };
}

function readMetric(part: PartReader): MetricDefinition {
    const tree = part.tree('formula');
    if (tree === null) part.reportMissing('formula', '{ sum: opportunity-won }');
    return {
        id: part.needText('id', 'win-rate'),
        version: part.needWhole('version', 1),
        name: part.needText('name', 'Win rate'),
        kind: part.needChoice('kind', METRIC_KINDS, 'outcome'),
        unit: part.needChoice('unit', UNITS, 'count'),
        grain: part.needChoice('grain', GRAINS, 'month'),
        direction: part.needChoice('direction', DIRECTIONS, 'up'),
        formulaWords: part.needText('words', 'Deals won, of those won and lost.'),
        formula: tree ? readFormula(tree, part.placeOf('formula'), part.reading) : NOTHING,
        windowMonths: windowOf(part),
        scope: part.choice('scope', ['own', 'team'], 'own'),
        isSalesVolume: part.truth('salesVolume', false),
        minimumN: part.whole('minimumN', 0) ?? 0,
        interval: part.choice('interval', ['wilson', 'none'], 'none'),
        owner: part.needText('owner', 'Sales operations'),
        sourceObjects: part.needText('sourceObjects', 'Opportunity'),
        whatMovesIt: part.needText('whatMovesIt', 'Qualify out early.'),
        parts: part.words('parts'),
        effectiveFrom: needFirstOfMonth(part, 'from'),
        effectiveTo: firstOfMonth(part, 'to')
    };
}

function windowOf(part: PartReader): number {
    const months = part.whole('windowMonths', 1) ?? 1;
    if (months > MOST_WINDOW_MONTHS)
        part.report(
            'WINDOW_TOO_LONG',
            'windowMonths',
            String(months),
            `Look back over at most ${MOST_WINDOW_MONTHS} months.`
        );
    return months;
}
