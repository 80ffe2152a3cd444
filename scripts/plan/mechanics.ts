// What a plan shows, as readers look for it: "draw", "chargeback", "quota that ramps up". Told from the plan and its cases, never
// written by hand, so that a new plan is found by what it does.
import { namesIn, type Expression } from '../../service/src/domain/incentives/expression.ts';
import type { PlanCase } from '../../service/src/domain/incentives/parse-cases.ts';
import type { Component, Plan } from '../../service/src/domain/incentives/plan.ts';

type Shows = (plan: Plan, cases: readonly PlanCase[]) => boolean;

const hasTarget =
    (...kinds: string[]): Shows =>
    ({ crediting }) =>
        crediting.some(({ to }) => kinds.includes(to.kind));
const hasTable =
    (mode: string): Shows =>
    ({ tables }) =>
        tables.some((table) => table.mode === mode);
const hasStep =
    (kind: string): Shows =>
    ({ payout }) =>
        payout.some((step) => step.kind === kind);
const hasComponent =
    (is: (component: Component) => boolean): Shows =>
    ({ components }) =>
        components.some(is);
const isGiven =
    (list: string): Shows =>
    (_, cases) =>
        cases.some(({ given }) => new RegExp(`"${list}":`).test(given));

/** In the order they are offered: from the deal to the pay. */
const MECHANICS: [string, Shows][] = [
    ['Deals shared by splits', hasTarget('splits')],
    ['Overlay credit for a role', hasTarget('role')],
    ['Manager override', hasTarget('manager')],
    ['Deals handed over', hasTarget('handOver')],
    ['Several channels on one deal', hasTarget('touches')],
    [
        'Fees and levies before the split',
        ({ crediting }) => crediting.some(({ before }) => before.length > 0)
    ],
    [
        'Credit that differs from the amount',
        ({ crediting }) => crediting.some(({ payable, quota, count }) => payable ?? quota ?? count)
    ],
    ['Deals in other currencies', isGiven('rates')],
    ['Deals cancelled', isGiven('reverses')],
    ['Deals that change', isGiven('amends')],
    ['Quota', ({ quotas }) => quotas.length > 0],
    ['Quota that ramps up', ({ quotas }) => quotas.some(({ ramp }) => ramp.length > 0)],
    ['Seasonal quota', ({ quotas }) => quotas.some(({ seasonality }) => seasonality.length > 0)],
    [
        'Proration',
        ({ quotas, ...plan }) => quotas.some(({ prorate }) => prorate !== 'none') || names(plan, 'assigned')
    ],
    ['Rolling window', ({ measures }) => measures.some(({ window }) => window !== null)],
    ['One rate, no table', ({ tables }) => tables.length === 0],
    ['Bands, each part at its rate', hasTable('marginal')],
    ['Bands, everything at the rate reached', hasTable('slab')],
    ['Steps', hasTable('step')],
    ['Curve', hasTable('interpolated')],
    ['Bands, part of the next one', hasTable('proportional')],
    ['Grid of two inputs', ({ tables }) => tables.some(({ columns }) => columns.length > 0)],
    [
        'Rate adjustments, floor or ceiling',
        hasComponent((one) => one.rateAdjustments.length > 0 || Boolean(one.rateFloor ?? one.rateCeiling))
    ],
    ['Weights and multipliers', hasComponent(({ factors }) => factors.length > 0)],
    ['Gates', hasComponent(({ gates }) => gates.length > 0)],
    [
        'Least or most for a deal',
        hasComponent(({ limits }) => limits.some(({ scope }) => scope === 'credit'))
    ],
    [
        'Least or most for a period',
        hasComponent(({ limits }) => limits.some(({ scope }) => scope === 'period'))
    ],
    [
        'Cap that counts over periods',
        hasComponent(({ limits }) => limits.some(({ scope }) => scope === 'cumulative'))
    ],
    ['True-up to date', hasComponent(({ toDate }) => toDate !== null)],
    ['Shared pool', hasComponent(({ pool }) => pool !== null)],
    ['Chargeback', hasComponent(({ chargeback }) => chargeback !== null)],
    ['Paid in instalments', hasComponent(({ schedule }) => schedule?.kind === 'instalments')],
    ['Paid when something happens', hasComponent(({ schedule }) => schedule?.kind === 'release')],
    ['Expensed over months', hasComponent(({ amortisation }) => amortisation !== null)],
    ['Draw or guarantee', hasStep('draw')],
    ['Advance', hasStep('advance')],
    ['Cap on pay', hasStep('limit')],
    ['Negative pay carried forward', hasStep('carryNegative')],
    ['Modifier of the whole pay', hasStep('multiply')],
    ['Amounts added to pay', hasStep('add')],
    ['Deferral in tranches', hasStep('deferral')],
    ['Clawback of what was paid', hasStep('clawback')],
    ['Tax gross-up', hasStep('grossUp')],
    ['Approved exceptions', isGiven('exceptions')]
];

export function mechanicsOf(plan: Plan, cases: readonly PlanCase[]): string[] {
    return MECHANICS.filter(([, shows]) => shows(plan, cases)).map(([name]) => name);
}

function names(plan: object, root: string): boolean {
    let isNamed = false;
    JSON.stringify(plan, (_, value: unknown) => {
        if (isExpression(value)) isNamed ||= namesIn(value).some(([first]) => first === root);
        return typeof value === 'bigint' ? null : value;
    });
    return isNamed;
}

function isExpression(value: unknown): value is Expression {
    return (value as Expression | null)?.kind === 'name';
}
