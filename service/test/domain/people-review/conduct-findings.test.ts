import { describe, expect, test } from '@jest/globals';
import { conductFindings } from '../../../src/domain/people-review/conduct-findings.ts';
import { firmDomains } from '../../../src/domain/people-review/firm-domains.ts';
import { reviewPeople } from '../../../src/domain/people-review/review-people.ts';
import type { CloseDateMove, GamingInput } from '../../../src/domain/scorecards/warnings/gaming/types.ts';
import { ANNA, BEN, reviewed, TODAY } from './world.ts';

/** Seven deals moved on by a month on the days they fell due. */
function resets(who: string, ...daysAgo: number[]): CloseDateMove[] {
    return daysAgo.flatMap((ago) =>
        Array.from({ length: 7 }, (_, index) => ({
            id: `move ${who} ${ago} ${index}`,
            dealId: `deal ${index}`,
            person: who,
            on: TODAY - ago,
            before: TODAY - ago,
            after: TODAY - ago + 30
        }))
    );
}

const INPUT: GamingInput = {
    asOf: TODAY,
    ownAddresses: new Map(),
    ownDomains: [],
    mails: [],
    moves: resets(ANNA, 65, 35, 5),
    contacts: [],
    splits: []
};
const PEOPLE = new Set([ANNA, BEN]);

describe('a sign of manufactured numbers', () => {
    test('names its records in words', () => {
        const { findings } = conductFindings(INPUT, PEOPLE, []);
        expect(findings).toMatchObject([
            {
                person: ANNA,
                metric: 'gaming-DateResets',
                since: TODAY - 65,
                raisedOn: TODAY,
                severity: 'Medium',
                count: 21
            }
        ]);
        expect(findings[0]!.evidence).toHaveLength(21);
        expect(findings[0]!.evidence[0]).toEqual({
            id: 'deal 0',
            object: 'Opportunity',
            label: 'Close date moved from 2026-11-16 to 2026-12-16 on 2026-11-16'
        });
    });

    test('stays the same one while it lasts, though the days looked at move on', () => {
        const [before] = conductFindings(
            { ...INPUT, asOf: TODAY - 10, moves: resets(ANNA, 150, 35) },
            PEOPLE,
            []
        ).findings;
        const again = conductFindings(INPUT, PEOPLE, [before!]);
        expect(again.findings).toMatchObject([
            { key: before!.key, since: TODAY - 150, raisedOn: TODAY - 10 }
        ]);
        expect(again.cleared).toEqual([]);
    });

    test('is over when it is found no more', () => {
        const { findings } = conductFindings(INPUT, PEOPLE, []);
        expect(conductFindings({ ...INPUT, moves: [] }, PEOPLE, findings)).toMatchObject({
            findings: [],
            cleared: [findings[0]!.key]
        });
    });

    test('is told of nobody without a scorecard', () => {
        expect(conductFindings(INPUT, new Set([BEN]), []).findings).toEqual([]);
    });

    test('is no warning, no concern of the manager and no part of a score', () => {
        const { asOf: _asOf, ...conduct } = INPUT;
        const plain = reviewPeople(reviewed());
        const review = reviewPeople(reviewed({ conduct }));
        expect(review.findings).toHaveLength(1);
        expect({ ...review, findings: [] }).toEqual(plain);
    });

    test('cannot be looked for where nobody knows whom mails went to, and that is told', () => {
        const mail = { id: 'm', person: ANNA, atMs: 0, client: 'c', isReceived: false, recipients: [] };
        const { problems } = conductFindings({ ...INPUT, mails: [mail] }, PEOPLE, []);
        expect(problems.map(({ code }) => code)).toEqual(['MAIL_RECIPIENTS_MISSING']);
    });
});

describe('domains of the firm', () => {
    test('are those its people write from, but for single ones and mailboxes for everybody', () => {
        const people = Array.from({ length: 19 }, (_, at) => `p${at}@Firm.example`);
        expect(firmDomains([...people, 'partner@other.example'])).toEqual(['firm.example']);
        expect(firmDomains(['a@gmail.com', 'b@gmail.com', 'c@firm.example', 'no address'])).toEqual([
            'firm.example'
        ]);
        expect(firmDomains([])).toEqual([]);
    });
});
