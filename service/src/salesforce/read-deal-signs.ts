// Deals with what else is known of them: stages they moved through, warnings that are up, chances.
import type { DealFact, DealMove } from '../domain/people-review/people-facts.ts';
import { NO_RANK, StageOrder } from '../domain/pipeline/stage-order.ts';
import { NONE, type DayNumber } from '../domain/pipeline/types.ts';
import type { FocusFlag } from '../domain/scorecards/focus/types.ts';
import type { Notes, OrgReference } from '../usecases/ports/org.ts';
import type { OrgClient } from './connect.ts';
import { dayOrNone, numberOrNull, textOf } from './map-rows.ts';
import { readList, readRows } from './query.ts';

/** A deal as its own row says, with the stages it was in. */
export interface GatheredDeal {
    fact: Omit<DealFact, 'moves' | 'redSince' | 'flags' | 'chance' | 'stageSince'>;
    accountId: string;
    stages: { atMs: number; name: string }[];
}

export interface DealSigns {
    flags: Map<string, FocusFlag[]>;
    redSince: Map<string, DayNumber>;
    chances: Map<string, number>;
}

/** Warnings that are up and chances, by deal. */
export async function dealSigns(client: OrgClient, note: Notes): Promise<DealSigns> {
    const records = await readList(client, {
        object: 'FlagRecord__c',
        fields: ['RuleKey__c', 'Segment__c', 'HitRate__c', 'BaseRate__c']
    });
    const rates = new Map(
        records
            .filter((row) => textOf(row.Segment__c) === '*' || textOf(row.Segment__c) === '')
            .map((row) => [textOf(row.RuleKey__c), row])
    );
    const signs: DealSigns = { flags: new Map(), redSince: new Map(), chances: new Map() };
    const { q } = client.names;
    await readRows(
        client,
        {
            object: 'PipelineFlag__c',
            fields: ['Opportunity__c', 'RuleKey__c', 'Severity__c', 'RaisedOn__c', 'ActionText__c'],
            where: `${q('Status__c')} = 'Open'`
        },
        (row) => {
            const dealId = textOf(row.Opportunity__c);
            const ruleKey = textOf(row.RuleKey__c);
            const record = rates.get(ruleKey);
            const flag: FocusFlag = {
                ruleKey,
                hitRate: numberOrNull(record?.HitRate__c),
                otherRate: numberOrNull(record?.BaseRate__c),
                words: textOf(row.ActionText__c)
            };
            signs.flags.set(dealId, [...(signs.flags.get(dealId) ?? []), flag]);
            const on = dayOrNone(row.RaisedOn__c, 'PipelineFlag__c.RaisedOn__c', note);
            if (textOf(row.Severity__c) === 'Red' && on !== NONE)
                signs.redSince.set(dealId, Math.min(on, signs.redSince.get(dealId) ?? on));
        }
    );
    await readRows(
        client,
        {
            object: 'DealHealth__c',
            fields: ['ExternalKey__c', 'WinProbability__c'],
            where: `${q('WinProbability__c')} != null`
        },
        (row) => signs.chances.set(textOf(row.ExternalKey__c), numberOrNull(row.WinProbability__c)!)
    );
    return signs;
}

export function dealFacts(
    deals: ReadonlyMap<string, GatheredDeal>,
    { stages, timeZone }: OrgReference,
    signs: DealSigns
): DealFact[] {
    const order = new StageOrder(stages);
    return [...deals.values()].map(({ fact, stages: held }) => {
        const inOrder = held.toSorted((a, b) => a.atMs - b.atMs);
        const last = inOrder.findLastIndex(({ name }, index) => inOrder[index - 1]?.name !== name);
        return {
            ...fact,
            stageSince: last === -1 ? fact.createdOn : timeZone.dayOfInstant(inOrder[last]!.atMs),
            moves: inOrder.slice(1).flatMap(({ atMs, name }, index): DealMove[] => {
                const [from, to] = [order.rankOf(inOrder[index]!.name), order.rankOf(name)];
                if (name === inOrder[index]!.name || from === NO_RANK) return [];
                const on = timeZone.dayOfInstant(atMs);
                if (to !== NO_RANK) return [{ on, outcome: to > from ? 'advanced' : 'returned' }];
                return [{ on, outcome: fact.outcome === 'won' ? 'advanced' : 'lost' }];
            }),
            redSince: signs.redSince.get(fact.id) ?? null,
            flags: signs.flags.get(fact.id) ?? [],
            chance: signs.chances.get(fact.id) ?? null
        };
    });
}
