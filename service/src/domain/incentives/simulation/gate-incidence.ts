// How often gates were asked and not met in a replay, for whom, and what they held back.
import { calculate } from '../calculate.ts';
import type { Plan } from '../plan.ts';
import type { CalculationResult } from '../result.ts';
import { paysOf, totalOf } from './pay-of.ts';
import type { GateIncidence, Scenario } from './simulation.ts';

export function gateIncidence(scenario: Scenario, result: CalculationResult): GateIncidence[] {
    return scenario.plan.components.flatMap(({ key, gates }) =>
        gates.map((gate) => {
            const counted = countOf(result, key, gate.key);
            const heldBack = counted.closed === 0 ? null : heldBackBy(scenario, result, key, gate.key);
            return { component: key, gate: gate.key, ...counted, heldBack };
        })
    );
}

/** The working of each line says what the gate was asked and answered. */
function countOf(
    result: CalculationResult,
    component: string,
    gate: string
): Omit<GateIncidence, 'component' | 'gate' | 'heldBack'> {
    const rule = `components.${component}.gates.${gate}`;
    const counted = { asked: 0, closed: 0, waived: 0, payees: [] as string[] };
    for (const { payeeId, periods, problems } of result.payees) {
        if (problems.length > 0) continue;
        const steps = periods
            .flatMap(({ components }) => components.filter((one) => one.component === component))
            .flatMap(({ lines }) => lines)
            .flatMap(({ working }) => working.filter((step) => step.rule === rule));
        const answers = steps.filter(({ what }) => what === `gate ${gate}`);
        const closed = answers.filter((one) => one.result === false).length;
        counted.asked += answers.length;
        counted.closed += closed;
        counted.waived += steps.filter(({ what }) => what === `gate ${gate} waived`).length;
        if (closed > 0) counted.payees.push(payeeId);
    }
    return counted;
}

/** Pay of the plan without the gate less pay with it. */
function heldBackBy(
    { plan, input }: Scenario,
    result: CalculationResult,
    component: string,
    gate: string
): GateIncidence['heldBack'] {
    const [before, open] = [paysOf(result), paysOf(calculate(withoutGate(plan, component, gate), input))];
    return before.size === open.size ? totalOf(open).minus(totalOf(before)) : null;
}

function withoutGate(plan: Plan, component: string, gate: string): Plan {
    const components = plan.components.map((one) =>
        one.key === component ? { ...one, gates: one.gates.filter(({ key }) => key !== gate) } : one
    );
    return { ...plan, components };
}
