// What decides what is earned: a plan without the way from earnings to pay (payout steps, schedules, amortisation, figures that are
// only told) and without components nobody is paid for and nothing reads; an input without what that way leaves open. Where a rule
// asks what was paid, or a reversal takes back what was paid, the way to pay does decide what is earned, and all stays as it is.
import { namesIn } from '../expression.ts';
import type { CalculationInput } from '../input.ts';
import type { Plan } from '../plan.ts';
import { placedExpressions, tableExpressions } from '../plan-check/placed-expressions.ts';
import type { Scenario } from './simulation.ts';

/** First words of names that tell what was paid or is owed. */
const OF_PAY = ['paidToDate', 'balance', 'due'];
/** First words of names that read another component. */
const OF_EARNINGS = ['earning', 'earningToDate', 'earningBefore'];

/** For everybody, whatever happened. */
export function earningScenario(scenario: Scenario): Scenario {
    return takesBack(scenario.input) ? scenario : (withoutPay(scenario) ?? scenario);
}

/** For those of whom nothing is taken back; null where a rule asks what was paid. */
export function withoutPay({ plan, input }: Scenario): Scenario | null {
    const bare = withoutSteps(plan);
    const names = namesOf(bare);
    if (names.some(([first]) => OF_PAY.includes(first!))) return null;
    const isRead = (key: string): boolean =>
        names.some(([first, second]) => second === key && OF_EARNINGS.includes(first!));
    return {
        plan: { ...bare, components: bare.components.filter(({ key, pays }) => pays || isRead(key)) },
        input: {
            ...input,
            scheduled: [],
            malus: [],
            openings: input.openings.filter((opening) => 'measure' in opening)
        }
    };
}

function withoutSteps(plan: Plan): Plan {
    return {
        ...plan,
        payout: [],
        figures: [],
        components: plan.components.map((one) => ({ ...one, schedule: null, amortisation: null }))
    };
}

/** What is not due yet is cancelled by a reversal, or taken by malus, and what was paid is taken back. */
function takesBack({ transactions, malus }: CalculationInput): boolean {
    return malus.length > 0 || transactions.some(({ reverses }) => reverses !== '');
}

function namesOf(plan: Plan): string[][] {
    const placed = [...placedExpressions(plan), ...plan.tables.flatMap(tableExpressions)];
    return placed.flatMap(({ expression }) => namesIn(expression));
}
