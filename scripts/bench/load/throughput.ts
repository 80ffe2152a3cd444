// How much of bare node:http is left when a page follows its run: signed in, counted by org and user, looked up, logged. The
// three servers take turns, so that other work on the machine meets all of them; the middle of the rounds counts.
import { fire, type Fired } from './fire.ts';
import { startServer, type LoadServer } from './start-server.ts';
import { headersOf, requestRun } from './traffic.ts';

const ROUNDS = 5;
const SECONDS = 3;
const CONNECTIONS = 32;

export interface Throughput {
    /** of bare node:http */
    ofNode: number;
    /** of bare Fastify */
    ofFastify: number;
    /** work for an answer, of that of bare node:http: says the same on a busy machine, where the clock does not */
    cpuOfNode: number;
    /** milliseconds above bare node:http */
    p99Above: number;
    serviceASecond: number;
}

interface Asked extends Fired {
    /** microseconds of work for one answer */
    cpuEach: number;
}

export async function measureThroughput(): Promise<Throughput> {
    const node = await startServer('node:http');
    const fastify = await startServer('Fastify');
    const service = await startServer('service');
    try {
        const [caller] = service.callers;
        const runKey = await requestRun(service.url, caller!);
        const headers = headersOf(caller!, '005000000000001AAA');
        const ask = async (server: LoadServer): Promise<Asked> => {
            const before = await server.cpu();
            const fired = await fire({
                url: server.url,
                connections: CONNECTIONS,
                seconds: SECONDS,
                next: () => ({ method: 'GET', path: `/v1/runs/${runKey}`, headers })
            });
            return { ...fired, cpuEach: ((await server.cpu()) - before) / fired.all };
        };
        const rounds: { node: Asked; fastify: Asked; service: Asked }[] = [];
        for (let round = -1; round < ROUNDS; round++) {
            const measured = {
                node: await ask(node),
                fastify: await ask(fastify),
                service: await ask(service)
            };
            mustBeGood(measured.service);
            // The first round warms all of them up.
            if (round >= 0) rounds.push(measured);
        }
        return {
            ofNode: middle(rounds.map((one) => one.service.goodASecond / one.node.goodASecond)),
            ofFastify: middle(rounds.map((one) => one.service.goodASecond / one.fastify.goodASecond)),
            cpuOfNode: middle(rounds.map((one) => one.service.cpuEach / one.node.cpuEach)),
            p99Above: middle(rounds.map((one) => one.service.p99 - one.node.p99)),
            serviceASecond: middle(rounds.map((one) => one.service.goodASecond))
        };
    } finally {
        for (const server of [node, fastify, service]) await server.stop();
    }
}

function middle(values: number[]): number {
    return values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

function mustBeGood({ goodASecond, broken, later, lost }: Fired): void {
    if (goodASecond > 0 && broken + later + lost === 0) return;
    throw new Error(`The service did not answer as it should: ${JSON.stringify({ broken, later, lost })}`);
}
