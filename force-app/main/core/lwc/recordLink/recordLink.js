// A link to a record: a real address (middle click, copy) that opens inside Lightning when clicked.
import { LightningElement, api } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';

export default class RecordLink extends NavigationMixin(LightningElement) {
    @api label;
    /** Says more to screen readers than the visible label. */
    @api accessibleName;
    /** underlined, because it stands among other words */
    @api isInText = false;

    url;
    isFocusDue = false;
    _recordId;
    _objectApiName;

    @api
    get recordId() {
        return this._recordId;
    }
    set recordId(value) {
        this._recordId = value;
        this.findUrl();
    }

    @api
    get objectApiName() {
        return this._objectApiName;
    }
    set objectApiName(value) {
        this._objectApiName = value;
        this.findUrl();
    }

    /** Waits for the address when it is not known yet: before that there is no link to focus. */
    @api
    focus() {
        this.isFocusDue = true;
        this.focusWhenThere();
    }

    renderedCallback() {
        this.focusWhenThere();
    }

    focusWhenThere() {
        const link = /** @type {HTMLElement | undefined} */ (this.refs?.link);
        if (!this.isFocusDue || !link) return;
        this.isFocusDue = false;
        link.focus();
    }

    get linkClass() {
        return this.isInText ? 'in-text' : '';
    }

    get page() {
        return {
            type: 'standard__recordPage',
            attributes: { recordId: this._recordId, objectApiName: this._objectApiName, actionName: 'view' }
        };
    }

    async findUrl() {
        if (!this._recordId) {
            this.url = undefined;
            return;
        }
        const asked = this._recordId;
        const url = await this[NavigationMixin.GenerateUrl](this.page);
        if (asked === this._recordId) this.url = url;
    }

    handleClick(event) {
        // With a modifier key the browser opens a tab or window of its own.
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        this[NavigationMixin.Navigate](this.page);
    }
}
