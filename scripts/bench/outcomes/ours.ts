// Our side of the outcome bench: models of four outcomes and of close dates raced and fitted on the whole history, every open deal
// scored with reasons, and then deals scored one by one after a change, from their own rows alone.
import { DAY_MS, DealReader } from '../../../service/src/domain/outcomes/deal-features.ts';
import { EventLogBuilder, type EventLog } from '../../../service/src/domain/outcomes/event-log.ts';
import { planFeatures } from '../../../service/src/domain/outcomes/feature-plan.ts';
import { newTable, type FeatureTable } from '../../../service/src/domain/outcomes/feature-table.ts';
import { DEFAULT_OPTIONS } from '../../../service/src/domain/outcomes/pipeline-outcomes.ts';
import {
    fitOutcomes,
    knownPipeline,
    openDeals,
    scoreOpenDeals,
    type DealScores,
    type FittedOutcomes
} from '../../../service/src/domain/outcomes/score-deals.ts';
import { costOf, type Cost } from '../pay/engines/engine.ts';
import { WEIGHTS } from './duckdb.ts';
import {
    AS_OF,
    amountOf,
    benchLog,
    createdAt,
    eventsOf,
    FIRST_WORK,
    idOf,
    KINDS,
    MEANING
} from './workload.ts';

/** Scored at once, so that the table of features stays small. */
const AT_ONCE = 5000;
const CHANGES = 1000;

export interface OursMeasured {
    /** of the same features as the naive way's, without models */
    features: Cost;
    fit: Cost;
    score: Cost;
    /** of features, weighted, by name; "open deals": how many */
    sums: Record<string, number>;
    /** milliseconds of one changed deal, in the middle and at 99 % */
    middleMs: number;
    slowMs: number;
    changes: number;
    /** ids of unchanged deals that by themselves had other numbers than in the full pass */
    different: string[];
    ready: number;
    peakMb: number;
}

export async function ourWay(count: number): Promise<OursMeasured> {
    const log = benchLog(count);
    let fitted!: FittedOutcomes;
    const features = await costOf(() => openFeatures(log));
    const fit = await costOf(() => {
        fitted = fitOutcomes(knownPipeline(log, MEANING, AS_OF), MEANING, DEFAULT_OPTIONS);
    });
    const sums: Record<string, number> = { 'open deals': 0 };
    const kept = new Map<string, string>();
    let scoreMs = { cpuMs: 0, wallMs: 0 };
    const scores = scoreOpenDeals(fitted, log, AS_OF, AT_ONCE);
    for (;;) {
        let part: DealScores | undefined;
        const cost = await costOf(() => {
            part = scores.next().value as DealScores | undefined;
        });
        scoreMs = { cpuMs: scoreMs.cpuMs + cost.cpuMs, wallMs: scoreMs.wallMs + cost.wallMs };
        if (!part) break;
        addSums(sums, part);
        keepSome(kept, part);
    }
    const peakMb = process.resourceUsage().maxRSS / 1024;
    const different = [...kept].filter(([id, told]) => told !== toldAlone(fitted, id)).map(([id]) => id);
    const times = [...kept.keys()].slice(0, CHANGES).map((id) => changeMs(fitted, id));
    times.sort((a, b) => a - b);
    return {
        features,
        fit,
        score: scoreMs,
        sums,
        middleMs: times[Math.floor(times.length / 2)]!,
        slowMs: times[Math.floor(times.length * 0.99)]!,
        changes: times.length,
        different,
        ready: Object.values(fitted.models).filter(({ status }) => status === 'ready').length,
        peakMb
    };
}

function openFeatures(log: EventLog): FeatureTable {
    const known = knownPipeline(log, MEANING, AS_OF);
    const plan = planFeatures(
        known.log,
        known.meaningOf,
        MEANING.stages.map(({ label }) => label)
    );
    const open = openDeals(known);
    const table = newTable(plan.features, open.length, plan.stageCount + 1);
    const reader = new DealReader(known.log, known.meaningOf, plan);
    open.forEach((deal, row) => reader.read(deal, [AS_OF], table, row));
    return table;
}

const numberOf = (id: string): number => Number(id.slice(1));

function addSums(sums: Record<string, number>, { table, dealIds }: DealScores): void {
    sums['open deals']! += dealIds.length;
    table.features.forEach(({ key }, f) => {
        let sum = 0;
        for (let row = 0; row < dealIds.length; row++)
            sum += table.columns[f]![row]! * ((numberOf(dealIds[row]!) % WEIGHTS) + 1);
        sums[key] = (sums[key] ?? 0) + sum;
    });
}

/** Some of every part, as text: what a deal was told in the full pass. */
function keepSome(kept: Map<string, string>, scores: DealScores): void {
    const stride = Math.max(1, Math.floor(scores.dealIds.length / 50));
    for (let row = 0; row < scores.dealIds.length; row += stride)
        kept.set(scores.dealIds[row]!, told(scores, row));
}

function told({ probability, closes, reasons, zombie }: DealScores, row: number): string {
    const chances = Object.values(probability).map((each) => each?.[row]);
    return JSON.stringify([
        chances,
        closes?.p10[row],
        closes?.p50[row],
        closes?.p90[row],
        reasons[row],
        zombie[row]
    ]);
}

/** A deal's own rows, as a run that heard of it reads them. */
function ownLog(fitted: FittedOutcomes, id: string, isChanged: boolean): EventLog {
    const deal = numberOf(id);
    const builder = new EventLogBuilder(fitted.kinds);
    builder.addDeal({
        id: idOf(deal),
        createdAt: createdAt(deal),
        amount: amountOf(deal),
        closedAt: NaN,
        closedWon: false
    });
    for (const { at, kind, actor } of eventsOf(deal))
        builder.addEvent(id, at, KINDS[kind]!, actor === 0 ? '' : `U${actor}`);
    if (isChanged) builder.addEvent(id, AS_OF - DAY_MS / 24, KINDS[FIRST_WORK]!, 'U1');
    return builder.build();
}

function toldAlone(fitted: FittedOutcomes, id: string): string {
    const [scores] = scoreOpenDeals(fitted, ownLog(fitted, id, false), AS_OF, 1);
    return scores ? told(scores, 0) : '';
}

function changeMs(fitted: FittedOutcomes, id: string): number {
    const before = process.hrtime.bigint();
    const [scores] = scoreOpenDeals(fitted, ownLog(fitted, id, true), AS_OF, 1);
    const ms = Number(process.hrtime.bigint() - before) / 1e6;
    if (!scores) throw new Error(`Deal ${id} was open and has no scores after a call.`);
    return ms;
}
