import { createElement } from 'lwc';
import OriginRun from 'c/originRun';

const RUN = {
    runId: 'a00',
    runNumber: 'RUN-000007',
    kind: 'Pipeline',
    status: 'Succeeded',
    startedAt: '2026-11-21T10:00:00.000Z',
    finishedAt: '2026-11-21T10:00:12.000Z',
    durationSeconds: 12,
    apiCallCount: 14,
    readCount: 3012,
    writtenCount: 9,
    engineVersion: '0.1.0',
    rulesHash: 'abc'
};

describe('originRun', () => {
    afterEach(() => document.body.replaceChildren());

    async function shown(fields) {
        const element = createElement('c-origin-run', { is: OriginRun });
        Object.assign(element, fields);
        document.body.appendChild(element);
        await Promise.resolve();
        return element;
    }

    it('tells which run, how long it took, what it cost, and by which rules', async () => {
        const element = await shown({ run: RUN, runKey: 'k' });
        const fact = (key) => element.shadowRoot.querySelector(`[data-fact="${key}"]`).textContent;
        expect(element.shadowRoot.querySelector('c-record-link').recordId).toBe('a00');
        expect(fact('took')).toBe('12 seconds');
        expect(fact('cost')).toBe('14 API calls, 3,012 rows read, 9 rows written');
        expect(fact('engine')).toBe('0.1.0');
        expect(fact('rules')).toBe('abc');
        await expect(element).toBeAccessible();
    });

    it('says when a run is not kept any more, and when there is none', async () => {
        const gone = await shown({ runKey: 'k-1' });
        expect(gone.shadowRoot.querySelector('[data-id="no-run"]').textContent).toContain('run k-1');
        const none = await shown({});
        expect(none.shadowRoot.querySelector('[data-id="no-run"]').textContent).toContain('No run is noted');
        await expect(none).toBeAccessible();
    });
});
