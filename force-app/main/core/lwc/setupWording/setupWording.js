// Turns what the service found, or the refusal it answered instead, into lines for the setup page: a name, how it stands,
// what was found and the next step. The way in is four lines that a refusal stops at one of.
import { describeError } from 'c/errorMessages';
import { fillLabel } from 'c/labelText';
import reach from '@salesforce/label/c.SpmSetupReach';
import keyOk from '@salesforce/label/c.SpmSetupKeyOk';
import own from '@salesforce/label/c.SpmSetupOwn';
import works from '@salesforce/label/c.SpmSetupWorks';
import ok from '@salesforce/label/c.SpmSetupOk';
import warning from '@salesforce/label/c.SpmSetupWarning';
import failed from '@salesforce/label/c.SpmSetupFailed';
import unknown from '@salesforce/label/c.SpmSetupUnknown';
import waits from '@salesforce/label/c.SpmSetupWaits';
import reachFix from '@salesforce/label/c.SpmSetupReachFix';
import keyMissing from '@salesforce/label/c.SpmSetupKeyMissing';
import keyWrong from '@salesforce/label/c.SpmSetupKeyWrong';
import copy from '@salesforce/label/c.SpmSetupCopy';
import suspended from '@salesforce/label/c.SpmSetupSuspended';
import gone from '@salesforce/label/c.SpmSetupGone';
import signIn from '@salesforce/label/c.SpmSetupSignIn';
import myDomain from '@salesforce/label/c.SpmSetupMyDomain';
import sets from '@salesforce/label/c.SpmSetupSets';
import reads from '@salesforce/label/c.SpmSetupReads';
import writes from '@salesforce/label/c.SpmSetupWrites';
import api from '@salesforce/label/c.SpmSetupApi';
import storage from '@salesforce/label/c.SpmSetupStorage';
import counts from '@salesforce/label/c.SpmSetupCounts';
import changes from '@salesforce/label/c.SpmSetupChanges';

/**
 * @typedef {'ok' | 'warning' | 'failed' | 'unknown'} Outcome
 * @typedef {{ key: string, name: string, outcome: Outcome, code: string, message: string, fix: string }} Line
 */

const WAY_IN = { reach, keyOk, own, works };

/** Where a refusal stops the way in, and what to do there. Refusals that are not here are shown as errors. */
const STOPS = {
    UNREACHABLE: { at: 'reach', fix: reachFix },
    TIMEOUT: { at: 'reach', fix: reachFix },
    SERVICE_ERROR: { at: 'reach', fix: '' },
    RATE_LIMITED: { at: 'reach', fix: '' },
    SERVICE_BUSY: { at: 'reach', fix: '' },
    NOT_CONNECTED: { at: 'keyOk', fix: keyMissing },
    UNAUTHORIZED: { at: 'keyOk', fix: keyWrong },
    ORG_MISMATCH: { at: 'own', fix: copy },
    TENANT_SUSPENDED: { at: 'works', fix: suspended },
    TENANT_DISCONNECTED: { at: 'works', fix: gone }
};

/** Refusals after which the key has to be entered. */
const NEEDS_KEY = ['NOT_CONNECTED', 'UNAUTHORIZED', 'ORG_MISMATCH', 'TENANT_DISCONNECTED'];

const CHECKS = {
    signIn,
    myDomain,
    permissionSets: sets,
    reads,
    writes,
    apiBudget: api,
    storage,
    counts,
    changes
};

/** Made only where whoever runs the service has switched it on. */
const OPTIONAL = 'changes';

const WORDS = { ok, warning, failed, unknown };
const ICONS = {
    ok: { icon: 'utility:success', variant: 'success' },
    warning: { icon: 'utility:warning', variant: 'warning' },
    failed: { icon: 'utility:error', variant: 'error' },
    unknown: { icon: 'utility:dash', variant: '' }
};

/** @param {any} error of a check; undefined when it was answered */
export function needsKey(error) {
    return Boolean(error) && NEEDS_KEY.includes(describeError(error).code);
}

/** True for a refusal that says something of the connection. */
export function isAboutConnection(error) {
    return describeError(error).code in STOPS;
}

/**
 * @param {any} error the refusal, if any
 * @param {string} orgId
 * @returns {Line[]}
 */
export function wayIn(error, orgId) {
    const text = error ? describeError(error) : undefined;
    const stop = text && STOPS[text.code];
    // A key that is not entered never leaves Salesforce: nobody knows whether the service answers.
    const isReachKnown = text?.code !== 'NOT_CONNECTED';
    let isPast = false;
    return Object.entries(WAY_IN).map(([key, name]) => {
        if (stop?.at === key) {
            isPast = true;
            const fix = fillLabel(stop.fix, orgId);
            // The sentence for everybody sends people to their administrator, who is reading this.
            const message = fix ? '' : text.message;
            return lineOf({ key, name, outcome: 'failed', code: text.code, message, fix });
        }
        const isUnknown = isPast || (key === 'reach' && !isReachKnown);
        return lineOf({ key, name, outcome: isUnknown ? 'unknown' : 'ok' });
    });
}

/**
 * @param {any[] | undefined} checks of the service; undefined while it is not reached
 * @returns {Line[]}
 */
export function wayOut(checks) {
    const found = new Map((checks ?? []).map((check) => [check.name, check]));
    return Object.entries(CHECKS)
        .filter(([key]) => (checks ? found.has(key) : key !== OPTIONAL))
        .map(([key, name]) => {
            const check = found.get(key);
            if (!check) return lineOf({ key, name, outcome: 'unknown', message: waits });
            return lineOf({ ...check, key, name });
        });
}

function lineOf({ key, name, outcome, code = '', message = '', fix = '' }) {
    return {
        key,
        name,
        outcome,
        code,
        message,
        fix,
        word: WORDS[outcome],
        hasDetail: outcome === 'failed' || outcome === 'warning',
        ...ICONS[outcome]
    };
}
