import { TextEncoder } from 'node:util';
import { createElement } from 'lwc';
import { refreshApex } from '@salesforce/apex';
import PlanSummary from 'c/planSummary';
import getPlan from '@salesforce/apex/PlanController.getPlan';
import getMyPlans from '@salesforce/apex/PlanController.getMyPlans';
import getVersions from '@salesforce/apex/PlanController.getVersions';
import moveVersion from '@salesforce/apex/PlanController.moveVersion';
import { planInWords, readPlan } from 'c/payEngine';
import { PUBLISHED_PLANS } from 'c/publishedPlans';

jest.mock(
    '@salesforce/apex/PlanController.getPlan',
    () => {
        const { createApexTestWireAdapter } = require('@salesforce/sfdx-lwc-jest');
        return { default: createApexTestWireAdapter(jest.fn()) };
    },
    { virtual: true }
);
jest.mock(
    '@salesforce/apex/PlanController.getMyPlans',
    () => {
        const { createApexTestWireAdapter } = require('@salesforce/sfdx-lwc-jest');
        return { default: createApexTestWireAdapter(jest.fn()) };
    },
    { virtual: true }
);
jest.mock(
    '@salesforce/apex/PlanController.getVersions',
    () => {
        const { createApexTestWireAdapter } = require('@salesforce/sfdx-lwc-jest');
        return { default: createApexTestWireAdapter(jest.fn()) };
    },
    { virtual: true }
);
jest.mock(
    '@salesforce/apex/PlanController.getDefinition',
    () => {
        const { createApexTestWireAdapter } = require('@salesforce/sfdx-lwc-jest');
        return { default: createApexTestWireAdapter(jest.fn()) };
    },
    { virtual: true }
);
jest.mock('@salesforce/apex/PlanController.moveVersion', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex', () => ({ refreshApex: jest.fn().mockResolvedValue() }), { virtual: true });

const { planText } = PUBLISHED_PLANS.find(({ key }) => key === 'quarterly-accelerator');
const band = (position, lowerBound, upperBound, rate) => ({
    position,
    columnNumber: 1,
    fromText: `${lowerBound * 100} %`,
    toText: upperBound && `${upperBound * 100} %`,
    valueText: `${rate * 100} %`,
    lowerBound,
    upperBound,
    rate,
    unit: 'Rate',
    boundUnit: 'Attainment'
});
const PLAN = {
    planVersionId: 'a0V1',
    planKey: 'quarterly-accelerator',
    planName: 'Quarterly accelerator',
    versionName: 'Quarterly accelerator 1',
    version: '1',
    status: 'Active',
    currencyCode: 'USD',
    interval: 'Quarter',
    effectiveStartDate: '2026-01-01',
    purpose: 'A quarterly quota with accelerators.',
    plainText: planInWords(readPlan(planText).plan),
    complexityIndex: 6,
    definitionHash: 'ab12',
    isOutdated: false,
    mayMove: false,
    mayApprove: false,
    steps: [
        { status: 'Draft', byName: 'Dora', doneAt: '2026-01-02T09:00:00.000Z' },
        { status: 'Approved', byName: 'Abel', doneAt: '2026-01-03T09:00:00.000Z' }
    ],
    components: [
        {
            componentKey: 'commission',
            name: 'Commission',
            position: 1,
            basis: 'Period',
            measure: 'bookings',
            tableMode: 'Marginal',
            boundary: 'Lower',
            plainText: 'It pays your bookings, times the rate.\nThe rate is that of the table.',
            clause: 'clause 3.2',
            tiers: [band(1, 0, 1, 0.06), band(2, 1, undefined, 0.08)]
        }
    ],
    examples: [{ name: 'at quota', given: 'words', expected: '1', result: '1', holds: true }],
    findings: [{ rulePack: 'UK', rule: 'accelerators', severity: 'ToBeReviewed', text: 'x', citation: 'y' }]
};
const MINE = [
    {
        planVersionId: 'a0V1',
        planName: 'Quarterly accelerator',
        version: '1',
        status: 'Active',
        targetIncentiveAmount: 60000,
        currencyCode: 'USD'
    }
];
const OTHER = { planVersionId: 'a0V2', planName: 'Adviser grid', version: '2026.1', status: 'Draft' };

async function settle() {
    for (let turn = 0; turn < 8; turn++) await Promise.resolve();
}

async function show({ mine = [], versions = [], plan, ...properties } = {}) {
    const element = createElement('c-plan-summary', { is: PlanSummary });
    Object.assign(element, properties);
    document.body.appendChild(element);
    if (mine) getMyPlans.emit(mine);
    if (versions) getVersions.emit(versions);
    await settle();
    if (plan) getPlan.emit(plan);
    await settle();
    return element;
}

const one = (element, selector) => element.shadowRoot.querySelector(selector);
const text = (element, id) => one(element, `[data-id="${id}"]`)?.textContent.trim();

async function openPart(element, key) {
    one(element, 'c-part-tabs').dispatchEvent(new CustomEvent('select', { detail: { key } }));
    await settle();
}

describe('planSummary', () => {
    beforeAll(() => {
        globalThis.TextEncoder = TextEncoder;
    });
    beforeEach(() => jest.clearAllMocks());
    afterEach(() => document.body.replaceChildren());

    it('shows that it is loading, until there is a plan or there is none', async () => {
        expect(one(await show({ mine: null, versions: null }), 'c-load-state').isLoading).toBe(true);
        expect(one(await show({ mine: MINE }), 'c-load-state').isLoading).toBe(true);
        expect(one(await show({ mine: MINE, plan: PLAN }), 'c-load-state').isLoading).toBe(false);
    });

    it('tells who is on no plan whom to ask', async () => {
        const element = await show();
        expect(one(element, 'c-empty-state').heading).toBe('You are on no plan');
        await expect(element).toBeAccessible();
    });

    it('shows a payee the own plan with its target, how it pays and the bands as picture and table', async () => {
        const element = await show({ mine: MINE, plan: PLAN });
        expect(getPlan.getLastConfig()).toEqual({ planVersionId: 'a0V1' });
        expect(text(element, 'name')).toContain('Quarterly accelerator');
        expect(text(element, 'status')).toBe('Active');
        expect(text(element, 'facts')).toBe('Version 1 · from Jan 1, 2026 · Pays every quarter, in USD');
        expect(text(element, 'target')).toContain('$60,000.00');
        expect(text(element, 'component')).toContain('It pays your bookings, times the rate.');
        expect(text(element, 'component')).toContain('Plan letter: clause 3.2');
        expect(one(element, 'c-rate-table').component.tiers).toHaveLength(2);
        expect(one(element, '[data-id="choice"]')).toBeNull();
        expect(one(element, 'c-plan-life')).toBeNull();
        await expect(element).toBeAccessible();
    });

    it('does not say twice what stands beside the pictures', async () => {
        const sections = (element) =>
            [...one(element, 'c-plan-words').shadowRoot.querySelectorAll('h3')].map(
                ({ textContent }) => textContent
            );
        expect(sections(await show({ mine: MINE, plan: PLAN }))).toEqual([
            'The plan',
            'What is credited to you',
            'What is measured',
            'Your goals',
            'The tables',
            'Also shown'
        ]);
        const bare = await show({ mine: MINE, plan: { ...PLAN, components: [] } });
        expect(sections(bare)).toContain('What you earn');
        // A table that stands with its component is not told again.
        const [, heading] = /^- (Table .*)$/m.exec(PLAN.plainText);
        const [component] = PLAN.components;
        const told = { ...component, plainText: `${component.plainText}\n${heading}` };
        expect(sections(await show({ mine: MINE, plan: { ...PLAN, components: [told] } }))).not.toContain(
            'The tables'
        );
    });

    it('lets those who write plans choose among all versions, own ones first', async () => {
        const element = await show({ mine: MINE, versions: [OTHER, MINE[0]], plan: PLAN });
        const choice = one(element, '[data-id="choice"]');
        expect(choice.options).toEqual([
            { value: 'a0V1', label: 'Quarterly accelerator, version 1 (Active)' },
            { value: 'a0V2', label: 'Adviser grid, version 2026.1 (Draft)' }
        ]);
        choice.dispatchEvent(new CustomEvent('change', { detail: { value: 'a0V2' } }));
        await settle();
        expect(getPlan.getLastConfig()).toEqual({ planVersionId: 'a0V2' });
        expect(one(element, 'c-load-state').isLoading).toBe(true);
    });

    it('shows the version of its page, and nothing to choose', async () => {
        const element = await show({ recordId: 'a0V9', versions: [OTHER, MINE[0]], plan: PLAN });
        expect(getPlan.getLastConfig()).toEqual({ planVersionId: 'a0V9' });
        expect(one(element, '[data-id="choice"]')).toBeNull();
        expect(one(element, 'lightning-card').title).toBe('Plan');
    });

    it.each([
        ['examples', 'c-plan-examples'],
        ['rules', 'c-plan-findings'],
        ['record', 'c-plan-definition']
    ])('has a part for %s', async (key, component) => {
        const element = await show({ mine: MINE, plan: PLAN });
        expect(one(element, 'c-part-tabs').tabs.map(({ label }) => label)).toEqual([
            'How it pays',
            'Examples (1)',
            'Rules (1)',
            'Record'
        ]);
        await openPart(element, key);
        expect(one(element, component)).not.toBeNull();
        await expect(element).toBeAccessible();
    });

    it('says who designed and approved it and when, and what its complexity means', async () => {
        const element = await show({ mine: MINE, plan: PLAN });
        await openPart(element, 'record');
        expect(text(element, 'steps')).toMatch(
            /Designed by Dora, Jan 2, 2026.*Approved by Abel, Jan 3, 2026/
        );
        expect(one(element, '[role="tabpanel"]').textContent).toContain('How complex it is: 6');
        expect(text(element, 'complexity')).toContain('Most people can keep this plan in mind.');
    });

    it.each([
        [9, 'People will need the examples'],
        [30, 'Few people can keep a plan like this in mind']
    ])('says of an index of %i: %s', async (complexityIndex, meaning) => {
        const element = await show({ mine: MINE, plan: { ...PLAN, complexityIndex } });
        await openPart(element, 'record');
        expect(text(element, 'complexity')).toContain(meaning);
    });

    it('warns when its words were made from an earlier text', async () => {
        const element = await show({ mine: MINE, plan: { ...PLAN, isOutdated: true } });
        expect(text(element, 'outdated')).toContain('were made from an earlier text');
        await expect(element).toBeAccessible();
    });

    it('says so when nobody has made its words', async () => {
        const element = await show({ mine: MINE, plan: { ...PLAN, plainText: undefined, components: [] } });
        expect(text(element, 'wordless')).toContain('Nobody has made the words');
    });

    it.each([
        ['a plan', (error) => getPlan.error(error), 3],
        ['the own plans', (error) => getMyPlans.error(error), 2]
    ])('shows that %s may not be read, and reads again what was told', async (_, fail, count) => {
        const element = await show({ mine: MINE });
        fail({ message: '{"code":"NO_ACCESS","message":"This plan does not exist or does not pay you."}' });
        await settle();
        const state = one(element, 'c-load-state');
        expect(state.error).toBeTruthy();
        expect(state.isLoading).toBe(false);
        await expect(element).toBeAccessible();
        state.dispatchEvent(new CustomEvent('retry'));
        expect(refreshApex).toHaveBeenCalledTimes(count);
    });

    describe('for those who may change versions', () => {
        const draft = { ...PLAN, status: 'Draft', mayMove: true };

        async function submit(element) {
            one(element, 'c-plan-life').dispatchEvent(
                new CustomEvent('move', { detail: { status: 'InReview', lastDay: null } })
            );
            await settle();
        }

        it('moves the version on, and says where it is now', async () => {
            moveVersion.mockResolvedValue({ ...draft, status: 'InReview' });
            const element = await show({ recordId: 'a0V1', plan: draft });
            await submit(element);
            expect(moveVersion).toHaveBeenCalledWith({
                planVersionId: 'a0V1',
                status: 'InReview',
                lastDay: null
            });
            expect(text(element, 'status')).toBe('In review');
            expect(text(element, 'announcement')).toBe('Quarterly accelerator 1 is now: In review.');
            await expect(element).toBeAccessible();
        });

        it('shows the sentence of the guard where a step is refused', async () => {
            const sentence = 'Quarterly accelerator 1 needs a definition.';
            const message = JSON.stringify({ code: 'SAVE_REFUSED', message: sentence });
            moveVersion.mockRejectedValue({ body: { message } });
            const element = await show({ recordId: 'a0V1', plan: draft });
            await submit(element);
            const panel = one(element, 'c-error-panel');
            expect(panel.shadowRoot.textContent).toContain(sentence);
            expect(text(element, 'status')).toBe('Draft');
            expect(one(element, 'c-plan-life').isBusy).toBe(false);
        });
    });
});
