// Addresses of the package's own tabs. In a managed package the name of the tab and the names in the address carry its
// namespace, in development the names in the address carry `c__`.
import RUN from '@salesforce/schema/Run__c';

const NAMESPACE = RUN.objectApiName.replace(/Run__c$/, '');
const STATE_PREFIX = NAMESPACE || 'c__';

/**
 * A page reference of a tab.
 * @param {string} tab
 * @param {Record<string, string>} [state] what the page there reads of its address
 */
export function tabPage(tab, state = {}) {
    const named = Object.entries(state).map(([name, value]) => [STATE_PREFIX + name, value]);
    return {
        type: 'standard__navItemPage',
        attributes: { apiName: NAMESPACE + tab },
        state: Object.fromEntries(named)
    };
}

/**
 * What the address of the open page says, without the prefix.
 * @param {{ state?: Record<string, string> } | undefined} pageReference
 * @returns {Record<string, string>}
 */
export function stateIn(pageReference) {
    const own = Object.entries(pageReference?.state ?? {}).filter(([name]) => name.startsWith(STATE_PREFIX));
    return Object.fromEntries(own.map(([name, value]) => [name.slice(STATE_PREFIX.length), value]));
}
