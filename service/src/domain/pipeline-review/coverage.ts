// Pipeline coverage against the coverage the org's own record asks for, by segment:
//     coverage = open pipeline / what is still missing to the target
//     required coverage = 1 / value win rate,  value win rate = won amount / (won + lost amount)
// A win rate of 22 % asks for 4.55 times (CAPABILITIES.md row 21), not for three times because somebody once said so.
// Required money = missing * (won + lost) / won, exactly, rounded up to the cent: coverage that is a cent short is short.
import { roundTo } from '../rounding.ts';
import { Ratio } from '../ratio.ts';

export interface ClosedValue {
    segment: string;
    isWon: boolean;
    amountMinor: number | null;
}

export interface CoverageInput {
    segment: string;
    /** open pipeline that counts: the real one */
    pipelineMinor: number;
    targetMinor: number;
    wonMinor: number;
}

export interface Coverage extends CoverageInput {
    missingMinor: number;
    closedCount: number;
    /** null below LEAST_CLOSED deals, or where nothing was won */
    valueWinRate: number | null;
    /** null where nothing is missing any more */
    coverage: number | null;
    requiredCoverage: number | null;
    requiredMinor: number | null;
    /** pipeline less required: below 0 is missing pipeline */
    gapMinor: number | null;
    basis: 'Segment' | 'Firm' | 'NotEnoughHistory';
}

export const LEAST_CLOSED = 20;

/** A segment with too few closed deals is judged by those of the firm. */
export function coverageOf(inputs: readonly CoverageInput[], closed: readonly ClosedValue[]): Coverage[] {
    const bySegment = Map.groupBy(closed, ({ segment }) => segment);
    return inputs.map((input) => {
        const own = bySegment.get(input.segment) ?? [];
        const isOwn = own.length >= LEAST_CLOSED;
        const sample = isOwn ? own : closed;
        const won = valueOf(sample.filter(({ isWon }) => isWon));
        const all = valueOf(sample);
        const isEnough = sample.length >= LEAST_CLOSED && won > 0;
        const missingMinor = Math.max(0, input.targetMinor - input.wonMinor);
        const requiredMinor = isEnough ? exactlyRequired(missingMinor, all, won) : null;
        return {
            ...input,
            missingMinor,
            closedCount: sample.length,
            valueWinRate: isEnough ? won / all : null,
            coverage: missingMinor > 0 ? input.pipelineMinor / missingMinor : null,
            requiredCoverage: isEnough ? all / won : null,
            requiredMinor,
            gapMinor: requiredMinor === null ? null : input.pipelineMinor - requiredMinor,
            basis: !isEnough ? 'NotEnoughHistory' : isOwn ? 'Segment' : 'Firm'
        };
    });
}

function valueOf(deals: readonly ClosedValue[]): number {
    return deals.reduce((sum, { amountMinor }) => sum + Math.max(0, amountMinor ?? 0), 0);
}

function exactlyRequired(missing: number, all: number, won: number): number {
    return Number(roundTo(Ratio.of(missing).times(Ratio.of(all, won)), Ratio.ONE, 'ceiling').toString());
}
