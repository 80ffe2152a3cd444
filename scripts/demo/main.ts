// `npm run demo`: an org, the service and data on this machine, until Ctrl-C. Everything it makes lies in .plumbline/ or
// in the folder that PLUMBLINE_HOME names.
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { DEMO_SEED, firmContent } from './firm-content.ts';
import type { DemoOrg } from './demo-org.ts';
import { holdFolder } from './folder-lock.ts';
import { fingerprintOf, readLoanPipeline } from './loan-pipeline/loan-pipeline.ts';
import { fromWhereTyped, HELP, parseDemoOptions, type DemoOptions } from './options.ts';
import { requireFreePort } from './ports.ts';
import { DemoProblem, StoppedEarly } from './problem.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

async function start(options: DemoOptions, signal: AbortSignal): Promise<DemoOrg> {
    const { dataFolder, size, orgPort, servicePort, fresh, quick } = options;
    if (orgPort === servicePort)
        throw new DemoProblem(
            `--port and --service-port are both ${orgPort}; they must be two different ports.`
        );
    await requireFreePort(orgPort, 'the local org', '--port');
    await requireFreePort(servicePort, 'the service', '--service-port');
    const source = dataFolder ? fingerprintOf(dataFolder) : `firm ${DEMO_SEED} ${size}`;
    const home = fromWhereTyped(process.env['PLUMBLINE_HOME'] || join(root, '.plumbline'));
    const folder = join(home, dataFolder ? 'demo-loans' : `demo-${size}`);
    holdFolder(folder);
    // Loaded late: it takes a second, and a wrong option or a taken port should be answered at once.
    const { openDemoOrg } = await import('./demo-org.ts');
    return openDemoOrg({
        folder,
        orgPort,
        servicePort,
        source,
        fresh,
        isForecast: !quick,
        isScored: !quick,
        isHearing: true,
        serviceEnv: { PLUMBLINE_SCHEDULE_MINUTES: '1' },
        signal,
        content: () => (dataFolder ? readLoanPipeline(dataFolder, new Date()) : firmContent(new Date(), size))
    });
}

function printWelcome(demo: DemoOrg): void {
    const { notes, signIns } = demo.about;
    console.log(`\nOpen ${demo.url}/lightning and choose whom to be. Worth a look:`);
    for (const { username, why } of signIns) console.log(`  ${username.padEnd(46)} ${why}`);
    console.log(`\nThe service is at ${demo.service.url} (its interface: /openapi.json).`);
    for (const note of notes) console.log(note);
    console.log('Ctrl-C ends everything; the next start reuses what is there (--fresh begins anew).\n');
}

/**
 * Aborted by the first Ctrl-C or termination. The handlers stay: one Ctrl-C in a terminal arrives several times, from
 * the terminal, from npm and from start.mjs, and the second must not cut short the orderly end.
 */
function stopSignal(): AbortSignal {
    const controller = new AbortController();
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => controller.abort());
    return controller.signal;
}

/** Resolves with true when asked to stop, with false when the service died by itself. */
async function untilTheEnd(demo: DemoOrg, signal: AbortSignal): Promise<boolean> {
    const asked = new Promise<true>((resolve) => {
        if (signal.aborted) resolve(true);
        signal.addEventListener('abort', () => resolve(true));
    });
    return Promise.race([asked, demo.service.ended.then(() => false)]);
}

async function run(options: DemoOptions): Promise<void> {
    const signal = stopSignal();
    const demo = await start(options, signal);
    printWelcome(demo);
    if (!options.exit) {
        const wasAsked = await untilTheEnd(demo, signal);
        console.log('Stopping ...');
        if (!wasAsked) {
            const code = await demo.service.ended;
            await demo.stop();
            throw new DemoProblem(
                `the service ended by itself (exit code ${code}). Its log is ${demo.service.logFile}; start again to go on.`
            );
        }
    }
    await demo.stop();
}

try {
    const options = parseDemoOptions(process.argv.slice(2));
    if (options.help) console.log(HELP);
    else await run(options);
    process.exit(0);
} catch (error) {
    if (error instanceof StoppedEarly) {
        console.log(`\n${error.message}`);
        process.exit(0);
    }
    const words = error instanceof DemoProblem ? error.message : ((error as Error).stack ?? error);
    console.error(`\nThe demo cannot go on: ${words}\n`);
    process.exit(1);
}
