// Writes the two passes of a plan as JavaScript made of the steps of its layout. The text depends on the plan alone; whoever
// publishes a plan stores it with its hash and hands it back as functions (kernel.ts). Where code may not be made from text,
// operators.ts does the same steps.
import { canBeFlat, flatSource } from './flat-source.ts';
import { addedSource, lineSource } from './line-source.ts';
import type { Group, Layout, SlotSteps } from './layout.ts';
import { NOBODY } from './transactions.ts';

type PassName = 'first' | 'second';

/** Body of a function that gives `{ first, second }`, functions of `f` (the frame), `from`, `to` (rows) and `k`, `l` (first
 *  credit, first line). Plans that credit by splits to one sum get flat loops too, for inputs that allow them. */
export function kernelSource(layout: Layout): string {
    const isFlat = canBeFlat(layout);
    const passes = (['first', 'second'] as const).map((pass) => passSource(layout, pass));
    return [
        "'use strict';",
        ...passes,
        ...(isFlat ? [flatSource(layout)] : []),
        isFlat
            ? 'return { first: (f, from, to, k, l) => (f.kindFirst ? flatFirst : first)(f, from, to, k, l),' +
              ' second: (f, from, to, k, l) => (f.kindFirst ? flatSecond : second)(f, from, to, k, l) };'
            : 'return { first, second };',
        ''
    ].join('\n');
}

/** Number of the kind of row `t`. */
export function kindSource({ fieldCount }: Layout): string {
    const fields = Array.from({ length: fieldCount }, (_, index) => `codes${index}[t] * radix${index}`);
    return fields.length === 0 ? '0' : fields.join(' + ');
}

export function codesSource({ fieldCount }: Layout): string[] {
    return Array.from(
        { length: fieldCount },
        (_, index) => `    const codes${index} = f.codes[${index}], radix${index} = f.radices[${index}];`
    );
}

function passSource(layout: Layout, pass: PassName): string {
    return [
        `function ${pass}(f, from, to, k, l) {`,
        '    const { amount, period, periods, splitStart, splitPayee, splitShare, shareScale, entryStart, entries, fixedPayee,',
        '        slotFirst, slotWeight, lineFirst, linePays, creditParts, total, below, running, band, value, low, rate,',
        '        intercept, multiplier, parts, mask, credit, before, worth, bands } = f;',
        ...codesSource(layout),
        ...layout.groups.flatMap(({ target, holder }, index) =>
            target === 'holder' ? [`    const holder${index} = f.holders[${holder}];`] : []
        ),
        '    let check = 0;',
        '    for (let t = from; t < to; t++) {',
        `        const kind = ${kindSource(layout)};`,
        '        const row = period[t];',
        ...layout.groups.map((group, index) => groupSource(layout, group, index, pass)),
        '    }',
        '    return check;',
        '}'
    ].join('\n');
}

function groupSource(layout: Layout, group: Group, index: number, pass: PassName): string {
    const { slotStride, lineStride, groups } = layout;
    const at = `kind * ${groups.length} + ${index}`;
    const slots = group.slots.flatMap((slot, s) => {
        if (!isUsed(group, slot, s, pass)) return [];
        const place = `e * ${slotStride} + ${s}`;
        const first = `        const first${s} = slotFirst[${place}] + row;`;
        return slot.isPlain ? [first] : [first, `        const weight${s} = slotWeight[${place}];`];
    });
    const lines = group.lines.flatMap(({ isAsked }, n) => {
        const place = `e * ${lineStride} + ${n}`;
        const first = `        const line${n} = lineFirst[${place}] + row;`;
        return isAsked ? [first, `        const pays${n} = linePays[${place}];`] : [first];
    });
    return [
        `    for (let q = entryStart[${at}], last = entryStart[${at} + 1]; q < last; q++) {`,
        '        const e = entries[q];',
        ...slots,
        ...(pass === 'second' ? lines : []),
        ...(group.target === 'splits'
            ? splitsSource(layout, group, pass)
            : singleSource(layout, group, index, pass)),
        '    }'
    ].join('\n');
}

/** The first pass moves sums; the second follows those that lines look at, and needs what else lines are a part of. */
function isUsed({ lines }: Group, slot: SlotSteps, index: number, pass: PassName): boolean {
    if (pass === 'first') return slot.isMoved;
    return slot.isFollowed || lines.some(({ base, kind }) => base === index && kind !== 'marginal');
}

function splitsSource(layout: Layout, group: Group, pass: PassName): string[] {
    const needsShare = group.slots.some(({ of }) => of === 'share');
    return [
        '        const start = splitStart[t], count = splitStart[t + 1] - start;',
        ...(pass === 'first' ? allocationSource(layout) : []),
        '        for (let i = 0; i < count; i++, k++) {',
        '            const a = credit[k], payee = Math.imul(splitPayee[start + i], periods);',
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
    if (residual === 'first' || residual === 'last')
        return [
            ...head,
            `        if (count > 0) credit[${residual === 'first' ? 'k' : 'k + count - 1'}] += left;`
        ];
    return [...head, `        if (left !== 0) f.settle(t, k, left);`];
}

function singleSource(layout: Layout, group: Group, index: number, pass: PassName): string[] {
    const needsShare = group.slots.some(({ of }) => of === 'share');
    return [
        `        const own = ${group.target === 'payee' ? 'fixedPayee[e]' : `holder${index}[t]`};`,
        `        if (own !== ${NOBODY}) {`,
        '            const payee = Math.imul(own, periods);',
        `            const a = amount[t]${group.hasShare ? ' * creditParts[e]' : ''};`,
        ...(needsShare ? [`            const share = ${group.hasShare ? 'creditParts[e]' : '1'};`] : []),
        ...(pass === 'first' ? ['            credit[k] = a;'] : []),
        ...creditSource(layout, group, pass),
        '            k++;',
        '        }'
    ];
}

function creditSource(layout: Layout, group: Group, pass: PassName): string[] {
    const slots = group.slots.flatMap((slot, s) =>
        isUsed(group, slot, s, pass) ? (pass === 'first' ? moveSource(slot, s) : followSource(slot, s)) : []
    );
    if (pass === 'first') return slots;
    const lines = group.lines.flatMap((line, n) => [
        `            ${line.isAsked ? `if (pays${n} !== 0) ` : ''}{`,
        `                const c = line${n} + payee;`,
        ...lineSource(layout, line),
        '            }'
    ]);
    return [...slots, ...lines];
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
