// Which commit counts for a person and a quarter: the manager's where there is one, else the person's own; of each the one
// said last. And the record of past commits that optimism is judged by.
import type { OrgTimeZone } from '../org-time-zone.ts';
import type { ForecastPeriod } from '../forecast/types.ts';
import { optimismOf, type CommitRecord } from '../forecast/optimism.ts';
import type { CommitFact, Person } from './quarter-facts.ts';

const COMMIT = 'Commit';

/** null where nobody said anything. */
export function commitInForce(
    commits: readonly CommitFact[],
    repId: string,
    { startOn }: ForecastPeriod
): number | null {
    const said = commits
        .filter((one) => one.repId === repId && one.periodStartOn === startOn && one.category === COMMIT)
        .toSorted((a, b) => a.atMs - b.atMs);
    return (
        (said.findLast(({ submittedById }) => submittedById !== repId) ?? said.at(-1))?.amountMinor ?? null
    );
}

/** What each person promised before a quarter was over, and what came in, by person, for the page. */
export function optimismByPerson(
    commits: readonly CommitFact[],
    quarters: readonly ForecastPeriod[],
    people: ReadonlyMap<string, Person>,
    zone: Pick<OrgTimeZone, 'dayOfInstant'>,
    wonBy: (personId: string, quarter: ForecastPeriod) => number
): Map<string, object> {
    const records: CommitRecord[] = [];
    for (const quarter of quarters) {
        const inTime = commits.filter(
            ({ periodStartOn, atMs, repId, submittedById }) =>
                periodStartOn === quarter.startOn &&
                submittedById === repId &&
                zone.dayOfInstant(atMs) <= quarter.endOn
        );
        for (const personId of new Set(inTime.map(({ repId }) => repId))) {
            const commitMinor = commitInForce(inTime, personId, quarter);
            if (commitMinor === null) continue;
            records.push({
                personId,
                teamKey: people.get(personId)?.managerId ?? '',
                periodKey: quarter.key,
                commitMinor,
                actualMinor: wonBy(personId, quarter)
            });
        }
    }
    const { people: judged, unjudged } = optimismOf(records);
    const found = new Map<string, object>();
    for (const { personId, sign, ratio, interval, periodCount, observedRatio, ownWeight } of judged)
        found.set(personId, {
            sign,
            ratio: share(ratio),
            low: share(interval.low),
            high: share(interval.high),
            observedRatio: share(observedRatio),
            ownWeight: share(ownWeight),
            periodCount
        });
    for (const { personId, reason } of unjudged) found.set(personId, { reason });
    return found;
}

function share(value: number): string {
    return value.toFixed(3);
}
