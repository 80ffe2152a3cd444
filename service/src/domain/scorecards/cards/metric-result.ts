// One metric of one scorecard with its full working: figures read, what they come to, the standard, the attainment, the points. Whoever
// follows the working by hand comes to what is shown.
import { Ratio, smaller } from '../../ratio.ts';
import { roundTo } from '../../rounding.ts';
import { formatDay } from '../../calendar.ts';
import { evaluateExactly } from '../columns/evaluate.ts';
import type { HeldTo } from '../columns/hurdles.ts';
import { attainmentOf, isMet } from '../scoring.ts';
import { trendOf } from '../trend.ts';
import type {
    Dimension,
    Fact,
    MetricDefinition,
    MetricResult,
    ResultStatus,
    Series,
    Units,
    WorkingStep
} from '../types.ts';
import { roundedUnits, UNITS_PER_ONE, unitsRatio, unitsText } from '../units.ts';
import { evidenceOf } from './evidence.ts';
import { figureWords } from './figure-words.ts';
import type { CardContext } from './card-context.ts';
import { intervalOf } from './wilson-share.ts';

export interface ResultPlace {
    row: number;
    period: number;
    metric: number;
    dimension: Dimension;
    /** of the whole score */
    weight: Ratio;
    cap: Ratio;
}

const HUNDRED = Ratio.of(100n);

export function metricResult(context: CardContext, place: ResultPlace, facts: readonly Fact[]): MetricResult {
    const { book, hurdles, scores } = context;
    const { row, period, metric } = place;
    const definition = book.versionAt(metric, period)!;
    const held = hurdles.of(metric, row, period);
    const shown = scores.valueOf(metric, row, period);
    const cellIndex = row * book.grid.count + period;
    const n = book.counts[metric]![cellIndex]!;
    const hasValue = !Number.isNaN(book.values[metric]![cellIndex]!);
    const attainment = shown === null || held === null ? null : attainmentOf(unitsRatio(shown), held);
    const series = seriesOf(context, place);
    const { from, to } = windowOf(context, definition, place);
    const cell = book.pointAt(row, period, definition.windowMonths);
    const interval = shown === null ? null : intervalOf(definition, book.plan, cell);
    return {
        metric: definition.id,
        version: definition.version,
        dimension: place.dimension,
        weight: place.weight,
        status: statusOf(shown, hasValue, held),
        value: shown,
        n,
        low: interval?.low ?? null,
        high: interval?.high ?? null,
        family: held?.family ?? null,
        floor: held ? roundedUnits(held.floor) : null,
        target: held ? roundedUnits(held.target) : null,
        attainment,
        points: attainment && place.weight.sign > 0 ? pointsOf(attainment, place) : null,
        trend: trendOf(series.points.map(({ value }) => value)),
        percentile: null,
        peers: 0,
        series,
        working: workingOf(context, place, definition, held, shown),
        evidence: shown === null ? [] : evidenceOf(definition, facts, book.registry.signals, from, to),
        whatMovesIt: definition.whatMovesIt
    };
}

function pointsOf(attainment: Ratio, { weight, cap }: ResultPlace): Ratio {
    return weight.times(smaller(cap, attainment)).times(HUNDRED);
}

function statusOf(value: Units | null, hasValue: boolean, held: HeldTo | null): ResultStatus {
    if (value === null) return hasValue ? 'tooFew' : 'noData';
    return held === null ? 'noStandard' : isMet(unitsRatio(value), held);
}

/** Thirteen months, so that the same month of last year is there. */
const SERIES_MONTHS = 13;

function seriesOf({ book, scores }: CardContext, { row, period, metric }: ResultPlace): Series {
    const first = Math.max(0, period - SERIES_MONTHS + 1);
    const points = Array.from({ length: period - first + 1 }, (_, index) => {
        const at = first + index;
        const units = scores.valueOf(metric, row, at);
        return {
            from: book.grid.starts[at]!,
            value: units === null ? null : units / UNITS_PER_ONE,
            n: book.counts[metric]![row * book.grid.count + at]!
        };
    });
    const person = book.roster.people[book.roster.rowPerson[row]!]!.id;
    return { person, metric: book.registry.metricIds[metric]!, grain: book.grid.grain, points };
}

function windowOf(
    { book }: CardContext,
    { windowMonths }: MetricDefinition,
    { period }: ResultPlace
): { from: number; to: number } {
    const { starts } = book.grid;
    return { from: starts[Math.max(0, period - windowMonths + 1)]!, to: starts[period + 1]! };
}

/** A figure that is hidden because there are too few observations has no working: it would tell the figure. */
function workingOf(
    context: CardContext,
    place: ResultPlace,
    definition: MetricDefinition,
    held: HeldTo | null,
    shown: Units | null
): WorkingStep[] {
    if (shown === null) return [];
    const { book } = context;
    const cell = book.pointAt(place.row, place.period, definition.windowMonths);
    const { from, to } = windowOf(context, definition, place);
    const days = `${formatDay(from)} to ${formatDay(to - 1)}`;
    const steps: WorkingStep[] = [];
    const exact = evaluateExactly(
        definition.formula,
        definition.scope,
        book.plan,
        cell,
        (figure, value, n) => {
            const words = `${figureWords(figure, book.registry.signals)}, ${days}, n = ${n}`;
            steps.push({ words, value: value.toString() });
        }
    )!.value;
    steps.push({ words: definition.formulaWords, value: exact.toString() });
    if (!exact.equals(unitsRatio(shown)))
        steps.push({ words: 'rounded to four decimals', value: unitsText(shown) });
    if (held === null) return steps;
    const basis = { standard: 'standard', cohort: 'people of the same tenure', expected: 'ramp' }[held.basis];
    steps.push({ words: `floor (${basis})`, value: held.floor.toString() });
    steps.push({ words: `target (${basis})`, value: held.target.toString() });
    const attainment = attainmentOf(unitsRatio(shown), held);
    steps.push({ words: 'attainment', value: attainment.toString() });
    if (place.weight.sign > 0)
        steps.push({
            words: `points: attainment (at most ${place.cap.toString()}) x weight ${place.weight.toString()} x 100`,
            value: roundTo(pointsOf(attainment, place), Ratio.of(1n, 10_000n), 'half-up').toString()
        });
    return steps;
}
