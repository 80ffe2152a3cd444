// Signs of manufactured numbers as compliance keeps them: one row for each person and pattern, which stays the same row while the
// pattern lasts (its first day wanders as the weeks looked at move on) and is over when it is found no more. Only people with a
// scorecard: figures of others are not judged by.
import { formatDay } from '../calendar.ts';
import type { DayNumber } from '../pipeline/types.ts';
import type { Problem } from '../problem.ts';
import { gamingFindings } from '../scorecards/warnings/gaming/index.ts';
import type { GamingFinding, GamingInput } from '../scorecards/warnings/gaming/types.ts';
import type { EvidenceItem } from '../scorecards/week/types.ts';
import type { EarlierFinding } from './people-facts.ts';

/** Less likely than this by ordinary work is told first. */
const HARDLY_LUCK = 1e-6;

export interface ConductFinding {
    key: string;
    person: string;
    /** `gaming-<kind>` */
    metric: string;
    since: DayNumber;
    raisedOn: DayNumber;
    severity: 'Medium' | 'High';
    count: number;
    words: string;
    evidence: EvidenceItem[];
}

export function conductFindings(
    input: GamingInput,
    people: ReadonlySet<string>,
    earlier: readonly EarlierFinding[]
): { findings: ConductFinding[]; cleared: string[]; problems: Problem[] } {
    const { findings, problems } = gamingFindings(input);
    const open = new Map(earlier.map((one) => [`${one.person} ${one.metric}`, one]));
    const labels = labelsOf(input);
    const told = findings
        .filter(({ person }) => people.has(person))
        .map((found): ConductFinding => {
            const metric = `gaming-${found.kind}`;
            const before = open.get(`${found.person} ${metric}`);
            return {
                key: before?.key ?? found.key,
                person: found.person,
                metric,
                since: Math.min(found.since, before?.since ?? found.since),
                raisedOn: before?.raisedOn ?? input.asOf,
                severity: severityOf(found),
                count: found.count,
                words: found.words,
                evidence: found.evidence.map((id) => labels.get(id)!)
            };
        });
    const still = new Set(told.map(({ key }) => key));
    const cleared = earlier.map(({ key }) => key).filter((key) => !still.has(key));
    return { findings: told, cleared: cleared.sort(), problems };
}

function severityOf({ luck }: GamingFinding): ConductFinding['severity'] {
    return luck !== null && luck < HARDLY_LUCK ? 'High' : 'Medium';
}

/** A move of a date and a share are told as the deal they are of: that is the record that can be opened. */
function labelsOf({ mails, moves, splits }: GamingInput): Map<string, EvidenceItem> {
    return new Map([
        ...mails.map(({ id, atMs }): [string, EvidenceItem] => [
            id,
            { id, object: 'Task', label: `Mail of ${new Date(atMs).toISOString().slice(0, 10)}` }
        ]),
        ...moves.map(({ id, dealId, on, before, after }): [string, EvidenceItem] => [
            id,
            {
                id: dealId,
                object: 'Opportunity',
                label: `Close date moved from ${formatDay(before)} to ${formatDay(after)} on ${formatDay(on)}`
            }
        ]),
        ...splits.map(({ id, dealId, percent, on }): [string, EvidenceItem] => [
            id,
            { id: dealId, object: 'Opportunity', label: `Share of ${percent} % given on ${formatDay(on)}` }
        ])
    ]);
}
