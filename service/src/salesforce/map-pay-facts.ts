// Rows of the org to facts of the calculation of pay. Amounts become exact text; one that a Float64 cannot hold exactly becomes a
// text that is no amount, so that the calculation names the sale instead of paying a wrong figure.
import type { Interval } from '../domain/incentives/plan.ts';
import { LARGEST_AMOUNT_UNITS } from '../domain/money.ts';
import type {
    AdjustmentFact,
    AssignmentFact,
    BalanceFact,
    PaymentFact,
    PayPeriod,
    PeriodStatus,
    PersonFact,
    PlanVersionFact,
    PublishedLine,
    QuotaFact,
    RateFact,
    SaleFact
} from '../domain/pay/pay-facts.ts';
import type { Problem } from '../domain/problem.ts';
import { isTrue, textOf } from './map-rows.ts';
import type { RawRow } from './query.ts';

const INTERVALS: Record<string, Interval> = {
    Week: 'week',
    Month: 'month',
    Quarter: 'quarter',
    HalfYear: 'half-year',
    Year: 'year',
    Plan: 'plan'
};

export function intervalOf(value: unknown): Interval {
    return INTERVALS[textOf(value)] ?? 'plan';
}

/** `1234.5` to `1234.5`; null for none. JSON numbers below the limit come out as they stand in the org. */
export function exactText(value: unknown): string | null {
    if (value === null || value === undefined || value === '') return null;
    const number = Number(value);
    if (Math.abs(number) < LARGEST_AMOUNT_UNITS) return String(value);
    return `${textOf(value)} (too large to be read exactly)`;
}

export const PERIOD_FIELDS = [
    'ExternalKey__c',
    'Name',
    'Interval__c',
    'StartDate__c',
    'EndDate__c',
    'Status__c'
];

export function periodOf(row: RawRow): PayPeriod {
    return {
        key: textOf(row.ExternalKey__c),
        name: textOf(row.Name),
        interval: intervalOf(row.Interval__c),
        start: textOf(row.StartDate__c),
        end: textOf(row.EndDate__c),
        status: textOf(row.Status__c) as PeriodStatus
    };
}

export const VERSION_FIELDS = [
    'ExternalKey__c',
    'Plan__r.ExternalKey__c',
    'Plan__r.Name',
    'Plan__r.CurrencyCode__c',
    'Plan__r.Interval__c',
    'Definition__c',
    'EffectiveStartDate__c',
    'EffectiveEndDate__c'
];

export function versionOf(row: RawRow): PlanVersionFact {
    return {
        key: textOf(row.ExternalKey__c),
        planKey: textOf(row['Plan__r.ExternalKey__c']),
        planName: textOf(row['Plan__r.Name']),
        currency: textOf(row['Plan__r.CurrencyCode__c']),
        interval: intervalOf(row['Plan__r.Interval__c']),
        definition: textOf(row.Definition__c),
        from: textOf(row.EffectiveStartDate__c),
        to: textOf(row.EffectiveEndDate__c)
    };
}

export const ASSIGNMENT_FIELDS = [
    'ExternalKey__c',
    'PlanVersion__r.Plan__r.ExternalKey__c',
    'Payee__c',
    'EffectiveStartDate__c',
    'EffectiveEndDate__c',
    'TargetIncentiveAmount__c',
    'CurrencyCode__c',
    'IsMaterialRiskTaker__c',
    'Terms__c'
];

/** Terms that are no JSON object are a problem of the assignment, told by its key. */
export function assignmentOf(row: RawRow, problems: Problem[]): AssignmentFact {
    return {
        planKey: textOf(row['PlanVersion__r.Plan__r.ExternalKey__c']),
        payeeId: textOf(row.Payee__c),
        from: textOf(row.EffectiveStartDate__c),
        to: textOf(row.EffectiveEndDate__c),
        targetIncentive: exactText(row.TargetIncentiveAmount__c),
        currency: textOf(row.CurrencyCode__c),
        isMaterialRiskTaker: isTrue(row.IsMaterialRiskTaker__c),
        terms: termsOf(textOf(row.Terms__c), textOf(row.ExternalKey__c), problems)
    };
}

function termsOf(text: string, key: string, problems: Problem[]): Readonly<Record<string, unknown>> {
    if (text.trim() === '') return {};
    try {
        const terms: unknown = JSON.parse(text);
        if (typeof terms === 'object' && terms !== null && !Array.isArray(terms))
            return terms as Record<string, unknown>;
    } catch {
        // Told below, like everything else that is no object.
    }
    problems.push({
        code: 'TERMS_INVALID',
        where: `assignment ${key}, Terms__c`,
        value: text.slice(0, 80),
        fix: 'Write a JSON object such as {"role":"AE"}; numbers as text.'
    });
    // A list is no field: the reader of inputs tells it of the payee, whom nobody pays by terms that could not be read.
    return { terms: [text] };
}

export const QUOTA_FIELDS = [
    'Plan__r.ExternalKey__c',
    'Payee__c',
    'Measure__c',
    'EffectiveStartDate__c',
    'EffectiveEndDate__c',
    'Target__c',
    'Unit__c',
    'CurrencyCode__c'
];

export function quotaOf(row: RawRow): QuotaFact {
    return {
        planKey: textOf(row['Plan__r.ExternalKey__c']),
        payeeId: textOf(row.Payee__c),
        measure: textOf(row.Measure__c),
        from: textOf(row.EffectiveStartDate__c),
        to: textOf(row.EffectiveEndDate__c),
        target: exactText(row.Target__c) ?? '',
        currency: textOf(row.Unit__c) === 'Count' ? '' : textOf(row.CurrencyCode__c)
    };
}

/** Of CurrencyType, or dated, of DatedConversionRate. */
export function rateOf(row: RawRow): RateFact {
    return {
        currency: textOf(row.IsoCode),
        from: textOf(row.StartDate),
        rate: exactText(row.ConversionRate) ?? ''
    };
}

export function personOf(row: RawRow): PersonFact {
    return {
        id: textOf(row.Id),
        managerId: textOf(row.ManagerId),
        title: textOf(row.Title),
        isActive: isTrue(row.IsActive)
    };
}

/** What belongs to sales besides their own row, by opportunity. */
export interface SaleParts {
    splits: Map<string, Map<string, number>>;
    team: Map<string, Record<string, string>>;
    products: Map<string, { names: Set<string>; families: Set<string>; units: number }>;
    events: Map<string, Record<string, string>>;
}

/** Two rows of one person are one share. Shares have two decimals at most. */
export function addSplit({ splits }: SaleParts, row: RawRow): void {
    const own = splits.get(textOf(row.OpportunityId)) ?? new Map<string, number>();
    const payeeId = textOf(row.SplitOwnerId);
    const hundredths = Math.round(Number(row.SplitPercentage) * 100);
    own.set(payeeId, (own.get(payeeId) ?? 0) + hundredths);
    splits.set(textOf(row.OpportunityId), own);
}

export function addTeamMember({ team }: SaleParts, row: RawRow): void {
    const role = textOf(row.TeamMemberRole);
    if (role === '') return;
    team.set(textOf(row.OpportunityId), {
        ...team.get(textOf(row.OpportunityId)),
        [role]: textOf(row.UserId)
    });
}

export function addProduct({ products }: SaleParts, row: RawRow): void {
    const id = textOf(row.OpportunityId);
    const own = products.get(id) ?? { names: new Set<string>(), families: new Set<string>(), units: 0 };
    own.names.add(textOf(row['Product2.Name']));
    own.families.add(textOf(row['Product2.Family']));
    own.units += Math.round(Number(row.Quantity ?? 0) * 100);
    products.set(id, own);
}

/** Of several days told for one event of a deal the first counts. */
export function addEvent({ events }: SaleParts, row: RawRow): void {
    const [id, event] = [textOf(row.TransactionKey__c), textOf(row.Event__c)];
    const known = events.get(id) ?? {};
    const days = [known[event], textOf(row.ReleasedOn__c)].filter((day) => day !== undefined);
    events.set(id, { ...known, [event]: days.sort()[0]! });
}

export function saleOf(
    row: RawRow,
    { splits, team, products, events }: SaleParts,
    fields: SaleFact['fields']
): SaleFact {
    const id = textOf(row.Id);
    const lines = products.get(id);
    return {
        id,
        date: textOf(row.CloseDate),
        amount: exactText(row.Amount),
        currency: textOf(row.CurrencyIsoCode),
        ownerId: textOf(row.OwnerId),
        type: textOf(row.Type),
        product: onlyOne(lines?.names),
        productFamily: onlyOne(lines?.families),
        units: hundredthsText(lines?.units ?? 0),
        splits: [...(splits.get(id) ?? [])]
            .map(([payeeId, hundredths]) => ({ payeeId, percent: hundredthsText(hundredths) }))
            .sort((a, b) => (a.payeeId < b.payeeId ? -1 : 1)),
        team: team.get(id) ?? {},
        reverses: textOf(row.ReversesOpportunity__c),
        events: events.get(id) ?? {},
        fields
    };
}

function onlyOne(words: ReadonlySet<string> = new Set()): string {
    const [first = '', ...more] = words;
    return more.length > 0 ? 'several' : first;
}

function hundredthsText(hundredths: number): string {
    return String(hundredths / 100);
}

export const LINE_FIELDS = [
    'ExternalKey__c',
    'Statement__r.ExternalKey__c',
    'Statement__r.Period__r.ExternalKey__c',
    'Statement__r.PlanVersion__r.Plan__r.ExternalKey__c',
    'Statement__r.Payee__c',
    'ComponentKey__c',
    'Kind__c',
    'TransactionKey__c',
    'Title__c',
    'EventDate__c',
    'Amount__c'
];

export function publishedLineOf(row: RawRow): PublishedLine {
    return {
        key: textOf(row.ExternalKey__c),
        statementKey: textOf(row['Statement__r.ExternalKey__c']),
        periodKey: textOf(row['Statement__r.Period__r.ExternalKey__c']),
        planKey: textOf(row['Statement__r.PlanVersion__r.Plan__r.ExternalKey__c']),
        payeeId: textOf(row['Statement__r.Payee__c']),
        component: textOf(row.ComponentKey__c),
        kind: textOf(row.Kind__c),
        transaction: textOf(row.TransactionKey__c),
        title: textOf(row.Title__c),
        date: textOf(row.EventDate__c),
        amount: exactText(row.Amount__c) ?? '0'
    };
}

export const BALANCE_FIELDS = [
    'ExternalKey__c',
    'Period__r.ExternalKey__c',
    'PlanVersion__r.Plan__r.ExternalKey__c',
    'Payee__c',
    'Ledger__c',
    'Scope__c',
    'ClosingAmount__c',
    'Hash__c'
];

export function balanceOf(row: RawRow): BalanceFact {
    return {
        key: textOf(row.ExternalKey__c),
        periodKey: textOf(row['Period__r.ExternalKey__c']),
        planKey: textOf(row['PlanVersion__r.Plan__r.ExternalKey__c']),
        payeeId: textOf(row.Payee__c),
        ledger: textOf(row.Ledger__c),
        scope: textOf(row.Scope__c),
        closing: exactText(row.ClosingAmount__c) ?? '0',
        hash: textOf(row.Hash__c)
    };
}

export const ADJUSTMENT_FIELDS = [
    'Id',
    'Period__r.ExternalKey__c',
    'Period__r.Interval__c',
    'Kind__c',
    'Plan__r.ExternalKey__c',
    'Payee__c',
    'Amount__c',
    'GateKey__c',
    'Reason__c',
    'RequestedBy__c',
    'ApprovedBy__c',
    'ApprovedAt__c',
    'CorrectsLine__r.ExternalKey__c',
    'ScheduledPayment__r.ExternalKey__c',
    'ScheduledPayment__r.Period__r.ExternalKey__c',
    'ScheduledPayment__r.ComponentKey__c',
    'ScheduledPayment__r.TransactionKey__c',
    'ScheduledPayment__r.Kind__c',
    'ScheduledPayment__r.Form__c',
    'ScheduledPayment__r.Event__c',
    'ScheduledPayment__r.DueDate__c'
];

export function adjustmentOf(row: RawRow): AdjustmentFact {
    return {
        id: textOf(row.Id),
        periodKey: textOf(row['Period__r.ExternalKey__c']),
        kind: textOf(row.Kind__c) as AdjustmentFact['kind'],
        planKey: textOf(row['Plan__r.ExternalKey__c']),
        payeeId: textOf(row.Payee__c),
        amount: exactText(row.Amount__c),
        gate: textOf(row.GateKey__c),
        reason: textOf(row.Reason__c),
        requestedBy: textOf(row.RequestedBy__c),
        approvedBy: textOf(row.ApprovedBy__c),
        corrects: textOf(row['CorrectsLine__r.ExternalKey__c']),
        decidedOn: textOf(row.ApprovedAt__c).slice(0, 10),
        payment: paymentOf(row)
    };
}

function paymentOf(row: RawRow): PaymentFact | null {
    const of = (field: string): string => textOf(row[`ScheduledPayment__r.${field}`]);
    if (of('ExternalKey__c') === '') return null;
    return {
        key: of('ExternalKey__c'),
        periodKey: of('Period__r.ExternalKey__c'),
        source: of('ComponentKey__c'),
        transaction: of('TransactionKey__c'),
        kind: of('Kind__c'),
        form: of('Form__c'),
        event: of('Event__c'),
        dueOn: of('DueDate__c')
    };
}
