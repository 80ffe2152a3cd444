// The worked cases of a rule pack (cases.yaml): a person's year, what is asked of it, and what an award's terms get told. Run by the
// tests and printed on the pack's page, so that what is documented is what is calculated.
import type { Problem } from '../../problem.ts';
import { Ratio } from '../../ratio.ts';
import { parseNumber } from '../parse-expression.ts';
import { withLines } from '../parse-plan.ts';
import { PartReader, Reading, textOf } from '../plan-file/part-reader.ts';
import { readTree, type Tree } from '../plan-file/tree.ts';
import type { AwardTerms } from './award-terms.ts';
import { checkAward } from './check-award.ts';
import { factOf } from './plan-profile.ts';
import { requirementsFor, type PersonYear } from './requirements.ts';
import type { RulePack } from './rule-pack.ts';

export interface PackCase {
    name: string;
    person: PersonYear;
    /** requirement -> figure, `exempt`, or `none` where it does not apply */
    asked: Record<string, string>;
    award: AwardTerms | null;
    /** requirement -> verdict */
    verdicts: Record<string, string>;
}

export interface PackCaseDifference {
    where: string;
    expected: string;
    actual: string;
}

export function parsePackCases(yaml: string): { cases: PackCase[]; problems: Problem[] } {
    const { tree, problems } = readTree(yaml);
    if (tree === null) return { cases: [], problems };
    const reading = new Reading();
    const cases =
        PartReader.read(tree, '', reading, (part) => part.needParts('cases', '- name: ...', readCase)) ?? [];
    return { cases, problems: withLines(reading) };
}

function readCase(part: PartReader): PackCase {
    const person = readPerson(part);
    return {
        name: part.needText('name', 'of a million, 468,000 is deferred'),
        person,
        asked: textsOf(part, 'asked'),
        award: part.part('award', readAward),
        verdicts: textsOf(part, 'verdicts')
    };
}

function readPerson(part: PartReader): PersonYear {
    const fields = textsOf(part, 'person');
    const money = (key: string): Ratio => {
        const value = parseNumber(fields[key] ?? '');
        if (value === null)
            part.report('FIGURE_WANTED', `person.${key}`, fields[key] ?? '', 'Write a figure.');
        return value ?? Ratio.ZERO;
    };
    const { yearStart = '', fixed: _fixed, variable: _variable, ...facts } = fields;
    return {
        id: 'the person',
        yearStart,
        fixed: money('fixed'),
        variable: money('variable'),
        facts: Object.fromEntries(Object.entries(facts).map(([key, text]) => [key, factOf(text)]))
    };
}

function readAward(part: PartReader): AwardTerms {
    return {
        clawbackMonths: part.whole('clawbackMonths', 0),
        parts: part.needParts('parts', '{ afterMonths: 12, amount: 1000, form: cash }', (one) => ({
            afterMonths: one.needWhole('afterMonths', 0),
            amount: parseNumber(one.needText('amount', '1000')) ?? Ratio.ZERO,
            form: one.needChoice('form', ['cash', 'instrument'] as const, 'cash'),
            retentionMonths: one.whole('retentionMonths', 0) ?? 0
        }))
    };
}

function textsOf(part: PartReader, key: string): Record<string, string> {
    const tree: Tree | null = part.tree(key);
    if (tree === null) return {};
    if (tree.kind === 'map')
        return Object.fromEntries(tree.entries.map((entry) => [entry.key, textOf(entry.value)]));
    part.report('MAP_WANTED', key, textOf(tree), 'Write keys and values here.');
    return {};
}

/** Empty where everything is as the case says. */
export function runPackCase(
    pack: RulePack,
    { person, asked, award, verdicts }: PackCase
): PackCaseDifference[] {
    const found = new Map(
        requirementsFor(pack, person, award).map(({ requirement, amount, problem, exemptBy }) => [
            requirement,
            problem ? problem.code : exemptBy === '' ? String(amount) : 'exempt'
        ])
    );
    const told = new Map(
        award ? checkAward(pack, person, award).map(({ check, verdict }) => [check, verdict]) : []
    );
    return [
        ...differences('asked', asked, (key) => found.get(key) ?? 'none'),
        ...differences('verdicts', verdicts, (key) => told.get(key) ?? 'none')
    ];
}

function differences(
    list: string,
    expected: Record<string, string>,
    actual: (key: string) => string
): PackCaseDifference[] {
    return Object.entries(expected)
        .filter(([key, value]) => value !== actual(key))
        .map(([key, value]) => ({ where: `${list}.${key}`, expected: value, actual: actual(key) }));
}
