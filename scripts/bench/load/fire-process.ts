// Mixed traffic from a process of its own, whose clock nothing else stops: the burst comes as a message, what came of it goes back.
import { fire } from './fire.ts';
import type { ApartBurst } from './fire-apart.ts';
import { mixedTraffic } from './traffic.ts';

process.once('message', async (message) => {
    const { callers, ...burst } = message as ApartBurst;
    process.send!(await fire({ ...burst, next: mixedTraffic(callers) }), () => process.disconnect());
});
