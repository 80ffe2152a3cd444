// Works out P10, P50 and P90 of so many open deals by one method, in a process of its own, and reports quantiles and CPU
// time. The transform takes milliseconds, so the middle of several calls counts; the first is told apart.
import { quantileOfRuns, simulateWonAmounts } from '../../../service/src/domain/forecast/simulate.ts';
import { wonAmountOf } from '../../../service/src/domain/forecast/won-amount.ts';
import { openDeals } from './open-deals.ts';
import { referenceQuantiles } from './reference.ts';

export const LEVELS = [0.1, 0.5, 0.9];

export interface ForecastMeasurement {
    quantiles: number[];
    cpuMs: number;
    firstMs: number;
}

export type Method = 'transform' | 'simulation' | 'reference';

const CALLS = 21;

const [method, count, runs, seed] = process.argv.slice(2) as [Method, string, string, string];
const deals = openDeals(Number(count));

const methods: Record<Method, () => number[]> = {
    transform: () => {
        const amount = wonAmountOf(deals);
        return LEVELS.map((level) => amount.quantile(level));
    },
    simulation: () => {
        const drawn = simulateWonAmounts(deals, Number(runs), Number(seed));
        return LEVELS.map((level) => quantileOfRuns(drawn, level));
    },
    reference: () => referenceQuantiles(deals, LEVELS)
};

function timed(): { quantiles: number[]; ms: number } {
    const before = process.cpuUsage();
    const quantiles = methods[method]();
    const { user, system } = process.cpuUsage(before);
    return { quantiles, ms: (user + system) / 1000 };
}

const first = timed();
const rest = method === 'transform' ? Array.from({ length: CALLS }, () => timed().ms) : [first.ms];
const measurement: ForecastMeasurement = {
    quantiles: first.quantiles,
    cpuMs: rest.sort((a, b) => a - b)[Math.floor(rest.length / 2)]!,
    firstMs: first.ms
};
process.send!(measurement, () => process.exit(0));
