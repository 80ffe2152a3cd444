// Nothing to show, and that is fine or will pass: a small picture, a heading, a sentence, room for a button.
import { LightningElement, api } from 'lwc';

export default class EmptyState extends LightningElement {
    /** `calm`: all is well. `waiting`: comes later. `search`: nothing fits. `over`: there is nothing to look at. */
    @api picture = 'calm';
    @api heading;
    @api message;

    get isWaiting() {
        return this.picture === 'waiting';
    }

    get isSearch() {
        return this.picture === 'search';
    }

    get isOver() {
        return this.picture === 'over';
    }
}
