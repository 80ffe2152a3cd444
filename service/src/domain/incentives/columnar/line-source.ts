// The steps of one line as JavaScript: the walk along the bands, or the rate of the band reached, rounded where the plan rounds
// lines. Bands are places in the tables' arrays, so nothing needs to know where a table begins.
import type { RoundingMode } from '../../rounding.ts';
import type { Layout, LineSteps, SlotSteps } from './layout.ts';

/** What a credit of amount `a` adds to the sum of a slot. */
export function addedSource({ isMoved, isPlain, of }: SlotSteps, s: number): string {
    if (!isMoved) return '0';
    const amount = { amount: 'a', share: 'share', one: '1' }[of];
    return isPlain ? amount : `${amount} * weight${s}`;
}

/** In the cell `c`, at line `l`; `from`, `to` and `x` of each slot are known. */
export function lineSource({ mode }: Layout, line: LineSteps): string[] {
    const { kind, at, isRounded, isAddedUp } = line;
    return [
        ...(kind === 'flat' ? [`let v = rate[band[c]] * x${line.base};`] : walkSource(line)),
        ...(isRounded ? roundingSource(mode) : []),
        ...(isAddedUp ? ['value[c] += v;'] : []),
        `before[l] = ${kind === 'flat' ? '0' : `from${at}`};`,
        'worth[l] = v;',
        `bands[l] = ${kind === 'flat' ? '257' : '(i & mask) << 8 | j & mask'};`,
        'check += v;',
        'l++;'
    ].map((text) => `                ${text}`);
}

function walkSource({ kind, at, base, position, isAlone }: LineSteps): string[] {
    const [from, to] = [`from${at}`, `to${at}`];
    const start = ['let j = band[c];', ...(isAlone ? [] : walkTo(from)), 'const i = j;'];
    const isIn = `${to} >= low[j] && ${to} < low[j + 1]`;
    if (kind === 'banded')
        return [
            ...start,
            `if (!(${isIn})) {`,
            ...walkTo(to),
            'band[c] = j;',
            '}',
            `let v = rate[${position === 'before' ? 'i' : 'j'}] * x${base};`
        ];
    return [
        ...start,
        'let v;',
        `if (${isIn}) v = rate[j] * x${at};`,
        'else {',
        ...walkTo(to),
        'band[c] = j;',
        `v = rate[j] * ${to} + intercept[j] - (rate[i] * ${from} + intercept[i]);`,
        '}'
    ];
}

function walkTo(x: string): string[] {
    return [`while (${x} < low[j]) j--;`, `while (${x} >= low[j + 1]) j++;`];
}

/** To whole units, after gates and factors: `down` and what is left of it decide by the plan's mode. Nothing is 0, never -0. */
function roundingSource(mode: RoundingMode): string[] {
    const away: Record<RoundingMode, string> = {
        down: 'false',
        up: 'true',
        floor: 'rest < 0',
        ceiling: 'rest > 0',
        'half-even': 'over > 0 || (over === 0 && down % 2 !== 0)',
        'half-up': 'over >= 0',
        'half-down': 'over > 0'
    };
    return [
        'v *= multiplier[c];',
        'const down = Math.trunc(v / parts), rest = v - down * parts, over = 2 * Math.abs(rest) - parts;',
        `v = (rest !== 0 && (${away[mode]}) ? down + (v < 0 ? -1 : 1) : down) + 0;`
    ];
}
