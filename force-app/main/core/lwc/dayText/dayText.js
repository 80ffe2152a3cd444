// A day as the user's locale writes it: the same day in every time zone.
import { LightningElement, api } from 'lwc';

export default class DayText extends LightningElement {
    /** `2026-10-11` */
    @api value;
}
