// Business that is not in the pipeline yet and will be won within the horizon: deals enter at the rate of the last weeks
// and are won as those before them were. Owns rate, value curve and their uncertainty.
//
// v(j): amount won per deal on day j after entering, over deals followed past that day (so young deals count for the days
// they have lived). Deals entering u days from now have horizon - u days left, so with `rate` deals a day
//     expected = rate x sum over j of v(j) x (horizon - j - 1/2)
// Worked: 2 deals a day, 100 won per deal on its day 0, horizon 3: 2 x 100 x 2.5 = 500.
import { DAY_MS } from './deal-features.ts';
import type { EventLog } from './event-log.ts';
import type { Fates } from './fates.ts';

export interface ExpectedAmount {
    mean: number;
    variance: number;
}

/** A week this many days older counts half, for the rate and for the value: both drift, but weeks differ by chance more
 *  than by drift, so a short memory follows chance. */
const HALF_LIFE_DAYS = 56;

export function expectNewBusiness(
    log: EventLog,
    fates: Fates,
    asOf: number,
    horizonDays: number
): ExpectedAmount {
    const followed = new Float64Array(horizonDays);
    const won = new Float64Array(horizonDays);
    const wonSquared = new Float64Array(horizonDays);
    let first = Infinity;
    let entered = 0;
    let exposureDays = 0;
    for (let deal = 0; deal < log.dealIds.length; deal++) {
        const at = fates.enteredAt[deal]!;
        if (!(at < asOf)) continue;
        first = Math.min(first, at);
        const age = (asOf - at) / DAY_MS;
        entered += weekWeight(age);
        const weight = 2 ** (-age / HALF_LIFE_DAYS);
        for (let day = 0; day < Math.min(horizonDays, Math.floor(age)); day++) followed[day]! += weight;
        const day = Math.floor((fates.endedAt[deal]! - at) / DAY_MS);
        const amount = log.amount[deal]!;
        if (fates.won[deal] !== 1 || !(amount > 0) || day >= Math.min(horizonDays, Math.floor(age))) continue;
        won[day]! += weight * amount;
        wonSquared[day]! += weight * amount * amount;
    }
    for (let day = 0; day < Math.ceil((asOf - first) / DAY_MS); day++) exposureDays += weekWeight(day);
    const rate = entered / Math.max(1, exposureDays);
    let mean = 0;
    let variance = 0;
    for (let day = 0; day < horizonDays; day++) {
        if (followed[day] === 0) continue;
        const exposure = rate * (horizonDays - day - 0.5);
        mean += (exposure * won[day]!) / followed[day]!;
        variance += (exposure * wonSquared[day]!) / followed[day]!;
    }
    return { mean, variance };
}

/** Whole weeks count alike, so that every weekday does. */
function weekWeight(ageDays: number): number {
    return 2 ** ((-7 * Math.floor(ageDays / 7)) / HALF_LIFE_DAYS);
}
