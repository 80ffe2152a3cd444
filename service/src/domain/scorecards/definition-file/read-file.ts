// One file of definitions (YAML or JSON) to what it holds, with every problem at once and its line. Reads with the reader of plan files,
// so unknown keys, slips and lines are told as there; what files of scorecards share (days, decimals, weights) is read here.
import { parseDay } from '../../calendar.ts';
import { withLines } from '../../incentives/parse-plan.ts';
import { parseNumber } from '../../incentives/parse-expression.ts';
import { PartReader, Reading } from '../../incentives/plan-file/part-reader.ts';
import { readTree } from '../../incentives/plan-file/tree.ts';
import type { DayNumber } from '../../pipeline/types.ts';
import type { Problem } from '../../problem.ts';
import { Ratio } from '../../ratio.ts';
import { isFirstOfMonth } from '../months.ts';
import type { Units } from '../types.ts';
import { parseUnits } from '../units.ts';

/** Null when anything is wrong. `file` names the file in problems that belong to no line. */
export function readDefinitionFile<T>(
    yaml: string,
    file: string,
    read: (part: PartReader) => T
): { value: T | null; problems: Problem[] } {
    const { tree, problems } = readTree(yaml);
    if (tree === null) return { value: null, problems: problems.map((one) => inFile(one, file)) };
    const reading = new Reading();
    const value = PartReader.read(tree, '', reading, read);
    const found = withLines(reading).map((one) => inFile(one, file));
    return { value: found.length === 0 ? value : null, problems: found };
}

function inFile(problem: Problem, file: string): Problem {
    return { ...problem, where: `${file}: ${problem.where}` };
}

/** Definitions begin and end with a month, so that no month has two of them. */
export function firstOfMonth(part: PartReader, key: string): DayNumber | null {
    const text = part.day(key);
    if (text === null) return null;
    const day = parseDay(text);
    if (isFirstOfMonth(day)) return day;
    part.report('DAY_WITHIN_MONTH', key, text, `Write the first day of a month, e.g. ${text.slice(0, 8)}01.`);
    return null;
}

export function needFirstOfMonth(part: PartReader, key: string): DayNumber {
    if (!part.has(key)) part.reportMissing(key, '2026-01-01');
    return firstOfMonth(part, key) ?? 0;
}

export function units(part: PartReader, key: string): Units | null {
    const text = part.text(key);
    if (text === null) return null;
    const value = parseUnits(text);
    if (value === null)
        part.report('DECIMAL_WANTED', key, text, 'Write a number with at most four decimals, e.g. 12.5.');
    return value;
}

export function needUnits(part: PartReader, key: string): Units {
    if (!part.has(key)) part.reportMissing(key, '12.5');
    return units(part, key) ?? 0;
}

/** `30%`, `0.3` or `1/3`, exactly. */
export function ratio(part: PartReader, key: string): Ratio | null {
    const text = part.text(key);
    if (text === null) return null;
    const value = fractionOf(text);
    if (value === null) part.report('FRACTION_WANTED', key, text, 'Write a fraction, e.g. 30%, 0.3 or 1/3.');
    return value;
}

export function needRatio(part: PartReader, key: string, example: string): Ratio {
    if (!part.has(key)) part.reportMissing(key, example);
    return ratio(part, key) ?? Ratio.ZERO;
}

export function fractionOf(text: string): Ratio | null {
    const parts = /^(\d{1,6})\/([1-9]\d{0,5})$/.exec(text.trim());
    return parts ? Ratio.of(BigInt(parts[1]!), BigInt(parts[2]!)) : parseNumber(text);
}

/** `one` or `[one, two]` */
export function oneOrMore(part: PartReader, key: string): string[] {
    return part.tree(key)?.kind === 'list' ? part.words(key) : [part.text(key) ?? ''].filter(Boolean);
}
