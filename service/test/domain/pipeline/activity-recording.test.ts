import { describe, expect, test } from '@jest/globals';
import { orgTimeZone } from '../../../src/domain/org-time-zone.ts';
import { parseDay } from '../../../src/domain/calendar.ts';
import { FactsReader } from '../../../src/domain/pipeline/facts.ts';
import { PipelineFeatures } from '../../../src/domain/pipeline/features.ts';

const dealId = (n: number): string => `006000000000${String(n).padStart(3, '0')}AAA`;

/** An org with `open` deals of which the first `withRole` have a contact role and the first `withStep` a next step. */
function factsIn(open: number, { withRole, withStep }: { withRole: number; withStep: number }) {
    const features = new PipelineFeatures({
        asOf: parseDay('2026-11-20'),
        timeZone: orgTimeZone('Europe/London'),
        fiscalQuarters: [],
        stages: [{ name: 'Proposal', sortOrder: 1, isClosed: false, isWon: false }],
        activityCoverage: 'Full',
        hasNextStepField: true
    });
    for (let n = 0; n < open; n++) {
        features.addOpportunity({
            id: dealId(n),
            ownerId: '005000000000001AAA',
            type: '',
            stageName: 'Proposal',
            isClosed: false,
            isWon: false,
            amountMinor: 100,
            closeDate: parseDay('2026-12-31'),
            createdAtMs: Date.parse('2026-11-01T10:00:00Z'),
            hasNextStep: n < withStep,
            isPersonAccount: false
        });
        if (n < withRole) {
            features.addContactRole({
                opportunityId: dealId(n),
                contactId: `003000000000${String(n).padStart(3, '0')}AAA`,
                role: ''
            });
        }
    }
    return new FactsReader(features).factsOf(open - 1);
}

describe('what the org keeps no record of', () => {
    test('is not held against a deal: no contact roles, no next steps', () => {
        const facts = factsIn(100, { withRole: 19, withStep: 19 });
        expect(facts.contactRoleCount).toBeNull();
        expect(facts.hasNextStep).toBeNull();
    });

    test('is held against it once one open deal in five has them', () => {
        const facts = factsIn(100, { withRole: 20, withStep: 20 });
        expect(facts.contactRoleCount).toBe(0);
        expect(facts.hasNextStep).toBe(false);
    });

    test('is not judged on fewer than twenty open deals', () => {
        expect(factsIn(19, { withRole: 0, withStep: 0 }).contactRoleCount).toBe(0);
        expect(factsIn(20, { withRole: 0, withStep: 0 }).contactRoleCount).toBeNull();
    });
});
