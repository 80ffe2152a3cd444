// The lines of the section `load`: throughput against bare servers, twice the load, traffic during a large run.
import { atLeast, atMost, told, type Line } from '../lines.ts';
import { measureOverload } from './overload.ts';
import { measureThroughput } from './throughput.ts';
import { measureDuringRun } from './during-run.ts';

export async function loadLines(isLarge: boolean): Promise<Line[]> {
    const { ofNode, ofFastify, cpuOfNode, p99Above, serviceASecond } = await measureThroughput();
    const { sustained, doubled } = await measureOverload();
    const during = await measureDuringRun(isLarge);
    return [
        atLeast('authenticated JSON, share of bare node:http', ofNode, 0.6, ' x'),
        told('the same of bare Fastify', `${ofFastify.toFixed(2)} x`),
        told('work for one answer, of that of bare node:http', `${cpuOfNode.toFixed(2)} x`),
        told('the same a second', serviceASecond.toFixed(0)),
        atMost('its p99 above that of bare node:http', p99Above, 3, ' ms'),
        told('200 orgs x 50 users, good answers a second', sustained.goodASecond.toFixed(0)),
        told('the same, p50 and p99', `${sustained.p50} and ${sustained.p99} ms`),
        told('good answers a second at twice the load', doubled.goodASecond.toFixed(0)),
        told('the same, p50 and p99', `${doubled.p50} and ${doubled.p99} ms`),
        told('429, and 503 that say when to come back, at twice the load', String(doubled.later)),
        atMost('other 5xx at twice the load', doubled.broken, 0, ''),
        atMost('without an answer within 10 s at twice the load', doubled.lost, 0, ''),
        told(
            `traffic during a run of ${during.deals} deals, p50 and p99`,
            `${during.fired.p50} and ${during.fired.p99} ms`
        ),
        told('the same without a run', `${during.quiet.p50} and ${during.quiet.p99} ms`),
        atMost('5xx during the run', during.fired.broken + during.fired.lost, 0, ''),
        told('the run took', `${during.runSeconds.toFixed(0)} s`)
    ];
}
