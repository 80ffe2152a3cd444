// A formula of metrics.yaml: `{ sum: opportunity-won }`, `{ count: survey, atLeast: 9 }`, `{ percent: [ a, b ] }`, or a number. What is
// only another way to write something (median, change, percent) becomes that something here, so the rest need not know it.
import { PartReader, type Reading } from '../../incentives/plan-file/part-reader.ts';
import type { Tree } from '../../incentives/plan-file/tree.ts';
import { FIGURES, type FigureFormula, type FigureKind, type Filter, type Formula } from '../formula.ts';
import type { Units } from '../types.ts';
import { parseUnits } from '../units.ts';
import { oneOrMore, units } from './read-file.ts';

const COMBINED = ['plus', 'minus', 'times', 'ratio', 'percent'] as const;
const WAYS = [...FIGURES, 'median', 'change', ...COMBINED] as const;
const HUNDRED: Formula = { kind: 'number', value: 1_000_000 };
const EMPTY: Formula = { kind: 'number', value: 0 };

/** What cannot be read is a zero; its problem is told. */
export function readFormula(tree: Tree, place: string, reading: Reading): Formula {
    reading.positions.set(place, reading.positions.get(place) ?? tree);
    if (tree.kind === 'text') return numberOf(tree.text, place, reading);
    return PartReader.read(tree, place, reading, formulaOf) ?? EMPTY;
}

function numberOf(text: string, place: string, reading: Reading): Formula {
    const value = parseUnits(text);
    if (value === null)
        reading.report('FORMULA_WANTED', place, text, 'Write a number or a map such as { sum: meeting }.');
    return { kind: 'number', value: value ?? 0 };
}

function formulaOf(part: PartReader): Formula {
    const ways = WAYS.filter((way) => part.has(way));
    if (ways.length !== 1) {
        part.report('FORMULA_WANTED', '', ways.join(', '), `Write exactly one of ${WAYS.join(', ')}.`);
        for (const key of ['where', 'atLeast', 'atMost', 'rank']) part.has(key);
        return EMPTY;
    }
    const way = ways[0]!;
    const combined = COMBINED.find((one) => one === way);
    return combined ? combinedOf(part, combined) : figureOf(part, way as FigureKind | 'median' | 'change');
}

function combinedOf(part: PartReader, way: (typeof COMBINED)[number]): Formula {
    const parts = part.list(way, (tree, place) => readFormula(tree, place, part.reading));
    const most = way === 'plus' || way === 'minus' || way === 'times' ? Infinity : 2;
    if (parts.length < 2 || parts.length > most) {
        const wanted = most === 2 ? 'two formulas: what is divided and by what' : 'two formulas or more';
        part.report('PARTS_WANTED', way, String(parts.length), `Write a list of ${wanted}.`);
        return EMPTY;
    }
    if (way !== 'percent') return { kind: way, parts };
    return { kind: 'times', parts: [HUNDRED, { kind: 'ratio', parts }] };
}

function figureOf(part: PartReader, way: FigureKind | 'median' | 'change'): Formula {
    const signal = part.text(way) ?? '';
    const filter = filterOf(part);
    const figure = (kind: FigureKind, rank = 0): FigureFormula => ({
        kind: 'figure',
        figure: kind,
        signal,
        filter,
        rank
    });
    if (way === 'median') return figure('quantile', 50);
    if (way === 'change') return { kind: 'minus', parts: [figure('latest'), figure('opening')] };
    return way === 'quantile' ? figure('quantile', rankOf(part)) : figure(way);
}

function rankOf(part: PartReader): number {
    const rank = part.needWhole('rank', 1);
    if (rank > 99) part.report('RANK_TOO_LARGE', 'rank', String(rank), 'Write a percentile from 1 to 99.');
    return rank;
}

function filterOf(part: PartReader): Filter {
    const attributes = part.part('where', attributesOf) ?? {};
    const bound = (key: string): Units | null => units(part, key);
    return { attributes, atLeast: bound('atLeast'), atMost: bound('atMost') };
}

function attributesOf(part: PartReader): Record<string, string[]> {
    const wanted = ATTRIBUTES.filter((name) => part.has(name));
    return Object.fromEntries(wanted.map((name) => [name, oneOrMore(part, name)]));
}

/** Attributes that facts may carry at all; the values each signal allows are in signals.yaml. */
export const ATTRIBUTES = ['severity', 'outcome', 'area', 'kind', 'reason', 'rater'] as const;
