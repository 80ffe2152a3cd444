// What has to be taken from facts for a set of metrics: each distinct figure once. Tallies (a sum and a count for each period) serve
// sums, counts and means; levels serve latest and opening; rankings serve quantiles. Formulas then name figures by number.
import type { FigureFormula, Filter } from '../formula.ts';
import { figuresOf } from '../formula-parts.ts';
import type { MetricDefinition, Signal } from '../types.ts';
import type { Dictionaries } from './fact-table.ts';

/** Facts of one signal that pass one filter. */
export interface Selection {
    signal: number;
    filter: Filter;
    /** by tag, 1 where the attributes pass; null where every one does */
    passes: Uint8Array | null;
    atLeast: number;
    atMost: number;
}

export interface FigurePlan {
    own: readonly Selection[];
    team: readonly Selection[];
    levels: readonly Selection[];
    rankings: readonly Selection[];
    /** numbers of the selections of each signal */
    ownOf: readonly (readonly number[])[];
    teamOf: readonly (readonly number[])[];
    levelsOf: readonly (readonly number[])[];
    rankingsOf: readonly (readonly number[])[];
    find(figure: FigureFormula, scope: 'own' | 'team'): FoundFigure;
}

export interface FoundFigure {
    store: 'own' | 'team' | 'level' | 'ranking';
    index: number;
    /** tally of all facts of the signal: when it has some, a filtered nothing is a zero */
    base: number;
    signal: Signal;
    signalIndex: number;
}

type Store = FoundFigure['store'];

export function figurePlan(
    metrics: readonly MetricDefinition[],
    signals: ReadonlyMap<string, Signal>,
    { signals: ids, tags }: Dictionaries
): FigurePlan {
    const signalIndex = new Map(ids.map((id, index) => [id, index]));
    const stores: Record<Store, Selection[]> = { own: [], team: [], level: [], ranking: [] };
    const numbers = new Map<string, number>();
    const add = (store: Store, signal: string, filter: Filter): number => {
        const key = `${store} ${signal} ${filterKey(filter)}`;
        const known = numbers.get(key);
        if (known !== undefined) return known;
        stores[store].push(selectionOf(signalIndex.get(signal)!, filter, tags));
        numbers.set(key, stores[store].length - 1);
        return stores[store].length - 1;
    };
    const find = ({ figure, signal, filter }: FigureFormula, scope: 'own' | 'team'): FoundFigure => {
        const store = storeOf(figure, scope);
        return {
            store,
            index: add(store, signal, filter),
            base: add(scope, signal, NO_FILTER),
            signal: signals.get(signal)!,
            signalIndex: signalIndex.get(signal)!
        };
    };
    for (const { formula, scope } of metrics) for (const figure of figuresOf(formula)) find(figure, scope);
    const bySignal = (store: Store): number[][] =>
        ids.map((_, index) =>
            stores[store].flatMap((selection, at) => (selection.signal === index ? [at] : []))
        );
    return {
        own: stores.own,
        team: stores.team,
        levels: stores.level,
        rankings: stores.ranking,
        ownOf: bySignal('own'),
        teamOf: bySignal('team'),
        levelsOf: bySignal('level'),
        rankingsOf: bySignal('ranking'),
        find
    };
}

export const NO_FILTER: Filter = { attributes: {}, atLeast: null, atMost: null };

function storeOf(figure: FigureFormula['figure'], scope: 'own' | 'team'): Store {
    if (figure === 'latest' || figure === 'opening') return 'level';
    return figure === 'quantile' ? 'ranking' : scope;
}

function filterKey({ attributes, atLeast, atMost }: Filter): string {
    const named = Object.keys(attributes).sort();
    return `${named.map((name) => `${name}=${attributes[name]!.join('|')}`).join(',')} ${atLeast} ${atMost}`;
}

function selectionOf(signal: number, filter: Filter, tags: Dictionaries['tags']): Selection {
    const wanted = Object.entries(filter.attributes);
    const passes =
        wanted.length === 0
            ? null
            : Uint8Array.from(tags, (tag) =>
                  wanted.every(([name, values]) => values.includes(tag[name] ?? '')) ? 1 : 0
              );
    const { atLeast, atMost } = filter;
    return { signal, filter, passes, atLeast: atLeast ?? -Infinity, atMost: atMost ?? Infinity };
}

export function isSelected({ passes, atLeast, atMost }: Selection, tag: number, value: number): boolean {
    return (passes === null || passes[tag] === 1) && value >= atLeast && value <= atMost;
}
