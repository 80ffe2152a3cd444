// The fast engine from outside: whether a plan and an input fit, and what they load to. What does not fit has a reason by name
// and goes to the reference engine (calculate.ts).
import type { CalculationInput } from '../input.ts';
import type { Plan } from '../plan.ts';
import { peopleOf } from './cells.ts';
import { DoesNotFit, fitting, type Fitting } from './does-not-fit.ts';
import type { Kernel } from './frame.ts';
import { kernelSource } from './kernel-source.ts';
import { layoutOf } from './layout.ts';
import { operatorKernel } from './operators.ts';
import type { Pool } from './pool.ts';
import { Run, type Loaded } from './run.ts';
import { shapeOf } from './shape.ts';
import { transactionColumns } from './transactions.ts';

/** Null when the plan is of the class the fast engine calculates. */
export function fits(plan: Plan): string | null {
    return fitting(() => shapeOf(plan)).reason;
}

/** The text of both passes of a plan that fits, to be stored with its hash when the plan is published. */
export function publishedKernel(plan: Plan): Fitting<string> {
    return fitting(() => kernelSource(layoutOf(shapeOf(plan))));
}

export function load(plan: Plan, input: CalculationInput): Fitting<Loaded> {
    return fitting(() => {
        const shape = shapeOf(plan);
        const people = peopleOf(shape, input);
        return { shape, people, columns: transactionColumns(shape, people, input.transactions) };
    });
}

/** Another plan over transactions that are columns already: one that differs in numbers only asks them for the same. */
export function loadAgain({ columns, shape }: Loaded, plan: Plan, input: CalculationInput): Fitting<Loaded> {
    return fitting(() => {
        const next = shapeOf(plan);
        if (next.fields.join() !== shape.fields.join() || next.roles.join() !== shape.roles.join())
            throw new DoesNotFit(`plan ${plan.key}`, 'asks other fields of the transactions');
        return { shape: next, people: peopleOf(next, input), columns };
    });
}

/** Without a kernel the operators do the work. */
export function runLoaded(loaded: Loaded, kernel?: Kernel, pool?: Pool): Fitting<Run> {
    return fitting(() => new Run(loaded, kernel ?? operatorKernel(layoutOf(loaded.shape)), pool).calculate());
}
