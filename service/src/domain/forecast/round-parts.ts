// Doubles into whole minor units at the end of all arithmetic: to the nearest unit, halves away from zero; and parts of a
// rounded total so that they sum to it exactly.

/** 2.5 gives 3, -2.5 gives -3. */
export function toMinor(value: number): number {
    const rounded = Math.sign(value) * Math.round(Math.abs(value));
    return rounded === 0 ? 0 : rounded;
}

/** Whole numbers near the values that sum to the total: each is rounded down, then the units left over go one each to the
 *  parts that lost most (the first of equal ones). The values must sum to the total but for rounding; a difference that is
 *  larger is shared out in turns. 1.5, 1.5 of 3 gives 2, 1. */
export function roundParts(values: readonly number[], total: number): number[] {
    const parts = values.map(Math.floor);
    const order = values
        .map((value, index) => ({ index, lost: value - parts[index]! }))
        .sort((a, b) => b.lost - a.lost || a.index - b.index);
    let left = total - parts.reduce((sum, part) => sum + part, 0);
    if (order.length === 0) return parts;
    const whole = Math.trunc(left / order.length);
    if (whole !== 0) for (let index = 0; index < parts.length; index++) parts[index]! += whole;
    left -= whole * order.length;
    for (let turn = 0; turn < Math.abs(left); turn++) {
        const { index } = left > 0 ? order[turn]! : order.at(-1 - turn)!;
        parts[index]! += Math.sign(left);
    }
    return parts.map((part) => part + 0);
}
