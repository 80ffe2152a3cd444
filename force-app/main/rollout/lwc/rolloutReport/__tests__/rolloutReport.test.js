import { createElement } from 'lwc';
import RolloutReport from 'c/rolloutReport';
import getReport from '@salesforce/apex/RolloutReportController.getReport';

jest.mock('@salesforce/apex/RolloutReportController.getReport', () => ({ default: jest.fn() }), {
    virtual: true
});

const LINE = { count: 12, personCount: 3, hitRate: 0.62, baseRate: 0.41, verdict: 'Kept' };
const WARNINGS = {
    feature: 'DealWarnings',
    audience: 'Manager',
    audienceName: 'Mona Lead',
    peopleCount: 4,
    lines: [
        { ...LINE, key: 'R1' },
        { ...LINE, key: 'R9', count: 3, verdict: 'Demoted' },
        { key: 'R4', count: 1, personCount: 1 }
    ],
    examples: [
        {
            opportunityId: '006000000000001AAA',
            opportunityName: 'Pension mandate',
            ruleKey: 'R1',
            evidence: [{ recordId: '00T1', objectName: 'Task', label: 'Client contact on 2026-10-03' }]
        }
    ]
};
const REPORT = {
    shadows: [
        WARNINGS,
        {
            feature: 'Suggestions',
            audience: 'Everybody',
            peopleCount: 9,
            lines: [{ key: 'CloseDate', count: 7, personCount: 2 }],
            examples: []
        },
        {
            feature: 'Forecast',
            audience: 'Role',
            audienceName: 'Sales',
            peopleCount: 0,
            lines: [],
            examples: []
        }
    ],
    suggested: [
        {
            teamName: 'Mona Lead',
            kind: 'NextStep',
            openCount: 5,
            acceptedCount: 3,
            dismissedCount: 1,
            minutesSaved: 6
        },
        { kind: 'CloseDate', openCount: 2, acceptedCount: 0, dismissedCount: 0, minutesSaved: 0 }
    ],
    minutes: [{ kind: 'NextStep', minutes: 2, assumption: 'Looking it up and typing it.' }]
};

async function flush() {
    for (let turn = 0; turn < 12; turn++) await Promise.resolve();
}

async function show(report = REPORT) {
    if (report) getReport.mockResolvedValue(report);
    const element = createElement('c-rollout-report', { is: RolloutReport });
    document.body.appendChild(element);
    await flush();
    return element;
}

const one = (element, selector) => element.shadowRoot.querySelector(selector);
const all = (element, selector) => [...element.shadowRoot.querySelectorAll(selector)];
const textOf = ({ textContent }) => textContent.replace(/\s+/g, ' ').trim();
const cells = (row) => [...row.children].map(textOf);

describe('rolloutReport', () => {
    beforeEach(() => jest.clearAllMocks());
    afterEach(() => document.body.replaceChildren());

    it('tells what a team in shadow would have seen, and how good it proved', async () => {
        const [warnings, suggestions, forecast] = all(await show(), 'c-shadow-report');
        expect(one(warnings, '[data-id="people"]').textContent).toBe(
            'Shadow for Team of Mona Lead: 4 people.'
        );
        expect(all(warnings, '[data-id="proved"]').map(textOf)).toEqual([
            '62% of past deals with it were lost, 41% of the others',
            '62% of past deals with it were lost, 41% of the others. Put aside: it proves nothing here.',
            'Too few past deals to tell'
        ]);
        expect(textOf(one(warnings, '[data-key="R1"]'))).toContain('12');
        expect(one(warnings, '[data-id="example"] c-record-link').label).toBe('Pension mandate');
        expect(one(warnings, 'c-evidence-list').records).toEqual(WARNINGS.examples[0].evidence);
        expect(cells(one(suggestions, '[data-key="CloseDate"]'))).toEqual(['Close date', '7', '2']);
        expect(one(suggestions, '[data-id="proved"]')).toBeNull();
        expect(one(forecast, '[data-id="no-rows"]')).not.toBeNull();
    });

    it('tells the accepted share, the minutes and what they are assumed from', async () => {
        const element = await show();
        const [mona, nobody] = all(element, '[data-id="suggested"]').map(cells);
        expect(mona).toEqual(['Mona Lead', 'Next step', '5', '75% (3 of 4)', '6']);
        expect(nobody).toEqual(['No manager', 'Close date', '2', '–', '0']);
        expect(all(element, '[data-id="assumption"]').map(textOf)).toEqual([
            'Next step: 2 minutes each. Looking it up and typing it.'
        ]);
    });

    it('says so where nothing is in shadow and nothing was suggested', async () => {
        const element = await show({ shadows: [], suggested: [], minutes: [] });
        expect(one(element, '[data-id="no-shadow"]')).not.toBeNull();
        expect(one(element, '[data-id="no-suggested"]')).not.toBeNull();
        expect(one(element, 'table')).toBeNull();
    });

    it('shows an error and tries again', async () => {
        getReport.mockRejectedValue({ body: { message: 'no' } });
        const element = await show(null);
        expect(one(element, 'c-load-state').result.error).toBeDefined();
        getReport.mockResolvedValue(REPORT);
        one(element, 'c-load-state').dispatchEvent(new CustomEvent('retry'));
        await flush();
        expect(all(element, 'c-shadow-report')).toHaveLength(3);
    });

    it('is accessible', async () => {
        await expect(await show()).toBeAccessible();
    });
});
