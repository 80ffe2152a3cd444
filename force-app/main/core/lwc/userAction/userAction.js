// What a page shows while it does what its user asked for: busy, then that it is done or why it is not. The page keeps
// `isBusy`, `actionError` and, where it says what was done, `announcement`; saying so is the page's own.

/** @typedef {{ isBusy: boolean, actionError: unknown, announcement?: string }} Page */

/**
 * Does what the user asked for. What an earlier action came to is no longer shown.
 * @param {Page} page
 * @param {() => unknown} work
 * @returns {Promise<boolean>} whether it was done; if not, `actionError` says why
 */
export async function carryOut(page, work) {
    page.actionError = undefined;
    if (page.announcement) page.announcement = '';
    return attempt(page, work);
}

/**
 * Goes on with what the user asked for before: what it came to so far stays shown.
 * @param {Page} page
 * @param {() => unknown} work
 * @returns {Promise<boolean>} whether it was done; if not, `actionError` says why
 */
export async function attempt(page, work) {
    page.isBusy = true;
    try {
        await work();
        return true;
    } catch (error) {
        page.actionError = error;
        return false;
    } finally {
        page.isBusy = false;
    }
}
