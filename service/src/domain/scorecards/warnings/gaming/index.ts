// The search for manufactured numbers: every pattern, one list. For compliance and admins; what is done about it, people decide.
import type { Problem } from '../../../problem.ts';
import { dateResets } from './date-resets.ts';
import { selfCopies } from './self-copies.ts';
import { splitGames } from './split-games.ts';
import { unansweredBursts } from './unanswered-bursts.ts';
import type { GamingInput, GamingResult } from './types.ts';

export function gamingFindings(input: GamingInput): GamingResult {
    const findings = [selfCopies, unansweredBursts, dateResets, splitGames].flatMap((detect) =>
        detect(input)
    );
    return {
        findings: findings.sort((a, b) => (a.person + a.kind < b.person + b.kind ? -1 : 1)),
        problems: recipientsMissing(input)
    };
}

/** Mails of an org that keeps no recipients cannot be looked at for copies to oneself; that is told, not passed over. */
function recipientsMissing({ mails }: GamingInput): Problem[] {
    const sent = mails.filter(({ isReceived }) => !isReceived);
    if (sent.length === 0 || sent.some(({ recipients }) => recipients.length > 0)) return [];
    return [
        {
            code: 'MAIL_RECIPIENTS_MISSING',
            where: 'logged mails',
            value: String(sent.length),
            fix: 'Give the service read access to the contacts and leads mails are logged with, and their addresses; until then copies to oneself are not looked for.'
        }
    ];
}
