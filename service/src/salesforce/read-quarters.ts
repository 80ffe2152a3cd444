// Reads what a review of quarters is made from: deals with their whole history, work on them, and what people committed to.
// Unlike the reading for deal health it keeps lost deals, because models learn from them too.
import type { DealNow, QuarterFacts, Touch } from '../domain/quarter/quarter-facts.ts';
import { renamedStages } from '../domain/quarter/renamed-stages.ts';
import type { Problem } from '../domain/problem.ts';
import type { Notes, OrgReference } from '../usecases/ports/org.ts';
import type { QuarterReading } from '../usecases/ports/quarters.ts';
import { readRowsInBulk } from './bulk/query-job.ts';
import { textRows } from './bulk/text-rows.ts';
import type { OrgClient } from './connect.ts';
import { noteBadValue } from './map-rows.ts';
import type { ObjectFields } from './object-fields.ts';
import { CONTACT_ROLE, EVENT, HISTORY, OPPORTUNITY, TASK, type Source } from './quarter-objects.ts';
import { countRows, readRows, type RawRow } from './query.ts';
import {
    commits,
    daysWithSnapshots,
    feedbackOnFlags,
    forecastsOfEndedQuarters,
    formerStages,
    quotas
} from './read-quarter-records.ts';
import { addContactRole, addDeal, addEvent, addTask, addVersion, comparable } from './gather-rows.ts';
import { lastStages, upToDate, type Gathered } from './gathered-deal.ts';
import { ReplaySample } from './replay-sample.ts';

const BULK_FROM = 10_000;

export class QuarterReader {
    readonly #client: OrgClient;
    readonly #fields: ObjectFields;
    readonly #checkStop: () => void;

    constructor(client: OrgClient, fields: ObjectFields, checkStop: () => void) {
        this.#client = client;
        this.#fields = fields;
        this.#checkStop = checkStop;
    }

    async read(
        reference: OrgReference,
        note: Notes,
        onObject: (done: number) => void
    ): Promise<QuarterReading> {
        const deals = new Map<string, Gathered>();
        const sample = new ReplaySample();
        const touches: Touch[] = [];
        let rowCount = 0;
        const work: [Source, (row: RawRow) => void][] = [
            [
                OPPORTUNITY,
                (row) => {
                    addDeal(deals, row, reference, note);
                    sample.addDeal(row);
                }
            ],
            [
                HISTORY,
                (row) => {
                    addVersion(deals, row, note);
                    sample.addVersion(row);
                }
            ],
            [
                TASK,
                (row) => {
                    addTask(deals, touches, row, reference, note);
                    sample.addActivity('Task', row);
                }
            ],
            [
                EVENT,
                (row) => {
                    addEvent(deals, touches, row, reference, note);
                    sample.addActivity('Event', row);
                }
            ],
            [CONTACT_ROLE, (row) => addContactRole(deals, row)]
        ];
        const unreadable = new Set<string>();
        for (const [index, [source, onRow]] of work.entries()) {
            this.#checkStop();
            const count = await this.#rows(source, note, onRow, (expected) => {
                if (source === OPPORTUNITY) sample.expectDeals(expected);
            });
            if (count === null) unreadable.add(source.object);
            rowCount += count ?? 0;
            onObject((index + 1) / work.length);
        }
        const stages = [...reference.stages, ...(await formerStages(this.#client))];
        const renamed = renamedStages(lastStages(deals.values()), stages);
        const said = await commits(this.#client, note);
        const segmentOf = (dealId: string): string => deals.get(dealId)?.record.segment ?? '';
        const feedback = await feedbackOnFlags(this.#client, reference.timeZone, segmentOf);
        const facts: QuarterFacts = {
            asOf: reference.today,
            nowMs: reference.nowMs,
            zone: reference.timeZone,
            stages,
            renamedStages: renamed,
            quarters: reference.fiscalQuarters,
            hasSeveralCurrencies:
                (await this.#fields.namesOf('Opportunity'))?.has('currencyisocode') ?? false,
            people: reference.people,
            deals: [...deals.values()].map((deal) => upToDate(deal, renamed, reference, note)),
            touches,
            recordsActivities: !unreadable.has('Task') || !unreadable.has('Event'),
            now: nowOf(deals, reference.hasNextStepField, !unreadable.has('OpportunityContactRole')),
            traits: new Map([...deals].map(([dealId, { traits }]) => [dealId, traits])),
            commits: said,
            quotas: await quotas(this.#client, note),
            held: await forecastsOfEndedQuarters(this.#client, reference.today, note),
            rules: {
                rows: sample.rows(reference.people),
                policies: reference.policies,
                activityCoverage: reference.activityCoverage,
                feedback
            }
        };
        return {
            facts,
            rowCount: rowCount + said.length + feedback.length,
            heldDays: await daysWithSnapshots(this.#client)
        };
    }

    /** null where the object cannot be read. */
    async #rows(
        source: Source,
        note: Notes,
        onRow: (row: RawRow) => void,
        onCount: (count: number) => void
    ): Promise<number | null> {
        const readable = await this.#fields.readable(source, note);
        if (!readable) {
            note('OBJECT_NOT_READABLE', `${source.object} cannot be read; what depends on it is not judged.`);
            return null;
        }
        const query = {
            object: source.object,
            fields: await comparable(this.#fields, source.object, readable.fields, note),
            ...(source.isArchived ? { where: 'IsDeleted = false', allRows: true } : {})
        };
        const count = await countRows(this.#client, query);
        onCount(count);
        if (count < BULK_FROM) return readRows(this.#client, query, onRow);
        const onBadValue = (field: string, problem: Problem): void =>
            noteBadValue(`${source.object}.${field}`, problem, note);
        return readRowsInBulk(this.#client, query, textRows(query.fields, onRow), { onBadValue });
    }
}

function nowOf(
    deals: ReadonlyMap<string, Gathered>,
    hasNextStepField: boolean,
    keepsContactRoles: boolean
): Map<string, DealNow> {
    const open = [...deals].filter(([, { isOpen }]) => isOpen);
    return new Map(
        open.map(([dealId, deal]) => [
            dealId,
            {
                hasNextStep:
                    hasNextStepField || deal.hasOpenTask ? deal.hasNextStep || deal.hasOpenTask : null,
                contactRoleCount: keepsContactRoles ? deal.contactRoleCount : null
            }
        ])
    );
}
