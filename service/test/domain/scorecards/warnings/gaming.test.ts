import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { MS_PER_DAY } from '../../../../src/domain/calendar.ts';
import { atLeast } from '../../../../src/domain/scorecards/warnings/gaming/chance.ts';
import { gamingFindings } from '../../../../src/domain/scorecards/warnings/gaming/index.ts';
import type {
    GamingFinding,
    GamingInput,
    LoggedMail,
    SplitShare
} from '../../../../src/domain/scorecards/warnings/gaming/types.ts';
import { TODAY } from './world.ts';

const HOUR_MS = 3_600_000;
let nextId = 0;
const idOf = (): string => `id${String(nextId++).padStart(6, '0')}`;

const mail = (person: string, daysAgo: number, more: Partial<LoggedMail> = {}): LoggedMail => ({
    id: idOf(),
    person,
    atMs: (TODAY - daysAgo) * MS_PER_DAY + 9 * HOUR_MS,
    client: `client-${daysAgo}`,
    isReceived: false,
    recipients: ['someone@client.example'],
    ...more
});

const find = (more: Partial<GamingInput>): GamingFinding[] =>
    gamingFindings({
        asOf: TODAY,
        ownAddresses: new Map([['ann', ['Ann@firm.example', 'ann@home.example']]]),
        ownDomains: ['firm.example'],
        mails: [],
        moves: [],
        contacts: [],
        splits: [],
        ...more
    }).findings;

/** What everybody else does: mails to clients, of which every third is answered. */
const others = Array.from({ length: 60 }, (_, at) => [
    mail(`p${at % 6}`, 2 + (at % 50), { client: `c${at}` }),
    ...(at % 3 === 0 ? [mail(`p${at % 6}`, 1 + (at % 50), { client: `c${at}`, isReceived: true })] : [])
]).flat();

describe('mails to oneself', () => {
    const empty = Array.from({ length: 12 }, (_, at) =>
        mail('ann', 2 + at, { recipients: at % 2 ? ['ANN@home.example'] : ['desk@firm.example'] })
    );

    test('are told with their records, however addresses are written', () => {
        const [found, ...more] = find({ mails: [...others, ...empty] });
        expect(more).toEqual([]);
        expect(found).toMatchObject({ kind: 'SelfCopies', person: 'ann', count: 12, since: TODAY - 13 });
        expect(found!.evidence[0]).toBe(empty[0]!.id);
        expect(found!.words).toBe(
            "12 of 12 mails logged on clients' records in 28 days went to nobody outside the firm."
        );
    });

    test('are not told of a few, of those with a client among the recipients, nor of mail logged on no client', () => {
        expect(find({ mails: [...others, ...empty.slice(0, 7)] })).toEqual([]);
        const copied = empty.map((one) => ({ ...one, recipients: [...one.recipients, 'x@client.example'] }));
        expect(find({ mails: [...others, ...copied] })).toEqual([]);
        expect(find({ mails: [...others, ...empty.map((one) => ({ ...one, client: '' }))] })).toEqual([]);
    });

    test('cannot be looked for where no recipients are kept, and that is said', () => {
        const mails = empty.map((one) => ({ ...one, recipients: [] }));
        const { findings, problems } = gamingFindings({
            asOf: TODAY,
            ownAddresses: new Map(),
            ownDomains: [],
            mails,
            moves: [],
            contacts: [],
            splits: []
        });
        expect(findings).toEqual([]);
        expect(problems.map(({ code }) => code)).toEqual(['MAIL_RECIPIENTS_MISSING']);
    });
});

describe('bursts of mail', () => {
    const burst = (daysAgo: number, answered: number): LoggedMail[] =>
        Array.from({ length: 14 }, (_, at) => {
            const client = `b${daysAgo}-${at}`;
            const sent = mail('ann', daysAgo, { client });
            sent.atMs += at * 120_000;
            const answer = mail('ann', daysAgo - 3, { client, isReceived: true });
            return at < answered ? [sent, answer] : [sent];
        }).flat();

    test('nobody answers are told, those clients answer are not', () => {
        const silent = [burst(20, 0), burst(27, 0), burst(34, 0), burst(41, 0)].flat();
        const [found] = find({ mails: [...others, ...silent] });
        expect(found).toMatchObject({ kind: 'UnansweredBursts', person: 'ann', count: 56 });
        expect(found!.words).toBe(
            '4 bursts of mail within an hour each, 56 mails, 0 answered within 14 days.'
        );
        const answered = [burst(20, 6), burst(27, 5), burst(34, 6), burst(41, 5)].flat();
        expect(find({ mails: [...others, ...answered] })).toEqual([]);
    });

    test('that may still be answered, or are one alone, are not told', () => {
        expect(find({ mails: [...others, ...burst(3, 0), ...burst(10, 0)] })).toEqual([]);
        expect(find({ mails: [...others, ...burst(20, 0)] })).toEqual([]);
    });
});

describe('close dates', () => {
    const resets = (dealCount: number, days: number[], person = 'ann'): GamingInput['moves'] =>
        days.flatMap((daysAgo) =>
            Array.from({ length: dealCount }, (_, at) => ({
                id: idOf(),
                dealId: `deal${at}`,
                person,
                on: TODAY - daysAgo,
                before: TODAY - daysAgo,
                after: TODAY - daysAgo + 30
            }))
        );

    test('moved on in bulk on the day they fall due, without a word to the clients, are told', () => {
        const [found] = find({ moves: resets(6, [40, 10]) });
        expect(found).toMatchObject({ kind: 'DateResets', count: 12, since: TODAY - 40 });
        expect(found!.words).toContain('Close dates of 6 deals moved on in bulk on 2 days');
    });

    test('moved after a talk with the client, few at a time, once only or long before they fall due, are not', () => {
        const contacts = Array.from({ length: 6 }, (_, at) => [
            { dealId: `deal${at}`, on: TODAY - 42 },
            { dealId: `deal${at}`, on: TODAY - 8 }
        ]).flat();
        expect(find({ moves: resets(6, [40, 10]), contacts })).toEqual([]);
        expect(find({ moves: resets(4, [40, 10]) })).toEqual([]);
        expect(find({ moves: resets(6, [40]) })).toEqual([]);
        expect(
            find({
                moves: resets(6, [40, 10]).map((move) => ({
                    ...move,
                    before: move.on + 20,
                    after: move.on + 50
                }))
            })
        ).toEqual([]);
        expect(find({ moves: resets(6, [400, 370]) })).toEqual([]);
    });
});

describe('token shares', () => {
    const share = (owner: string, person: string, daysAgo: number, percent = 1): SplitShare => ({
        id: idOf(),
        dealId: `${owner}-${daysAgo}`,
        ownerId: owner,
        person,
        percent,
        on: TODAY - daysAgo
    });
    const ring = (people: string[], percent = 1): SplitShare[] =>
        people.flatMap((owner, at) =>
            [10, 40, 70, 100].map((daysAgo) =>
                share(owner, people[(at + 1) % people.length]!, daysAgo, percent)
            )
        );

    test('that go round among three are told of each, with who takes part', () => {
        const found = find({ splits: ring(['ann', 'bob', 'cas']) });
        expect(found.map(({ person }) => person)).toEqual(['ann', 'bob', 'cas']);
        expect(found[0]).toMatchObject({ kind: 'SplitGames', count: 8, with: ['bob', 'cas'] });
    });

    test('between two, of real size, or that never come back, are not told', () => {
        expect(find({ splits: ring(['ann', 'bob']) })).toEqual([]);
        expect(find({ splits: ring(['ann', 'bob', 'cas'], 30) })).toEqual([]);
        const given = [10, 30, 50, 70, 90, 110].map((daysAgo) => share('ann', 'assistant', daysAgo));
        expect(find({ splits: given })).toEqual([]);
    });

    test('are found in whatever order they come', () => {
        const splits = [
            ...ring(['ann', 'bob', 'cas', 'dan']),
            share('ann', 'eve', 5),
            share('eve', 'fay', 6)
        ];
        const expected = find({ splits });
        fc.assert(
            fc.property(fc.shuffledSubarray(splits, { minLength: splits.length }), (turned) => {
                expect(find({ splits: turned })).toEqual(expected);
            }),
            { numRuns: 30 }
        );
        expect(expected).toHaveLength(4);
    });
});

test('nothing that makes a score, a shortlist or a focus list knows of manufactured numbers', () => {
    const folder = fileURLToPath(new URL('../../../../src/domain/scorecards', import.meta.url));
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
        (file) => file.endsWith('.ts') && !file.startsWith('warnings/gaming/')
    );
    expect(files.length).toBeGreaterThan(30);
    const knowing = files.filter((file) =>
        /from '[^']*gaming/.test(readFileSync(`${folder}/${file}`, 'utf8'))
    );
    expect(knowing).toEqual([]);
});

test('the chance of so many by ordinary work is that of the binomial', () => {
    expect(atLeast(8, 10, 0.5)).toBeCloseTo(56 / 1024, 10);
    expect(atLeast(0, 10, 0.5)).toBe(1);
    expect(atLeast(3, 10, 0)).toBe(0);
    expect(atLeast(3, 10, 1)).toBe(1);
});
