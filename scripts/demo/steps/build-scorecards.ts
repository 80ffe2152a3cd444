// The first scorecards of the demo's people, and the week of each manager. A start on the same day changes nothing.
import { startStep } from '../progress.ts';
import type { OrgKey } from './connect.ts';
import { runToEnd, type RunningService } from './service.ts';

export async function buildScorecards(
    service: RunningService,
    orgKey: OrgKey,
    signal?: AbortSignal
): Promise<void> {
    const step = startStep('Building scorecards');
    const run = await runToEnd(
        service.url,
        orgKey,
        (view) => step.update(`${view['stage']} ${view['progressPercent']} %`),
        signal,
        { kind: 'scorecards' }
    );
    const counts = run['counts'] as Record<string, number>;
    step.done(
        `${run.status}: ${counts['read']} rows read, ${counts['computed']} sheets, ${counts['written']} rows written`
    );
}
