// The page of all rule packs, written from the same data that is evaluated: figures with source, date and status, what is asked, checks,
// and worked cases.
import { writeExpression } from '../../service/src/domain/incentives/plan-file/write-expression.ts';
import { citationOf, TO_BE_CONFIRMED } from '../../service/src/domain/incentives/rule-packs/finding.ts';
import { CHECKS_IN_WORDS } from '../../service/src/domain/incentives/rule-packs/plan-checks/in-words.ts';
import type { PackWithCases } from './rule-pack-files.ts';
import type {
    FigureStatus,
    RuleFigure,
    RulePack
} from '../../service/src/domain/incentives/rule-packs/rule-pack.ts';
import type { PackCase } from '../../service/src/domain/incentives/rule-packs/run-pack-cases.ts';
import { inline, table } from './markdown.ts';

export const PROFILE_EXAMPLE = `audience: retailRecommendations      # or other
fixedPay: payee.salary               # of a year
targetPay: payee.targetIncentive     # of a year; cliffs are a part of it
productFields: [product, productType]
criteria:
  fact.breaches: { kind: conduct, dataSource: "compliance register, monthly" }
  fact.survey: { kind: qualitative, dataSource: "client survey, quarterly" }
  fact.teamRevenue: { kind: commercial }
person: { isSeniorManager: false, isUnderInvestigation: false }`;

export function rulePackPage(packs: readonly PackWithCases[]): string {
    return [
        '<!-- Written by `npm run --silent plan -- packs`; do not edit. -->',
        '# Rule packs',
        '',
        ...INTRODUCTION,
        '',
        ...table(
            ['pack', 'authority', 'in force', 'figures', 'to be confirmed', 'cases'],
            packs.map(({ pack, cases }) => [
                `[${pack.key}](#${pack.key})`,
                pack.authority,
                inForce(pack),
                String(pack.figures.length),
                String(pack.figures.filter(({ status }) => status !== 'stated').length),
                String(cases.length)
            ])
        ),
        '',
        ...PROFILE,
        '',
        ...CHECKS,
        ...packs.flatMap(packInMarkdown),
        ''
    ].join('\n');
}

const INTRODUCTION = [
    '**Nothing here is legal advice.** A rule pack holds figures of a regulation as dated, cited data, so that plans and awards can be held against',
    `them and everybody sees on what a finding rests. Figures and rules marked "${TO_BE_CONFIRMED}" were not read in the text of the rule itself, but in`,
    'summaries or from experience; the same words stand beside every finding that uses one. A finding of "pass" is no clearance.',
    '',
    'A pack is `config/rule-packs/<key>/pack.yaml`, its worked cases `cases.yaml`. `npm run --silent plan -- packs` runs every case and writes this page;',
    '`plan -- simulate plan.yaml input.json --packs uk-sales-incentives,eu-mifid --profile profile.yaml` holds a plan against packs with the evidence of a replay.',
    'Packs of one regime follow each other by date, and which is in force is decided by the first day of the performance year or of the plan.',
    '',
    'In `requirements` and `exemptions` expressions may use `variable`, `fixed`, `total`, `deferred`, `upfront`, `deferralMonths`, `figure.x`, and `person.x` for any fact.',
    'A fact that is not given makes a finding "to be reviewed" that names it. Verdicts: pass, fail, toBeReviewed, notApplicable.',
    '',
    '"Vested before pro rata" is the most that has vested at any time beyond equal steps of twelve months, from the first vesting allowed to the end of the',
    "deferral (the award's own where it is longer)."
];

const PROFILE = [
    '## What the plan does not say: profile.yaml',
    '',
    'Checks need to know who is advised, what fixed pay stands beside the plan, and what its criteria are. All of it is optional; what is missing is asked for.',
    '',
    '```yaml',
    PROFILE_EXAMPLE,
    '```',
    '',
    'Of conduct more is worse unless `moreIs: better` is written. `fact.x` that is not declared is "not known"; other names count as commercial.'
];

const CHECKS = [
    '## Checks of plans',
    '',
    ...table(
        ['check', 'looks at'],
        Object.entries(CHECKS_IN_WORDS).map(([key, words]) => [`\`${key}\``, words])
    )
];

function inForce({ effectiveFrom, effectiveTo, datedBy, optionalFrom }: RulePack): string {
    const by = datedBy === 'performanceYear' ? 'performance years beginning' : 'plans paying';
    const early = optionalFrom === null ? '' : `, if the firm chooses from ${optionalFrom}`;
    return `${by} from ${effectiveFrom}${effectiveTo === null ? '' : ` to ${effectiveTo}`}${early}`;
}

function packInMarkdown({ pack, cases }: PackWithCases): string[] {
    return [
        '',
        `## ${pack.key}`,
        '',
        `${pack.name}. ${pack.authority}. Version ${pack.version}; in force for ${inForce(pack)}.`,
        '',
        ...pack.notes.map((note) => `- ${note}`),
        '',
        '### Figures',
        '',
        ...table(
            ['figure', 'value', 'meaning', 'source', 'looked up', 'status'],
            pack.figures.map((figure) => figureRow(pack, figure))
        ),
        ...requirementsInMarkdown(pack),
        ...checksInMarkdown(pack),
        ...casesInMarkdown(cases)
    ];
}

function figureRow(pack: RulePack, figure: RuleFigure): string[] {
    const { key, text, meaning, source, clause, asOf, status } = figure;
    return [`\`${key}\``, text, meaning, citationOf(pack, source, clause), asOf, statusWords(status)];
}

function statusWords(status: FigureStatus): string {
    return status === 'stated' ? 'read in the rule' : `**${TO_BE_CONFIRMED}**`;
}

function requirementsInMarkdown(pack: RulePack): string[] {
    if (pack.requirements.length === 0) return [];
    return [
        '',
        "### Asked of a person's year",
        '',
        ...table(
            ['requirement', 'of', 'figure', 'source'],
            pack.requirements.map(({ key, subject, bound, amount, when, until, source, clause }) => [
                `\`${key}\``,
                subject,
                `at ${bound} ${inline(writeExpression(amount))}${when ? ` when ${inline(writeExpression(when))}` : ''}${until ? `, until ${until}` : ''}`,
                citationOf(pack, source, clause)
            ])
        ),
        '',
        ...pack.exemptions.map(
            ({ key, when, lifts }) =>
                `Exempt (\`${key}\`) when ${inline(writeExpression(when))}: ${lifts.join(', ')} are not asked.`
        )
    ];
}

function checksInMarkdown(pack: RulePack): string[] {
    if (pack.checks.length === 0) return [];
    const rows = pack.checks.map(({ check, limit, onHit, status, source, clause }) => {
        const figure = pack.figures.find(({ key }) => key === limit);
        return [
            `\`${check}\``,
            figure ? `${figure.text} (\`${figure.key}\`)` : '',
            onHit,
            citationOf(pack, source, clause),
            statusWords(status)
        ];
    });
    return [
        '',
        '### Checks of plans',
        '',
        ...table(['check', 'limit', 'a hit is', 'source', 'status'], rows)
    ];
}

function casesInMarkdown(cases: readonly PackCase[]): string[] {
    if (cases.length === 0) return [];
    const rows = cases.map(({ name, person, asked, verdicts }) => [
        name,
        `${person.variable} beside ${person.fixed}, ${person.yearStart}`,
        pairs(asked),
        pairs(verdicts)
    ]);
    return [
        '',
        '### Cases',
        '',
        ...table(['case', 'variable and fixed pay, year', 'asked', 'verdicts'], rows)
    ];
}

function pairs(map: Readonly<Record<string, string>>): string {
    return Object.entries(map)
        .map(([key, value]) => `${key} ${value}`)
        .join(', ');
}
