// How far the pay of one payee reaches into what others did, by the plan alone: the one place that says it. A plan is calculated for
// few of its payees only as far as this says that the others do not matter (pay/dependence.ts, simulation/deals-of.ts).
import type { CreditTarget, Plan } from './plan.ts';

/** Each reaches as far as those before it. */
const KINDS = [
    /** what names the payee */
    'own',
    /** credits of people some levels below, for overrides */
    'creditsBelow',
    /** figures that were calculated for people below, on every level */
    'resultsBelow',
    /** everybody on the plan, and what names any of them */
    'plan',
    /** also what names nobody on the plan */
    'all'
] as const;

export interface Reach {
    kind: (typeof KINDS)[number];
    /** of `creditsBelow` */
    levels: number;
}

type Kind = Reach['kind'];

const OF_CREDITS: Record<CreditTarget['kind'], Kind> = {
    owner: 'own',
    splits: 'own',
    role: 'own',
    handOver: 'own',
    touches: 'own',
    manager: 'creditsBelow',
    payees: 'plan',
    payee: 'all'
};

const OF_GROUPS: Readonly<Record<string, Kind>> = {
    days: 'own',
    credits: 'own',
    team: 'resultsBelow',
    organisation: 'resultsBelow',
    everyone: 'plan',
    transactions: 'all'
};

export function reachOf(plan: Plan): Reach {
    const { crediting, components } = plan;
    const found = new Set<Kind>([
        ...crediting.map(({ to }) => OF_CREDITS[to.kind]),
        ...components.map(({ pool }): Kind => (pool ? 'plan' : 'own')),
        ...groupsIn(plan).map((group) => OF_GROUPS[group] ?? 'all')
    ]);
    // One rule may credit managers of those another credited.
    const levels = crediting.reduce((sum, { to }) => sum + (to.kind === 'manager' ? to.levels : 0), 0);
    return { kind: KINDS.findLast((kind) => found.has(kind)) ?? 'own', levels };
}

export function reachesFurther({ kind }: Reach, than: Kind): boolean {
    return KINDS.indexOf(kind) > KINDS.indexOf(than);
}

const OF_MEMBERS = new Set(['sum', 'count', 'average', 'rank']);

/** Wherever in the plan an expression stands. What such a function is asked of and is no name of a group is told as ''. */
function groupsIn(part: unknown): string[] {
    if (typeof part !== 'object' || part === null) return [];
    const inside = Object.values(part).flatMap(groupsIn);
    if (!isCall(part) || !OF_MEMBERS.has(part.name)) return inside;
    const [group] = part.arguments;
    return [group?.kind === 'name' ? group.path.join('.') : '', ...inside];
}

interface Call {
    kind: 'call';
    name: string;
    arguments: { kind: string; path: string[] }[];
}

function isCall(part: object): part is Call {
    return 'kind' in part && part.kind === 'call';
}
