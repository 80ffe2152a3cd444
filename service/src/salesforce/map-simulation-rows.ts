// A simulation to its rows: PlanSimulation__c for everybody together, SimulatedPay__c for the pay of people.
import type { Problem } from '../domain/problem.ts';
import type { KeptSimulation } from '../usecases/ports/simulations.ts';
import type { RowFields } from './write-rows.ts';

/** What the fields hold. */
const LONG_TEXT = 131_072;
const MOST_PROBLEMS = 200;

export function simulationRow(kept: KeptSimulation, ownerId: string): RowFields {
    const { ask, tried, against, stored } = kept;
    return {
        ExternalKey__c: kept.runKey,
        OwnerId: ownerId,
        PlanVersion__r: { ExternalKey__c: tried.key },
        ...(against ? { AgainstVersion__r: { ExternalKey__c: against.key } } : {}),
        DefinitionHash__c: tried.hash || null,
        AgainstDefinitionHash__c: against?.hash || null,
        StartDate__c: ask.from,
        EndDate__c: ask.to,
        DataAsOf__c: kept.dataAsOf,
        DeleteAfterDate__c: kept.deleteAfter,
        CurrencyCode__c: stored?.currency ?? tried.currency,
        CostAmount__c: amount(stored?.cost),
        AgainstCostAmount__c: amount(stored?.againstCost),
        PayeeCount__c: stored?.payeeCount ?? null,
        LeftCount__c: stored?.leftCount ?? null,
        TransactionCount__c: kept.dealCount,
        Result__c: stored && fitting(stored.result, 'Result__c'),
        Findings__c: stored && fitting(stored.findings, 'Findings__c'),
        Problems__c: stored ? fitting(stored.problems, 'Problems__c') : problemsText(kept.problems),
        InputHash__c: kept.inputHash || null,
        Hash__c: stored?.hash ?? null,
        EngineVersion__c: kept.engineVersion
    };
}

export function partRows({ runKey, stored }: KeptSimulation, ownerId: string): RowFields[] {
    return (stored?.parts ?? []).map(({ people, left }, index) => ({
        ExternalKey__c: `${runKey}:${index + 1}`,
        OwnerId: ownerId,
        PlanSimulation__r: { ExternalKey__c: runKey },
        Position__c: index + 1,
        People__c: fitting(people, 'People__c'),
        Left__c: fitting(left, 'Left__c')
    }));
}

/** Amounts beyond what the field holds are in the result only. */
function amount(text: string | null | undefined): number | null {
    const value = text === null || text === undefined ? null : Number(text);
    return value !== null && Math.abs(value) < 9_000_000_000_000 ? value : null;
}

/** Cut text would be no JSON: better nothing at all, told. */
function fitting(text: string, field: string): string {
    if (text.length <= LONG_TEXT) return text;
    throw Object.assign(new Error(`${field} would have ${text.length} characters.`), {
        code: 'SIMULATION_TOO_LARGE'
    });
}

function problemsText(problems: readonly Problem[]): string {
    return JSON.stringify(
        problems.slice(0, MOST_PROBLEMS).map(({ code, where, value, fix }) => ({
            code,
            where,
            value: value.slice(0, 200),
            fix,
            count: 1
        }))
    );
}
