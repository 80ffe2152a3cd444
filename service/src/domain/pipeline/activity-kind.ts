// What a task or event says about the client: did he talk to us, did we only write to him, or is it merely planned?
// Owns the words by which Salesforce records say so; knows nothing of deals or days.
//
// | record                                             | state                       | kind      |
// | -------------------------------------------------- | --------------------------- | --------- |
// | meeting (every Event; Task of type Meeting, Visit) | any; counts from its day on | TwoWay    |
// | meeting kept as a Task                             | not closed                  | Planned   |
// | call (TaskSubtype or Type Call)                    | closed                      | TwoWay    |
// | call whose outcome says nobody was reached         | closed                      | Outbound  |
// | call inside the firm (CallType Internal)           | closed                      | Other     |
// | mail received (direction Inbound or subject)       | any                         | TwoWay    |
// | mail sent (TaskSubtype Email, ListEmail, Cadence)  | closed                      | Outbound  |
// | call or mail begun (In Progress, Waiting ...)      | not closed                  | Outbound  |
// | call or mail not begun                             | not closed                  | Planned   |
// | any other task                                     | closed                      | Other     |
// | any other task                                     | not closed                  | Planned   |
//
// The loan data's work items need no words of their own: its importer writes a completed call as a closed Call and
// every other item (complete application, validate, assess fraud) as a plain Task, which is Other or Planned.

export const TWO_WAY = 0;
export const OUTBOUND = 1;
export const OTHER = 2;
export const PLANNED = 3;
export type ActivityKind = typeof TWO_WAY | typeof OUTBOUND | typeof OTHER | typeof PLANNED;

export interface ActivityWords {
    object: 'Task' | 'Event';
    /** Task.TaskSubtype */
    subtype: string;
    /** Task.Type or Event.Type */
    type: string;
    status: string;
    /** Task.CallType, or Inbound / Outbound of a mail when its source knows */
    direction: string;
    /** Task.CallDisposition */
    outcome: string;
    isClosed: boolean;
    subject: string;
}

type Channel = 'call' | 'mail' | 'meeting' | 'other';

const CHANNEL_WORDS: Record<string, Channel> = {
    call: 'call',
    'phone call': 'call',
    phone: 'call',
    email: 'mail',
    'e-mail': 'mail',
    mail: 'mail',
    listemail: 'mail',
    cadence: 'mail',
    letter: 'mail',
    linkedin: 'mail',
    meeting: 'meeting',
    visit: 'meeting',
    demo: 'meeting',
    presentation: 'meeting'
};
const BEGUN = new Set(['in progress', 'waiting on someone else']);
const NOT_REACHED = /no answer|voice ?mail|not reached|busy|no show|wrong number/i;
/** How mail logged by Salesforce, Outlook and Gmail integrations marks what came in. */
const RECEIVED_SUBJECT = /^\s*(?:←|<-|e-?mail received|received:|inbound:)/i;

export function activityKind(words: ActivityWords): ActivityKind {
    if (words.object === 'Event') return TWO_WAY;
    const channel = channelOf(words);
    if (channel === 'mail' && isReceived(words)) return TWO_WAY;
    if (!words.isClosed) {
        const begun = BEGUN.has(words.status.toLowerCase());
        return begun && (channel === 'call' || channel === 'mail') ? OUTBOUND : PLANNED;
    }
    if (channel === 'meeting') return TWO_WAY;
    if (channel === 'mail') return OUTBOUND;
    if (channel === 'other' || words.direction === 'Internal') return OTHER;
    return NOT_REACHED.test(words.outcome) ? OUTBOUND : TWO_WAY;
}

/** The subtype is set by Salesforce and says more than the type, unless it is the plain `Task`. */
function channelOf({ subtype, type }: ActivityWords): Channel {
    return CHANNEL_WORDS[subtype.toLowerCase()] ?? CHANNEL_WORDS[type.toLowerCase()] ?? 'other';
}

function isReceived({ direction, subject }: ActivityWords): boolean {
    return direction === 'Inbound' || (direction === '' && isReceivedSubject(subject));
}

/** True for the subject of a mail that came in; its first word tells. */
export function isReceivedSubject(subject: string): boolean {
    return RECEIVED_SUBJECT.test(subject);
}

const KIND_LABELS = ['Client contact', 'Sent or tried', 'Work done', 'Planned'] as const;

/** Words for evidence: "Client contact on 2026-03-28". */
export function activityLabel(kind: ActivityKind): string {
    return KIND_LABELS[kind];
}
