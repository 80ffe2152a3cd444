// Flat loops instead of nested ones, for the plans most firms have: splits credited to one sum, and components that walk along it.
// Short loops over the splits of a row cost more than what is done in them; here rows are laid out as cells and amounts first, and
// everything else is one loop over credits. Until its line is written, a credit's cell waits in the end of the range's lines.
import { codesSource, kindSource } from './kernel-source.ts';
import type { Layout } from './layout.ts';
import { lineSource } from './line-source.ts';

/** Rows laid out at a time: small enough to stay in the cache. */
export const FLAT_ROWS = 2048;

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
        '    const { splitStart, cellRoom } = f;',
        `    const count = splitStart[to] - splitStart[from], room = 2 * (l + count * ${lines.length}) - count - k;`,
        `    for (let a = from; a < to; a += ${FLAT_ROWS}) {`,
        `        const b = Math.min(to, a + ${FLAT_ROWS}), first = k + splitStart[a] - splitStart[from];`,
        '        placeRows(f, a, b);',
        '        layOut(f, a, b, first, room);',
        '        move(f, first, first + splitStart[b] - splitStart[a], room);',
        '    }',
        '    return 0;',
        '}',
        '// Where the cells of each row begin.',
        'function placeRows(f, from, to) {',
        '    const { places, kindFirst, period, payees } = f;',
        ...codesSource(layout),
        '    for (let t = from; t < to; t++)',
        `        places[t - from] = kindFirst[${kindSource(layout)}] + period[t] * payees;`,
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

/** Amounts and cells of the credits of some rows. Whoever gets what is left is not shared out to. */
function layOutSource({ residual }: Layout): string[] {
    const part = [
        'for (; s < END; s++, k++) {',
        '    const part = Math.trunc(whole * splitShare[s] / shareScale);',
        '    credit[k] = part;',
        '    left -= part;',
        '    cellRoom[room + k] = place + splitPayee[s];',
        '}'
    ];
    const until = (end: string): string[] => part.map((text) => text.replace('END', end));
    const ofOwner = ['cellRoom[room + k] = place + splitPayee[s];', 'k++;', 's++;'];
    const steps = {
        first: [...ofOwner, ...until('end'), 'credit[first] = left;'],
        last: [...until('end - 1'), 'credit[k] = left;', ...ofOwner],
        largest: [...until('end'), 'if (left !== 0) f.settle(t, first, left);'],
        largestRemainder: [...until('end'), 'if (left !== 0) f.settle(t, first, left);']
    };
    return [
        'function layOut(f, from, to, k, room) {',
        '    const { amount, splitStart, splitPayee, splitShare, shareScale, places, credit, cellRoom } = f;',
        '    let s = splitStart[from];',
        '    for (let t = from; t < to; t++) {',
        '        const end = splitStart[t + 1], whole = amount[t], place = places[t - from], first = k;',
        '        if (s === end) continue;',
        '        let left = whole;',
        ...steps[residual].map((text) => `        ${text}`),
        '    }',
        '}'
    ];
}
