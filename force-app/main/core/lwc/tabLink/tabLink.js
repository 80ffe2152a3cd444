// A link to a tab of the package, with what the page there reads of its address: a real address (middle click, copy) that
// opens inside Lightning when clicked.
import { LightningElement, api } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import { tabPage } from 'c/tabPage';

export default class TabLink extends NavigationMixin(LightningElement) {
    @api label;
    /** Says more to screen readers than the visible label. */
    @api accessibleName;

    url;
    _tab;
    _state;

    @api
    get tab() {
        return this._tab;
    }
    set tab(value) {
        this._tab = value;
        this.findUrl();
    }

    /** Texts by name. */
    @api
    get state() {
        return this._state;
    }
    set state(value) {
        this._state = value;
        this.findUrl();
    }

    get page() {
        return tabPage(this._tab, this._state);
    }

    async findUrl() {
        if (!this._tab) return;
        const asked = this._state;
        const url = await this[NavigationMixin.GenerateUrl](this.page);
        if (asked === this._state) this.url = url;
    }

    handleClick(event) {
        // With a modifier key the browser opens a tab or window of its own.
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        this[NavigationMixin.Navigate](this.page);
    }
}
