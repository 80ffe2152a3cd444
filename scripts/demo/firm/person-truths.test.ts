import { describe, expect, test } from '@jest/globals';
import { isRecordId } from '../../local-org/ids.ts';
import { createFirm, type Firm } from './firm.ts';
import { depthOn, FAILING_SIGNALS, personTruths, type PersonTruthKind } from './person-truths.ts';

const asOf = new Date('2026-11-20T12:00:00Z');
const asOfDay = Math.floor(asOf.getTime() / 86_400_000);
const firm = createFirm(1, asOf, 'small');

const ofKind = (kind: PersonTruthKind): string[] =>
    firm.personTruths.filter((truth) => truth.kind === kind).map(({ personId }) => personId);

describe('truths planted about people', () => {
    test('are the same for the same seed and others for another', () => {
        const sellers = firm.people.persons.filter(({ sells }) => sells);
        expect(personTruths(1, sellers, asOfDay)).toEqual(firm.personTruths);
        expect(personTruths(2, sellers, asOfDay)).not.toEqual(firm.personTruths);
        const facts = (of: Firm): string => JSON.stringify([...of.behaviourFacts()].slice(-2000));
        expect(facts(createFirm(1, asOf, 'small'))).toBe(facts(firm));
        expect(createFirm(1, asOf, 'small').plantedRows()).toEqual(firm.plantedRows());
    });

    test('are one for each person, and count what the header says', () => {
        const ids = firm.personTruths.map(({ personId }) => personId);
        expect(new Set(ids).size).toBe(ids.length);
        for (const signal of FAILING_SIGNALS)
            expect(firm.personTruths.filter((truth) => truth.signal === signal)).toHaveLength(5);
        expect(ofKind('quieter')).toHaveLength(8);
        expect(ofKind('split-game')).toHaveLength(4);
        for (const kind of ['self-copies', 'unanswered-bursts', 'date-resets'] as const)
            expect(ofKind(kind)).toHaveLength(2);
    });

    test('begin at nothing and come in fully', () => {
        for (const truth of firm.personTruths) {
            expect(depthOn(truth, truth.sinceDay - 1)).toBe(0);
            expect(depthOn(truth, truth.fullDay)).toBe(truth.depth);
            expect(depthOn(truth, truth.sinceDay)).toBeGreaterThan(0);
            if (truth.signal) expect(truth.resultsFallDay).toBe(truth.sinceDay + 91);
        }
    });

    test('show in the facts: more is wrong once errors rise, less is praised once satisfaction falls', () => {
        const facts = [...firm.behaviourFacts()];
        for (const truth of firm.personTruths) {
            if (truth.signal !== 'transaction-processed' && truth.signal !== 'client-satisfaction') continue;
            const own = facts.filter(
                ({ person, signal }) => person === truth.personId && signal === truth.signal
            );
            const bad = (from: string, to: string): number => {
                const within = own.filter(({ day }) => day >= from && day < to);
                const n = within.reduce((sum, one) => sum + one.n, 0);
                const hits = within.filter(({ value, attributes }) =>
                    truth.signal === 'transaction-processed'
                        ? attributes['outcome'] === 'wrong'
                        : Number(value) <= 3
                );
                return hits.reduce((sum, one) => sum + one.n, 0) / n;
            };
            const iso = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);
            expect(bad(iso(truth.fullDay), '2027')).toBeGreaterThan(bad('2000', iso(truth.sinceDay)) + 0.02);
        }
    });

    test('facts are of whole weeks before the day, each with an id of its own', () => {
        const seen = new Set<string>();
        for (const { sourceId, day, n } of firm.behaviourFacts()) {
            expect(day < '2026-11-16' && day > '2025-09-01' && n > 0).toBe(true);
            seen.add(sourceId);
        }
        expect(seen.size).toBe([...firm.behaviourFacts()].length);
    });
});

describe('rows that truths about people add', () => {
    const planted = firm.plantedRows();

    test('have ids of their own, which Salesforce would accept, and belong to sellers and accounts of the firm', () => {
        const taken = new Set<string>();
        for (const deal of firm.deals())
            for (const row of [
                deal.opportunity,
                ...deal.history,
                ...deal.tasks,
                ...deal.splits,
                ...deal.lineItems
            ])
                taken.add(String(row['Id']));
        const rows = Object.values(planted).flat();
        const wrong = rows.map(({ Id }) => String(Id)).filter((id) => !isRecordId(id) || taken.has(id));
        expect(wrong).toEqual([]);
        expect(new Set(rows.map(({ Id }) => Id)).size).toBe(rows.length);
        const accounts = new Set([...firm.accounts()].map(({ Id }) => Id));
        for (const { AccountId } of planted.opportunities) expect(accounts.has(AccountId!)).toBe(true);
    });

    test('are open deals with splits of 100 and a history that ends where they stand: they pay nobody', () => {
        for (const { Id, CloseDate, StageName } of planted.opportunities) {
            expect(StageName).toBe('Discovery');
            const history = planted.history.filter(({ OpportunityId }) => OpportunityId === Id);
            expect(history.at(-1)!['CloseDate']).toBe(CloseDate);
            expect(String(CloseDate) > '2026-11-20').toBe(true);
            const shares = planted.splits.filter(({ OpportunityId }) => OpportunityId === Id);
            expect(shares.reduce((sum, { SplitPercentage }) => sum + Number(SplitPercentage), 0)).toBe(100);
        }
        expect(planted.opportunities).toHaveLength(2 * 7 + 4 * 6 + 6);
    });

    test('give those who grow quiet far more work before than after', () => {
        for (const truth of firm.personTruths.filter(({ kind }) => kind === 'quieter')) {
            const days = planted.tasks
                .filter(({ OwnerId }) => OwnerId === truth.personId)
                .map(({ ActivityDate }) => Math.floor(Date.parse(String(ActivityDate)) / 86_400_000));
            const before = days.filter((day) => day >= truth.sinceDay - 42 && day < truth.sinceDay).length;
            const after = days.filter((day) => day >= asOfDay - 45).length;
            expect(after).toBeLessThan(before / 2);
        }
    });
});
