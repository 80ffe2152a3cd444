// Our side of the scorecard bench: from raw rows to every metric of every person in every month and every score, on one thread.
import type { Definitions } from '../../../service/src/domain/scorecards/checks/check-definitions.ts';
import type { CardContext } from '../../../service/src/domain/scorecards/cards/card-context.ts';
import type { FactColumns } from '../../../service/src/domain/scorecards/columns/fact-table.ts';
import type { FigurePlan } from '../../../service/src/domain/scorecards/columns/figure-plan.ts';
import { Hurdles } from '../../../service/src/domain/scorecards/columns/hurdles.ts';
import { MetricValues } from '../../../service/src/domain/scorecards/columns/metric-values.ts';
import { RampCohorts, type RampLength } from '../../../service/src/domain/scorecards/columns/ramp-cohorts.ts';
import { ScorePass } from '../../../service/src/domain/scorecards/columns/score-pass.ts';
import { figuresOf } from '../../../service/src/domain/scorecards/formula-parts.ts';
import { registryOf } from '../../../service/src/domain/scorecards/registry.ts';
import { rosterOf } from '../../../service/src/domain/scorecards/roster.ts';
import { costOf, type Engine } from '../pay/engines/engine.ts';
import { WeightedSums, WEIGHTS, type Checksums } from '../pay/checksums.ts';
import { AS_OF, definitions, people, peopleFor, rawFacts, tagsOf, yearGrid, type Tags } from './workload.ts';

export type Worked = Pick<CardContext, 'book' | 'cohorts' | 'hurdles' | 'scores'>;

/** A full pass over raw rows; `length` is that of an earlier pass, null to learn it. */
export function fullPass(
    all: Definitions,
    facts: FactColumns,
    tags: Tags,
    count: number,
    length: RampLength | null = null
): Worked {
    const registry = registryOf(all);
    const ids = all.signals.map(({ id }) => id);
    const book = new MetricValues({
        registry,
        roster: rosterOf(people(count)).roster,
        grid: yearGrid(),
        facts,
        dictionaries: { signals: ids, tags: tags.list },
        deliveredThrough: new Int32Array(ids.length).fill(AS_OF),
        asOf: AS_OF
    });
    const cohorts = new RampCohorts(book, registry.templateOf('new-joiner')!.ramp, length);
    const hurdles = new Hurdles(book, cohorts);
    return { book, cohorts, hurdles, scores: new ScorePass(book, cohorts, hurdles) };
}

export function ourEngine(rows: number): Engine {
    const all = definitions();
    const tags = tagsOf(all.signals);
    const facts = rawFacts(rows, all.signals, tags);
    let worked: Worked | null = null;
    return {
        run: () => costOf(() => (worked = fullPass(all, facts, tags, peopleFor(rows)))),
        sums: () => Promise.resolve(figureSums(worked!, rankedFigures(worked!.book.plan, all)))
    };
}

/** Ranks asked of each ranking. */
export function rankedFigures(
    plan: FigurePlan,
    { metrics }: Definitions
): { ranking: number; rank: number }[] {
    const figures = metrics.flatMap(({ formula, scope }) =>
        figuresOf(formula)
            .filter(({ figure }) => figure === 'quantile')
            .map((figure) => ({ ranking: plan.find(figure, scope).index, rank: figure.rank }))
    );
    return [...new Map(figures.map((one) => [`${one.ranking} ${one.rank}`, one])).values()];
}

/** Names of what is compared, in the order it is added. */
export function figureNames(
    plan: FigurePlan,
    ranked: readonly { ranking: number; rank: number }[]
): string[] {
    const both = (name: string, list: readonly unknown[]): string[] =>
        list.flatMap((_, index) => [`${name} ${index} sum`, `${name} ${index} n`]);
    return [
        ...both('own', plan.own),
        ...both('team', plan.team),
        ...both('level', plan.levels),
        ...ranked.map(({ ranking, rank }) => `ranking ${ranking} at ${rank}`)
    ];
}

export function weightOf(cell: number): number {
    return (cell % WEIGHTS) + 1;
}

function figureSums({ book }: Worked, ranked: readonly { ranking: number; rank: number }[]): Checksums {
    const { plan, grid, roster } = book;
    const names = figureNames(plan, ranked);
    const sums = new WeightedSums(names);
    const { own, team } = book.cell;
    for (let person = 0; person < roster.people.length; person++) {
        book.loadPerson(person);
        for (let month = 0; month < grid.count; month++) {
            const cell = person * grid.count + month;
            const weight = weightOf(cell);
            let name = 0;
            const add = (value: number): void => sums.add(name++, value, weight);
            for (let tally = 0; tally < own.width; tally++) {
                add(own.sums[month * own.width + tally]!);
                add(own.counts[month * own.width + tally]!);
            }
            for (let tally = 0; tally < team.width; tally++) {
                add(team.sums[cell * team.width + tally]!);
                add(team.counts[cell * team.width + tally]!);
            }
            for (let level = 0; level < own.levels.width; level++) {
                add(own.levels.values[(month + 1) * own.levels.width + level]!);
                add(own.levels.counts[(month + 1) * own.levels.width + level]!);
            }
            for (const { ranking, rank } of ranked) {
                const { value, n } = own.ranked(ranking, 0, month, month, rank);
                add(n === 0 ? 0 : value);
            }
        }
    }
    return sums.sums;
}
