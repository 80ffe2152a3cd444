// More about something, folded away until it is asked for: the line that opens it, with a mark that says so, and what it opens.
import { LightningElement, api } from 'lwc';

export default class FoldOut extends LightningElement {
    @api label;
    /** Open from the beginning. */
    @api isOpen = false;
}
