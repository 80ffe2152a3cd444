// Callouts wait while the interpreter does not. When Apex makes a callout, its run is abandoned (nothing is written
// yet: a callout after DML is refused, as on the platform), the HTTP request is made while the event loop is free, and
// the run starts again. Everything it learnt from outside (rows, clock, answers) comes from this journal the second
// time, so it takes the same path to the same place, whatever else changed in the meantime.

export type JournalKind = 'clock' | 'query' | 'callout' | 'random';

interface Entry {
    kind: JournalKind;
    question: string;
    answer: unknown;
}

/** Leaves the interpreter when a callout must be made. Not an Apex exception: no catch or finally sees it. */
export class CalloutPending extends Error {
    readonly question: string;
    readonly request: unknown;
    constructor(question: string, request: unknown) {
        super('A callout is pending');
        this.name = 'CalloutPending';
        this.question = question;
        this.request = request;
    }
}

export class Journal {
    private readonly entries: Entry[] = [];
    private position = 0;

    /** The recorded answer, or a new one. */
    next<Answer>(kind: JournalKind, question: string, ask: () => Answer): Answer {
        const recorded = this.entries[this.position];
        if (recorded) {
            if (recorded.kind !== kind || recorded.question !== question) {
                throw new Error(
                    `Apex took another path when it was resumed after a callout: it asked for ${kind} "${question}" ` +
                        `where it had asked for ${recorded.kind} "${recorded.question}"`
                );
            }
            this.position++;
            return recorded.answer as Answer;
        }
        const answer = ask();
        this.entries.push({ kind, question, answer });
        this.position++;
        return answer;
    }

    /** The answer to a callout; stops the run when there is none yet. */
    callout<Answer>(question: string, request: unknown): Answer {
        return this.next<Answer>('callout', question, () => {
            throw new CalloutPending(question, request);
        });
    }

    record(kind: JournalKind, question: string, answer: unknown): void {
        this.entries.push({ kind, question, answer });
    }

    rewind(): void {
        this.position = 0;
    }
}
