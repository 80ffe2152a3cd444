import { describe, expect, test } from '@jest/globals';
import { dayOf } from '../../../src/domain/calendar.ts';
import { NONE } from '../../../src/domain/pipeline/types.ts';
import { renew, suggestionKey } from '../../../src/domain/suggestions/renew.ts';
import type { HeldSuggestion, Suggestion } from '../../../src/domain/suggestions/types.ts';

const TODAY = dayOf(2026, 11, 21);
const DEAL = { dealId: '006000000000001AAA', ownerId: 'rep' };
const KEY = suggestionKey(DEAL.dealId, 'CloseDate', TODAY);
const OLD_KEY = suggestionKey(DEAL.dealId, 'CloseDate', TODAY - 4);

function date(suggestedValue = '2026-12-31'): Suggestion {
    return {
        kind: 'CloseDate',
        rule: 'CloseDatePast',
        currentValue: '2026-11-16',
        suggestedValue,
        sourceId: '',
        why: 'It has passed.',
        evidence: []
    };
}

function held(changes: Partial<HeldSuggestion> = {}): HeldSuggestion {
    return {
        key: OLD_KEY,
        kind: 'CloseDate',
        status: 'Open',
        currentValue: '2026-11-16',
        suggestedValue: '2026-12-31',
        ownerId: 'rep',
        decidedOn: NONE,
        hash: '',
        ...changes
    };
}

const NOTHING = { write: [], withdraw: [] };

test('what is suggested first gets a key of its deal, kind and day', () => {
    expect(KEY).toBe('006000000000001AAA:CloseDate:2026-11-21');
    expect(renew(DEAL, [], [date()], TODAY)).toEqual({
        write: [{ key: KEY, suggestion: date(), isNew: true }],
        withdraw: []
    });
});

test('what is still open stays under its key, and what is not true any more is withdrawn', () => {
    const other = { ...date(), currentValue: '2026-11-19' };
    expect(renew(DEAL, [held()], [other], TODAY).write).toEqual([
        { key: OLD_KEY, suggestion: other, isNew: false }
    ]);
    expect(renew(DEAL, [held()], [], TODAY)).toEqual({ write: [], withdraw: [OLD_KEY] });
});

test('an expected date that moved by a week or less is no news, unless the deal has another owner', () => {
    expect(renew(DEAL, [held()], [date('2027-01-07')], TODAY)).toEqual(NOTHING);
    expect(renew(DEAL, [held()], [date('2027-01-08')], TODAY).write).toHaveLength(1);
    expect(renew({ ...DEAL, ownerId: 'other' }, [held()], [date()], TODAY).write).toHaveLength(1);
    expect(
        renew(DEAL, [held({ suggestedValue: '2026-11-21' })], [date('2026-11-22')], TODAY).write
    ).toHaveLength(1);
});

test('of two that are open the newest stays', () => {
    const newer = held({ key: KEY });
    expect(renew(DEAL, [held(), newer], [date()], TODAY)).toEqual({ write: [], withdraw: [OLD_KEY] });
});

describe('what a person decided', () => {
    test.each(['Accepted', 'Dismissed'] as const)('%s is not asked again for thirty days', (status) => {
        const lately = held({ status, decidedOn: TODAY - 29 });
        expect(renew(DEAL, [lately], [date()], TODAY)).toEqual(NOTHING);
        expect(renew(DEAL, [{ ...lately, decidedOn: TODAY - 30 }], [date()], TODAY).write).toHaveLength(1);
    });

    test('is asked again once the deal says something else, but not on the same day under the same key', () => {
        const lately = held({ status: 'Dismissed', decidedOn: TODAY - 1, currentValue: '2026-10-01' });
        expect(renew(DEAL, [lately], [date()], TODAY).write).toHaveLength(1);
        expect(renew(DEAL, [{ ...lately, key: KEY }], [date()], TODAY)).toEqual(NOTHING);
    });

    test('about one contact says nothing about another', () => {
        const role = (contactId: string): Suggestion => ({
            ...date(contactId),
            kind: 'ContactRole',
            currentValue: ''
        });
        const dismissed = held({
            kind: 'ContactRole',
            key: suggestionKey(DEAL.dealId, 'ContactRole', TODAY - 4),
            status: 'Dismissed',
            decidedOn: TODAY - 4,
            currentValue: '',
            suggestedValue: 'one'
        });
        expect(renew(DEAL, [dismissed], [role('one')], TODAY)).toEqual(NOTHING);
        expect(renew(DEAL, [dismissed], [role('two')], TODAY).write).toHaveLength(1);
    });
});

test('what was withdrawn on the same day is opened again under its key', () => {
    const gone = held({ key: KEY, status: 'Withdrawn' });
    expect(renew(DEAL, [gone], [date()], TODAY).write).toEqual([
        { key: KEY, suggestion: date(), isNew: true }
    ]);
});
