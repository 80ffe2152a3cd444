// One sentence instead of a page: not found, no access, could not be loaded.
import { api, LightningElement } from 'lwc';

export default class Notice extends LightningElement {
    @api heading = '';
    @api message = '';
}
