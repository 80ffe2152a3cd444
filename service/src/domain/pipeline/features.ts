// Everything the rules may know, gathered from rows in any order: opportunities, history, activities, contact roles.
// Columns of numbers instead of objects, so a million deals with sixteen million rows fit in a few hundred megabytes.
// Two ways in with one meaning: rows as objects (REST), or bytes and codes (Bulk). Rows of lost deals are not kept:
// facts of closed deals hold their own fields only, whatever the order of rows. Learning reads won deals in
// learn-from-features.ts.
import { ProblemError } from '../problem.ts';
import type { FiscalQuarter } from '../fiscal-quarters.ts';
import type { OrgTimeZone } from '../org-time-zone.ts';
import { activityDay } from './activity-day.ts';
import { PLANNED, TWO_WAY, activityKind, type ActivityKind } from './activity-kind.ts';
import { ContactRoles } from './contact-roles.ts';
import * as Deal from './deal-columns.ts';
import { DealHistory } from './deal-history.ts';
import { DealTouches, NOBODY } from './deal-touches.ts';
import type { ActivityRow, ContactRoleRow, HistoryRow, OpportunityRow } from './feature-rows.ts';
import { IdIndex, IdText, type GatheredIds } from './id-index.ts';
import { StageOrder, type Stage } from './stage-order.ts';
import { NONE, type ActivityCoverage, type DayNumber } from './types.ts';
import { WordIndex } from './words.ts';

export interface FeatureOptions {
    asOf: DayNumber;
    timeZone: OrgTimeZone;
    /** empty where the org does not say */
    fiscalQuarters: readonly FiscalQuarter[];
    stages: readonly Stage[];
    /** Full: tasks and events are readable; Partial: one of them; None: neither. */
    activityCoverage: ActivityCoverage;
    /** false: Opportunity.NextStep is not readable */
    hasNextStepField: boolean;
}

/** First characters of an opportunity id: Task.WhatId points at many kinds of record. */
const OPPORTUNITY_PREFIX = 0x303036;

export class PipelineFeatures {
    readonly options: FeatureOptions;
    readonly stageOrder: StageOrder;
    readonly deals = new IdIndex();
    readonly owners = new IdIndex();
    readonly contacts = new IdIndex();
    readonly stageNames = new WordIndex();
    readonly types = new WordIndex();
    readonly roleNames = new WordIndex();
    readonly columns = new Deal.DealColumns();
    readonly history: DealHistory;
    readonly touches = new DealTouches();
    readonly roles = new ContactRoles();
    readonly teams = new Map<number, string>();
    #idText = new IdText();
    #rowIdText = new IdText();

    constructor(options: FeatureOptions) {
        this.options = options;
        this.stageOrder = new StageOrder(options.stages);
        this.history = new DealHistory(options.timeZone, options.fiscalQuarters);
    }

    /** Deals met so far, also those of which only history or activities were seen. */
    get dealCount(): number {
        return this.deals.size;
    }

    /** Room for as many deals as the org says it has; there may be more. */
    expectDeals(count: number): void {
        this.deals.reserve(count);
        this.columns.reserve(count);
    }

    // Rows as objects.

    addOpportunity(row: OpportunityRow): void {
        const deal = this.dealAt(this.#idText.set(row.id, 'Opportunity.Id'), 0);
        const owner = this.owners.rowOf(this.#idText.set(row.ownerId, 'Opportunity.OwnerId'), 0);
        this.putOpportunity(
            deal,
            owner,
            this.types.codeOf(row.type),
            this.stageNames.codeOf(row.stageName),
            row.isWon ? Deal.WON : row.isClosed ? Deal.LOST : Deal.OPEN,
            row.amountMinor ?? NaN,
            row.closeDate,
            row.createdAtMs,
            row.hasNextStep,
            row.isPersonAccount
        );
    }

    addHistory(row: HistoryRow): void {
        const deal = this.dealAt(this.#idText.set(row.opportunityId, 'OpportunityHistory.OpportunityId'), 0);
        const id = this.#rowIdText.set(row.id, 'OpportunityHistory.Id');
        this.putHistory(
            deal,
            id,
            0,
            this.stageNames.codeOf(row.stageName),
            row.amountMinor ?? NaN,
            row.closeDate,
            row.createdAtMs
        );
    }

    addActivity(row: ActivityRow): void {
        if (row.whatId === null || !row.whatId.startsWith('006')) return;
        const deal = this.dealAt(this.#idText.set(row.whatId, `${row.object}.WhatId`), 0);
        const who =
            row.whoId === null || !this.needsPerson(deal)
                ? NOBODY
                : this.contacts.rowOf(this.#idText.set(row.whoId, `${row.object}.WhoId`), 0);
        const id = this.#rowIdText.set(row.id, `${row.object}.Id`);
        const kind = activityKind(row);
        this.putActivity(
            deal,
            id,
            0,
            kind,
            row.object === 'Event',
            activityDay(row, kind, this.options.timeZone),
            who
        );
    }

    addContactRole(row: ContactRoleRow): void {
        const deal = this.dealAt(
            this.#idText.set(row.opportunityId, 'OpportunityContactRole.OpportunityId'),
            0
        );
        const contact = this.contacts.rowOf(
            this.#idText.set(row.contactId, 'OpportunityContactRole.ContactId'),
            0
        );
        this.putContactRole(deal, contact, this.roleNames.codeOf(row.role));
    }

    /** The team of an owner is his manager's id; owners without one belong to no team. */
    setTeam(ownerId: string, managerId: string): void {
        this.teams.set(this.owners.rowOf(this.#idText.set(ownerId, 'User.Id'), 0), managerId);
    }

    // Rows as bytes and codes.

    /** Row of the deal whose id stands at `offset`. */
    dealAt(view: DataView, offset: number): number {
        const deal = this.deals.rowOf(view, offset);
        this.columns.reserve(deal + 1);
        return deal;
    }

    /** Fills `rows` with the row of each gathered id of a deal. */
    dealsOf(ids: GatheredIds, rows: Int32Array): void {
        this.deals.rowsOf(ids, rows);
        this.columns.reserve(this.deals.size);
    }

    /** True when the id at `offset` is an opportunity's. */
    isDealId(view: DataView, offset: number): boolean {
        return view.getInt32(offset) >>> 8 === OPPORTUNITY_PREFIX;
    }

    putOpportunity(
        deal: number,
        owner: number,
        type: number,
        stage: number,
        state: Deal.DealState,
        amountMinor: number,
        closeDate: DayNumber,
        createdAtMs: number,
        hasNextStep: boolean,
        isPersonAccount: boolean
    ): void {
        const { columns } = this;
        columns.state[deal] = state;
        columns.owner[deal] = owner;
        columns.type[deal] = type;
        columns.stage[deal] = stage;
        columns.amount[deal] = amountMinor;
        columns.closeDate[deal] = closeDate;
        columns.createdOn[deal] = this.options.timeZone.dayOfInstant(createdAtMs);
        columns.flags[deal]! |=
            (hasNextStep ? Deal.NEXT_STEP_WRITTEN : 0) | (isPersonAccount ? Deal.PERSON_ACCOUNT : 0);
    }

    putHistory(
        deal: number,
        view: DataView,
        idOffset: number,
        stage: number,
        amountMinor: number,
        closeDate: DayNumber,
        atMs: number
    ): void {
        if (this.columns.state[deal] === Deal.LOST) return;
        const heads = this.columns.historyHead;
        heads[deal] = this.history.add(heads[deal]!, view, idOffset, stage, amountMinor, closeDate, atMs);
    }

    putActivity(
        deal: number,
        view: DataView,
        idOffset: number,
        kind: ActivityKind,
        isEvent: boolean,
        day: DayNumber,
        who: number
    ): void {
        const { columns } = this;
        const state = columns.state[deal]!;
        if (state === Deal.LOST) return;
        columns.flags[deal]! |= Deal.ANY_ACTIVITY;
        // Of won deals only the silences between contacts are learnt.
        if (state === Deal.WON && kind !== TWO_WAY) return;
        if (kind !== PLANNED) {
            columns.touchHead[deal] = this.touches.add(
                columns.touchHead[deal]!,
                view,
                idOffset,
                kind,
                isEvent,
                day,
                who
            );
            return;
        }
        if (day === NONE) columns.flags[deal]! |= Deal.OPEN_TASK_WITHOUT_DATE;
        const due = columns.openTaskDueOn[deal]!;
        if (day !== NONE && (due === NONE || day < due)) columns.openTaskDueOn[deal] = day;
    }

    /** False where the person of an activity is never asked for: only open deals have people to be in touch with. */
    needsPerson(deal: number): boolean {
        const state = this.columns.state[deal]!;
        return state === Deal.OPEN || state === Deal.UNKNOWN;
    }

    putContactRole(deal: number, contact: number, role: number): void {
        const heads = this.columns.roleHead;
        heads[deal] = this.roles.add(heads[deal]!, contact, role);
    }

    /** Row of a deal by its id; -1 when no opportunity row of that id was read. */
    indexOf(opportunityId: string): number {
        const known = this.deals.size;
        const deal = this.dealAt(this.#idText.set(opportunityId, 'an opportunity id'), 0);
        return deal < known && this.columns.state[deal] !== Deal.UNKNOWN ? deal : -1;
    }

    requireKnown(deal: number): void {
        if (deal < 0 || deal >= this.deals.size || this.columns.state[deal] === Deal.UNKNOWN) {
            throw new ProblemError({
                code: 'DEAL_UNKNOWN',
                where: 'pipeline features',
                value: deal >= 0 && deal < this.deals.size ? this.deals.idAt(deal) : String(deal),
                fix: 'Read the opportunity before asking for its facts.'
            });
        }
    }
}
