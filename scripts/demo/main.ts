// `npm run demo`: an org, the service and data on this machine, until Ctrl-C. Everything it makes lies in .plumbline/.
import { fileURLToPath } from 'node:url';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { openDemoOrg, type DemoOrg } from './demo-org.ts';
import { firmContent } from './firm-content.ts';
import { readLoanPipeline } from './loan-pipeline/loan-pipeline.ts';
import { parseDemoOptions, type DemoOptions } from './options.ts';
import { requireFreePort } from './ports.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

async function start(options: DemoOptions): Promise<DemoOrg> {
    await requireFreePort(options.orgPort, 'the local org', '--port');
    await requireFreePort(options.servicePort, 'the service', '--service-port');
    const folder = join(root, '.plumbline', options.dataFolder ? 'demo-loans' : `demo-${options.size}`);
    if (options.fresh) rmSync(folder, { recursive: true, force: true });
    return openDemoOrg({
        folder,
        orgPort: options.orgPort,
        servicePort: options.servicePort,
        content: () =>
            options.dataFolder
                ? readLoanPipeline(options.dataFolder, new Date())
                : firmContent(new Date(), options.size)
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

/** Resolves at the first Ctrl-C or termination, or when the service dies by itself. */
function untilStopped(demo: DemoOrg): Promise<string> {
    return new Promise((resolve) => {
        for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
            process.once(signal, () => resolve('Stopping'));
        void demo.service.ended.then((code) =>
            resolve(
                `The service ended by itself (exit code ${code}); see service.log in .plumbline. Stopping`
            )
        );
    });
}

try {
    const options = parseDemoOptions(process.argv.slice(2));
    const demo = await start(options);
    printWelcome(demo);
    if (!options.exit) console.log(`${await untilStopped(demo)} ...`);
    await demo.stop();
    process.exit(0);
} catch (error) {
    const known = error instanceof Error && error.constructor !== Error && !(error instanceof TypeError);
    console.error(
        `\nThe demo cannot go on: ${known ? (error as Error).message : ((error as Error).stack ?? error)}\n`
    );
    process.exit(1);
}
