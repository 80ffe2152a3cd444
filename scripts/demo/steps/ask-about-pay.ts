// One question about pay, asked by who was paid: so that the console of the demo has a dispute to answer.
import type { Connection } from 'jsforce';
import type { LocalOrg } from '../../local-org/local-org.ts';
import { startStep } from '../progress.ts';

interface Line {
    id: string;
    statementId: string;
    amount: number;
}

/** About the biggest line of the newest published statement; nothing when that was asked already, or there is none. */
export async function askAboutPay(
    org: LocalOrg,
    username: string,
    connectionOf: (username: string) => Connection
): Promise<void> {
    const payeeId = org.users.byUsername(username)?.userId;
    const asked = org.db.prepare('SELECT 1 FROM "Dispute__c" LIMIT 1').get();
    const line = org.db
        .prepare(
            `SELECT line."Id" AS id, line."Statement__c" AS statementId, line."Amount__c" AS amount
             FROM "StatementLine__c" line
             JOIN "Statement__c" statement ON statement."Id" = line."Statement__c"
             JOIN "CompensationPeriod__c" period ON period."Id" = statement."Period__c"
             WHERE statement."Payee__c" = ? AND statement."Status__c" = 'Published' AND line."Kind__c" = 'Earning'
             ORDER BY period."StartDate__c" DESC, line."Amount__c" DESC LIMIT 1`
        )
        .get(payeeId ?? '') as Line | undefined;
    if (asked || !line) return;
    const step = startStep('Asking about a line of pay');
    await connectionOf(username)
        .sobject('Dispute__c')
        .create({
            Statement__c: line.statementId,
            StatementLine__c: line.id,
            Reason__c: 'WrongRate',
            ExpectedAmount__c: Math.round(line.amount * 110) / 100,
            Justification__c: 'I was above quota when this closed, so I expected the higher rate.'
        } as never);
    step.done('one dispute waits for an answer');
}
