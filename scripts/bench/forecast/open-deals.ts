// The open deals of the forecast bench: log-normal amounts, chances from 2 to 92 %, one shared shock of 5 %.
import type { Portfolio } from '../../../service/src/domain/forecast/types.ts';
import { SeededRandom } from '../../../service/src/domain/statistics/random.ts';

const SEED = 3;

export function openDeals(count: number): Portfolio {
    const random = new SeededRandom(SEED);
    const amounts = new Float64Array(count);
    const chances = new Float64Array(count);
    for (let deal = 0; deal < count; deal++) {
        amounts[deal] = Math.round(1e6 * Math.exp(1.2 * random.normal()));
        chances[deal] = 0.02 + 0.9 * random.fraction() ** 2;
    }
    return { amounts, chances, shock: 0.05, newBusiness: null };
}
