// The little Markdown that pages about plans need: tables, and figures and texts written for readers.
import { isObject, shown, type Json } from '../../service/src/domain/incentives/input-file/exact-json.ts';
import { figureText } from '../../service/src/domain/incentives/plan-words/words.ts';

/** `75,000`; days, ids and other words as they are. */
export function readable(text: string): string {
    const [, sign, rest] = /^(-?)(\d+(?:\.\d+)?%?)$/.exec(text) ?? [];
    return rest === undefined ? text : `${sign}${figureText(rest)}`;
}

/** Lists with semicolons, maps as `A 70 %, B 30 %`. */
export function inline(value: Json | undefined): string {
    if (value === undefined || value === null) return '';
    if (Array.isArray(value)) return value.map(inline).join('; ');
    if (!isObject(value)) return readable(shown(value));
    return Object.entries(value)
        .map(([key, inner]) => `${key} ${inline(inner)}`)
        .join(', ');
}

export function table(head: string[], rows: string[][]): string[] {
    const line = (cells: string[]): string => `| ${cells.map(escaped).join(' | ')} |`;
    return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}

function escaped(text: string): string {
    return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}
