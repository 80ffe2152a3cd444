// What hand-over and touches are credited by, where a plan asks for them: changes of owner and stage of deals, and what people did for
// them. Feature by feature: an org that keeps no history, or does not show it, is told so deal by deal (domain/pay/ownership.ts).
import { parsePlan } from '../domain/incentives/parse-plan.ts';
import {
    ownersOf,
    type Known,
    type OwnerChange,
    type OwnerSpan,
    type UnreadTouches
} from '../domain/pay/ownership.ts';
import type { SaleFact } from '../domain/pay/pay-facts.ts';
import { textOf, timeOf } from './map-rows.ts';
import type { ObjectFields } from './object-fields.ts';
import type { RawRow, SmallRead } from './query.ts';
import { DatedReading } from './read-dated-rows.ts';
import { TouchReading } from './read-touches.ts';
import { addTo } from './rows-by-id.ts';

interface Kept {
    created: Set<string>;
    changes: Map<string, OwnerChange[]>;
    stages: Map<string, { at: string; stage: string }[]>;
}

export class Attribution {
    readonly #wantsOwners: boolean;
    readonly #wantsStages: boolean;
    readonly #dated: DatedReading;
    readonly #touches: TouchReading;
    readonly #kept: Kept = { created: new Set(), changes: new Map(), stages: new Map() };
    #missing = new Set<string>();

    constructor(definitions: readonly string[]) {
        // A plan that cannot be read pays nobody, and asks for nothing.
        const targets = definitions
            .flatMap((one) => parsePlan(one).plan?.crediting ?? [])
            .map(({ to }) => to);
        const handing = targets.filter((to) => to.kind === 'handOver');
        this.#wantsOwners = handing.some(({ from }) => from === 'owner');
        this.#wantsStages = handing.some(({ from, by }) => from === 'owner' && by === 'stages');
        this.#dated = new DatedReading(targets);
        this.#touches = new TouchReading(targets);
    }

    /** Once everything is asked for. */
    get unreadTouches(): UnreadTouches {
        return this.#touches.unread;
    }

    /** Whether the day a deal was made is needed. */
    get wantsCreated(): boolean {
        return this.#wantsOwners || this.#touches.wantsCreated;
    }

    /** `isWanted`: of deals, by the path to them. */
    async reads(fields: ObjectFields, isWanted: (path: string) => string): Promise<SmallRead[]> {
        const reads: SmallRead[] = [];
        const read = async (query: SmallRead['query'], onRow: (row: RawRow) => void): Promise<void> => {
            if (await fields.namesOf(query.object)) reads.push({ query, onRow });
            else this.#missing.add(query.object);
        };
        const where = isWanted('Opportunity.');
        if (this.#wantsOwners)
            await read(
                {
                    object: 'OpportunityFieldHistory',
                    fields: ['OpportunityId', 'Field', 'OldValue', 'NewValue', 'CreatedDate'],
                    where: `Field IN ('created', 'Owner') AND ${where}`,
                    orderBy: 'Id'
                },
                (row) => this.#addHistory(row)
            );
        if (this.#wantsStages)
            await read(
                {
                    object: 'OpportunityHistory',
                    fields: ['OpportunityId', 'StageName', 'CreatedDate'],
                    where,
                    orderBy: 'Id'
                },
                (row) =>
                    addTo(this.#kept.stages, row.OpportunityId, {
                        at: timeOf(row.CreatedDate),
                        stage: textOf(row.StageName)
                    })
            );
        reads.push(
            ...(await this.#dated.reads(fields, where)),
            ...(await this.#touches.reads(fields, isWanted))
        );
        return reads;
    }

    /** Once everything is read; what no plan asks for is not there. */
    of(row: RawRow): Pick<SaleFact, 'owners' | 'dated' | 'touches'> {
        const dated = this.#dated.of(row);
        const touches = this.#touches.of(row);
        return {
            ...(this.#wantsOwners ? { owners: this.#ownersOf(row) } : {}),
            ...(dated ? { dated } : {}),
            ...(touches ? { touches } : {})
        };
    }

    #ownersOf(row: RawRow): Known<OwnerSpan> {
        const missing = ['OpportunityFieldHistory', 'OpportunityHistory'].find((one) =>
            this.#missing.has(one)
        );
        if (missing) return { unknown: `${missing} cannot be read` };
        const id = textOf(row.Id);
        const { created, changes } = this.#kept;
        const deal = {
            ownerId: textOf(row.OwnerId),
            createdAt: timeOf(row.CreatedDate),
            isKeptFromStart: created.has(id),
            changes: changes.get(id) ?? [],
            stageChanges: this.#stageChangesOf(id)
        };
        return ownersOf(deal, this.#trackedSince);
    }

    get #trackedSince(): string {
        const times = [...this.#kept.changes.values()].flat().map(({ at }) => at);
        return times.sort()[0] ?? '';
    }

    /** The first row is the stage it was made in. */
    #stageChangesOf(id: string): string[] {
        const rows = (this.#kept.stages.get(id) ?? []).toSorted((a, b) => (a.at < b.at ? -1 : 1));
        return rows.flatMap(({ at, stage }, index) =>
            index > 0 && stage !== rows[index - 1]!.stage ? [at] : []
        );
    }

    /** Of a change of owner there are two rows: names, and ids. */
    #addHistory(row: RawRow): void {
        const id = textOf(row.OpportunityId);
        if (textOf(row.Field) === 'created') this.#kept.created.add(id);
        const [from, to] = [textOf(row.OldValue), textOf(row.NewValue)];
        if (textOf(row.Field) !== 'Owner' || !isUserId(from) || !isUserId(to)) return;
        addTo(this.#kept.changes, id, { at: timeOf(row.CreatedDate), from, to });
    }
}

function isUserId(value: string): boolean {
    return /^005[A-Za-z0-9]{15}$/.test(value);
}
