import { createElement } from 'lwc';
import DealWarning from 'c/dealWarning';

const WARNING = {
    flagKey: '006000000000001AAA:R1',
    ruleKey: 'R1',
    severity: 'Red',
    observedBusinessDays: 23,
    unit: 'BusinessDays',
    threshold: 15,
    thresholdBasis: 'Segment',
    thresholdSampleSize: 64,
    evidence: [
        { recordId: '00T000000000001AAA', objectName: 'Task', label: 'Call on 2026-10-20' },
        { recordId: '00T000000000002AAA', objectName: 'Task', label: 'E-mail on 2026-10-12' }
    ],
    actionText: 'Call the client and agree the next date'
};

function show(changes = {}, properties = {}) {
    const element = createElement('c-deal-warning', { is: DealWarning });
    Object.assign(element, { warning: { ...WARNING, ...changes }, ...properties });
    document.body.appendChild(element);
    return element;
}

const byId = (element, id) => element.shadowRoot.querySelector(`[data-id="${id}"]`);

describe('dealWarning', () => {
    afterEach(() => document.body.replaceChildren());

    it('says what was observed, against which limit, and what to do', () => {
        const element = show();
        expect(element.shadowRoot.querySelector('h3').textContent).toBe(
            'No two-way contact with the client for 23 business days'
        );
        expect(byId(element, 'basis').textContent).toContain('learnt from 64 won deals');
        expect(byId(element, 'action').textContent).toBe(WARNING.actionText);
    });

    it('tells serious from notice in words, not by colour alone', () => {
        const text = (element) => element.shadowRoot.querySelector('lightning-icon').alternativeText;
        expect(text(show())).toBe('Serious');
        expect(text(show({ severity: 'Amber' }))).toBe('Notice');
    });

    it('links every record it rests on', () => {
        const list = show().shadowRoot.querySelector('c-evidence-list');
        const links = [...list.shadowRoot.querySelectorAll('li c-record-link')];
        expect(links.map((link) => [link.recordId, link.objectApiName, link.label])).toEqual([
            ['00T000000000001AAA', 'Task', 'Call on Oct 20, 2026'],
            ['00T000000000002AAA', 'Task', 'E-mail on Oct 12, 2026']
        ]);
    });

    it('writes amounts in the currency of the deal, the limit too', () => {
        const large = { ruleKey: 'R8', unit: 'Amount', observedValue: 90000, threshold: 50000 };
        const element = show(large, { currencyCode: 'EUR' });
        expect(element.shadowRoot.querySelector('h3').textContent).toContain('€90,000');
        expect(byId(element, 'basis').textContent).toContain('€50,000');
    });

    it('leaves the heading of evidence away when there is none', () => {
        expect(show({ evidence: [] }).shadowRoot.textContent).not.toContain('What this rests on');
    });

    it('asks its parent for a task with one click', () => {
        const element = show();
        const onCreate = jest.fn();
        element.addEventListener('createstep', (event) => onCreate(event.detail));
        byId(element, 'create-task').click();
        expect(onCreate).toHaveBeenCalledWith({ flagKey: WARNING.flagKey });
    });

    it('shows the open task instead of offering a second one', () => {
        const element = show({ openTaskId: '00T000000000009AAA' });
        expect(byId(element, 'create-task')).toBeNull();
        expect(byId(element, 'task').recordId).toBe('00T000000000009AAA');
    });

    it('moves the focus to the task that replaced the button', async () => {
        const element = show();
        element.focusTask();
        element.warning = { ...WARNING, openTaskId: '00T000000000009AAA' };
        await Promise.resolve();
        const focused = jest.spyOn(byId(element, 'task'), 'focus');
        element.warning = { ...WARNING, openTaskId: '00T000000000009AAA' };
        element.focusTask();
        element.warning = { ...WARNING, openTaskId: '00T000000000009AAA', severity: 'Amber' };
        await Promise.resolve();
        expect(focused).toHaveBeenCalled();
    });

    it('asks why it is not right, and hands the answer on', async () => {
        const element = show();
        const onFeedback = jest.fn();
        element.addEventListener('feedback', (event) => onFeedback(event.detail));
        byId(element, 'not-right').click();
        await Promise.resolve();
        const form = element.shadowRoot.querySelector('c-flag-feedback');
        form.dispatchEvent(
            new CustomEvent('send', { detail: { reason: 'DataWrong', note: 'met in person' } })
        );
        expect(onFeedback).toHaveBeenCalledWith({
            flagKey: WARNING.flagKey,
            reason: 'DataWrong',
            note: 'met in person'
        });
    });

    it('closes the form when the user thinks better of it', async () => {
        const element = show();
        byId(element, 'not-right').click();
        await Promise.resolve();
        element.shadowRoot.querySelector('c-flag-feedback').dispatchEvent(new CustomEvent('cancel'));
        await Promise.resolve();
        expect(element.shadowRoot.querySelector('c-flag-feedback')).toBeNull();
        expect(byId(element, 'not-right')).not.toBeNull();
    });

    it('repeats what the user said instead of asking again', () => {
        const element = show({ feedbackReason: 'WaitingOnClient' });
        expect(byId(element, 'thanks').textContent).toBe('You said: We agreed to wait for the client');
        expect(byId(element, 'not-right')).toBeNull();
    });

    it('is accessible', async () => {
        await expect(show()).toBeAccessible();
        await expect(show({ feedbackReason: 'Other', openTaskId: '00T000000000009AAA' })).toBeAccessible();
    });
});
