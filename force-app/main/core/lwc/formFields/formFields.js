// The fields of a form, drawn from a list. Fires `field` { name, value } as one is filled in; what a value means, and whether the
// form is complete, is the form's.
import { LightningElement, api } from 'lwc';

const WIDTHS = {
    full: 'slds-size_1-of-1',
    half: 'slds-size_1-of-2',
    /** On a phone as wide as the screen. */
    third: 'slds-size_1-of-1 slds-medium-size_1-of-3',
    quarter: 'slds-size_1-of-1 slds-medium-size_1-of-4'
};

export default class FormFields extends LightningElement {
    /**
     * Each field has a `name`, a `width` (full unless told) and the attributes of its control by their own names: with
     * `options` a choice, with `isLong` an area for sentences, else an input.
     */
    @api fields = [];

    get cells() {
        return this.fields.map(({ name, width = 'full', isLong = false, ...attributes }) => ({
            name,
            attributes,
            isLong,
            isChoice: 'options' in attributes,
            cellClass: `slds-col ${WIDTHS[width]}`
        }));
    }

    handleChange(event) {
        const { name } = event.currentTarget.dataset;
        const { value } = event.detail;
        this.dispatchEvent(new CustomEvent('field', { detail: { name, value } }));
    }
}
