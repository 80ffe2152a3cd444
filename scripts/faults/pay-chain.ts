// Whether the chain of calculations in an org holds: each follows the one before, and each hash is worked out again from the row
// and the statements of its period.
import { CHAIN_START, firstBroken, type ChainEntry, type Json } from '../../service/src/domain/hash-chain.ts';
import type { ConnectedOrg } from '../../service/test/support/local-org.ts';

interface CalculationRow {
    ExternalKey__c: string;
    Period__c: string;
    PeriodKey: string;
    Status__c: string;
    SequenceNumber__c: number;
    InputHash__c: string;
    Hash__c: string;
    PreviousHash__c: string | null;
    Problems__c: string | null;
    Totals__c: string | null;
    CheckStatus__c: string;
    DifferenceCount__c: number;
    EngineVersion__c: string;
    PayeeCount__c: number;
    TransactionCount__c: number;
    CreditCount__c: number;
    StatementCount__c: number;
    LineCount__c: number;
    ProblemCount__c: number;
}

/** In sentences; none when it holds. Calculations without one place in the order are named too. */
export function brokenChain(crm: ConnectedOrg): string[] {
    const rows = crm.org.db
        .prepare(
            `SELECT c.*, p."ExternalKey__c" AS "PeriodKey" FROM "CalculationRun__c" c
             JOIN "CompensationPeriod__c" p ON p."Id" = c."Period__c"
             WHERE c."IsDeleted" = 0 ORDER BY c."SequenceNumber__c"`
        )
        .all() as CalculationRow[];
    const places = rows.map((row) => row.SequenceNumber__c);
    const misplaced = places.some((place, index) => place !== index + 1);
    const broken = firstBroken(rows.map((row) => entryOf(crm, row)));
    return [
        ...(misplaced ? [`the calculations have the places ${places.join(', ')}`] : []),
        ...(broken ? [`the chain of calculations breaks at ${broken.index + 1}: ${broken.why}`] : [])
    ];
}

function entryOf(crm: ConnectedOrg, row: CalculationRow): ChainEntry {
    const statements = crm.org.db
        .prepare(
            `SELECT "ExternalKey__c", "Hash__c" FROM "Statement__c" WHERE "Period__c" = ? AND "IsDeleted" = 0
             ORDER BY "ExternalKey__c"`
        )
        .raw()
        .all(row.Period__c) as [string, string][];
    const content: Json = {
        runKey: row.ExternalKey__c,
        periodKey: row.PeriodKey,
        status: row.Status__c,
        sequence: row.SequenceNumber__c,
        inputHash: row.InputHash__c,
        counts: {
            payees: row.PayeeCount__c,
            transactions: row.TransactionCount__c,
            credits: row.CreditCount__c,
            statements: row.StatementCount__c,
            lines: row.LineCount__c,
            problems: row.ProblemCount__c
        },
        problems: JSON.parse(row.Problems__c ?? '[]') as Json,
        totals: JSON.parse(row.Totals__c ?? '[]') as Json,
        check: { status: row.CheckStatus__c, differenceCount: row.DifferenceCount__c },
        engineVersion: row.EngineVersion__c,
        statements
    };
    return { content, previous: row.PreviousHash__c ?? CHAIN_START, hash: row.Hash__c };
}
