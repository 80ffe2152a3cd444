import { createElement } from 'lwc';
import SetupFigures from 'c/setupFigures';

const ORG = {
    orgId: '00D000000000001EAA',
    edition: 'Unlimited Edition',
    instance: 'UM1',
    isSandbox: false,
    myDomain: 'https://acme.my.salesforce.com',
    namespace: '',
    packageVersion: '1.1.0',
    runs: [],
    permissionSets: [
        { name: 'SpmAdmin', people: 1 },
        { name: 'SpmPayee', people: 0 }
    ]
};
const RUN = {
    runId: 'a00000000000001AAA',
    kind: 'Pipeline',
    status: 'Succeeded',
    requestedAt: '2026-11-21T08:00:00.000Z',
    writtenCount: 12,
    failedCount: 0,
    apiCallCount: 40
};
const CHECKED = {
    apiCalls: { used: 2500, max: 10000 },
    recordCounts: [
        { name: 'Opportunity', count: 1200 },
        { name: 'Task', count: 0 }
    ],
    connection: { engineVersion: '1.2.0', schedule: { minutes: 5, forecastHour: 3 } }
};

async function show(properties) {
    const element = createElement('c-setup-figures', { is: SetupFigures });
    Object.assign(element, { org: ORG, ...properties });
    document.body.appendChild(element);
    await Promise.resolve();
    return element;
}
const text = (element, selector) => element.shadowRoot.querySelector(selector)?.textContent;

describe('setupFigures', () => {
    afterEach(() => document.body.replaceChildren());

    it('tells what the service found: limits, volumes, version, schedule', async () => {
        const element = await show({ checked: CHECKED });
        expect(text(element, '[data-usage="api"]')).toContain('2,500 of 10,000');
        expect(element.shadowRoot.querySelector('[data-usage="api"] lightning-progress-bar').value).toBe(25);
        expect(text(element, '[data-usage="storage"]')).toContain('Not known');
        expect(text(element, '[data-fact="engine"]')).toBe('1.2.0');
        expect(text(element, '[data-fact="schedule"]')).toBe('every 5 minutes, forecasts daily at 3:00 UTC');
        expect(text(element, '[data-table="volumes"]')).toContain('Opportunity');
        expect(text(element, '[data-table="volumes"]')).not.toContain('Task');
    });

    it('tells what each run cost, and offers to cancel one that is under way', async () => {
        const runs = [
            { ...RUN, runKey: 'k-1', status: 'Running', canCancel: true },
            {
                ...RUN,
                runId: 'a00000000000002AAA',
                runKey: 'k-2',
                durationSeconds: 12,
                readCount: 3012,
                canCancel: false
            }
        ];
        const element = await show({ org: { ...ORG, runs } });
        const valueOf = (id) =>
            [...element.shadowRoot.querySelectorAll(`[data-id="${id}"] lightning-formatted-number`)].map(
                ({ value }) => value
            );
        expect(valueOf('took')).toEqual([undefined, 12]);
        expect(valueOf('read')).toEqual([undefined, 3012]);
        const cancels = element.shadowRoot.querySelectorAll('c-cancel-run');
        expect([...cancels].map(({ runKey }) => runKey)).toEqual(['k-1']);
        const onChanged = jest.fn();
        element.addEventListener('changed', onChanged);
        cancels[0].dispatchEvent(new CustomEvent('cancelled'));
        expect(onChanged).toHaveBeenCalledTimes(1);
        await expect(element).toBeAccessible();
    });

    it('tells what the org knows of itself while the service is not reached', async () => {
        const element = await show({ org: { ...ORG, isSandbox: true } });
        expect(text(element, '[data-fact="kind"]')).toBe('Sandbox');
        expect(text(element, '[data-fact="package"]')).toBe('1.1.0, deployed as source, without a namespace');
        expect(text(element, '[data-fact="engine"]')).toBe('Not known');
        expect(text(element, '[data-table="volumes"]')).toBeUndefined();
        expect(text(element, '[data-table="seats"]')).toContain('SpmPayee');
    });

    it('says that nothing has run yet, or shows the last runs', async () => {
        expect(text(await show({}), '[data-id="no-runs"]')).toContain('Nothing has run yet.');
        const element = await show({ org: { ...ORG, runs: [RUN] } });
        expect(text(element, '[data-id="runs"] tbody')).toContain('Succeeded');
    });

    it('is accessible', async () => {
        await expect(await show({ org: { ...ORG, runs: [RUN] }, checked: CHECKED })).toBeAccessible();
    });
});
