import { createElement } from 'lwc';
import ConductPerson from 'c/conductPerson';

const PERSON = {
    userId: '005',
    name: 'Cleo',
    severity: 'High',
    findings: [
        {
            warningId: 'w1',
            metricKey: 'gaming-SelfCopies',
            words: '12 of 12 mails went to nobody outside the firm.',
            since: '2026-09-14',
            severity: 'High',
            status: 'Open',
            evidence: [
                { recordId: '00T1', objectName: 'Task', label: 'Mail of 2026-10-02', name: 'Email sent' },
                { recordId: null, objectName: 'Task', label: 'Mail of 2026-10-03', name: null }
            ]
        },
        {
            warningId: 'w2',
            metricKey: 'gaming-SplitGames',
            words: 'Shares.',
            since: '2026-05-01',
            status: 'Cleared'
        }
    ],
    results: [
        {
            resultId: 'r1',
            label: 'Files in order',
            unit: 'Percent',
            value: 71.25,
            floorValue: 80,
            targetValue: 95,
            status: 'Missed',
            trend: 'Falling'
        },
        { resultId: 'r2', label: 'Complaints', unit: 'Count', value: null, status: 'NoData', trend: 'TooFew' }
    ]
};

async function show(changes = {}) {
    const element = createElement('c-conduct-person', { is: ConductPerson });
    element.person = { ...PERSON, ...changes };
    document.body.appendChild(element);
    await Promise.resolve();
    return element;
}

const texts = (element, id) =>
    [...element.shadowRoot.querySelectorAll(`[data-id="${id}"]`)].map(({ textContent }) =>
        textContent.trim()
    );

describe('conductPerson', () => {
    afterEach(() => document.body.replaceChildren());

    it('says what weighs most, and each sign with since when, and whether it is still seen', async () => {
        const element = await show();
        expect(texts(element, 'severity')).toEqual(['High: hardly by chance']);
        expect(texts(element, 'about')).toEqual([
            'Mails to oneself · since Sep 14, 2026',
            'Token shares that go round · since May 1, 2026 · no longer seen'
        ]);
    });

    it('links the records this user may see, and names the others without a link', async () => {
        const element = await show();
        const list = element.shadowRoot.querySelector('c-evidence-list');
        const link = list.shadowRoot.querySelector('c-record-link');
        expect([link.recordId, link.label]).toEqual(['00T1', 'Email sent: Mail of Oct 2, 2026']);
        expect(texts(list, 'evidence')[1]).toBe('Mail of Oct 3, 2026');
    });

    it('shows each standard with figure, floor and mark, open while one is missed', async () => {
        const element = await show();
        expect(texts(element, 'figure')).toEqual(['71.3 %', '–']);
        expect(texts(element, 'standard')).toEqual(['floor 80 %, target 95 %', '–']);
        expect(element.shadowRoot.querySelector('c-fold-out.slds-m-top_x-small').isOpen).toBe(true);
        const met = await show({ results: [{ ...PERSON.results[0], status: 'Met' }] });
        expect(met.shadowRoot.querySelector('c-fold-out.slds-m-top_x-small').isOpen).toBe(false);
    });

    it('is accessible', async () => {
        await expect(await show()).toBeAccessible();
    });
});
