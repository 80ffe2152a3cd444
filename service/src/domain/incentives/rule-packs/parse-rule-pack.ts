// A rule pack's file (YAML) to the typed pack, with every problem at once. Written with the same reader as plans, so lines,
// unknown keys and slips are told the same way. The form is described in docs/rule-packs.md.
import type { Problem } from '../../problem.ts';
import { Ratio } from '../../ratio.ts';
import { parseNumber } from '../parse-expression.ts';
import { withLines } from '../parse-plan.ts';
import { readKeyed } from '../plan-file/keyed.ts';
import { PartReader, Reading, textOf, UNREADABLE } from '../plan-file/part-reader.ts';
import { readTree } from '../plan-file/tree.ts';
import { validateRulePack } from './validate-rule-pack.ts';
import {
    DATED_BY,
    FIGURE_STATUSES,
    SUBJECTS,
    type Exemption,
    type PackCheck,
    type Requirement,
    type RuleFigure,
    type RulePack,
    type Source,
    type Subject
} from './rule-pack.ts';

/** The pack is null when anything is wrong. */
export function parseRulePack(yaml: string): { pack: RulePack | null; problems: Problem[] } {
    const { tree, problems } = readTree(yaml);
    if (tree === null) return { pack: null, problems };
    const reading = new Reading();
    const pack = PartReader.read(tree, '', reading, readPack);
    if (pack) reading.problems.push(...validateRulePack(pack));
    const found = withLines(reading);
    return { pack: found.length === 0 ? pack : null, problems: found };
}

function readPack(part: PartReader): RulePack {
    const effective = part.part('effective', (dates) => ({
        from: neededDay(dates, 'from'),
        to: dates.day('to')
    }));
    if (effective === null) part.reportMissing('effective', '{ from: 2025-10-16 }');
    return {
        key: part.needText('pack', 'uk-banks-2025'),
        version: part.needText('version', '"1"'),
        name: part.needText('name', 'UK banks'),
        regime: part.needText('regime', 'uk-banks'),
        authority: part.needText('authority', 'PRA'),
        currency: part.text('currency') ?? '',
        datedBy: part.needChoice('datedBy', DATED_BY, 'performanceYear'),
        effectiveFrom: effective?.from ?? '',
        effectiveTo: effective?.to ?? null,
        optionalFrom: part.day('optionalFrom'),
        notes: part.words('notes'),
        sources: readKeyed(part, 'sources', readSource),
        figures: readKeyed(part, 'figures', readFigure),
        exemptions: readKeyed(part, 'exemptions', readExemption),
        requirements: readKeyed(part, 'requirements', readRequirement),
        checks: readKeyed(part, 'checks', readCheck)
    };
}

function neededDay(part: PartReader, key: string): string {
    if (!part.has(key)) part.reportMissing(key, '2025-10-16');
    return part.day(key) ?? '';
}

function readSource(part: PartReader, key: string): Source {
    return {
        key,
        title: part.needText('title', 'PRA PS21/25, Remuneration reform'),
        url: part.text('url') ?? '',
        published: part.day('published') ?? ''
    };
}

function readFigure(part: PartReader, key: string): RuleFigure {
    const text = part.needText('value', '40%');
    const value = parseNumber(text);
    if (text !== '' && value === null)
        part.report('FIGURE_WANTED', 'value', text, 'Write a figure, e.g. 40% or 660000.');
    return {
        key,
        value: value ?? Ratio.ZERO,
        text,
        meaning: part.needText('meaning', 'part deferred of the lower band'),
        source: part.needText('source', 'ps2125'),
        clause: part.text('clause') ?? '',
        status: part.needChoice('status', FIGURE_STATUSES, 'toBeConfirmedByCompliance'),
        asOf: neededDay(part, 'asOf')
    };
}

function readRequirement(part: PartReader, key: string): Requirement {
    const least = part.expression('least');
    const most = part.expression('most');
    if ((least === null) === (most === null))
        part.report(
            'BOUND_WANTED',
            '',
            '',
            'Write either least or most, e.g. least: variable * figure.deferred.'
        );
    return {
        key,
        subject: part.needChoice('of', SUBJECTS, 'variablePart'),
        bound: most === null ? 'least' : 'most',
        amount: least ?? most ?? UNREADABLE,
        when: part.expression('when'),
        until: part.day('until'),
        source: part.needText('source', 'ps2125'),
        clause: part.text('clause') ?? ''
    };
}

function readExemption(part: PartReader, key: string): Exemption {
    if (!part.has('lifts')) part.reportMissing('lifts', '[deferredPart]');
    return {
        key,
        when: part.needExpression('when', 'variable <= figure.small'),
        lifts: part.list('lifts', (tree, place) => {
            const subject = SUBJECTS.find((one) => one === textOf(tree));
            if (subject) return subject;
            part.reading.report(
                'CHOICE_UNKNOWN',
                place,
                textOf(tree),
                `Write one of ${SUBJECTS.join(', ')}.`
            );
            return null;
        }) satisfies Subject[],
        source: part.needText('source', 'ps2125'),
        clause: part.text('clause') ?? ''
    };
}

function readCheck(part: PartReader, key: string): PackCheck {
    return {
        key,
        check: part.needText('check', 'cliffs'),
        limit: part.text('limit'),
        onHit: part.needChoice('onHit', ['fail', 'toBeReviewed'], 'fail'),
        status: part.choice('status', FIGURE_STATUSES, 'toBeConfirmedByCompliance'),
        source: part.needText('source', 'fg1301'),
        clause: part.text('clause') ?? ''
    };
}
