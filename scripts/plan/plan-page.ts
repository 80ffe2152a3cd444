// The page of a plan: the plan in words and each of its cases, with what is given and the working of what comes out. Written from
// the same data that pays, so that it cannot say anything else.
import { explainPlan, explanationAsText } from '../../service/src/domain/incentives/explain-plan.ts';
import {
    isObject,
    parseExactJson,
    type Json
} from '../../service/src/domain/incentives/input-file/exact-json.ts';
import type { PlanCase } from '../../service/src/domain/incentives/parse-cases.ts';
import { sentence } from '../../service/src/domain/incentives/plan-words/words.ts';
import type { Plan } from '../../service/src/domain/incentives/plan.ts';
import { runCase } from '../../service/src/domain/incentives/run-cases.ts';
import { inline, table } from './markdown.ts';
import { resultInMarkdown, type ShownResult } from './result-in-markdown.ts';

export interface PlanWithCases {
    plan: Plan;
    cases: PlanCase[];
    /** what the author says about the plan: the comment at the top of its file */
    about: string;
}

export function planPage({ plan, cases, about }: PlanWithCases): string {
    const [title, ...words] = explanationAsText(explainPlan(plan)).split('\n');
    return [
        '<!-- Written by `npm run --silent plan -- docs`; do not edit. -->',
        title,
        '',
        about,
        '',
        `[plan.yaml](../../../config/plans/${plan.key}/plan.yaml), [cases.yaml](../../../config/plans/${plan.key}/cases.yaml)`,
        ...words,
        '',
        '## Cases',
        ...cases.flatMap((one) => caseInMarkdown(plan, one)),
        ''
    ].join('\n');
}

/** The first comment of a plan file as one paragraph. */
export function aboutPlan(yaml: string): string {
    const lines = yaml.split('\n');
    const end = lines.findIndex((line) => !line.startsWith('#'));
    return lines
        .slice(0, end)
        .map((line) => line.replace(/^#\s?/, ''))
        .join(' ');
}

/** The first sentence of what the author says. */
export function summaryOf({ about }: PlanWithCases): string {
    return about.split(/(?<=\.) /)[0]!;
}

function caseInMarkdown(plan: Plan, one: PlanCase): string[] {
    const { result, differences } = runCase(plan, one);
    if (differences.length > 0)
        throw new Error(`${plan.key}: the case "${one.name}" does not come out as expected`);
    return [
        '',
        `### ${sentence(one.name).slice(0, -1)}`,
        '',
        one.source === '' ? 'Worked by hand in the comments of cases.yaml.' : `Source: ${one.source}.`,
        ...given(one.given),
        ...resultInMarkdown(JSON.parse(result) as ShownResult)
    ];
}

function given(json: string): string[] {
    const input = parseExactJson(json, 'the input');
    if (!isObject(input)) return [];
    const { from, to, ...lists } = input;
    const span = from === undefined ? [] : ['', `From ${inline(from)} to ${inline(to)}.`];
    return [...span, ...Object.entries(lists).flatMap(([name, list]) => givenList(name, list))];
}

/** Payees of whom nothing but the id is given stand in one line. */
function givenList(name: string, list: Json): string[] {
    const rows = (Array.isArray(list) ? list : []).filter(isObject);
    if (rows.length === 0) return [];
    const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
    if (columns.length === 1)
        return ['', `Given ${name}: ${rows.map((row) => inline(row[columns[0]!])).join(', ')}.`];
    return [
        '',
        `Given ${name}:`,
        '',
        ...table(
            columns,
            rows.map((row) => columns.map((column) => inline(row[column])))
        )
    ];
}
