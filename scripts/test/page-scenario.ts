// The scenario of the page c/whatIf, bundled with the engine of pages as a browser would run it: for tests that hold it against what
// the service pays.
import { dirname, join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { build } from 'esbuild';
import { ENGINE_FOLDER } from '../pay-engine/bundle.ts';

export interface Pick {
    opportunityId: string;
    amount: string;
    closeDate: string;
    [field: string]: unknown;
}

export interface PageScenario {
    scenarioPlan(definition: string): { plan: unknown; problems: unknown[] };
    scenarioOutcome(
        plan: unknown,
        basis: unknown,
        picks: Pick[]
    ): { paid: number; assumed: string[]; problems: unknown[] };
    paysManagers(definition: string): boolean;
}

export async function loadPageScenario(): Promise<PageScenario> {
    const { outputFiles } = await build({
        entryPoints: [join(dirname(ENGINE_FOLDER), 'whatIf', 'scenario.js')],
        alias: { 'c/payEngine': join(ENGINE_FOLDER, 'payEngine.js') },
        bundle: true,
        write: false,
        format: 'iife',
        globalName: 'scenario'
    });
    return runInNewContext(`${outputFiles[0]!.text}; scenario`, { TextEncoder }) as PageScenario;
}

/** As the org keeps amounts. */
export function inCents(text: string): number {
    const [above, below = '1'] = text.split('/');
    return Math.round((Number(above) / Number(below)) * 100) / 100;
}
