// Plans with one number moved: the fast engine against the reference engine, to the last fraction. On the plans of config/plans with their
// cases, and on random plans of the class of the fast engine.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { calculate } from '../../../../src/domain/incentives/calculate.ts';
import { parseCases } from '../../../../src/domain/incentives/parse-cases.ts';
import { parseInput } from '../../../../src/domain/incentives/parse-input.ts';
import { parsePlan } from '../../../../src/domain/incentives/parse-plan.ts';
import { earnedIn } from '../../../../src/domain/incentives/simulation/earned.ts';
import { earningScenario } from '../../../../src/domain/incentives/simulation/earning-plan.ts';
import { fastReplay } from '../../../../src/domain/incentives/simulation/fast-replay.ts';
import { asIfInForce } from '../../../../src/domain/incentives/simulation/in-force.ts';
import { movedScenario, type Direction } from '../../../../src/domain/incentives/simulation/moved-plan.ts';
import { numbersOf } from '../../../../src/domain/incentives/simulation/plan-numbers.ts';
import type { Scenario } from '../../../../src/domain/incentives/simulation/simulation.ts';
import type { Ratio } from '../../../../src/domain/ratio.ts';
import { fittingArbitrary } from '../columnar/fitting-arbitrary.ts';

const FOLDERS = ['../../../../../config/plans/', '../../../../../scripts/demo/pay/plans/'].map((path) =>
    fileURLToPath(new URL(path, import.meta.url))
);
const DIRECTIONS: Direction[] = ['lower', 'higher'];

interface Named extends Scenario {
    name: string;
}

const PUBLISHED: Named[] = FOLDERS.flatMap((folder) =>
    readdirSync(folder).flatMap((name) => {
        const { plan } = parsePlan(readFileSync(`${folder}${name}/plan.yaml`, 'utf8'));
        const { cases } = parseCases(readFileSync(`${folder}${name}/cases.yaml`, 'utf8'));
        return cases!.flatMap(({ given }) => {
            const { input } = parseInput(given, plan!);
            return input ? [{ name, ...asIfInForce({ plan: plan!, input }) }] : [];
        });
    })
);

function earnedBy({ plan, input }: Scenario): Map<string, Ratio> {
    return earnedIn(plan, calculate(plan, input));
}

function told(earned: ReadonlyMap<string, Ratio>, people: Iterable<string>): string {
    return [...people].map((payeeId) => `${payeeId} ${earned.get(payeeId)}`).join(', ');
}

/** Every number the fast engine takes, or those that are wanted; gives how many variants were compared. */
function compareVariants(scenario: Scenario, isWanted: (index: number) => boolean = () => true): number {
    const base = earnedBy(scenario);
    const people = [...base.keys()];
    const { value: fast } = fastReplay(scenario, people, base);
    const numbers = fast ? numbersOf(scenario).filter((number) => fast.takes(number)) : [];
    let compared = 0;
    for (const number of numbers.filter((_, index) => isWanted(index)))
        for (const direction of DIRECTIONS) {
            const quick = fast!.earned(number, direction);
            if (!quick) continue;
            compared++;
            const slow = earnedBy(movedScenario(scenario, number, direction));
            expect(`${number.place} ${told(quick, people)}`).toBe(`${number.place} ${told(slow, people)}`);
        }
    return compared;
}

describe('the way from earnings to pay', () => {
    test('is left off without changing what anybody earns, in every published plan', () => {
        const lighter = PUBLISHED.filter((scenario) => {
            const bare = earningScenario(scenario);
            const base = earnedBy(scenario);
            const earned = earnedBy(bare);
            expect(`${scenario.name} ${told(earned, base.keys())}`).toBe(
                `${scenario.name} ${told(base, base.keys())}`
            );
            return bare.plan !== scenario.plan;
        });
        expect(new Set(lighter.map(({ name }) => name)).size).toBeGreaterThan(70);
    });
});

describe('a number moved in a plan', () => {
    test('earns by the fast engine what it earns line by line, in every published plan it takes', () => {
        const taken = PUBLISHED.filter((scenario) => compareVariants(scenario) > 0);
        const names = new Set(taken.map(({ name }) => name));
        expect(names.size).toBeGreaterThan(40);
        expect([...names]).toEqual(
            expect.arrayContaining(['servicing-quota', 'private-office', 'new-joiner'])
        );
    });

    test('earns by the fast engine what it earns line by line, in random plans', () => {
        let compared = 0;
        fc.assert(
            fc.property(fittingArbitrary, fc.nat(11), (scenario, which) => {
                compared += compareVariants(scenario, (index) => index % 12 === which);
            }),
            { seed: 20261122, numRuns: 60 }
        );
        expect(compared).toBeGreaterThan(30);
    });
});
