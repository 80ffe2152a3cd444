import { describe, expect, test } from '@jest/globals';
import { dayOf, formatDay } from '../../../src/domain/calendar.ts';
import { OTHER, OUTBOUND, PLANNED, TWO_WAY } from '../../../src/domain/pipeline/activity-kind.ts';
import { suggestFor } from '../../../src/domain/suggestions/suggest.ts';
import type { DealWork, Suggestion, WorkItem } from '../../../src/domain/suggestions/types.ts';

const TODAY = dayOf(2026, 11, 21);
const RANGE = { early: TODAY + 20, likely: TODAY + 40, late: TODAY + 80 };
const CLIENT = '003000000000001AAA';
const OTHER_CLIENT = '003000000000002AAA';

/** Nothing is to be suggested for it. */
function deal(changes: Partial<DealWork> = {}): DealWork {
    return {
        dealId: '006000000000001AAA',
        ownerId: '005000000000001AAA',
        isOpen: true,
        closeDate: TODAY + 30,
        closePushCount: 0,
        closeRange: RANGE,
        nextStep: 'Call again',
        roles: [{ contactId: CLIENT, isPrimary: true }],
        work: [],
        ...changes
    };
}

let count = 0;
function work(on: number, changes: Partial<WorkItem> = {}): WorkItem {
    count += 1;
    return {
        id: `00T${String(count).padStart(12, '0')}AAA`,
        object: 'Task',
        subject: 'Something',
        on: TODAY + on,
        kind: TWO_WAY,
        contactId: '',
        ...changes
    };
}
const meeting = (on: number, changes: Partial<WorkItem> = {}): WorkItem =>
    work(on, { object: 'Event', subject: 'Contract review', ...changes });

function only(changes: Partial<DealWork>): Suggestion {
    const found = suggestFor(deal(changes), TODAY);
    expect(found).toHaveLength(1);
    return found[0]!;
}
const nothing = (changes: Partial<DealWork>) => expect(suggestFor(deal(changes), TODAY)).toEqual([]);

test('a deal whose fields fit what happened has no suggestions, and a closed one never has', () => {
    nothing({});
    nothing({ isOpen: false, closeDate: TODAY - 30, nextStep: '', roles: [], work: [meeting(3)] });
});

describe('close date', () => {
    test('a date in the past becomes the day by which half of such deals are closed', () => {
        const found = only({ closeDate: TODAY - 5 });
        expect(found).toMatchObject({
            kind: 'CloseDate',
            rule: 'CloseDatePast',
            currentValue: '2026-11-16',
            suggestedValue: '2026-12-31'
        });
        expect(found.why).toBe(
            'The close date 2026-11-16 has passed. Half of the deals like this one are closed by 2026-12-31, most between 2026-12-11 and 2027-02-09.'
        );
        expect(found.evidence.map(({ label }) => label)).toEqual([
            'Close date 2026-11-16',
            'Expected between 2026-12-11 and 2027-02-09'
        ]);
    });

    test('today is not past', () => {
        nothing({ closeDate: TODAY, closeRange: { ...RANGE, early: TODAY } });
    });

    test('a date outside the range of nine in ten deals is moved into it', () => {
        expect(only({ closeDate: RANGE.early - 1 }).rule).toBe('CloseDateTooEarly');
        nothing({ closeDate: RANGE.early });
        nothing({ closeDate: RANGE.late });
        expect(only({ closeDate: RANGE.late + 1 }).rule).toBe('CloseDateTooLate');
    });

    test('a date that was moved out three times is not believed before the likely day', () => {
        expect(only({ closePushCount: 3 })).toMatchObject({ rule: 'CloseDatePushed' });
        nothing({ closePushCount: 2 });
        nothing({ closePushCount: 9, closeDate: RANGE.likely + 1 });
    });

    test('without a model in use, or with a likely day that has passed, no day is made up', () => {
        nothing({ closeDate: TODAY - 5, closeRange: null });
        nothing({ closeDate: TODAY - 5, closeRange: { early: TODAY - 9, likely: TODAY, late: TODAY + 9 } });
    });
});

describe('next step', () => {
    test('the next meeting comes before open tasks, and the earliest one before later ones', () => {
        const next = meeting(4);
        const found = only({
            nextStep: ' ',
            work: [meeting(9), next, work(1, { kind: PLANNED }), meeting(-2)]
        });
        expect(found).toMatchObject({
            kind: 'NextStep',
            rule: 'PlannedMeeting',
            currentValue: '',
            suggestedValue: 'Contract review (meeting on 2026-11-25)',
            sourceId: next.id
        });
    });

    test('without a meeting it is the open task that is due first; one that is overdue is none', () => {
        const due = work(0, { kind: PLANNED, subject: 'Send the offer' });
        const found = only({ nextStep: '', work: [work(3, { kind: PLANNED }), due] });
        expect(found).toMatchObject({ rule: 'OpenTask', suggestedValue: 'Send the offer (by 2026-11-21)' });
        nothing({ nextStep: '', work: [work(-1, { kind: PLANNED })] });
    });

    test('a message of the client that came last is to be answered', () => {
        const mail = work(-2, { subject: 'Email received: Re: fees for 2027' });
        const found = only({ nextStep: '', work: [work(-9), mail] });
        expect(found).toMatchObject({
            rule: 'LastMessage',
            suggestedValue: 'Answer the client: fees for 2027'
        });
        expect(found.evidence).toEqual([
            { id: mail.id, object: 'Task', label: 'Message received 2026-11-19' }
        ]);
    });

    test('a message of ours that came last asks for its answer', () => {
        const mail = work(-3, { kind: OUTBOUND, subject: 'Email sent: documents attached' });
        expect(only({ nextStep: '', work: [mail] }).suggestedValue).toBe(
            'Ask for an answer: documents attached'
        );
    });

    test('what was said last counts, not what was written before; old messages and talks tell no step', () => {
        const mail = work(-3, { subject: 'Email received: fees' });
        nothing({ nextStep: '', work: [mail, work(-1, { subject: 'Call: terms discussed' })] });
        nothing({ nextStep: '', work: [work(-31, { subject: 'Email received: fees' })] });
        nothing({ nextStep: '', work: [work(-1, { subject: 'Email received: ' })] });
    });

    test('where the field is not there, or something is written, nothing is suggested', () => {
        nothing({ nextStep: null, work: [meeting(4)] });
        nothing({ nextStep: 'Anything', work: [meeting(4)] });
    });

    test('the text fits the field', () => {
        const long = meeting(1, { subject: 'x'.repeat(400) });
        expect(only({ nextStep: '', work: [long] }).suggestedValue).toHaveLength(255);
    });
});

describe('contact role', () => {
    const touches = (times: number, contactId = CLIENT): WorkItem[] =>
        Array.from({ length: times }, (_, at) => meeting(-at - 1, { contactId }));

    test('who was in the work most becomes the primary contact where there is none', () => {
        const found = only({ roles: [], work: [...touches(2), ...touches(3, OTHER_CLIENT)] });
        expect(found).toMatchObject({
            kind: 'ContactRole',
            rule: 'NoPrimaryContact',
            currentValue: '',
            suggestedValue: OTHER_CLIENT,
            sourceId: OTHER_CLIENT
        });
        expect(found.why).toBe(
            'The deal has no primary contact, and this contact was in 3 meetings, calls or messages in the last 90 days.'
        );
        expect(found.evidence.map(({ label }) => label)).toEqual(
            [1, 2, 3].map((days) => `Meeting on ${formatDay(TODAY - days)}`)
        );
    });

    test('a contact with a role but not primary is suggested as primary; one touch is not enough', () => {
        expect(only({ roles: [{ contactId: CLIENT, isPrimary: false }], work: touches(2) }).rule).toBe(
            'NoPrimaryContact'
        );
        nothing({ roles: [], work: touches(1) });
    });

    test('a contact who comes up five times without a role gets one beside the primary contact', () => {
        const found = only({ work: [...touches(5), ...touches(5, OTHER_CLIENT)] });
        expect(found).toMatchObject({
            rule: 'ContactWithoutRole',
            currentValue: CLIENT,
            suggestedValue: OTHER_CLIENT
        });
        nothing({ work: touches(4, OTHER_CLIENT) });
    });

    test('old, planned and internal work does not count, and roles nobody can read are left alone', () => {
        const old = meeting(-90, { contactId: CLIENT });
        const planned = work(-1, { kind: PLANNED, contactId: CLIENT });
        const internal = work(-1, { kind: OTHER, contactId: CLIENT });
        nothing({ roles: [], work: [...touches(1), old, planned, internal] });
        nothing({ roles: null, work: touches(9) });
    });
});
