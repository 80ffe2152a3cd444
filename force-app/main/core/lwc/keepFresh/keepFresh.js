// Keeps what a page shows as the org has it: read again when something else on the page changed it (RefreshEvent), and when its
// user comes back to the browser tab after a while, since others may have saved meanwhile. A page nobody looks at asks for nothing,
// and a page that stays in front is not polled.
import { refreshApex } from '@salesforce/apex';
import { registerRefreshHandler, unregisterRefreshHandler } from 'lightning/refresh';

/** Who copies a figure into another window and comes back at once finds the page as it was. */
const AWAY_MS = 30_000;

/**
 * For `connectedCallback`. What has been typed must outlast a read, as it does a RefreshEvent.
 * @param {object} component
 * @param {() => unknown} read what the component shows, called as its method
 * @returns {() => void} ends it, for `disconnectedCallback`
 */
export function keepFresh(component, read) {
    const handlerId = registerRefreshHandler(component, async () => read.call(component));
    const stop = onReturn(() => read.call(component));
    return () => {
        unregisterRefreshHandler(handlerId);
        stop();
    };
}

/**
 * Only the return to the browser tab, for a page that sends RefreshEvents itself.
 * @param {() => unknown} read
 * @returns {() => void} ends it
 */
export function onReturn(read) {
    /** @type {number | undefined} */
    let leftAt;
    const notice = () => {
        if (document.visibilityState === 'hidden') {
            leftAt ??= Date.now();
            return;
        }
        // A machine that wakes up may have no network yet: what stands there is better than an error.
        if (leftAt === undefined || navigator.onLine === false) return;
        const awayMs = Date.now() - leftAt;
        leftAt = undefined;
        if (awayMs >= AWAY_MS) readQuietly(read);
    };
    document.addEventListener('visibilitychange', notice);
    return () => document.removeEventListener('visibilitychange', notice);
}

/** What cannot be read is told by the wire or the page it is for. */
async function readQuietly(read) {
    try {
        await read();
    } catch {
        // Told already.
    }
}

/**
 * Reads wires again. One that has given nothing yet, as its parameter is not known, has nothing to read again.
 * @param {...({ data?: unknown, error?: unknown } | undefined)} wires what they gave
 */
export async function readWires(...wires) {
    const given = wires.filter((wired) => wired?.data !== undefined || wired?.error !== undefined);
    await Promise.all(given.map((wired) => refreshApex(wired)));
}
