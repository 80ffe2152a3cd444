import { createElement } from 'lwc';
import { refreshApex } from '@salesforce/apex';
import PlanDefinition from 'c/planDefinition';
import getDefinition from '@salesforce/apex/PlanController.getDefinition';

jest.mock(
    '@salesforce/apex/PlanController.getDefinition',
    () => {
        const { createApexTestWireAdapter } = require('@salesforce/sfdx-lwc-jest');
        return { default: createApexTestWireAdapter(jest.fn()) };
    },
    { virtual: true }
);
jest.mock('@salesforce/apex', () => ({ refreshApex: jest.fn().mockResolvedValue() }), { virtual: true });

const PLAN = { planVersionId: 'a0V1', planKey: 'seller', version: '2026.1', definitionHash: 'ab12' };
const TEXT = 'plan: seller\nversion: "2026.1"';

const part = (element, id) => element.shadowRoot.querySelector(`[data-id="${id}"]`);
const settle = async () => {
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
};

async function show() {
    const element = createElement('c-plan-definition', { is: PlanDefinition });
    element.plan = PLAN;
    document.body.appendChild(element);
    await settle();
    return element;
}

async function press(element, id) {
    part(element, id).click();
    await settle();
}

describe('planDefinition', () => {
    /** What was made into a file. */
    let files;

    beforeEach(() => {
        files = [];
        globalThis.URL.createObjectURL = (blob) => `blob:${files.push(blob)}`;
        globalThis.URL.revokeObjectURL = jest.fn();
    });
    afterEach(() => {
        document.body.replaceChildren();
        jest.clearAllMocks();
    });

    it('shows the fingerprint, and the text only when it is asked for', async () => {
        const element = await show();
        expect(part(element, 'hash').textContent).toBe('ab12');
        expect(getDefinition.getLastConfig()).toEqual({ planVersionId: undefined });
        await press(element, 'toggle');
        expect(element.shadowRoot.querySelector('c-load-state').isLoading).toBe(true);
        expect(getDefinition.getLastConfig()).toEqual({ planVersionId: 'a0V1' });
        getDefinition.emit(TEXT);
        await settle();
        expect(element.shadowRoot.querySelector('pre').textContent).toBe(TEXT);
        await expect(element).toBeAccessible();
        await press(element, 'toggle');
        expect(element.shadowRoot.querySelector('pre')).toBeNull();
    });

    it('can be saved as a file and copied', async () => {
        const writeText = jest.fn().mockResolvedValue(undefined);
        Object.defineProperty(navigator, 'clipboard', { value: { writeText }, configurable: true });
        const element = await show();
        await press(element, 'toggle');
        getDefinition.emit(TEXT);
        await settle();
        expect(part(element, 'download').download).toBe('seller-2026.1.yaml');
        expect(files[0].size).toBe(TEXT.length + 1);
        await press(element, 'copy');
        expect(writeText).toHaveBeenCalledWith(TEXT);
        expect(part(element, 'announcement').textContent).toBe('Copied.');
    });

    it('says what to do where the browser does not let it copy', async () => {
        Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true });
        const element = await show();
        await press(element, 'toggle');
        getDefinition.emit(TEXT);
        await settle();
        await press(element, 'copy');
        expect(part(element, 'announcement').textContent).toContain('copy it yourself');
    });

    it('shows why the text did not come, and asks again', async () => {
        const element = await show();
        await press(element, 'toggle');
        getDefinition.error({ message: '{"code":"NO_ACCESS","message":""}' });
        await settle();
        const state = element.shadowRoot.querySelector('c-load-state');
        expect(state.error).toBeTruthy();
        state.dispatchEvent(new CustomEvent('retry'));
        expect(refreshApex).toHaveBeenCalled();
    });
});
