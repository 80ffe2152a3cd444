// Small facts of pay, each as the org would give it, with what a test or a bench wants to be different.
import type {
    AdjustmentFact,
    AssignmentFact,
    PayPeriod,
    PlanVersionFact,
    SaleFact
} from '../../src/domain/pay/pay-facts.ts';

const QUARTER_ENDS = ['03-31', '06-30', '09-30', '12-31'];
const QUARTER_STARTS = ['01-01', '04-01', '07-01', '10-01'];

/** `2026-Q2` */
export function quarter(key: string): PayPeriod {
    const [year, number] = [key.slice(0, 4), Number(key.at(-1)) - 1];
    return {
        key,
        name: key,
        interval: 'quarter',
        start: `${year}-${QUARTER_STARTS[number]}`,
        end: `${year}-${QUARTER_ENDS[number]}`,
        status: 'Open'
    };
}

export function version(definition: string, changes: Partial<PlanVersionFact> = {}): PlanVersionFact {
    return {
        key: 'plan:1',
        planKey: 'plan',
        planName: 'Plan',
        currency: 'GBP',
        interval: 'quarter',
        definition,
        from: '2026-01-01',
        to: '',
        ...changes
    };
}

export function onPlan(payeeId: string, changes: Partial<AssignmentFact> = {}): AssignmentFact {
    return {
        planKey: 'plan',
        payeeId,
        from: '2026-01-01',
        to: '',
        targetIncentive: null,
        currency: '',
        isMaterialRiskTaker: false,
        terms: {},
        ...changes
    };
}

export function sold(id: string, date: string, amount: string, changes: Partial<SaleFact> = {}): SaleFact {
    return {
        id,
        date,
        amount,
        currency: '',
        ownerId: 'ann',
        type: '',
        product: '',
        productFamily: '',
        units: '0',
        splits: [],
        team: {},
        reverses: '',
        events: {},
        fields: {},
        ...changes
    };
}

export function decision(changes: Partial<AdjustmentFact>): AdjustmentFact {
    return {
        id: 'a1',
        periodKey: '',
        kind: 'Manual',
        planKey: 'plan',
        payeeId: 'ann',
        amount: null,
        gate: '',
        reason: 'As decided',
        requestedBy: 'carl',
        approvedBy: 'dora',
        corrects: '',
        decidedOn: '',
        payment: null,
        ...changes
    };
}
