// What is running when a fault strikes: every kind of run that writes, the larger ones also a second time after changes.
import { dealHealth, forecast, scorecards } from './scenes/deals.ts';
import { pay, simulation } from './scenes/pay.ts';
import type { Scene } from './scenes/scene.ts';

/** @param size how many deals and sales: above 200 rows the service writes by several calls, above 2,000 by bulk jobs */
export function scenes(size: number): Scene[] {
    return [dealHealth, pay, forecast, scorecards, simulation].map((scene) => scene(size));
}
