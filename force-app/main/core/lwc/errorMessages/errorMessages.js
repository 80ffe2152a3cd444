// Turns what the platform and our controllers throw into a heading, a sentence and a code. The code is for support;
// the sentence says what to do. Ours arrive as JSON {code, message} in the message of an AuraHandledException.
import { fillLabel } from 'c/labelText';
import errorTitle from '@salesforce/label/c.SpmErrorTitle';
import noAccessTitle from '@salesforce/label/c.SpmNoAccessTitle';
import notConnectedTitle from '@salesforce/label/c.SpmNotConnectedTitle';
import noAccess from '@salesforce/label/c.SpmErrorNoAccess';
import noPermission from '@salesforce/label/c.SpmErrorNoPermission';
import flagGone from '@salesforce/label/c.SpmErrorFlagGone';
import invalidInput from '@salesforce/label/c.SpmErrorInvalidInput';
import saveRefused from '@salesforce/label/c.SpmErrorSaveRefused';
import featureOff from '@salesforce/label/c.SpmErrorFeatureOff';
import featureOffTitle from '@salesforce/label/c.SpmFeatureOffTitle';
import suggestionStale from '@salesforce/label/c.SpmErrorSuggestionStale';
import suggestionGone from '@salesforce/label/c.SpmErrorSuggestionGone';
import notConnected from '@salesforce/label/c.SpmErrorNotConnected';
import unauthorized from '@salesforce/label/c.SpmErrorUnauthorized';
import orgMismatch from '@salesforce/label/c.SpmErrorOrgMismatch';
import tenantSuspended from '@salesforce/label/c.SpmErrorTenantSuspended';
import tenantDisconnected from '@salesforce/label/c.SpmErrorTenantDisconnected';
import twoKeysLive from '@salesforce/label/c.SpmErrorTwoKeysLive';
import keyNotFound from '@salesforce/label/c.SpmErrorKeyNotFound';
import lastKey from '@salesforce/label/c.SpmErrorLastKey';
import keyInUse from '@salesforce/label/c.SpmErrorKeyInUse';
import runNotFound from '@salesforce/label/c.SpmErrorRunNotFound';
import runNotCancelled from '@salesforce/label/c.SpmErrorRunNotCancelled';
import unreachable from '@salesforce/label/c.SpmErrorUnreachable';
import timeout from '@salesforce/label/c.SpmErrorTimeout';
import rateLimited from '@salesforce/label/c.SpmErrorRateLimited';
import serviceBusy from '@salesforce/label/c.SpmErrorServiceBusy';
import runsWaiting from '@salesforce/label/c.SpmErrorRunsWaiting';
import serviceError from '@salesforce/label/c.SpmErrorService';
import offline from '@salesforce/label/c.SpmErrorOffline';
import unknown from '@salesforce/label/c.SpmErrorUnknown';

/**
 * @typedef {'access' | 'connection' | 'error' | 'off'} ErrorKind
 * @typedef {{ code: string, kind: ErrorKind, title: string, message: string }} ErrorText
 */

/** @type {Record<string, { kind: ErrorKind, message: string }>} */
const KNOWN = {
    NO_ACCESS: { kind: 'access', message: noAccess },
    NO_PERMISSION: { kind: 'access', message: noPermission },
    FLAG_GONE: { kind: 'error', message: flagGone },
    INVALID_INPUT: { kind: 'error', message: invalidInput },
    SAVE_REFUSED: { kind: 'error', message: saveRefused },
    FEATURE_OFF: { kind: 'off', message: featureOff },
    SUGGESTION_STALE: { kind: 'error', message: suggestionStale },
    SUGGESTION_GONE: { kind: 'error', message: suggestionGone },
    NOT_CONNECTED: { kind: 'connection', message: notConnected },
    UNAUTHORIZED: { kind: 'connection', message: unauthorized },
    ORG_MISMATCH: { kind: 'connection', message: orgMismatch },
    TENANT_SUSPENDED: { kind: 'connection', message: tenantSuspended },
    TENANT_DISCONNECTED: { kind: 'connection', message: tenantDisconnected },
    TWO_KEYS_LIVE: { kind: 'error', message: twoKeysLive },
    KEY_NOT_FOUND: { kind: 'error', message: keyNotFound },
    LAST_KEY: { kind: 'error', message: lastKey },
    KEY_IN_USE: { kind: 'error', message: keyInUse },
    RUN_NOT_FOUND: { kind: 'error', message: runNotFound },
    RUN_NOT_CANCELLED: { kind: 'error', message: runNotCancelled },
    UNREACHABLE: { kind: 'error', message: unreachable },
    TIMEOUT: { kind: 'error', message: timeout },
    RATE_LIMITED: { kind: 'error', message: rateLimited },
    SERVICE_BUSY: { kind: 'error', message: serviceBusy },
    RUNS_WAITING: { kind: 'error', message: runsWaiting },
    SERVICE_ERROR: { kind: 'error', message: serviceError },
    OFFLINE: { kind: 'error', message: offline }
};

/** @type {Record<ErrorKind, string>} */
const TITLES = {
    access: noAccessTitle,
    connection: notConnectedTitle,
    error: errorTitle,
    off: featureOffTitle
};

/** What the platform says when a permission set does not name the controller, or an object or field is hidden. */
const PERMISSION_PATTERN =
    /do not have access to the apex class|insufficient (access|privileges)|sobject type .* is not supported|no such column/i;

/**
 * @param {any} error what a wire or an imperative call gave
 * @returns {ErrorText}
 */
export function describeError(error) {
    const body = bodyOf(error);
    const ours = parseOurs(body?.message);
    const code = ours ? ours.code : platformCode(error, body);
    const known = KNOWN[code];
    const kind = known ? known.kind : 'error';
    return {
        code,
        kind,
        title: TITLES[kind],
        message: fillLabel(known ? known.message : unknown, ours?.message ?? '')
    };
}

/** UI API errors carry a list, Apex errors one object, network errors nothing. */
function bodyOf(error) {
    return Array.isArray(error?.body) ? error.body[0] : error?.body;
}

/**
 * @param {unknown} message
 * @returns {{ code: string, message: string } | null}
 */
function parseOurs(message) {
    if (typeof message !== 'string' || !message.startsWith('{')) return null;
    try {
        const parsed = JSON.parse(message);
        return typeof parsed.code === 'string' ? parsed : null;
    } catch {
        return null;
    }
}

/** @returns {string} */
function platformCode(error, body) {
    if (navigator.onLine === false) return 'OFFLINE';
    if (PERMISSION_PATTERN.test(body?.message ?? '') || error?.status === 403) return 'NO_PERMISSION';
    return body?.errorCode ?? body?.statusCode?.toString() ?? error?.status?.toString() ?? 'UNKNOWN';
}
