// Which components have a table that stairs can show: one input, bounds and values that are numbers.

/** @param {{ tiers: any[], measure: string | null }} component */
export function isDrawable({ tiers, measure }) {
    return Boolean(measure) && tiers.length > 1 && tiers.every(hasNumbers);
}

function hasNumbers({ columnNumber, lowerBound, rate }) {
    return (columnNumber ?? 1) === 1 && Number.isFinite(lowerBound) && Number.isFinite(rate);
}
