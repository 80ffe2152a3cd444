// The tabs of a page that must also work on a phone: they wrap, where lightning-tabset hides them behind a menu that
// screen readers stumble over (a button inside a tab). One stop for Tab, arrows go on, as in every tab list. Fires
// `select` with { key }; the panel is the parent's.
import { LightningElement, api } from 'lwc';

const STEPS = { ArrowRight: 1, ArrowLeft: -1 };

export default class PartTabs extends LightningElement {
    /** @type {{ key: string, label: string }[]} */
    @api tabs = [];
    @api active;
    /** Name of the list for screen readers. */
    @api label;

    get items() {
        return this.tabs.map((tab) => {
            const isActive = tab.key === this.active;
            return {
                ...tab,
                itemClass: `slds-tabs_default__item${isActive ? ' slds-is-active' : ''}`,
                selected: String(isActive),
                tabIndex: isActive ? '0' : '-1'
            };
        });
    }

    handleClick(event) {
        this.choose(event.currentTarget.dataset.key);
    }

    handleKey(event) {
        const step = STEPS[event.key];
        if (!step) return;
        event.preventDefault();
        const at = this.tabs.findIndex(({ key }) => key === this.active);
        const { key } = this.tabs[(at + step + this.tabs.length) % this.tabs.length];
        this.choose(key);
        /** @type {HTMLElement} */ (this.template.querySelector(`[data-key="${key}"]`)).focus();
    }

    choose(key) {
        this.dispatchEvent(new CustomEvent('select', { detail: { key } }));
    }
}
