import { describe, expect, test } from '@jest/globals';
import { parseFormula } from '../../../src/domain/scorecards/definition-file/parse-metrics.ts';
import { readDefinitions } from '../../../src/domain/scorecards/read-definitions.ts';
import { firm, firmTexts } from './firm.ts';

type Change = [file: 'signals' | 'metrics' | 'standards' | string, from: string | RegExp, to: string];

/** Problems of the firm's files after changing them. */
function problemsAfter(...changes: Change[]): string[] {
    const texts = firmTexts();
    const templates = { ...texts.templates };
    const changed = { ...texts, templates };
    for (const [file, from, to] of changes) {
        const before = file in templates ? templates[file]! : changed[file as 'signals'];
        const after = before.replace(from, to);
        expect(after).not.toBe(before);
        if (file in templates) templates[file] = after;
        else changed[file as 'signals'] = after;
    }
    return readDefinitions(changed).problems.map(({ code, where, value }) => `${code} ${where} ${value}`);
}

describe('definitions of the firm', () => {
    test('hold together, with every metric told in words, owned and dated', () => {
        const { metrics, standards, templates, signals } = firm();
        expect(new Set(metrics.map(({ id }) => id)).size).toBeGreaterThanOrEqual(40);
        for (const { formulaWords, owner, whatMovesIt } of metrics)
            for (const words of [formulaWords, owner, whatMovesIt]) expect(words).not.toBe('');
        expect(templates).toHaveLength(5);
        for (const { purpose, retentionMonths } of signals) {
            expect(purpose).not.toBe('');
            expect(retentionMonths).toBeGreaterThan(0);
        }
        for (const { role } of templates)
            expect(
                new Set(standards.filter((one) => one.role === role).map(({ family }) => family)).size
            ).toBe(3);
    });

    test('know nothing that is told from voice, face or mood', () => {
        const words = JSON.stringify(firm().signals).toLowerCase();
        for (const word of ['voice', 'facial', 'emotion', 'mood', 'sentiment', 'health'])
            expect(words).not.toContain(word);
    });
});

describe('a template', () => {
    test('has weights that sum to exactly 1, and says on which line they do not', () => {
        expect(problemsAfter(['adviser/scorecard.yaml', 'weight: 30%', 'weight: 31%'])).toEqual([
            expect.stringMatching(
                /^WEIGHTS_NOT_ONE adviser\/scorecard.yaml: dimensions \(line \d+, column \d+\) 1.01$/
            )
        ]);
        expect(problemsAfter(['adviser/scorecard.yaml', 'weight: 1/4', 'weight: 0.2499'])).toEqual([
            expect.stringMatching(/^WEIGHTS_NOT_ONE .*dimensions\[1\].metrics .* 0.9999$/)
        ]);
    });

    test('has five dimensions, a cap, and at least some coverage', () => {
        const problems = problemsAfter(
            ['adviser/scorecard.yaml', 'dimension: team', 'dimension: learning'],
            ['adviser/scorecard.yaml', 'cap: 1', 'cap: 2'],
            ['adviser/scorecard.yaml', 'leastCoverage: 50%', 'leastCoverage: 0%']
        );
        expect(problems.map((one) => one.split(' ')[0]).sort()).toEqual([
            'CAP_OUTSIDE',
            'COVERAGE_OUTSIDE',
            'FIVE_DIMENSIONS',
            'FIVE_DIMENSIONS'
        ]);
    });

    test('of operations and compliance has nothing that counts what was sold', () => {
        expect(
            problemsAfter(
                ['operations/scorecard.yaml', 'ideas-adopted', 'revenue-vs-quota'],
                [
                    'standards',
                    /role: operations,\s+metric: ideas-adopted/,
                    'role: operations, metric: revenue-vs-quota'
                ]
            )
        ).toEqual(['SALES_METRIC_OF_CONTROL template operations revenue-vs-quota']);
    });

    test('of managers has at most a quarter of own revenue', () => {
        const more = problemsAfter(
            [
                'manager/scorecard.yaml',
                'dimension: client\n    weight: 20%',
                'dimension: client\n    weight: 1%'
            ],
            [
                'manager/scorecard.yaml',
                'dimension: business\n    weight: 25%',
                'dimension: business\n    weight: 44%'
            ]
        );
        expect(more).toEqual(['OWN_REVENUE_TOO_HEAVY template manager 0.264']);
    });

    test('counts completed courses for at most 40 % of learning', () => {
        expect(
            problemsAfter(
                [
                    'adviser/scorecard.yaml',
                    'metric: learning-completion, weight: 3/10',
                    'metric: learning-completion, weight: 5/10'
                ],
                [
                    'adviser/scorecard.yaml',
                    'metric: learning-application, weight: 3/10',
                    'metric: learning-application, weight: 1/10'
                ]
            )
        ).toEqual(['COMPLETION_TOO_HEAVY template adviser: dimension learning 0.5']);
    });

    test('of new joiners has a ramp of 12 to 18 months with a share for each, and no other has one', () => {
        const codes = problemsAfter(
            ['new-joiner/scorecard.yaml', 'mostMonths: 18', 'mostMonths: 24'],
            [
                'adviser/scorecard.yaml',
                'pairs:',
                'ramp: { leastMonths: 12, mostMonths: 12, metric: nps }\npairs:'
            ]
        ).map((one) => one.split(' ')[0]);
        expect(codes).toEqual(expect.arrayContaining(['RAMP_MISPLACED', 'RAMP_MONTHS', 'RAMP_EXPECTED']));
    });

    test('names metrics that exist, and is told which one was meant', () => {
        const { problems } = readDefinitions({
            ...firmTexts(),
            templates: Object.fromEntries(
                Object.entries(firmTexts().templates).map(([file, yaml]) => [
                    file,
                    yaml.replace('metric: csat', 'metric: csta')
                ])
            )
        });
        expect(problems.find(({ code }) => code === 'METRIC_UNKNOWN')!.fix).toContain('Did you mean csat?');
    });
});

describe('a metric', () => {
    test('takes allowed signals, filters they have and figures that fit them', () => {
        expect(
            problemsAfter(
                ['metrics', '{ count: call }', '{ count: keystrokes }'],
                ['metrics', '{ count: mail }', '{ count: mail, where: { severity: severe } }'],
                ['metrics', '{ count: meeting }', '{ latest: meeting }'],
                ['metrics', '{ mean: peer-feedback }', '{ mean: team-pulse }']
            ).map((one) => one.replace(/ version.*/, ''))
        ).toEqual([
            'SIGNAL_NOT_ALLOWED metric calls-made',
            'FILTER_UNKNOWN metric mails-sent',
            'FIGURE_MISMATCH metric meetings-held',
            'TOO_FEW_RATERS metric peer-feedback'
        ]);
    });

    test('of a team is a sum, a count or a mean', () => {
        expect(problemsAfter(['metrics', '{ count: promoted }', '{ median: first-response-hours }'])).toEqual(
            ['TEAM_FIGURE metric team-promotions version 1 quantile of first-response-hours']
        );
    });

    test('begins with a month, and its versions follow each other without overlap', () => {
        expect(problemsAfter(['metrics', 'from: 2024-01-01', 'from: 2024-01-15'])[0]).toMatch(
            /^DAY_WITHIN_MONTH .*line/
        );
        const texts = firmTexts();
        const block = texts.metrics.match(/ {2}- id: calls-made[\s\S]*?(?= {2}- id: mails-sent)/)![0];
        const twice = texts.metrics.replace(
            block,
            block + block.replace('version: 1', 'version: 2').replace('2024-01-01', '2026-06-01')
        );
        expect(
            readDefinitions({ ...texts, metrics: twice }).problems.map(({ code, fix }) => [code, fix])
        ).toEqual([['VERSIONS_OVERLAP', 'End it on 2026-06-01, when version 2 begins.']]);
    });

    test('is read from the org as JSON, too, and told what is wrong with it', () => {
        expect(parseFormula('{"percent": [{"sum": "commit"}, {"sum": "quota"}]}').formula).toMatchObject({
            kind: 'times',
            parts: [{ value: 1_000_000 }, { kind: 'ratio' }]
        });
        expect(parseFormula('{ sum: commit, count: commit }').problems[0]!.code).toBe('FORMULA_WANTED');
        expect(parseFormula('{ ratio: [1] }').problems[0]!.code).toBe('PARTS_WANTED');
        expect(parseFormula('{ quantile: commit, rank: 100 }').problems[0]!.code).toBe('RANK_TOO_LARGE');
    });
});

describe('standards', () => {
    test('stand the right way round, do not overlap, and there is one for all that is scored', () => {
        const problems = problemsAfter(
            [
                'standards',
                "metric: nps, family: results, floor: '10', target: '40'",
                "metric: nps, family: results, floor: '50', target: '40'"
            ],
            ['standards', /metric: csat, family: results/, 'metric: commit-accuracy, family: results']
        );
        expect(problems).toEqual([
            'STANDARD_REVERSED standard of adviser for nps from 2025-01-01 floor 50, target 40',
            'STANDARD_MISSING standards of adviser csat'
        ]);
    });
});

describe('files', () => {
    test('are told every problem at once, each with its file and line', () => {
        const problems = problemsAfter(
            ['signals', 'retentionMonths: 25', 'retentionMonths: 99'],
            ['signals', 'dataClass: work-activity', 'dataClass: mood'],
            ['metrics', 'grain: day', 'grian: day'],
            ['standards', "floor: '10'", 'floor: ten']
        );
        expect(problems.map((one) => one.split(' ').slice(0, 2).join(' '))).toEqual([
            'RETENTION_TOO_LONG signals.yaml:',
            'CHOICE_UNKNOWN signals.yaml:',
            'MISSING metrics.yaml:',
            'KEY_UNKNOWN metrics.yaml:',
            'DECIMAL_WANTED standards.yaml:'
        ]);
        for (const one of problems) expect(one).toMatch(/line \d+/);
    });
});
