// What hand-over and touches are credited by, where a plan asks for them: changes of owner and stage of deals, and what people did for
// them. Feature by feature: an org that keeps no history, or does not show it, is told so deal by deal (domain/pay/ownership.ts).
import {
    ownersOf,
    type Known,
    type OwnerChange,
    type OwnerSpan,
    type Touch
} from '../domain/pay/ownership.ts';
import { textOf } from './map-rows.ts';
import type { ObjectFields } from './object-fields.ts';
import type { RawRow, SmallRead } from './query.ts';

interface Kept {
    created: Set<string>;
    changes: Map<string, OwnerChange[]>;
    stages: Map<string, { at: string; stage: string }[]>;
    touches: Map<string, Touch[]>;
}

export class Attribution {
    readonly wantsOwners: boolean;
    readonly #wantsStages: boolean;
    readonly #wantsTouches: boolean;
    readonly #kept: Kept = { created: new Set(), changes: new Map(), stages: new Map(), touches: new Map() };
    #missing = new Set<string>();

    constructor(definitions: readonly string[]) {
        const isIn = (words: RegExp): boolean => definitions.some((one) => words.test(one));
        this.wantsOwners = isIn(/\bhandOver\b/);
        this.#wantsStages = isIn(/\bhandOver:\s*["']?stages\b/);
        this.#wantsTouches = isIn(/\bfrom:\s*["']?activities\b/);
    }

    /** `isWanted`: of deals, by the path to them. */
    async reads(fields: ObjectFields, isWanted: (path: string) => string): Promise<SmallRead[]> {
        const reads: SmallRead[] = [];
        const read = async (query: SmallRead['query'], onRow: (row: RawRow) => void): Promise<void> => {
            if (await fields.namesOf(query.object)) reads.push({ query, onRow });
            else this.#missing.add(query.object);
        };
        const where = isWanted('Opportunity.');
        if (this.wantsOwners)
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
                    add(this.#kept.stages, row.OpportunityId, {
                        at: timeOf(row),
                        stage: textOf(row.StageName)
                    })
            );
        if (this.#wantsTouches)
            for (const [object, done] of [
                ['Task', 'IsClosed = true AND '],
                ['Event', '']
            ] as const)
                await read(
                    {
                        object,
                        fields: ['WhatId', 'OwnerId', 'ActivityDate'],
                        where: `${done}IsDeleted = false AND ActivityDate != null AND WhatId IN (SELECT Id FROM Opportunity WHERE ${isWanted('')})`,
                        orderBy: 'Id',
                        allRows: true
                    },
                    (row) =>
                        add(this.#kept.touches, row.WhatId, {
                            payeeId: textOf(row.OwnerId),
                            at: textOf(row.ActivityDate)
                        })
                );
        return reads;
    }

    /** Once everything is read; what no plan asks for is not there. */
    of(row: RawRow): { owners?: Known<OwnerSpan>; touches?: Known<Touch> } {
        return {
            ...(this.wantsOwners ? { owners: this.#ownersOf(row) } : {}),
            ...(this.#wantsTouches ? { touches: this.#touchesOf(row) } : {})
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
            createdAt: timeOf(row),
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

    #touchesOf(row: RawRow): Known<Touch> {
        for (const object of ['Task', 'Event'])
            if (this.#missing.has(object)) return { unknown: `${object} cannot be read` };
        const closed = textOf(row.CloseDate);
        return (this.#kept.touches.get(textOf(row.Id)) ?? []).filter(({ at }) => at <= closed);
    }

    /** Of a change of owner there are two rows: names, and ids. */
    #addHistory(row: RawRow): void {
        const id = textOf(row.OpportunityId);
        if (textOf(row.Field) === 'created') this.#kept.created.add(id);
        const [from, to] = [textOf(row.OldValue), textOf(row.NewValue)];
        if (textOf(row.Field) !== 'Owner' || !isUserId(from) || !isUserId(to)) return;
        add(this.#kept.changes, id, { at: timeOf(row), from, to });
    }
}

function add<T>(into: Map<string, T[]>, id: unknown, one: T): void {
    const list = into.get(textOf(id)) ?? [];
    list.push(one);
    into.set(textOf(id), list);
}

function timeOf({ CreatedDate }: RawRow): string {
    return new Date(textOf(CreatedDate)).toISOString();
}

function isUserId(value: string): boolean {
    return /^005[A-Za-z0-9]{15}$/.test(value);
}
