// What a calculation earns each payee: of components that pay, over all periods; nothing of payees with a problem.
import { sumOf, type Ratio } from '../../ratio.ts';
import type { Plan } from '../plan.ts';
import type { CalculationResult } from '../result.ts';

export function earnedIn({ components }: Plan, { payees }: CalculationResult): Map<string, Ratio> {
    const paid = new Set(components.filter(({ pays }) => pays).map(({ key }) => key));
    return new Map(
        payees
            .filter(({ problems }) => problems.length === 0)
            .map(({ payeeId, periods }) => {
                const own = periods.flatMap((period) => period.components);
                const earnings = own.filter(({ component }) => paid.has(component));
                return [payeeId, sumOf(earnings.map(({ earning }) => earning))];
            })
    );
}
