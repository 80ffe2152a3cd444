// Turns the columns of one deal into the facts the rules read. Numbers are read at once; evidence is worded only when
// a rule asks for it, because most deals need none.
import { formatDay } from '../calendar.ts';
import { OUTBOUND } from './activity-kind.ts';
import { activityRecordingOf, type ActivityRecording } from './activity-recording.ts';
import { decides } from './contact-roles.ts';
import * as Deal from './deal-columns.ts';
import type { HistoryNumbers } from './deal-history.ts';
import type { TouchNumbers } from './deal-touches.ts';
import { dealsInState } from './deals-in-state.ts';
import { MOST_EVIDENCE } from './evidence.ts';
import type { PipelineFeatures } from './features.ts';
import { NO_ROW } from './row-pool.ts';
import { NONE, type ActivityCoverage, type DayNumber, type DealFacts, type Evidence } from './types.ts';

/** The derived numbers of a deal, as one flat object that is filled again and again. */
export type DealNumbers = HistoryNumbers & TouchNumbers & { nextStepDueOn: DayNumber };

interface ContactTouch {
    contact: number;
    role: string;
    lastTouchOn: DayNumber;
}

/** Reads facts once all rows are in. Rows added later need a new reader. */
export class FactsReader {
    #features: PipelineFeatures;
    #rankOf: Int32Array;
    #recording: ActivityRecording;
    #silentOwnerIds: ReadonlySet<string>;
    #numbers = emptyNumbers();

    /** `recording` as found out over all deals; a delta run, which sees only some, hands in that of the last full run. */
    constructor(features: PipelineFeatures, recording: ActivityRecording = activityRecordingOf(features)) {
        this.#features = features;
        this.#recording = recording;
        this.#silentOwnerIds = new Set(recording.silentOwnerIds);
        this.#rankOf = Int32Array.from(features.stageNames.words, (name) => features.stageOrder.rankOf(name));
    }

    /** Rows of the opportunities that are open: what a run assesses. */
    openDeals(): Generator<number> {
        return dealsInState(this.#features, Deal.OPEN);
    }

    factsOf(deal: number): DealFacts {
        const features = this.#features;
        features.requireKnown(deal);
        const { columns } = features;
        const numbers = this.#numbers;
        this.readNumbers(deal, numbers);
        const state = columns.state[deal]!;
        const people = state === Deal.OPEN ? this.#peopleOf(deal) : [];
        const deciders = people.filter((person) => decides(person.role));
        const amount = columns.amount[deal]!;
        const ownerId = features.owners.idAt(columns.owner[deal]!);
        return {
            opportunityId: features.deals.idAt(deal),
            ownerId,
            segment: features.types.words[columns.type[deal]!]!,
            teamKey: features.teams.get(columns.owner[deal]!) ?? '',
            stageName: features.stageNames.words[columns.stage[deal]!]!,
            isClosed: state !== Deal.OPEN,
            isWon: state === Deal.WON,
            amountMinor: Number.isNaN(amount) ? null : amount,
            createdOn: columns.createdOn[deal]!,
            closeDate: columns.closeDate[deal]!,
            stageEnteredOn: numbers.stageEnteredOn,
            lastActivityOn: numbers.lastActivityOn,
            lastTwoWayOn: numbers.lastTwoWayOn,
            outboundSinceTwoWay: numbers.outboundSinceTwoWay,
            firstOutboundSinceTwoWayOn: numbers.firstOutboundSinceTwoWayOn,
            closePushCount: numbers.closePushCount,
            closePushDays: numbers.closePushDays,
            lateAmountChange: numbers.lateAmountChange,
            backwardMoveCount: numbers.backwardMoveCount,
            lastBackwardMoveOn: numbers.lastBackwardMoveOn,
            contactRoleCount: this.#recording.hasContactRoles ? people.length : null,
            decisionMakerCount: deciders.length,
            decisionMakerLastTouchOn: Math.max(NONE, ...deciders.map((person) => person.lastTouchOn)),
            hasNextStep: this.#hasNextStep(deal),
            nextStepDueOn: numbers.nextStepDueOn,
            isPersonAccount: (columns.flags[deal]! & Deal.PERSON_ACCOUNT) !== 0,
            activityCoverage: this.#coverageOf(ownerId),
            changesOn: numbers.changesOn,
            evidence: new DealEvidence(features, deal, () => people)
        };
    }

    /** The derived numbers alone; closed deals have none, and stand in their stage since they were created. */
    readNumbers(deal: number, into: DealNumbers): void {
        const { columns, history, touches, options, stageOrder } = this.#features;
        const isOpen = columns.state[deal] === Deal.OPEN;
        const historyHead = isOpen ? columns.historyHead[deal]! : NO_ROW;
        const touchHead = isOpen ? columns.touchHead[deal]! : NO_ROW;
        history.read(
            historyHead,
            columns.stage[deal]!,
            columns.amount[deal]!,
            this.#rankOf,
            stageOrder.middleRank,
            into
        );
        if (into.stageEnteredOn === NONE) into.stageEnteredOn = columns.createdOn[deal]!;
        touches.read(touchHead, options.asOf, into);
        into.nextStepDueOn = NONE;
        if (!isOpen) return;
        const due = columns.openTaskDueOn[deal]!;
        const meeting = into.nextMeetingOn;
        into.nextStepDueOn = due === NONE || (meeting !== NONE && meeting < due) ? meeting : due;
    }

    #hasNextStep(deal: number): boolean | null {
        const { flags, state } = this.#features.columns;
        const tells =
            state[deal] === Deal.OPEN
                ? Deal.NEXT_STEP_WRITTEN | Deal.OPEN_TASK_WITHOUT_DATE
                : Deal.NEXT_STEP_WRITTEN;
        if ((flags[deal]! & tells) !== 0) return true;
        const canTell = this.#recording.hasNextSteps && this.#features.options.hasNextStepField;
        return canTell ? false : null;
    }

    /** People with a role, newest touch first; the deciding role wins when one person has several. */
    #peopleOf(deal: number): ContactTouch[] {
        const features = this.#features;
        const head = features.columns.touchHead[deal]!;
        const byContact = new Map<number, ContactTouch>();
        for (const { contact, roleCode } of features.roles.of(features.columns.roleHead[deal]!)) {
            const role = features.roleNames.words[roleCode]!;
            const known = byContact.get(contact);
            if (!known) {
                byContact.set(contact, {
                    contact,
                    role,
                    lastTouchOn: features.touches.lastTouchOf(head, contact, features.options.asOf)
                });
            } else if (rolePrecedes(role, known.role)) known.role = role;
        }
        const idOf = (person: ContactTouch): string => features.contacts.idAt(person.contact);
        return [...byContact.values()].sort(
            (a, b) => b.lastTouchOn - a.lastTouchOn || (idOf(a) < idOf(b) ? -1 : 1)
        );
    }

    #coverageOf(ownerId: string): ActivityCoverage {
        const records = this.#recording.hasAny && !this.#silentOwnerIds.has(ownerId);
        return records ? this.#features.options.activityCoverage : 'None';
    }
}

function rolePrecedes(role: string, other: string): boolean {
    return decides(role) === decides(other) ? role < other : decides(role);
}

export function emptyNumbers(): DealNumbers {
    return {
        stageEnteredOn: NONE,
        closePushCount: 0,
        closePushDays: 0,
        lateAmountChange: 0,
        backwardMoveCount: 0,
        lastBackwardMoveOn: NONE,
        lastActivityOn: NONE,
        lastTwoWayOn: NONE,
        outboundSinceTwoWay: 0,
        firstOutboundSinceTwoWayOn: NONE,
        nextMeetingOn: NONE,
        changesOn: NONE,
        nextStepDueOn: NONE
    };
}

/** Records behind the facts, looked up when asked for. */
class DealEvidence {
    #features: PipelineFeatures;
    #deal: number;
    #people: () => ContactTouch[];

    constructor(features: PipelineFeatures, deal: number, people: () => ContactTouch[]) {
        this.#features = features;
        this.#deal = deal;
        this.#people = people;
    }

    get activity(): Evidence[] {
        return this.#features.touches.evidence(this.#touchHead, this.#features.options.asOf, null);
    }

    get outbound(): Evidence[] {
        return this.#features.touches.evidence(this.#touchHead, this.#features.options.asOf, OUTBOUND);
    }

    get push(): Evidence[] {
        return this.#features.history.pushEvidence(this.#historyHead);
    }

    get stage(): Evidence[] {
        return this.#features.history.stageEvidence(this.#historyHead, this.#features.stageNames.words);
    }

    get contact(): Evidence[] {
        return this.#people()
            .slice(0, MOST_EVIDENCE)
            .map(({ contact, role, lastTouchOn }) => ({
                id: this.#features.contacts.idAt(contact),
                object: 'Contact',
                label: `${role || 'Contact'}, ${lastTouchOn === NONE ? 'no contact recorded' : `last contact ${formatDay(lastTouchOn)}`}`
            }));
    }

    get #touchHead(): number {
        const { columns } = this.#features;
        return columns.state[this.#deal] === Deal.OPEN ? columns.touchHead[this.#deal]! : NO_ROW;
    }

    get #historyHead(): number {
        const { columns } = this.#features;
        return columns.state[this.#deal] === Deal.OPEN ? columns.historyHead[this.#deal]! : NO_ROW;
    }
}
