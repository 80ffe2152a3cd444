// Figures of the engine as whole cents, to add them up and take them apart exactly.

/** Figures of the engine have the decimals of the plan, two for money; finer ones are read as the statement would. */
export function toCents(text) {
    const [above, below] = text.split('/');
    return Math.round((Number(above) / Number(below ?? 1)) * 100);
}

/**
 * An amount taken from several, from the first to the last.
 * @param {number} cents
 * @param {number[]} limits what each has
 * @returns {number[]} what each gives
 */
export function takeFrom(cents, limits) {
    let open = cents;
    return limits.map((limit) => {
        const taken = Math.max(0, Math.min(open, limit));
        open -= taken;
        return taken;
    });
}
