import { expect, test } from '@jest/globals';
import {
    OTHER,
    OUTBOUND,
    PLANNED,
    TWO_WAY,
    activityKind,
    type ActivityWords
} from '../../../src/domain/pipeline/activity-kind.ts';

const closedTask: ActivityWords = {
    object: 'Task',
    subtype: 'Task',
    type: '',
    status: 'Completed',
    direction: '',
    outcome: '',
    isClosed: true,
    subject: ''
};
const openTask: ActivityWords = { ...closedTask, status: 'Not Started', isClosed: false };

test.each<[string, Partial<ActivityWords>, number]>([
    ['a meeting in the calendar is two-way contact', { object: 'Event', type: 'Meeting' }, TWO_WAY],
    ['a completed call is two-way contact', { subtype: 'Call', direction: 'Outbound' }, TWO_WAY],
    ['a call known by its type alone is two-way contact', { type: 'Call' }, TWO_WAY],
    [
        'a call that reached the voicemail only went out',
        { subtype: 'Call', outcome: 'Left voicemail' },
        OUTBOUND
    ],
    ['a call inside the firm is other work', { subtype: 'Call', direction: 'Internal' }, OTHER],
    [
        'a mail received is two-way contact',
        { subtype: 'Email', subject: 'Email received: questions' },
        TWO_WAY
    ],
    [
        'a mail whose source says inbound is two-way contact',
        { subtype: 'Email', direction: 'Inbound' },
        TWO_WAY
    ],
    ['a mail sent went out', { subtype: 'Email', subject: 'Email sent: documents' }, OUTBOUND],
    [
        'a mail that went out about a mail received went out',
        { subtype: 'Email', direction: 'Outbound', subject: 'Email received' },
        OUTBOUND
    ],
    ['a list mail went out', { subtype: 'ListEmail' }, OUTBOUND],
    ['a meeting kept as a completed task was held', { type: 'Meeting' }, TWO_WAY],
    [
        'a work item of the loan process is other work',
        { type: 'Other', subject: 'Validate application (complete)' },
        OTHER
    ]
])('%s', (_sentence, words, kind) => {
    expect(activityKind({ ...closedTask, ...words })).toBe(kind);
});

test.each<[string, Partial<ActivityWords>, number]>([
    ['an open task is planned', {}, PLANNED],
    ['a call not begun is planned', { subtype: 'Call' }, PLANNED],
    ['a call begun and not completed is an attempt', { subtype: 'Call', status: 'In Progress' }, OUTBOUND],
    [
        'a mail waiting for the client went out',
        { type: 'Email', status: 'Waiting on someone else' },
        OUTBOUND
    ],
    ['other work begun is still planned', { status: 'In Progress' }, PLANNED],
    ['a meeting kept as an open task is planned', { type: 'Meeting' }, PLANNED],
    [
        'a mail received is two-way contact even when its task is open',
        { subtype: 'Email', direction: 'Inbound' },
        TWO_WAY
    ]
])('%s', (_sentence, words, kind) => {
    expect(activityKind({ ...openTask, ...words })).toBe(kind);
});
