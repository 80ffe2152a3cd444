// What the folder's later history says about predictions made as of earlier days. Owns the comparison; it reads the
// future, and nothing it finds goes back into a model.
import { DAY_MS } from '../../service/src/domain/outcomes/deal-features.ts';
import { readFates, type Fates } from '../../service/src/domain/outcomes/fates.ts';
import type { EventLog } from '../../service/src/domain/outcomes/event-log.ts';
import { meaningOfKinds, type PipelineMeaning } from '../../service/src/domain/outcomes/meaning.ts';
import { measure, type Judged } from '../../service/src/domain/outcomes/measures.ts';
import { FORECAST_DAYS, type PipelineOutcomes } from '../../service/src/domain/outcomes/pipeline-outcomes.ts';
import { TARGETS, type Target } from '../../service/src/domain/outcomes/targets.ts';

export function measureLater(log: EventLog, meaning: PipelineMeaning, runs: PipelineOutcomes[]): string[] {
    const fates = readFates(log, meaningOfKinds(log.kinds, meaning), meaning.stages.length);
    const dealOf = new Map(log.dealIds.map((id, deal) => [id, deal]));
    let end = -Infinity;
    for (const at of log.at) end = Math.max(end, at);
    return [
        ...TARGETS.flatMap((target) => targetLine(target, runs, fates, dealOf, end)),
        ...closeLine(runs, fates, dealOf),
        ...forecastLines(log, runs, fates, end)
    ];
}

function targetLine(
    target: Target,
    runs: PipelineOutcomes[],
    fates: Fates,
    dealOf: Map<string, number>,
    end: number
): string[] {
    const probability: number[] = [];
    const label: number[] = [];
    const deals: number[] = [];
    let unknown = 0;
    for (const run of runs) {
        const scores = run.probability[target.key];
        if (scores === null) continue;
        run.dealIds.forEach((id, row) => {
            const deal = dealOf.get(id)!;
            const answer = answerLater(target, fates, deal, run.asOf, run.table.segment[row]!, end);
            if (answer === null) {
                unknown++;
                return;
            }
            probability.push(scores[row]!);
            label.push(answer);
            deals.push(deal);
        });
    }
    if (label.length === 0) return [];
    const judged: Judged = {
        probability: Float64Array.from(probability),
        label: Uint8Array.from(label),
        weight: new Float64Array(label.length).fill(1),
        deal: Int32Array.from(deals)
    };
    const found = measure(judged);
    const order = [...probability.keys()].sort((a, b) => probability[b]! - probability[a]! || a - b);
    const top = order.slice(0, Math.floor(order.length / 5));
    const precision = top.reduce((sum, i) => sum + label[i]!, 0) / Math.max(1, top.length);
    return [
        `${target.words}: ${found.rows} answers known, ${unknown} not yet; ${percent(found.shareYes)} did; ` +
            `AUC ${found.auc === null ? 'none' : found.auc.toFixed(4)}, Brier ${found.brier.toFixed(4)}, ` +
            `ECE ${found.expectedCalibrationError.toFixed(4)}, of the highest fifth ${percent(precision)} did`
    ];
}

function answerLater(
    { key, horizonDays }: Target,
    fates: Fates,
    deal: number,
    asOf: number,
    rank: number,
    end: number
): number | null {
    const until = asOf + horizonDays * DAY_MS;
    const isKnown = until <= end || (horizonDays === Infinity && fates.endedAt[deal] !== Infinity);
    if (!isKnown) return null;
    const wonAt = fates.won[deal] === 1 ? fates.endedAt[deal]! : Infinity;
    if (key !== 'stall14') return wonAt <= until && wonAt !== Infinity ? 1 : 0;
    let next = wonAt;
    for (const reached of fates.reachedAt.slice(rank))
        if (reached[deal]! >= asOf) next = Math.min(next, reached[deal]!);
    return next > until ? 1 : 0;
}

function closeLine(runs: PipelineOutcomes[], fates: Fates, dealOf: Map<string, number>): string[] {
    let closed = 0;
    let missed = 0;
    let inside = 0;
    for (const { closes, dealIds, asOf } of runs) {
        if (closes === null) continue;
        dealIds.forEach((id, row) => {
            const days = (fates.endedAt[dealOf.get(id)!]! - asOf) / DAY_MS;
            if (days === Infinity) return;
            closed++;
            missed += Math.abs(days - closes.p50[row]!);
            if (days >= closes.p10[row]! && days <= closes.p90[row]!) inside++;
        });
    }
    if (closed === 0) return [];
    return [
        `close date: ${closed} closed since; mean absolute error ${(missed / closed).toFixed(2)} days, ` +
            `${percent(inside / closed)} inside the 80 % range (deals still open are not counted)`
    ];
}

function forecastLines(log: EventLog, runs: PipelineOutcomes[], fates: Fates, end: number): string[] {
    const errors: number[] = [];
    let inside = 0;
    const lines = runs.flatMap(({ asOf, forecast }) => {
        const until = asOf + FORECAST_DAYS * DAY_MS;
        if (forecast === null || until > end) return [];
        let actual = 0;
        for (let deal = 0; deal < log.dealIds.length; deal++) {
            const at = fates.endedAt[deal]!;
            if (fates.won[deal] === 1 && at >= asOf && at < until && log.amount[deal]! > 0)
                actual += log.amount[deal]!;
        }
        const error = forecast.p50 / actual - 1;
        errors.push(Math.abs(error));
        if (actual >= forecast.p10 && actual <= forecast.p90) inside++;
        return [
            `forecast of ${new Date(asOf).toISOString().slice(0, 10)}: ${Math.round(forecast.p50)} ` +
                `(${Math.round(forecast.p10)} to ${Math.round(forecast.p90)}), won ${Math.round(actual)}: ${percent(error)}`
        ];
    });
    if (errors.length === 0) return lines;
    const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
    return [
        ...lines,
        `forecast: mean absolute error ${percent(mean)}, ${inside} of ${errors.length} inside the range`
    ];
}

function percent(share: number): string {
    return `${(100 * share).toFixed(1)} %`;
}
