// Flat loops instead of nested ones, for the plans most firms have: splits credited to one sum, and components that walk along it.
// Short loops over the splits of a row cost more than what is done in them; here rows are laid out as cells and amounts first, and
// everything else is one loop over credits. Until its line is written, a credit's cell waits in the end of the range's lines.
import { codesSource, kindSource } from './kernel-source.ts';
import type { Layout } from './layout.ts';
import { lineSource } from './line-source.ts';

/** Rows laid out at a time: small enough to stay in the cache. */
export const FLAT_ROWS = 256;

/** One group of rules by splits, one sum of whole amounts, lines that ask nothing of the kind. */
export function canBeFlat({ groups }: Layout): boolean {
    const [group, another] = groups;
    if (!group || another || group.target !== 'splits') return false;
    const [slot, second] = group.slots;
    const isOneSum = slot !== undefined && !second && slot.isMoved && slot.isPlain && slot.of === 'amount';
    return isOneSum && group.lines.length > 0 && group.lines.every(({ isAsked }) => !isAsked);
}

/** Functions `flatFirst` and `flatSecond`. */
export function flatSource(layout: Layout): string {
    const lines = layout.groups[0]!.lines;
    return [
        'function flatFirst(f, from, to, k, l) {',
        '    const { splitStart } = f;',
        `    const count = splitStart[to] - splitStart[from], room = 2 * (l + count * ${lines.length}) - count - k;`,
        '    const shift = k - splitStart[from], end = splitStart[to];',
        `    for (let a = from; a < to; a += ${FLAT_ROWS}) {`,
        `        const b = Math.min(to, a + ${FLAT_ROWS});`,
        '        placeRows(f, a, b);',
        '        layOut(f, a, b, shift, room, end);',
        '        move(f, shift + splitStart[a], shift + splitStart[b], room);',
        '    }',
        '    return 0;',
        '}',
        '// Where the cells of each row begin.',
        'function placeRows(f, from, to) {',
        '    const { places, kindFirst, period } = f;',
        ...codesSource(layout),
        `    for (let t = from; t < to; t++) places[t - from] = kindFirst[${kindSource(layout)}] + period[t];`,
        '}',
        ...layOutSource(layout),
        'function move(f, from, to, room) {',
        '    const { total, below, credit, cellRoom } = f;',
        '    for (let k = from; k < to; k++) {',
        '        const c = cellRoom[room + k], x = credit[k];',
        '        total[c] += x;',
        '        if (x < 0) below[c] -= x;',
        '    }',
        '}',
        'function flatSecond(f, from, to, k, l) {',
        `    const count = f.splitStart[to] - f.splitStart[from], room = 2 * (l + count * ${lines.length}) - count - k;`,
        '    let check = 0;',
        `    for (let a = k; a < k + count; a += ${FLAT_ROWS * 2})`,
        `        check += pay(f, a, Math.min(k + count, a + ${FLAT_ROWS * 2}), l + (a - k) * ${lines.length}, room);`,
        '    return check;',
        '}',
        'function pay(f, from, to, l, room) {',
        '    const { credit, cellRoom, running, band, value, low, rate, intercept, multiplier, parts, mask, before, worth, bands,',
        '        lineShift } = f;',
        ...lines.map((_, n) => `    const shift${n} = lineShift[${n}];`),
        '    let check = 0;',
        '    for (let k = from; k < to; k++) {',
        '        const cell0 = cellRoom[room + k], x0 = credit[k], from0 = running[cell0], to0 = from0 + x0;',
        '        running[cell0] = to0;',
        ...lines.flatMap((line, n) => [
            '        {',
            `                const c = cell0 + shift${n};`,
            ...lineSource(layout, line),
            '        }'
        ]),
        '    }',
        '    return check;',
        '}'
    ].join('\n');
}

/** Amounts and cells of the credits of some rows: those of a row from `k` on, as far from its splits as those of any other. */
function layOutSource(layout: Layout): string[] {
    const isOwned = layout.residual === 'first' || layout.residual === 'last';
    return [
        'const OTHERS = Float64Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 1, 1, 1);',
        'function layOut(f, from, to, shift, room, limit) {',
        '    const { amount, periods, splitStart, splitPayee, splitShare, shareScale, places, credit, cellRoom } = f;',
        '    for (let t = from, end = splitStart[from]; t < to; t++) {',
        '        const s = end, whole = amount[t], place = places[t - from], k = s + shift;',
        '        end = splitStart[t + 1];',
        ...(isOwned ? fewSplitsSource(layout) : []),
        ...anySplitsSource(layout).map((text) => `        ${text}`),
        '    }',
        '}'
    ];
}

/** Up to four splits are laid out as four: the row after writes its own over those that are too many, and a loop of which
 *  nobody can guess the end costs more. Their parts count nothing in what is left for the owner. */
function fewSplitsSource({ residual }: Layout): string[] {
    const own = [0, 1, 2, 3].map(
        (i) => `cellRoom[room + k + ${i}] = place + Math.imul(splitPayee[s + ${i}], periods);`
    );
    const part = (i: number): string =>
        `const part${i} = Math.trunc(whole * splitShare[s + ${i}] / shareScale);`;
    const parts = residual === 'first' ? [1, 2, 3] : [0, 1, 2];
    const left = parts.map((i, place) => ` - part${i} * OTHERS[o + ${place + 1}]`).join('');
    return [
        '        const count = end - s;',
        '        if (count > 0 && count < 5 && s + 4 <= limit) {',
        '            const o = count * 4;',
        ...parts.map((i) => `            ${part(i)}`),
        ...parts.map((i) => `            credit[k + ${i}] = part${i};`),
        `            credit[${residual === 'first' ? 'k' : 'k + count - 1'}] = whole${left};`,
        ...own.map((text) => `            ${text}`),
        '            continue;',
        '        }'
    ];
}

/** Whoever gets what is left is not shared out to. */
function anySplitsSource({ residual }: Layout): string[] {
    const owner = { first: 's', last: 'end - 1', largest: '-1', largestRemainder: '-1' }[residual];
    return [
        'if (s === end) continue;',
        'let left = whole;',
        'for (let i = s; i < end; i++) {',
        '    cellRoom[room + shift + i] = place + Math.imul(splitPayee[i], periods);',
        ...(owner === '-1' ? [] : [`    if (i === ${owner}) continue;`]),
        '    const part = Math.trunc(whole * splitShare[i] / shareScale);',
        '    credit[shift + i] = part;',
        '    left -= part;',
        '}',
        owner === '-1' ? 'if (left !== 0) f.settle(t, k, left);' : `credit[shift + ${owner}] = left;`
    ];
}
