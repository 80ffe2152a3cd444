// Feeds Learning from the gathered rows: stays and silences of won deals, won amounts, and the age of every deal.
import { businessDaysBetween } from '../calendar.ts';
import * as Deal from './deal-columns.ts';
import { dealsInState } from './deals-in-state.ts';
import type { PipelineFeatures } from './features.ts';
import { Learning, type LearnedSummary, type Neighbours, type Outcome } from './learn.ts';
import type { StageStay } from './deal-history.ts';
import { NONE } from './types.ts';

/** Business days of one won deal in one stage, and the longest stretch there without the client. */
export interface StageSample {
    stageName: string;
    businessDays: number;
    longestSilence: number | null;
}

const OUTCOMES: Record<number, Outcome> = { [Deal.OPEN]: 'open', [Deal.WON]: 'won', [Deal.LOST]: 'lost' };

export function learnFromFeatures(features: PipelineFeatures): LearnedSummary {
    const learning = new Learning();
    const { columns, options } = features;
    const placeOf = placesOf(features);
    for (let deal = 0; deal < features.dealCount; deal++) {
        const outcome = OUTCOMES[columns.state[deal]!];
        if (!outcome) continue;
        const endedOn = outcome === 'open' ? options.asOf : columns.closeDate[deal]!;
        const ageDays = endedOn - columns.createdOn[deal]!;
        // A deal entered after it was closed, or not yet created, says nothing about how long deals take.
        if (ageDays >= 0) learning.addAge(placeOf(deal), outcome, ageDays);
    }
    for (const deal of dealsInState(features, Deal.WON)) {
        const place = placeOf(deal);
        if (columns.amount[deal]! > 0) learning.addWonAmount(place, columns.amount[deal]!);
        for (const { stageName, businessDays, longestSilence } of stageSamplesOf(features, deal)) {
            learning.addStage(stageName, place, businessDays, longestSilence);
        }
    }
    return learning.summary();
}

/** The same object for the same segment and team, so that their samples are kept together cheaply. */
function placesOf({ columns, types, teams }: PipelineFeatures): (deal: number) => Neighbours {
    const bySegment: Map<string, Neighbours>[] = [];
    return (deal) => {
        const type = columns.type[deal]!;
        const teamKey = teams.get(columns.owner[deal]!) ?? '';
        const byTeam = (bySegment[type] ??= new Map());
        let place = byTeam.get(teamKey);
        if (!place) byTeam.set(teamKey, (place = { segment: types.words[type]!, teamKey }));
        return place;
    };
}

/** Open stages a won deal went through; several stays in one stage are added up. Empty where history is silent. */
export function stageSamplesOf(features: PipelineFeatures, deal: number): StageSample[] {
    const { columns, history, stageNames } = features;
    const stays = history.stays(columns.historyHead[deal]!);
    const wonOn = columns.closeDate[deal]!;
    const samples: StageSample[] = [];
    for (const { stageCode, fromOn, toOn } of stays) {
        if (stageCode === columns.stage[deal]) continue;
        const stageName = stageNames.words[stageCode]!;
        const days = Math.max(0, businessDaysBetween(fromOn, toOn === NONE ? wonOn : toOn));
        const sample = samples.find((one) => one.stageName === stageName);
        if (sample) sample.businessDays += days;
        else samples.push({ stageName, businessDays: days, longestSilence: null });
    }
    addSilences(features, deal, stays, samples);
    return samples;
}

/** Each silence between two contacts counts in the stage the deal was in when it ended. Deals without any recorded
 *  contact were not silent, their contacts were not recorded: they teach nothing. */
function addSilences(
    { columns, touches, stageNames }: PipelineFeatures,
    deal: number,
    stays: readonly StageStay[],
    samples: StageSample[]
): void {
    const wonOn = columns.closeDate[deal]!;
    const days = touches.twoWayDays(columns.touchHead[deal]!, wonOn);
    if (days.length === 0) return;
    days.push(wonOn);
    for (const sample of samples) sample.longestSilence = 0;
    let since = columns.createdOn[deal]!;
    let stay = 0;
    for (const day of days) {
        while (stay + 1 < stays.length && stays[stay + 1]!.fromOn < day) stay++;
        const stageName = stay < stays.length ? stageNames.words[stays[stay]!.stageCode] : '';
        const sample = samples.find((one) => one.stageName === stageName);
        const silence = businessDaysBetween(since, day);
        if (sample && silence > sample.longestSilence!) sample.longestSilence = silence;
        since = Math.max(since, day);
    }
}
