// Models kept between forecast runs: a deal that changed gets what a review with the same models would say of it.
import { expect, test } from '@jest/globals';
import { assessOutcomes } from '../../../src/domain/outcomes/pipeline-outcomes.ts';
import { StageBook } from '../../../src/domain/pipeline-review/stage-book.ts';
import { dealLog, meaningOf } from '../../../src/domain/quarter/deal-log.ts';
import { dealScores } from '../../../src/domain/quarter/deal-scores.ts';
import { keepModels, scoreByKept, type KeptModels } from '../../../src/domain/quarter/kept-models.ts';
import { isInUse } from '../../../src/domain/quarter/model-drift.ts';
import { MS, STAGES, TODAY, smallFirm } from './small-firm.ts';

const firm = smallFirm(900);
const book = new StageBook(STAGES, firm.renamedStages);
const outcomes = assessOutcomes(dealLog(firm, book), meaningOf(STAGES), firm.nowMs, {
    mostLandmarks: 2500,
    reasonsPerDeal: 3
});
const kept = JSON.parse(JSON.stringify(keepModels(firm, outcomes))) as KeptModels;
const ofReview = dealScores(outcomes, isInUse(outcomes.models.stall14), TODAY);
const touchesOf = (id: string) => firm.touches.filter(({ dealId }) => dealId === id);
const dealOf = (id: string) => firm.deals.find(({ dealId }) => dealId === id)!;

test('a deal read by itself is told what the review told of it, and a closed one nothing', () => {
    expect(ofReview.length).toBeGreaterThan(20);
    for (const score of ofReview.slice(0, 20)) {
        const own = { deals: [dealOf(score.dealId)], touches: touchesOf(score.dealId) };
        expect(scoreByKept(kept, own, TODAY, firm.nowMs)).toEqual({ scores: [score], strangeCount: 0 });
    }
    const all = scoreByKept(kept, firm, TODAY, firm.nowMs);
    expect(all.scores.toSorted((a, b) => (a.dealId < b.dealId ? -1 : 1))).toEqual(ofReview);
});

test('a deal that was called and moved a stage since then is told something else', () => {
    const before = ofReview.find(({ dealId }) => dealOf(dealId).versions.length === 1)!;
    const deal = dealOf(before.dealId);
    const moved = { ...deal.versions[0]!, versionId: 'later', stageName: 'Propose', atMs: firm.nowMs + 1 };
    const calls = [1, 2, 3].map((hour) => ({
        dealId: deal.dealId,
        atMs: firm.nowMs + hour * 3_600_000,
        name: 'Call',
        isDone: true
    }));
    const changed = {
        deals: [{ ...deal, versions: [...deal.versions, moved] }],
        touches: [...touchesOf(deal.dealId), ...calls]
    };
    const [after] = scoreByKept(kept, changed, TODAY + 1, firm.nowMs + MS).scores;
    expect(after).toMatchObject({ dealId: deal.dealId });
    expect(after!.win).not.toBe(before.win);
});

test('a deal with a kind of work the models have not met is counted and keeps its chances', () => {
    const { dealId } = ofReview[0]!;
    const visit = { dealId, atMs: firm.nowMs - 1, name: 'Site visit', isDone: true };
    const strange = { deals: [dealOf(dealId)], touches: [...touchesOf(dealId), visit] };
    expect(scoreByKept(kept, strange, TODAY, firm.nowMs)).toEqual({ scores: [], strangeCount: 1 });
});
