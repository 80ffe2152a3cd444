// Figures of the engine as whole cents, to add them up exactly.

/** Figures of the engine have the decimals of the plan, two for money; finer ones are read as the statement would. */
export function toCents(text) {
    const [above, below] = text.split('/');
    return Math.round((Number(above) / Number(below ?? 1)) * 100);
}
