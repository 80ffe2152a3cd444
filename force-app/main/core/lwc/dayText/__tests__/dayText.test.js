import { createElement } from 'lwc';
import DayText from 'c/dayText';

describe('dayText', () => {
    afterEach(() => document.body.replaceChildren());

    it('shows a day as the day it is, in any time zone', () => {
        const element = createElement('c-day-text', { is: DayText });
        element.value = '2026-10-11';
        document.body.appendChild(element);
        const date = element.shadowRoot.querySelector('lightning-formatted-date-time');
        expect([date.value, date.timeZone]).toEqual(['2026-10-11', 'UTC']);
    });
});
