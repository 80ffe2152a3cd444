// Which version of a plan pays which period. A period belongs to the version in force in it, or, when the plan has ended, to the last
// one: what that left open still falls due. Consecutive periods of one version are one stretch, which is one calculation.
import { addDays } from '../incentives/dates.ts';
import type { IsoDay, Plan } from '../incentives/plan.ts';
import type { Problem } from '../problem.ts';
import type { PayPeriod, PlanVersionFact } from './pay-facts.ts';

export interface ReadVersion {
    version: PlanVersionFact;
    plan: Plan;
    /** first and last day in force, by the plan's text and the version's row; '' for open */
    from: IsoDay;
    to: IsoDay | '';
}

export interface Stretch extends ReadVersion {
    periods: PayPeriod[];
    /** whether the version ends inside the first of these periods, or before: nobody is on it after its last day */
    isEnding: boolean;
}

export interface Timeline {
    /** in order of time */
    stretches: Stretch[];
    /** periods no version can pay */
    problems: { period: PayPeriod; problem: Problem }[];
}

export function readVersion(version: PlanVersionFact, plan: Plan): ReadVersion {
    const from = version.from > plan.effectiveFrom ? version.from : plan.effectiveFrom;
    const ends = [version.to, plan.effectiveTo ?? ''].filter((day) => day !== '').sort();
    return { version, plan, from, to: ends[0] ?? '' };
}

/** @param periods in order of time, to the one that is calculated */
export function timelineOf(versions: readonly ReadVersion[], periods: readonly PayPeriod[]): Timeline {
    const timeline: Timeline = { stretches: [], problems: [] };
    const inOrder = versions.toSorted((a, b) => (a.from < b.from ? -1 : 1));
    for (const period of periods) {
        const inForce = inOrder.filter(
            ({ from, to }) => from <= period.end && (to === '' || to >= period.start)
        );
        if (inForce.length > 1) {
            timeline.problems.push({ period, problem: severalVersions(inForce, period) });
            continue;
        }
        const payer = inForce[0] ?? inOrder.findLast(({ to }) => to !== '' && to < period.start);
        if (payer) put(timeline.stretches, payer, period);
    }
    return timeline;
}

function put(stretches: Stretch[], payer: ReadVersion, period: PayPeriod): void {
    const isEnding = payer.to !== '' && payer.to < period.end;
    const last = stretches.at(-1);
    const isNext = last && addDays(last.periods.at(-1)!.end, 1) >= period.start;
    if (isNext && last.version === payer.version && last.isEnding === isEnding) last.periods.push(period);
    else stretches.push({ ...payer, periods: [period], isEnding });
}

function severalVersions(versions: readonly ReadVersion[], { key }: PayPeriod): Problem {
    return {
        code: 'PLAN_CHANGES_IN_PERIOD',
        where: `plan ${versions[0]!.version.planKey}, period ${key}`,
        value: versions.map(({ version }) => version.key).join(', '),
        fix: 'A statement is paid by one version: let versions begin with a period, or give the parameters of one version dates. What is open falls due in the next period; pay these days by adjustments there.'
    };
}
