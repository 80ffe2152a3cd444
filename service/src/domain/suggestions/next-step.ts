// No next step is written down, but the work on the deal tells one: the next meeting, else the next open task, else the last message
// that is still to be answered. The text repeats what a record says; nothing is made up.
import { formatDay } from '../calendar.ts';
import { OUTBOUND, PLANNED, TWO_WAY } from '../pipeline/activity-kind.ts';
import { NONE, type DayNumber } from '../pipeline/types.ts';
import type { DealWork, Suggestion, SuggestionRule, WorkItem } from './types.ts';

/** Opportunity.NextStep holds this many characters. */
const LONGEST = 255;
/** A message older than this is no next step any more. */
const MESSAGE_DAYS = 30;
/** What mail programs put before the subject; taken off so that the step says what it is about. */
const PREFIX = /^\s*(?:e-?mail received|e-?mail sent|e-?mail|received|inbound|re|fwd?|aw|wg)\s*:\s*/i;
const MAIL = /^\s*(?:e-?mail|received|inbound|re|fwd?|aw|wg)\b/i;

export function suggestNextStep(deal: DealWork, today: DayNumber): Suggestion | null {
    if (deal.nextStep === null || deal.nextStep.trim() !== '') return null;
    const told = deal.work.filter(({ subject }) => subject.trim() !== '');
    return (
        ofMeeting(earliest(told.filter((item) => item.object === 'Event' && item.on > today))) ??
        ofTask(earliest(told.filter((item) => item.kind === PLANNED && item.on >= today))) ??
        ofMessage(newestDone(deal.work, today), today)
    );
}

function ofMeeting(meeting: WorkItem | null): Suggestion | null {
    if (!meeting) return null;
    const day = formatDay(meeting.on);
    return step(
        meeting,
        'PlannedMeeting',
        `${meeting.subject.trim()} (meeting on ${day})`,
        `No next step is written down, and a meeting is planned on ${day}.`,
        `Meeting on ${day}`
    );
}

function ofTask(task: WorkItem | null): Suggestion | null {
    if (!task) return null;
    const day = formatDay(task.on);
    return step(
        task,
        'OpenTask',
        `${task.subject.trim()} (by ${day})`,
        `No next step is written down, and a task is due on ${day}.`,
        `Task due ${day}`
    );
}

function ofMessage(last: WorkItem | null, today: DayNumber): Suggestion | null {
    if (!last || last.object !== 'Task' || last.on < today - MESSAGE_DAYS || !MAIL.test(last.subject))
        return null;
    const topic = topicOf(last.subject);
    if (topic === '') return null;
    const day = formatDay(last.on);
    if (last.kind === TWO_WAY)
        return step(
            last,
            'LastMessage',
            `Answer the client: ${topic}`,
            `No next step is written down, and the last thing on the deal is a message of the client of ${day}.`,
            `Message received ${day}`
        );
    if (last.kind !== OUTBOUND) return null;
    return step(
        last,
        'LastMessage',
        `Ask for an answer: ${topic}`,
        `No next step is written down, and our message of ${day} has no answer yet.`,
        `Message sent ${day}`
    );
}

function topicOf(subject: string): string {
    let topic = subject;
    while (PREFIX.test(topic)) topic = topic.replace(PREFIX, '');
    return topic.trim();
}

function step(
    { id, object }: WorkItem,
    rule: SuggestionRule,
    text: string,
    why: string,
    label: string
): Suggestion {
    return {
        kind: 'NextStep',
        rule,
        currentValue: '',
        suggestedValue: text.slice(0, LONGEST),
        sourceId: id,
        why,
        evidence: [{ id, object, label }]
    };
}

function earliest(items: readonly WorkItem[]): WorkItem | null {
    return items.toSorted((a, b) => a.on - b.on || (a.id < b.id ? -1 : 1))[0] ?? null;
}

/** The last piece of work that has happened. */
function newestDone(work: readonly WorkItem[], today: DayNumber): WorkItem | null {
    const done = work.filter(({ kind, on }) => kind !== PLANNED && on !== NONE && on <= today);
    return done.toSorted((a, b) => b.on - a.on || (a.id < b.id ? 1 : -1))[0] ?? null;
}
