// service/docs/scorecard-definitions.md: what the files of config/scorecards say, as tables, and their cases with what was compared.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatDay } from '../../../service/src/domain/calendar.ts';
import { parseCases } from '../../../service/src/domain/incentives/parse-cases.ts';
import { formulaWords } from '../../../service/src/domain/scorecards/cards/figure-words.ts';
import { runScorecardCase } from '../../../service/src/domain/scorecards/cases/run-case.ts';
import type { Definitions } from '../../../service/src/domain/scorecards/checks/check-definitions.ts';
import { readDefinitions } from '../../../service/src/domain/scorecards/read-definitions.ts';
import {
    ROLE_KEYS,
    type MetricDefinition,
    type Signal,
    type Template
} from '../../../service/src/domain/scorecards/types.ts';
import { unitsText } from '../../../service/src/domain/scorecards/units.ts';
import { Ratio } from '../../../service/src/domain/ratio.ts';
import { readable, table } from '../../plan/markdown.ts';

const HEAD = [
    '# What scorecards are made of',
    '',
    'Made by `npm run --silent scorecards -- definitions` from `config/scorecards`; what the words mean is in [scorecards.md](scorecards.md).'
];

export function definitionsPage(root: string): string {
    const text = (file: string): string => readFileSync(join(root, 'config/scorecards', file), 'utf8');
    const definitions = read(text);
    const parts = [
        HEAD,
        ['## Signals', '', ...signalTable(definitions)],
        ['## Metrics', '', ...metricTable(definitions)],
        ...definitions.templates.map((template) => templatePart(template, definitions)),
        ...ROLE_KEYS.map((role) => casePart(role, text(`${role}/cases.yaml`), definitions))
    ];
    return `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function read(text: (file: string) => string): Definitions {
    const templates = ROLE_KEYS.map(
        (role) => [`${role}/scorecard.yaml`, text(`${role}/scorecard.yaml`)] as const
    );
    const { definitions, problems } = readDefinitions({
        signals: text('signals.yaml'),
        metrics: text('metrics.yaml'),
        standards: text('standards.yaml'),
        templates: Object.fromEntries(templates)
    });
    if (definitions) return definitions;
    const told = problems.map(({ code, where, fix }) => `${code} at ${where}: ${fix}`);
    throw new Error(`config/scorecards cannot be used. ${told.join(' ')}`);
}

function signalTable({ signals }: Definitions): string[] {
    const attributes = (signal: Signal): string =>
        Object.entries(signal.attributes)
            .map(([name, values]) => `${name}: ${values.join(', ')}`)
            .join('; ');
    return table(
        [
            'signal',
            'what',
            'unit',
            'from',
            'why',
            'kept (months)',
            'kind of data',
            'attributes',
            'nothing told means'
        ],
        signals.map((signal) => [
            `${signal.id}${signal.isAnonymous ? ` (anonymous, at least ${signal.leastRaters})` : ''}`,
            signal.name,
            `${signal.unit}, ${signal.grain}`,
            `${signal.source}: ${signal.sourceObjects}`,
            signal.purpose,
            String(signal.retentionMonths),
            signal.dataClass,
            attributes(signal),
            signal.absence === 'zero' ? 'nothing happened' : 'nothing is known'
        ])
    );
}

function metricTable({ metrics, signals }: Definitions): string[] {
    const byId = new Map(signals.map((signal) => [signal.id, signal]));
    return table(
        [
            'metric',
            'name',
            'kind',
            'in words',
            'as data',
            'unit',
            'grain',
            'better',
            'looks back',
            'least n',
            'owner',
            'from',
            'what moves it'
        ],
        metrics.map((metric) => [
            `${metric.id} v${metric.version}`,
            metric.name,
            metric.scope === 'team' ? `${metric.kind} (of the team)` : metric.kind,
            metric.formulaWords,
            formulaWords(metric.formula, byId),
            metric.interval === 'wilson' ? `${metric.unit}, 95 % interval` : metric.unit,
            metric.grain,
            metric.direction,
            metric.windowMonths === 1 ? 'the month' : `${metric.windowMonths} months`,
            String(metric.minimumN),
            metric.owner,
            datesOf(metric),
            metric.whatMovesIt
        ])
    );
}

function datesOf({
    effectiveFrom,
    effectiveTo
}: Pick<MetricDefinition, 'effectiveFrom' | 'effectiveTo'>): string {
    return effectiveTo === null
        ? formatDay(effectiveFrom)
        : `${formatDay(effectiveFrom)} until ${formatDay(effectiveTo)}`;
}

function templatePart(template: Template, { standards }: Definitions): string[] {
    const own = standards.filter(({ role }) => role === template.role);
    const weights = new Map(
        template.dimensions.flatMap(({ dimension, weight, metrics }) =>
            metrics.map((one) => [one.metric, { dimension, weight: weight.times(one.weight) }] as const)
        )
    );
    const rows = own.map((standard) => {
        const place = weights.get(standard.metric);
        return [
            standard.metric,
            place?.dimension ?? 'shown, not scored',
            place ? percent(place.weight) : '',
            standard.family,
            readable(unitsText(standard.floor)),
            readable(unitsText(standard.target)),
            datesOf(standard)
        ];
    });
    const dimensions = template.dimensions
        .map(({ dimension, weight }) => `${dimension} ${percent(weight)}`)
        .join(', ');
    return [
        `## ${template.name} (version ${template.version})`,
        '',
        `${dimensions}. No score below ${percent(template.leastCoverage)} coverage.`,
        ...template.pairs.map(
            ({ dimension, paired, atMost }) =>
                `- ${dimension} counts at most ${atMost.toString()} points while ${paired} is below its floor.`
        ),
        ...template.overrides.map(({ words }) => `- ${words}`),
        '',
        ...table(['metric', 'dimension', 'weight', 'family', 'floor', 'target', 'from'], rows)
    ];
}

function percent(ratio: Ratio): string {
    return `${readable(ratio.times(Ratio.of(100n)).toString())} %`;
}

function casePart(role: string, yaml: string, definitions: Definitions): string[] {
    const { cases, problems } = parseCases(yaml);
    if (cases === null)
        throw new Error(
            `cases of ${role}: ${problems.map(({ where, fix }) => `${where}: ${fix}`).join(' ')}`
        );
    const parts = cases.flatMap((one) => {
        const { compared } = runScorecardCase(one, definitions);
        const rows = compared.map(({ path, expected, actual, holds }) => [
            path.replace(/^cards\./, ''),
            readable(expected),
            holds ? readable(actual) : `**${readable(actual)}**`
        ]);
        return ['', `### ${one.name}`, '', ...table(['figure', 'expected', 'told'], rows)];
    });
    return [`## Cases of ${role}`, ...parts];
}
