// Writes the two passes of a plan as JavaScript: one loop over transactions each, made of the steps of the layout. The text
// depends on the plan alone; whoever publishes a plan stores it with its hash and hands it back as functions (kernel.ts). Where
// code may not be made from text, operators.ts does the same steps.
import type { Group, Layout, LineSteps, SlotSteps } from './layout.ts';
import type { RoundingMode } from '../../rounding.ts';
import { NOBODY } from './transactions.ts';

export interface KernelSource {
    /** bodies of functions of `f` (the frame), `from`, `to` (rows) and `k`, `l` (first credit, first line) */
    first: string;
    second: string;
}

type Pass = 'first' | 'second';

export function kernelSource(layout: Layout): KernelSource {
    return { first: passSource(layout, 'first'), second: passSource(layout, 'second') };
}

function passSource(layout: Layout, pass: Pass): string {
    const fields = Array.from({ length: layout.fieldCount }, (_, index) => index);
    const groups = layout.groups.map((group, index) => groupSource(layout, group, index, pass));
    return [
        "'use strict';",
        'const { amount, period, payees, splitStart, splitPayee, splitShare, shareScale, entryStart, entries, fixedPayee,',
        '    slotFirst, slotWeight, lineFirst, lineTable, linePays, creditParts, total, below, running, band, value, low, rate,',
        '    intercept, tableOf, multiplier, parts, credit, before, worth, bands } = f;',
        ...fields.map(
            (index) => `const codes${index} = f.codes[${index}], radix${index} = f.radices[${index}];`
        ),
        ...layout.groups.flatMap(({ target, holder }, index) =>
            target === 'holder' ? [`const holder${index} = f.holders[${holder}];`] : []
        ),
        'let check = 0;',
        'for (let t = from; t < to; t++) {',
        `    const kind = ${['0', ...fields.map((index) => `codes${index}[t] * radix${index}`)].slice(fields.length > 0 ? 1 : 0).join(' + ')};`,
        '    const row = period[t] * payees;',
        ...groups,
        '}',
        'return check;',
        ''
    ].join('\n');
}

function groupSource(layout: Layout, group: Group, index: number, pass: Pass): string {
    const { slotStride, lineStride, groups } = layout;
    const at = `kind * ${groups.length} + ${index}`;
    const needsSlots = group.slots.map((slot, s) => isUsed(group, slot, s, pass));
    const loads = [
        ...group.slots.flatMap((slot, s) =>
            needsSlots[s]
                ? [
                      `        const first${s} = slotFirst[e * ${slotStride} + ${s}] + row;`,
                      ...(slot.isPlain
                          ? []
                          : [`        const weight${s} = slotWeight[e * ${slotStride} + ${s}];`])
                  ]
                : []
        ),
        ...(pass === 'second' ? group.lines.flatMap((line, n) => lineLoads(line, n, lineStride)) : [])
    ];
    return [
        `    for (let q = entryStart[${at}], last = entryStart[${at} + 1]; q < last; q++) {`,
        '        const e = entries[q];',
        ...loads,
        ...(group.target === 'splits'
            ? splitsSource(layout, group, pass)
            : singleSource(layout, group, index, pass)),
        '    }'
    ].join('\n');
}

/** The first pass moves sums; the second follows those that lines look at, and needs what else lines are a part of. */
function isUsed({ lines }: Group, slot: SlotSteps, index: number, pass: Pass): boolean {
    if (pass === 'first') return slot.isMoved;
    return slot.isFollowed || lines.some(({ base, kind }) => base === index && kind !== 'marginal');
}

function lineLoads(line: LineSteps, n: number, stride: number): string[] {
    return [
        `        const line${n} = lineFirst[e * ${stride} + ${n}] + row;`,
        ...(line.isByCell ? [] : [`        const table${n} = lineTable[e * ${stride} + ${n}];`]),
        ...(line.isAsked ? [`        const pays${n} = linePays[e * ${stride} + ${n}];`] : [])
    ];
}

function splitsSource(layout: Layout, group: Group, pass: Pass): string[] {
    const needsShare = group.slots.some(({ of }) => of === 'share');
    return [
        '        const start = splitStart[t], count = splitStart[t + 1] - start;',
        ...(pass === 'first' ? allocationSource(layout) : []),
        '        for (let i = 0; i < count; i++, k++) {',
        '            const a = credit[k], payee = splitPayee[start + i];',
        ...(needsShare ? ['            const share = splitShare[start + i];'] : []),
        ...creditSource(layout, group, pass),
        '        }'
    ];
}

/** Parts truncated to whole units; what is left goes to the residual's owner. */
function allocationSource({ residual }: Layout): string[] {
    const head = [
        '        const whole = amount[t];',
        '        let left = whole;',
        '        for (let i = 0; i < count; i++) {',
        '            const part = Math.trunc(whole * splitShare[start + i] / shareScale);',
        '            credit[k + i] = part;',
        '            left -= part;',
        '        }'
    ];
    const owner = { first: 'k', last: 'k + count - 1' };
    if (residual === 'first' || residual === 'last')
        return [...head, `        if (count > 0) credit[${owner[residual]}] += left;`];
    return [...head, `        if (left !== 0) f.settle(t, k, left);`];
}

function singleSource(layout: Layout, group: Group, index: number, pass: Pass): string[] {
    const payee = group.target === 'payee' ? 'fixedPayee[e]' : `holder${index}[t]`;
    const needsShare = group.slots.some(({ of }) => of === 'share');
    return [
        `        const payee = ${payee};`,
        `        if (payee !== ${NOBODY}) {`,
        `            const a = amount[t]${group.hasShare ? ' * creditParts[e]' : ''};`,
        ...(needsShare ? [`            const share = ${group.hasShare ? 'creditParts[e]' : '1'};`] : []),
        ...(pass === 'first' ? ['            credit[k] = a;'] : []),
        ...creditSource(layout, group, pass),
        '            k++;',
        '        }'
    ];
}

function creditSource(layout: Layout, group: Group, pass: Pass): string[] {
    const slots = group.slots.flatMap((slot, s) =>
        isUsed(group, slot, s, pass) ? (pass === 'first' ? moveSource(slot, s) : followSource(slot, s)) : []
    );
    const lines =
        pass === 'second' ? group.lines.flatMap((line, n) => lineSource(layout, group, line, n)) : [];
    return [...slots, ...lines];
}

function addedSource({ isMoved, isPlain, of }: SlotSteps, s: number): string {
    if (!isMoved) return '0';
    const amount = { amount: 'a', share: 'share', one: '1' }[of];
    return isPlain ? amount : `${amount} * weight${s}`;
}

function moveSource(slot: SlotSteps, s: number): string[] {
    return [
        `            const cell${s} = first${s} + payee, x${s} = ${addedSource(slot, s)};`,
        `            total[cell${s}] += x${s};`,
        `            if (x${s} < 0) below[cell${s}] -= x${s};`
    ];
}

function followSource(slot: SlotSteps, s: number): string[] {
    const added = `            const x${s} = ${addedSource(slot, s)};`;
    if (!slot.isFollowed) return [added];
    return [
        added,
        `            const cell${s} = first${s} + payee, from${s} = running[cell${s}], to${s} = from${s} + x${s};`,
        ...(slot.isMoved ? [`            running[cell${s}] = to${s};`] : [])
    ];
}

function lineSource({ mode }: Layout, group: Group, line: LineSteps, n: number): string[] {
    const body = [
        `const c = line${n} + payee;`,
        ...(line.isByCell ? ['const T = tableOf[c];'] : [`const T = table${n};`]),
        ...(line.kind === 'flat' ? flatSource(line) : walkSource(line)),
        ...(line.isRounded ? roundingSource(mode) : []),
        ...(line.isAddedUp ? ['value[c] += v;'] : []),
        `before[l] = ${line.kind === 'flat' ? '0' : `from${line.at}`};`,
        'worth[l] = v;',
        `bands[l] = ${line.kind === 'flat' ? '257' : 'i << 8 | j'};`,
        'check += v;',
        'l++;'
    ].map((text) => `                ${text}`);
    const isAsked = line.isAsked ? `if (pays${n} !== 0) ` : '';
    return [`            ${isAsked}{`, ...body, '            }'];
}

function flatSource({ base }: LineSteps): string[] {
    return [`let v = rate[T + 1] * x${base};`];
}

function walkSource({ kind, at, base, position, isAlone }: LineSteps): string[] {
    const [from, to] = [`from${at}`, `to${at}`];
    const start = isAlone
        ? ['let j = band[c];', 'const i = j;']
        : [
              'let j = band[c];',
              `while (${from} < low[T + j]) j--;`,
              `while (${from} >= low[T + j + 1]) j++;`,
              'const i = j;'
          ];
    const isIn = `${to} >= low[T + j] && ${to} < low[T + j + 1]`;
    const walk = [`while (${to} < low[T + j]) j--;`, `while (${to} >= low[T + j + 1]) j++;`, 'band[c] = j;'];
    if (kind === 'banded')
        return [
            ...start,
            `if (!(${isIn})) {`,
            ...walk,
            '}',
            `let v = rate[T + ${position === 'before' ? 'i' : 'j'}] * x${base};`
        ];
    return [
        ...start,
        'let v;',
        `if (${isIn}) v = rate[T + j] * x${at};`,
        'else {',
        ...walk,
        `v = rate[T + j] * ${to} + intercept[T + j] - (rate[T + i] * ${from} + intercept[T + i]);`,
        '}'
    ];
}

/** To whole units, after gates and factors: `down` and what is left of it decide by the plan's mode. */
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
        `v = rest !== 0 && (${away[mode]}) ? down + (v < 0 ? -1 : 1) : down;`
    ];
}
