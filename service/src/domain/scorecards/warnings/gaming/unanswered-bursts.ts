// Many mails to many clients within an hour, to which hardly anybody answers: numbers made, not conversations. A burst is at least
// ten mails to ten clients within an hour. Told when a person has two bursts in eight weeks and the answers to them within two weeks
// are far fewer than to the other mails of the firm. A newsletter that people answer is none.
import { formatDay, MS_PER_DAY } from '../../../calendar.ts';
import { atLeast, MOST_EVIDENCE, RARE, rateOfOthers } from './chance.ts';
import type { GamingFinding, GamingInput, LoggedMail } from './types.ts';

const DAYS = 56;
const HOUR_MS = 3_600_000;
const LEAST_CLIENTS = 10;
const LEAST_BURSTS = 2;
const ANSWER_DAYS = 14;

export function unansweredBursts({ asOf, mails }: GamingInput): GamingFinding[] {
    const until = (asOf + 1) * MS_PER_DAY;
    const from = until - DAYS * MS_PER_DAY;
    // Younger mails may still be answered.
    const judged = until - ANSWER_DAYS * MS_PER_DAY;
    const received = answersByClient(mails);
    const sent = mails.filter(
        ({ isReceived, atMs, client }) => !isReceived && client !== '' && atMs >= from && atMs < judged
    );
    const isAnswered = ({ client, atMs }: LoggedMail): boolean =>
        (received.get(client) ?? []).some((at) => at > atMs && at <= atMs + ANSWER_DAYS * MS_PER_DAY);
    const all = { hits: sent.filter((mail) => !isAnswered(mail)).length, count: sent.length };
    return [...Map.groupBy(sent, ({ person }) => person)].flatMap(([person, own]) => {
        const bursts = burstsOf(own);
        if (bursts.length < LEAST_BURSTS) return [];
        const inBursts = bursts.flat();
        const silent = inBursts.filter((mail) => !isAnswered(mail));
        const seen = { hits: silent.length, count: inBursts.length };
        const luck = atLeast(seen.hits, seen.count, rateOfOthers(all, seen));
        if (luck > RARE) return [];
        const since = Math.floor(inBursts[0]!.atMs / MS_PER_DAY);
        return [
            {
                key: `${person}:gaming-UnansweredBursts:${formatDay(since)}`,
                kind: 'UnansweredBursts' as const,
                person,
                since,
                count: inBursts.length,
                luck,
                words:
                    `${bursts.length} bursts of mail within an hour each, ${inBursts.length} mails, ` +
                    `${inBursts.length - silent.length} answered within ${ANSWER_DAYS} days.`,
                evidence: silent
                    .map(({ id }) => id)
                    .reverse()
                    .slice(0, MOST_EVIDENCE),
                with: []
            }
        ];
    });
}

/** Stretches of at most an hour with mails to at least ten clients, none overlapping, in order of time. */
function burstsOf(mails: readonly LoggedMail[]): LoggedMail[][] {
    const sorted = [...mails].sort((a, b) => a.atMs - b.atMs || (a.id < b.id ? -1 : 1));
    const bursts: LoggedMail[][] = [];
    for (let start = 0; start < sorted.length;) {
        let end = start;
        while (end < sorted.length && sorted[end]!.atMs < sorted[start]!.atMs + HOUR_MS) end++;
        const within = sorted.slice(start, end);
        const isBurst = new Set(within.map(({ client }) => client)).size >= LEAST_CLIENTS;
        if (isBurst) bursts.push(within);
        start = isBurst ? end : start + 1;
    }
    return bursts;
}

function answersByClient(mails: readonly LoggedMail[]): Map<string, number[]> {
    const answers = mails.filter(({ isReceived, client }) => isReceived && client !== '');
    const byClient = Map.groupBy(answers, ({ client }) => client);
    return new Map([...byClient].map(([client, received]) => [client, received.map(({ atMs }) => atMs)]));
}
