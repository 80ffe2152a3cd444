// Exact fractions that came through a thread: sent as plain data they lose what they can do, and get it back here.
import { Ratio } from '../domain/ratio.ts';

/** The same data with every fraction in it working again; made in place. */
export function withRatios<T>(value: T): T {
    return revived(value) as T;
}

function revived(value: unknown): unknown {
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || value instanceof Map)
        return value;
    if (Array.isArray(value)) {
        for (const [index, one] of value.entries()) value[index] = revived(one);
        return value;
    }
    const { numerator, denominator } = value as { numerator?: unknown; denominator?: unknown };
    if (typeof numerator === 'bigint' && typeof denominator === 'bigint')
        return Ratio.of(numerator, denominator);
    const parts = value as Record<string, unknown>;
    for (const [name, one] of Object.entries(parts)) parts[name] = revived(one);
    return value;
}
