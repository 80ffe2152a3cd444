// Writes what a back-test found: predictions.csv, forecast.csv, reasons.csv and model-cards.json. Owns the columns.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DAY_MS } from '../../service/src/domain/outcomes/deal-features.ts';
import { FORECAST_DAYS, type PipelineOutcomes } from '../../service/src/domain/outcomes/pipeline-outcomes.ts';
import { TARGETS } from '../../service/src/domain/outcomes/targets.ts';
import { csvLine } from './csv-table.ts';

export interface WrittenRun {
    /** the as-of date as it was typed */
    asOf: string;
    outcomes: PipelineOutcomes;
}

export function writeResults(folder: string, runs: WrittenRun[], closeAs: 'dates' | 'days'): void {
    mkdirSync(folder, { recursive: true });
    const write = (file: string, lines: string[]): void =>
        writeFileSync(join(folder, file), `${lines.join('\n')}\n`);
    write('predictions.csv', [
        'deal_id,as_of,p_win,p_win_14d,p_win_30d,p_stall_14d,close_p10,close_p50,close_p90',
        ...runs.flatMap((run) => run.outcomes.dealIds.map((id, row) => predictionLine(run, id, row, closeAs)))
    ]);
    write('forecast.csv', [
        'as_of,horizon_days,p10,p50,p90',
        ...runs.map(({ asOf, outcomes: { forecast } }) =>
            csvLine([
                asOf,
                FORECAST_DAYS,
                ...(forecast === null
                    ? ['', '', '']
                    : [forecast.p10, forecast.p50, forecast.p90].map((each) => each.toFixed(2)))
            ])
        )
    ]);
    write('reasons.csv', [
        'deal_id,as_of,zombie,place,points,contribution,reason',
        ...runs.flatMap(({ asOf, outcomes }) =>
            outcomes.dealIds.flatMap((id, row) =>
                outcomes.reasons[row]!.map(({ words, points, contribution }, place) =>
                    csvLine([
                        id,
                        asOf,
                        outcomes.zombie[row] === 1 ? 'yes' : 'no',
                        place + 1,
                        signed(points, 1),
                        signed(contribution, 4),
                        words
                    ])
                )
            )
        )
    ]);
    write('model-cards.json', [JSON.stringify(runs.map(cardOf), null, 2)]);
}

function predictionLine(
    { asOf, outcomes }: WrittenRun,
    id: string,
    row: number,
    closeAs: 'dates' | 'days'
): string {
    const { probability, closes } = outcomes;
    const shares = (['win', 'win14', 'win30', 'stall14'] as const).map((key) => {
        const scores = probability[key];
        return scores === null ? '' : scores[row]!.toFixed(6);
    });
    const days = closes === null ? [] : [closes.p10[row]!, closes.p50[row]!, closes.p90[row]!];
    const close = days.map((each) =>
        closeAs === 'days' ? each.toFixed(3) : momentText(outcomes.asOf + each * DAY_MS)
    );
    return csvLine([id, asOf, ...shares, ...(closes === null ? ['', '', ''] : close)]);
}

function momentText(ms: number): string {
    return new Date(Math.round(ms / 1000) * 1000).toISOString().slice(0, 19).replace('T', ' ');
}

function signed(value: number, places: number): string {
    return `${value >= 0 ? '+' : ''}${value.toFixed(places)}`;
}

function cardOf({ asOf, outcomes }: WrittenRun): object {
    return {
        asOf,
        openDeals: outcomes.dealIds.length,
        zombies: outcomes.zombie.reduce((sum, each) => sum + each, 0),
        warnings: outcomes.warnings,
        models: TARGETS.map(({ key, words }) => {
            const model = outcomes.models[key];
            if (model.status === 'notEnoughHistory')
                return { key, words, status: model.status, why: model.why };
            return { key, words, status: model.status, ...model.record };
        })
    };
}
