// Every metric of every row in every period, from columns of facts: one pass over each person's facts, then the teams. A changed fact
// costs the facts of its person and the rows of their managers, and comes to what a full pass would.
import type { DayNumber } from '../../pipeline/types.ts';
import type { Problem } from '../../problem.ts';
import type { Registry } from '../registry.ts';
import type { Roster } from '../roster.ts';
import type { MetricDefinition } from '../types.ts';
import { Cell, compile, evaluateExactly, unitsOf, type Evaluator } from './evaluate.ts';
import { groupByPerson, type Dictionaries, type FactColumns, type FactTable } from './fact-table.ts';
import { figurePlan, type FigurePlan } from './figure-plan.ts';
import type { Grid } from './grid.ts';
import { PersonFigures } from './person-figures.ts';
import { rowDaysOf, type RowDays } from './row-days.ts';
import { TeamFigures } from './team-figures.ts';

export interface MetricValuesInput {
    registry: Registry;
    roster: Roster;
    grid: Grid;
    facts: FactColumns;
    dictionaries: Dictionaries;
    /** by the number of the signal: last day its source has delivered */
    deliveredThrough: Int32Array;
    asOf: DayNumber;
}

/** One version of one metric, ready to be worked out. */
interface Compiled {
    definition: MetricDefinition;
    evaluate: Evaluator;
}

export class MetricValues {
    /** by metric, then row * periods + period; NaN where there is nothing to tell */
    readonly values: readonly Float64Array[];
    readonly counts: readonly Float64Array[];
    readonly plan: FigurePlan;
    readonly rowDays: RowDays;
    readonly grid: Grid;
    readonly roster: Roster;
    readonly registry: Registry;
    readonly cell: Cell;
    readonly #own: PersonFigures;
    readonly #team: TeamFigures;
    /** by metric, then period; null where no version is in force */
    readonly #versions: readonly (readonly (Compiled | null)[])[];
    readonly #ownMetrics: readonly number[];
    readonly #teamMetrics: readonly number[];
    #table: FactTable;
    /** facts of people that were changed after the pass */
    readonly #changed = new Map<number, FactTable>();
    /** cells the last pass gave another value */
    readonly #differing = new Set<number>();
    #isFirstPass = true;

    constructor({ registry, roster, grid, facts, dictionaries, deliveredThrough, asOf }: MetricValuesInput) {
        this.registry = registry;
        this.roster = roster;
        this.grid = grid;
        const { definitions, metricIds } = registry;
        this.plan = figurePlan(definitions.metrics, registry.signals, dictionaries);
        this.rowDays = rowDaysOf(roster, grid, asOf);
        this.#table = groupByPerson(facts, roster.people.length);
        this.#own = new PersonFigures(this.plan, grid, roster);
        this.#team = new TeamFigures(this.plan, grid, roster);
        this.cell = new Cell(
            this.#own,
            this.#team,
            grid,
            this.rowDays,
            zerosKnown(grid, deliveredThrough, asOf)
        );
        const cells = roster.rowRole.length * grid.count;
        this.values = metricIds.map(() => new Float64Array(cells).fill(NaN));
        this.counts = metricIds.map(() => new Float64Array(cells));
        this.#versions = metricIds.map((id) => this.#versionsOf(id));
        const scopes = this.#versions.map((versions) => versions.find((one) => one)?.definition.scope);
        this.#ownMetrics = scopes.flatMap((scope, metric) => (scope === 'own' ? [metric] : []));
        this.#teamMetrics = scopes.flatMap((scope, metric) => (scope === 'team' ? [metric] : []));
        this.#passAll();
        this.#isFirstPass = false;
    }

    /** Version of a metric in force in a period. */
    versionAt(metric: number, period: number): MetricDefinition | null {
        return this.#versions[metric]![period]?.definition ?? null;
    }

    /** Sums that are too large to be exact, by person and signal. */
    problems(): Problem[] {
        return [...this.cell.tooLarge].map((key) => {
            const [row, signal] = key.split(' ') as [string, string];
            return {
                code: 'SUM_TOO_LARGE',
                where: `person ${this.roster.people[this.roster.rowPerson[Number(row)]!]!.id}, ${signal}`,
                value: '',
                fix: 'Keep sums of a person below nine hundred thousand million, e.g. told in thousands.'
            };
        });
    }

    /** Rows of the table with the facts of a person. */
    factsOf(person: number): { table: FactTable; from: number; to: number } {
        const changed = this.#changed.get(person);
        const table = changed ?? this.#table;
        const at = changed ? 0 : person;
        return { table, from: table.start[at]!, to: table.start[at + 1]! };
    }

    /** Loads the figures of a person, so that cells of their rows can be worked out one by one. */
    loadPerson(person: number): void {
        const { table, from, to } = this.factsOf(person);
        this.#own.load(person, table, from, to);
    }

    /** Points the cell at a row and period; the person must be loaded. */
    pointAt(row: number, period: number, windowMonths: number): Cell {
        const { cell } = this;
        cell.row = row;
        cell.ownRow = row - this.roster.firstRow[this.roster.rowPerson[row]!]!;
        cell.period = period;
        cell.from = this.grid.grain === 'month' ? Math.max(0, period - windowMonths + 1) : period;
        cell.isExact = true;
        return cell;
    }

    /** Replaces all facts of one person; tells the cells (row * periods + period) of which a value differs now. */
    replaceFacts(person: number, facts: FactColumns): ReadonlySet<number> {
        const before = this.factsOf(person);
        this.#team.changedRows.clear();
        this.#team.add(person, before.table, before.from, before.to, -1);
        const table = { ...facts, start: Int32Array.of(0, facts.count) };
        this.#changed.set(person, table);
        this.#team.add(person, table, 0, facts.count, 1);
        this.#differing.clear();
        this.#passPerson(person);
        for (const row of this.#team.changedRows) this.#passTeam(row);
        return this.#differing;
    }

    #passAll(): void {
        const { people, rowRole } = this.roster;
        for (let person = 0; person < people.length; person++) {
            const { table, from, to } = this.factsOf(person);
            this.#team.add(person, table, from, to, 1);
            this.#passPerson(person);
        }
        for (let row = 0; row < rowRole.length; row++) this.#passTeam(row);
    }

    #passPerson(person: number): void {
        this.loadPerson(person);
        const { firstRow } = this.roster;
        for (let row = firstRow[person]!; row < firstRow[person + 1]!; row++)
            for (const metric of this.#ownMetrics) this.#passMetric(metric, row);
    }

    #passTeam(row: number): void {
        if (this.roster.rowRole[row] !== 'manager') return;
        for (const metric of this.#teamMetrics) this.#passMetric(metric, row);
    }

    #passMetric(metric: number, row: number): void {
        const { count } = this.grid;
        const values = this.values[metric]!;
        const counts = this.counts[metric]!;
        for (let period = 0; period < count; period++) {
            const at = row * count + period;
            const before = values[at]!;
            const countBefore = counts[at]!;
            values[at] = NaN;
            counts[at] = 0;
            this.#passCell(metric, row, period);
            if (this.#isFirstPass) continue;
            if (!Object.is(values[at], before) || counts[at] !== countBefore) this.#differing.add(at);
        }
    }

    #passCell(metric: number, row: number, period: number): void {
        const at = row * this.grid.count + period;
        const compiled = this.#versions[metric]![period];
        if (!compiled || this.rowDays.days[at] === 0) return;
        const { definition, evaluate } = compiled;
        const cell = this.pointAt(row, period, definition.windowMonths);
        if (!evaluate(cell)) return;
        this.counts[metric]![at] = cell.n;
        this.values[metric]![at] = unitsOf(
            cell,
            () =>
                evaluateExactly(definition.formula, definition.scope, this.plan, cell, () => undefined)!.value
        );
    }

    #versionsOf(id: string): (Compiled | null)[] {
        const compiled = new Map<MetricDefinition, Compiled>();
        return Array.from({ length: this.grid.count }, (_, period) => {
            const definition = this.registry.metricAt(id, this.grid.starts[period]!);
            if (!definition) return null;
            const known = compiled.get(definition);
            if (known) return known;
            const evaluate = compile(definition.formula, definition.scope, this.plan);
            const one = { definition, evaluate };
            compiled.set(definition, one);
            return one;
        });
    }
}

/** A source has told all of a period when it delivered on its last day or later, and all so far of one that is not over when it
 *  delivered within it. */
function zerosKnown({ starts, count }: Grid, deliveredThrough: Int32Array, asOf: DayNumber): Uint8Array {
    const known = new Uint8Array(deliveredThrough.length * count);
    for (let signal = 0; signal < deliveredThrough.length; signal++)
        for (let period = 0; period < count; period++) {
            const wanted = asOf < starts[period + 1]! ? starts[period]! : starts[period + 1]! - 1;
            known[signal * count + period] = deliveredThrough[signal]! >= wanted ? 1 : 0;
        }
    return known;
}
