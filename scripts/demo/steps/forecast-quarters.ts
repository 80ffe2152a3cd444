// The first forecast of the demo's quarters, and its Mondays recomputed from history. A start on the same day changes nothing.
import { startStep } from '../progress.ts';
import type { OrgKey } from './connect.ts';
import { runToEnd, type RunningService } from './service.ts';

export async function forecastQuarters(
    service: RunningService,
    orgKey: OrgKey,
    signal?: AbortSignal
): Promise<void> {
    const step = startStep('Forecasting the quarter');
    const run = await runToEnd(
        service.url,
        orgKey,
        (view) => step.update(`${view['stage']} ${view['progressPercent']} %`),
        signal,
        { kind: 'forecast' }
    );
    const counts = run['counts'] as Record<string, number>;
    step.done(`${run.status}: ${counts['computed']} figures, ${counts['written']} rows written`);
}
