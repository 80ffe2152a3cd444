// Statements and what belongs to them as rows of the org. Amounts are cents below nine million million, so as numbers they are
// exact. Parents are named by their keys.
import type { SealedStatement } from '../domain/pay/seal-statements.ts';
import { CHAIN_START } from '../domain/hash-chain.ts';
import type { Calculation } from '../usecases/ports/pay.ts';
import { ENGINE_VERSION } from '../engine-version.ts';
import type { RowFields } from './write-rows.ts';

const LONG_TEXT = 131_072;
const TEXT = 32_768;

export interface PayRow {
    key: string;
    hash: string;
    fields: RowFields;
}

export type PayObject =
    'Statement__c' | 'Credit__c' | 'ScheduledPayment__c' | 'LedgerBalance__c' | 'StatementLine__c';

function amount(text: string | null): number | null {
    return text === null ? null : Number(text);
}

/** As much of a list as the field holds; what does not fit is counted. */
export function listText(list: readonly object[], length = TEXT): string | null {
    if (list.length === 0) return null;
    const whole = JSON.stringify(list);
    if (whole.length <= length) return whole;
    const kept = [...list];
    const told = (): object[] => [...kept, { what: `and ${list.length - kept.length} more`, amount: '' }];
    while (kept.length > 0 && JSON.stringify(told()).length > length) kept.pop();
    return JSON.stringify(told());
}

function previous(hash: string): string | null {
    return hash === CHAIN_START ? null : hash;
}

/** Lookups to deals are only possible where the transaction is one. */
function dealOf(transaction: string): string | null {
    return /^006[A-Za-z0-9]{15}$/.test(transaction) ? transaction : null;
}

export function statementRow({ statement }: SealedStatement): PayRow {
    const fields = {
        ...frame(statement),
        PlanName__c: statement.planName.slice(0, 120),
        Status__c: 'Draft',
        TotalAmount__c: amount(statement.total),
        PayoutAmount__c: amount(statement.payout),
        Measures__c: listText(statement.measures),
        PayoutSteps__c: listText(statement.steps),
        Problems__c: listText(statement.problems),
        Given__c: givenText(statement),
        PreviousHash__c: previous(statement.previousHash)
    };
    return { key: statement.key, hash: statement.hash, fields };
}

/** Not cut either: with half of it a page would tell another figure. */
function givenText({ given }: SealedStatement['statement']): string | null {
    const text = given && JSON.stringify(given);
    return text !== null && text.length <= LONG_TEXT ? text : null;
}

function frame({
    periodKey,
    versionKey,
    payeeId,
    currency
}: SealedStatement['statement']): Record<string, string | Record<string, string>> {
    return {
        Period__r: { ExternalKey__c: periodKey },
        PlanVersion__r: { ExternalKey__c: versionKey },
        Payee__c: payeeId,
        CurrencyCode__c: currency
    };
}

export function lineRows({ statement, lines }: SealedStatement): PayRow[] {
    return lines.map((line, index) => ({
        key: `${statement.key}:${line.key}`,
        hash: line.hash,
        fields: {
            Statement__r: { ExternalKey__c: statement.key },
            Kind__c: line.kind,
            Position__c: index + 1,
            Title__c: line.title.slice(0, 255),
            ComponentKey__c: line.component.slice(0, 80),
            Opportunity__c: dealOf(line.transaction),
            TransactionKey__c: line.transaction || null,
            EventDate__c: line.date,
            BaseAmount__c: amount(line.base),
            Rate__c: amount(line.rate),
            Amount__c: amount(line.amount),
            Working__c: workingText(line.working),
            Adjustment__c: line.adjustment || null,
            ...parent('CorrectsLine__r', line.corrects),
            ...parent('Credit__r', line.credit),
            ...parent('ScheduledPayment__r', line.settles)
        }
    }));
}

/** A working that no field holds is not cut: half a working proves nothing. */
function workingText(working: SealedStatement['lines'][number]['working']): string {
    const text = JSON.stringify(working);
    if (text.length <= LONG_TEXT) return text;
    const step = {
        what: 'The working is too long to be stored; plan -- run shows it.',
        rule: '',
        inputs: []
    };
    return JSON.stringify({ bands: [], steps: [{ ...step, result: '' }] });
}

function parent(name: string, key: string): RowFields {
    return key === '' ? {} : { [name]: { ExternalKey__c: key } };
}

export function creditRows({ statement, credits }: SealedStatement): PayRow[] {
    return credits.map((credit) => ({
        key: credit.key,
        hash: credit.hash,
        fields: {
            ...frame(statement),
            Opportunity__c: dealOf(credit.transaction),
            TransactionKey__c: credit.transaction,
            RuleKey__c: credit.rule,
            CreditDate__c: credit.date,
            ShareRate__c: amount(credit.share),
            PayableAmount__c: amount(credit.payable),
            QuotaAmount__c: amount(credit.quota),
            DealCount__c: amount(credit.count)
        }
    }));
}

export function balanceRows({ statement, balances }: SealedStatement): PayRow[] {
    return balances.map((balance) => ({
        key: balance.key,
        hash: balance.hash,
        fields: {
            ...frame(statement),
            Statement__r: { ExternalKey__c: statement.key },
            Ledger__c: balance.ledger,
            Scope__c: balance.scope || null,
            Kind__c: balance.kind,
            OpeningAmount__c: amount(balance.opening),
            MovementAmount__c: amount(balance.movement),
            ClosingAmount__c: amount(balance.closing),
            Movements__c: listText(balance.movements),
            PreviousHash__c: previous(balance.previousHash)
        }
    }));
}

export function paymentRows({ statement, payments }: SealedStatement): PayRow[] {
    return payments.map((payment) => ({
        key: payment.key,
        hash: payment.hash,
        fields: {
            ...frame(statement),
            Statement__r: { ExternalKey__c: statement.key },
            Kind__c: payment.kind,
            Form__c: payment.form,
            ComponentKey__c: payment.source,
            Opportunity__c: dealOf(payment.transaction),
            TransactionKey__c: payment.transaction || null,
            Position__c: payment.number,
            Event__c: payment.event || null,
            DueDate__c: payment.dueOn,
            Amount__c: amount(payment.amount),
            ClawbackUntilDate__c: payment.clawbackUntil
        }
    }));
}

export function calculationRow(calculation: Calculation): RowFields {
    const { counts } = calculation;
    return {
        ExternalKey__c: calculation.runKey,
        Period__r: { ExternalKey__c: calculation.periodKey },
        Kind__c: calculation.kind,
        Status__c: calculation.status,
        StartedAt__c: calculation.startedAt,
        FinishedAt__c: calculation.finishedAt,
        DataAsOf__c: calculation.dataAsOf,
        SequenceNumber__c: calculation.sequence,
        InputHash__c: calculation.inputHash,
        Hash__c: calculation.hash,
        PreviousHash__c: previous(calculation.previousHash),
        PayeeCount__c: counts.payees,
        TransactionCount__c: counts.transactions,
        CreditCount__c: counts.credits,
        StatementCount__c: counts.statements,
        LineCount__c: counts.lines,
        ProblemCount__c: counts.problems,
        Problems__c: listText(calculation.problems, LONG_TEXT),
        Totals__c: listText(calculation.totals, LONG_TEXT),
        CheckStatus__c: calculation.check.status,
        DifferenceCount__c: calculation.check.differenceCount,
        EngineVersion__c: ENGINE_VERSION
    };
}
