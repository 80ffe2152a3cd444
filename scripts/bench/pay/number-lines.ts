// What the cost of a plan hangs on: the demo's plans with one number moved, by the fast engine and by the reference engine, over the same
// year of made deals. Both must say the same of everybody.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { calculate } from '../../../service/src/domain/incentives/calculate.ts';
import type { Plan } from '../../../service/src/domain/incentives/plan.ts';
import { parseInput } from '../../../service/src/domain/incentives/parse-input.ts';
import { parsePlan } from '../../../service/src/domain/incentives/parse-plan.ts';
import { earnedIn } from '../../../service/src/domain/incentives/simulation/earned.ts';
import { earningScenario } from '../../../service/src/domain/incentives/simulation/earning-plan.ts';
import { fastReplay } from '../../../service/src/domain/incentives/simulation/fast-replay.ts';
import {
    movedScenario,
    type Direction
} from '../../../service/src/domain/incentives/simulation/moved-plan.ts';
import {
    numbersOf,
    type PlanNumber
} from '../../../service/src/domain/incentives/simulation/plan-numbers.ts';
import { sensitivityOf } from '../../../service/src/domain/incentives/simulation/sensitivity.ts';
import type { Scenario } from '../../../service/src/domain/incentives/simulation/simulation.ts';
import { DifferentResults, told, type Line } from '../lines.ts';

const PLANS = ['servicing-quota', 'private-office', 'new-joiner', 'adviser-grid'];
const PAYEES = 200;
/** By the reference engine, to compare with. */
const COMPARED = 3;

export function numberLines(root: string, isLarge: boolean): Line[] {
    return PLANS.flatMap((key) => linesOf(key, scenarioOf(root, key, isLarge ? 100_000 : 5000)));
}

function linesOf(key: string, scenario: Scenario): Line[] {
    const count = scenario.input.transactions.length.toLocaleString('en');
    const what = `numbers of ${key}, ${count} deals of ${PAYEES} people`;
    const { made: result } = measured(() => calculate(scenario.plan, scenario.input));
    const base = earnedIn(scenario.plan, result);
    const people = [...base.keys()];
    const bare = earningScenario(scenario);
    const loading = measured(() => fastReplay(scenario, people, base));
    const whole = measured(() => sensitivityOf(scenario, result, people)!);
    const { numbers, left } = whole.made;
    const wholeLine = told(
        `${what}: the whole part, CPU`,
        `${whole.seconds.toFixed(1)} s (${numbers.length} of ${numbers.length + left} numbers)`
    );
    const fast = loading.made.value;
    if (!fast) return [wholeLine, told(`${what}: line by line`, loading.made.reason!)];
    const variants = numbersOf(scenario)
        .filter((number) => fast.takes(number))
        .flatMap((number) => (['lower', 'higher'] as const).map((direction) => ({ number, direction })));
    const quick = measured(() => variants.map(({ number, direction }) => fast.earned(number, direction)!));
    const slow = measured(() =>
        variants.slice(0, COMPARED).map(({ number, direction }) => byLine(bare, number, direction))
    );
    for (const [index, earned] of slow.made.entries())
        for (const payeeId of people)
            if (!earned.get(payeeId)!.equals(quick.made[index]!.get(payeeId)!))
                throw new DifferentResults(
                    `${key}, ${variants[index]!.number.place}: ${payeeId} earns something else`
                );
    const [fastEach, slowEach] = [quick.seconds / variants.length, slow.seconds / COMPARED];
    return [
        wholeLine,
        told(`${what}: shared out and loaded once, CPU`, `${(loading.seconds * 1000).toFixed(0)} ms`),
        told(`${what}: a variant by the fast engine, CPU`, `${(fastEach * 1000).toFixed(1)} ms`),
        told(
            `${what}: by the reference engine / by the fast one, CPU`,
            `${(slowEach / fastEach).toFixed(0)} x`
        )
    ];
}

function byLine(bare: Scenario, number: PlanNumber, direction: Direction): ReturnType<typeof earnedIn> {
    const { plan, input } = movedScenario(bare, number, direction);
    return earnedIn(plan, calculate(plan, input));
}

function measured<T>(work: () => T): { made: T; seconds: number } {
    const started = process.cpuUsage();
    const made = work();
    const { user, system } = process.cpuUsage(started);
    return { made, seconds: (user + system) / 1e6 };
}

function scenarioOf(root: string, key: string, count: number): Scenario {
    const yaml = readFileSync(join(root, 'scripts', 'demo', 'pay', 'plans', key, 'plan.yaml'), 'utf8');
    const { plan } = parsePlan(yaml);
    const { input } = parseInput(JSON.stringify(inputOf(plan!, count)), plan!);
    return { plan: plan!, input: input! };
}

/** A year of deals of sellers, one in ten a lead; two share each deal, and a specialist helps with every third. */
function inputOf({ quotas: goals }: Plan, count: number): object {
    const id = (number: number): string => `p${String(number % PAYEES).padStart(3, '0')}`;
    const role = (number: number): string =>
        number % 10 === 0 ? 'Lead' : number % 10 === 1 ? 'Specialist' : 'Adviser';
    const payees = Array.from({ length: PAYEES }, (_, number) => ({
        id: id(number),
        role: role(number) === 'Adviser' && number % 2 === 0 ? 'Seller' : role(number),
        manager: role(number) === 'Lead' ? '' : id(number - (number % 10)),
        start: '2024-01-01',
        upheldComplaints: number % 17 === 0 ? 1 : 0
    }));
    const transactions = Array.from({ length: count }, (_, row) => {
        const seller = (row * 7919) % PAYEES;
        const day = new Date(Date.UTC(2025, 0, 1 + ((row * 31) % 365))).toISOString().slice(0, 10);
        return {
            id: `t${row}`,
            date: day,
            owner: id(seller),
            amount: 500 + ((row * 104_729) % 90_000),
            productFamily: row % 4 === 0 ? 'Recurring revenue' : 'Licence',
            splits: { [id(seller)]: '60%', [id(seller + 3)]: '40%' },
            team: row % 3 === 0 ? { Specialist: id(seller - (seller % 10) + 1) } : {}
        };
    });
    const quotas = goals.map(({ measure }) => ({
        payee: '*',
        measure,
        from: '2025-01-01',
        to: '2025-12-31',
        amount: 20_000_000
    }));
    return { from: '2025-01-01', to: '2025-12-31', payees, transactions, quotas };
}
