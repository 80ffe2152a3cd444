// What a call to the org came to, in the shape a wire gives it, so that c-load-state and pages read both alike. Has no opinion
// on when to call.

/**
 * @template T
 * @param {Promise<T>} call of an Apex method that is not wired
 * @returns {Promise<{ data: T, error?: undefined } | { data?: undefined, error: unknown }>}
 */
export async function resultOf(call) {
    try {
        return { data: await call };
    } catch (error) {
        return { error };
    }
}
