import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseDay } from '../../../src/domain/calendar.ts';
import { orgTimeZone } from '../../../src/domain/org-time-zone.ts';
import { FactsReader } from '../../../src/domain/pipeline/facts.ts';
import type {
    ActivityRow,
    ContactRoleRow,
    HistoryRow,
    OpportunityRow
} from '../../../src/domain/pipeline/feature-rows.ts';
import { PipelineFeatures, type FeatureOptions } from '../../../src/domain/pipeline/features.ts';
import { IdIndex, IdText, withChecksum } from '../../../src/domain/pipeline/id-index.ts';
import { learnFromFeatures, stageSamplesOf } from '../../../src/domain/pipeline/learn-from-features.ts';
import { NONE, type DealFacts } from '../../../src/domain/pipeline/types.ts';

const asOf = parseDay('2026-11-18');
const id = (prefix: string, n: number): string => withChecksum(prefix + '8d0' + String(n).padStart(9, '0'));
const DEAL = id('006', 1);
const OWNER = id('005', 1);
const CLIENT = id('003', 1);
const at = (day: string, time = '10:00'): number => Date.parse(`${day}T${time}:00Z`);

const STAGES = ['Qualification', 'Proposal', 'Negotiation', 'Contract'].map((name, i) => ({
    name,
    sortOrder: i + 1,
    isClosed: false,
    isWon: false
}));
const options: FeatureOptions = {
    asOf,
    timeZone: orgTimeZone('Europe/London'),
    fiscalQuarters: [{ startOn: parseDay('2026-08-01'), endOn: parseDay('2026-10-30') }],
    stages: [...STAGES.toReversed(), { name: 'Closed Won', sortOrder: 9, isClosed: true, isWon: true }],
    activityCoverage: 'Full',
    hasNextStepField: true
};

const opportunity: OpportunityRow = {
    id: DEAL,
    ownerId: OWNER,
    type: 'Custody',
    stageName: 'Negotiation',
    isClosed: false,
    isWon: false,
    amountMinor: 150_000,
    closeDate: parseDay('2026-12-31'),
    createdAtMs: at('2026-08-03'),
    hasNextStep: false,
    isPersonAccount: false
};
let rowNumber = 0;
const history = (
    day: string,
    stageName: string,
    closeDate: string,
    amountMinor: number | null
): HistoryRow => ({
    id: id('008', ++rowNumber),
    opportunityId: DEAL,
    stageName,
    amountMinor,
    closeDate: parseDay(closeDate),
    createdAtMs: at(day)
});
const activity = (day: string, changes: Partial<ActivityRow> = {}): ActivityRow => ({
    object: 'Task',
    id: id('00T', ++rowNumber),
    whatId: DEAL,
    whoId: CLIENT,
    activityDate: parseDay(day),
    completedAtMs: null,
    createdAtMs: at(day),
    subtype: 'Task',
    type: '',
    status: 'Completed',
    direction: '',
    outcome: '',
    isClosed: true,
    subject: '',
    ...changes
});
const call = (day: string, changes: Partial<ActivityRow> = {}): ActivityRow =>
    activity(day, { subtype: 'Call', ...changes });
const mailSent = (day: string, changes: Partial<ActivityRow> = {}): ActivityRow =>
    activity(day, { subtype: 'Email', ...changes });
const openTask = (day: string, changes: Partial<ActivityRow> = {}): ActivityRow =>
    activity(day, { status: 'Not Started', isClosed: false, ...changes });
const meeting = (day: string): ActivityRow =>
    activity(day, { object: 'Event', id: id('00U', ++rowNumber), type: 'Meeting' });

type Row =
    | { kind: 'opportunity'; row: OpportunityRow }
    | { kind: 'history'; row: HistoryRow }
    | { kind: 'activity'; row: ActivityRow }
    | { kind: 'role'; row: ContactRoleRow };

function gather(rows: Row[], changes: Partial<FeatureOptions> = {}): PipelineFeatures {
    const features = new PipelineFeatures({ ...options, ...changes });
    for (const one of rows) {
        if (one.kind === 'opportunity') features.addOpportunity(one.row);
        else if (one.kind === 'history') features.addHistory(one.row);
        else if (one.kind === 'activity') features.addActivity(one.row);
        else features.addContactRole(one.row);
    }
    return features;
}

interface DealRows {
    deal?: Partial<OpportunityRow>;
    history?: HistoryRow[];
    activities?: ActivityRow[];
    roles?: [contact: number, role: string][];
}

function rowsOf({ deal, history = [], activities = [], roles = [] }: DealRows): Row[] {
    return [
        { kind: 'opportunity', row: { ...opportunity, ...deal } },
        ...history.map((row) => ({ kind: 'history', row }) as const),
        ...activities.map((row) => ({ kind: 'activity', row }) as const),
        ...roles.map(([contact, role]) => ({
            kind: 'role' as const,
            row: { opportunityId: deal?.id ?? DEAL, contactId: id('003', contact), role }
        }))
    ];
}

/** Facts as plain data, with the evidence read. */
function plainFacts(features: PipelineFeatures, opportunityId = DEAL): DealFacts {
    const facts = new FactsReader(features).factsOf(features.indexOf(opportunityId));
    const { activity, outbound, push, stage, contact } = facts.evidence;
    return { ...facts, evidence: { activity, outbound, push, stage, contact } };
}

const factsOf = (rows: DealRows, changes: Partial<FeatureOptions> = {}): DealFacts =>
    plainFacts(gather(rowsOf(rows), changes));

describe('what history tells', () => {
    test('the day the present stage was entered, also when other fields changed later', () => {
        const facts = factsOf({
            history: [
                history('2026-08-03', 'Qualification', '2026-10-31', 100_000),
                history('2026-09-01', 'Negotiation', '2026-10-31', 100_000),
                history('2026-10-01', 'Negotiation', '2026-12-31', 100_000)
            ]
        });
        expect(facts.stageEnteredOn).toBe(parseDay('2026-09-01'));
        expect(facts.evidence.stage.map(({ label }) => label)).toEqual([
            'Stage Negotiation since 2026-09-01, before that Qualification',
            'Stage Qualification since 2026-08-03'
        ]);
    });

    test('nothing: then the deal stands in its stage since it was created', () => {
        expect(factsOf({}).stageEnteredOn).toBe(parseDay('2026-08-03'));
    });

    test('pushes of the close date, not its moves to an earlier day', () => {
        const facts = factsOf({
            history: [
                history('2026-08-03', 'Proposal', '2026-09-30', null),
                history('2026-09-28', 'Proposal', '2026-10-30', null),
                history('2026-10-01', 'Proposal', '2026-10-15', null),
                history('2026-10-15', 'Proposal', '2026-12-31', null)
            ]
        });
        expect([facts.closePushCount, facts.closePushDays]).toEqual([2, 30 + 77]);
        expect(facts.evidence.push.map(({ object, label }) => `${object}: ${label}`)).toEqual([
            'OpportunityHistory: Close date moved 2026-10-15 to 2026-12-31 on 2026-10-15, out of its fiscal quarter',
            'OpportunityHistory: Close date moved 2026-09-30 to 2026-10-30 on 2026-09-28'
        ]);
    });

    test('moves back among open stages, but not to or from stages that no longer exist or are closed', () => {
        const moves = [
            'Proposal',
            'Contract',
            'Proposal',
            'Old stage',
            'Qualification',
            'Closed Won',
            'Negotiation'
        ];
        const facts = factsOf({
            history: moves.map((stage, i) => history(`2026-09-0${i + 1}`, stage, '2026-12-31', null))
        });
        expect([facts.backwardMoveCount, facts.lastBackwardMoveOn]).toEqual([1, parseDay('2026-09-03')]);
    });

    test('the largest change of the amount since the middle stage was passed', () => {
        const late = (amounts: (number | null)[], now = 150_000): number =>
            factsOf({
                deal: { amountMinor: now },
                history: [
                    history('2026-08-03', 'Qualification', '2026-12-31', 999_000),
                    ...amounts.map((amount, i) =>
                        history(`2026-09-0${i + 1}`, 'Negotiation', '2026-12-31', amount)
                    )
                ]
            }).lateAmountChange;
        expect(late([100_000, 40_000, 120_000])).toBeCloseTo(0.6);
        expect(late([100_000])).toBeCloseTo(0.5);
        expect(late([null, 100_000])).toBeCloseTo(0.5);
        expect(late([0, 100_000])).toBe(0);
        expect(late([899_999_999_999_999], -899_999_999_999_999)).toBeCloseTo(2);
    });
});

describe('what activities tell', () => {
    test('the last two-way contact and what went out unanswered since', () => {
        const facts = factsOf({
            activities: [
                mailSent('2026-10-01'),
                call('2026-10-05'),
                mailSent('2026-10-05'),
                mailSent('2026-10-12'),
                activity('2026-11-02'),
                mailSent('2026-10-20')
            ]
        });
        expect(facts).toMatchObject({
            lastTwoWayOn: parseDay('2026-10-05'),
            outboundSinceTwoWay: 2,
            firstOutboundSinceTwoWayOn: parseDay('2026-10-12'),
            lastActivityOn: parseDay('2026-11-02')
        });
        expect(facts.evidence.outbound[0]).toMatchObject({
            object: 'Task',
            label: 'Sent or tried on 2026-10-20'
        });
        expect(facts.evidence.activity.map(({ label }) => label)).toHaveLength(5);
    });

    test('done tasks count on the day they were done in the org, not on their due date', () => {
        const facts = factsOf({
            activities: [call('2026-10-30', { completedAtMs: at('2026-10-06', '23:30') })]
        });
        // 23:30 UTC is half past midnight in London's summer time.
        expect(facts.lastTwoWayOn).toBe(parseDay('2026-10-07'));
    });

    test('a meeting ahead is the next step, and no contact until its day', () => {
        const facts = factsOf({
            activities: [meeting('2026-11-25'), meeting('2026-11-18'), openTask('2026-11-30')]
        });
        expect(facts).toMatchObject({
            lastTwoWayOn: asOf,
            nextStepDueOn: parseDay('2026-11-25'),
            changesOn: parseDay('2026-11-25')
        });
    });

    test('the earliest open task is the next step, and one without a date is a step written down', () => {
        expect(factsOf({ activities: [openTask('2026-12-01'), openTask('2026-11-20')] }).nextStepDueOn).toBe(
            parseDay('2026-11-20')
        );
        expect(factsOf({ activities: [openTask('', { createdAtMs: 0 })] })).toMatchObject({
            hasNextStep: true,
            nextStepDueOn: NONE
        });
        expect(factsOf({})).toMatchObject({ hasNextStep: false, nextStepDueOn: NONE });
        expect(factsOf({}, { hasNextStepField: false }).hasNextStep).toBeNull();
    });

    test('absurd dates neither break nor hide anything', () => {
        const facts = factsOf({
            deal: { closeDate: parseDay('9999-12-31') },
            activities: [call('0001-01-01'), call('9999-12-31'), meeting('2026-11-10')]
        });
        expect(facts).toMatchObject({
            lastTwoWayOn: parseDay('2026-11-10'),
            changesOn: parseDay('9999-12-31')
        });
        expect(factsOf({ activities: [call('0001-01-01')] }).lastTwoWayOn).toBe(parseDay('0001-01-01'));
    });

    test('activities of accounts and of nothing belong to no deal', () => {
        const features = gather(
            rowsOf({
                activities: [
                    call('2026-10-01', { whatId: id('001', 1) }),
                    call('2026-10-01', { whatId: null })
                ]
            })
        );
        expect([features.dealCount, plainFacts(features).lastTwoWayOn]).toEqual([1, NONE]);
    });

    test('ten thousand tasks on one deal are read', () => {
        const activities = Array.from({ length: 10_000 }, (_, i) =>
            (i % 100 === 0 ? call : mailSent)('2026-06-01', { activityDate: asOf - ((i * 7919) % 10_000) })
        );
        const facts = factsOf({ activities });
        expect(facts.lastTwoWayOn).toBe(asOf);
        expect(factsOf({ activities: activities.filter((_, i) => i % 100 !== 0) })).toMatchObject({
            outboundSinceTwoWay: 9_900,
            lastTwoWayOn: NONE
        });
    });

    test('an owner with five deals and no activity is not told to have gone quiet', () => {
        const deals = Array.from({ length: 5 }, (_, i) => id('006', 10 + i));
        const rows = deals.flatMap((dealId) => rowsOf({ deal: { id: dealId } }));
        const other = rowsOf({ deal: { ownerId: id('005', 2) }, activities: [call('2026-10-01')] });
        expect(plainFacts(gather([...rows, ...other]), deals[0]).activityCoverage).toBe('None');
        expect(plainFacts(gather([...rows.slice(1), ...other]), deals[1]).activityCoverage).toBe('Full');
        expect(plainFacts(gather(rows.slice(0, 1)), deals[0]).activityCoverage).toBe('None');
        expect(plainFacts(gather(other, { activityCoverage: 'Partial' })).activityCoverage).toBe('Partial');
    });
});

describe('who is on the deal', () => {
    test('each contact counts once, decision makers apart, with the last time they were touched', () => {
        const facts = factsOf({
            activities: [
                call('2026-10-01'),
                mailSent('2026-10-08'),
                activity('2026-11-01'),
                mailSent('2026-11-02', { whoId: id('003', 2) })
            ],
            roles: [
                [1, 'Evaluator'],
                [1, 'Economic Buyer'],
                [2, 'Influencer'],
                [3, '']
            ]
        });
        expect(facts).toMatchObject({
            contactRoleCount: 3,
            decisionMakerCount: 1,
            decisionMakerLastTouchOn: parseDay('2026-10-08')
        });
        expect(facts.evidence.contact).toEqual([
            { id: id('003', 2), object: 'Contact', label: 'Influencer, last contact 2026-11-02' },
            { id: CLIENT, object: 'Contact', label: 'Economic Buyer, last contact 2026-10-08' },
            { id: id('003', 3), object: 'Contact', label: 'Contact, no contact recorded' }
        ]);
    });

    test('the team of a deal is the manager of its owner', () => {
        const features = gather(rowsOf({}));
        features.setTeam(OWNER, id('005', 9));
        expect(plainFacts(features).teamKey).toBe(id('005', 9));
    });
});

describe('what won deals teach', () => {
    const won = rowsOf({
        deal: {
            stageName: 'Closed Won',
            isClosed: true,
            isWon: true,
            closeDate: parseDay('2026-08-31'),
            amountMinor: 7_00
        },
        history: [
            history('2026-08-03', 'Qualification', '2026-09-30', null),
            history('2026-08-10', 'Proposal', '2026-09-30', null),
            history('2026-08-12', 'Qualification', '2026-09-30', null),
            history('2026-08-17', 'Proposal', '2026-09-30', null),
            history('2026-08-31', 'Closed Won', '2026-08-31', null)
        ],
        activities: [call('2026-08-06'), call('2026-08-27')]
    });

    test('the business days in each stage, added up over returns, and the longest silence that ended there', () => {
        expect(stageSamplesOf(gather(won), 0)).toEqual([
            { stageName: 'Qualification', businessDays: 8, longestSilence: 3 },
            { stageName: 'Proposal', businessDays: 12, longestSilence: 15 }
        ]);
    });

    test('no silence where no contact is recorded, and nothing where history is silent', () => {
        const quiet = won.filter(({ kind }) => kind !== 'activity');
        expect(stageSamplesOf(gather(quiet), 0).map(({ longestSilence }) => longestSilence)).toEqual([
            null,
            null
        ]);
        expect(stageSamplesOf(gather(won.slice(0, 1)), 0)).toEqual([]);
    });
});

test('a deal known from history alone has no facts', () => {
    const features = gather(
        rowsOf({ history: [history('2026-08-03', 'Proposal', '2026-12-31', null)] }).slice(1)
    );
    expect(features.indexOf(DEAL)).toBe(-1);
    expect(() => new FactsReader(features).factsOf(0)).toThrow('DEAL_UNKNOWN');
    expect(() => features.indexOf("006'; DROP")).toThrow('ID_INVALID');
});

test.each([
    ['without knowing how many there are', 0],
    ['with room for fewer than there are', 700],
    ['with room for more than there are', 5000]
])('ids of one org keep their rows apart, by case too, %s', (_, room) => {
    const letters = [...'09AZaz'];
    const index = new IdIndex();
    if (room > 0) index.reserve(room);
    const text = new IdText();
    const ids = letters.flatMap((a) =>
        letters.flatMap((b) => letters.flatMap((c) => letters.map((d) => `006${a}0${b}0000${c}000${d}`)))
    );
    const rows = ids.map((one) => index.rowOf(text.set(one, 'Id'), 0));
    expect(new Set(rows).size).toBe(ids.length);
    expect(ids.map((one) => index.rowOf(text.set(one, 'Id'), 0))).toEqual(rows);
    expect(rows.map((row) => index.idAt(row).slice(0, 15))).toEqual(ids);
});

// Any rows in any order.

const day = fc.integer({ min: asOf - 60, max: asOf + 20 });
const stageName = fc.constantFrom('Qualification', 'Proposal', 'Negotiation', 'Contract', 'Old stage');
const anyRows: fc.Arbitrary<Row[]> = fc
    .tuple(
        fc.array(
            fc.record({
                stageName,
                state: fc.constantFrom('open', 'won', 'lost'),
                owner: fc.nat(1),
                hasNextStep: fc.boolean()
            }),
            { minLength: 1, maxLength: 4 }
        ),
        fc.array(
            fc.record({
                deal: fc.nat(3),
                stageName,
                day,
                hour: fc.nat(1),
                close: day,
                amount: fc.option(fc.nat(5))
            }),
            { maxLength: 15 }
        ),
        fc.array(
            fc.record({
                deal: fc.nat(3),
                day,
                what: fc.constantFrom('call', 'mail', 'open', 'work', 'meeting'),
                who: fc.nat(2)
            }),
            { maxLength: 20 }
        ),
        fc.array(
            fc.record({
                deal: fc.nat(3),
                contact: fc.nat(2),
                role: fc.constantFrom('Decision Maker', 'Evaluator')
            }),
            { maxLength: 6 }
        )
    )
    .map(([deals, histories, activities, roles]): Row[] => [
        ...deals.map(({ stageName, state, owner, hasNextStep }, i) => ({
            kind: 'opportunity' as const,
            row: {
                ...opportunity,
                id: id('006', i),
                ownerId: id('005', owner),
                stageName,
                isClosed: state !== 'open',
                isWon: state === 'won',
                hasNextStep
            }
        })),
        ...histories.map(({ deal, stageName, day, hour, close, amount }, i) => ({
            kind: 'history' as const,
            row: {
                id: id('008', i),
                opportunityId: id('006', deal),
                stageName,
                closeDate: close,
                amountMinor: amount,
                createdAtMs: (day * 24 + hour) * 3_600_000
            }
        })),
        ...activities.map(({ deal, day, what, who }, i) => {
            const make = { call, mail: mailSent, open: openTask, work: activity, meeting }[what];
            const row = make('2026-11-01') as ActivityRow;
            return {
                kind: 'activity' as const,
                row: {
                    ...row,
                    id: id(what === 'meeting' ? '00U' : '00T', i),
                    whatId: id('006', deal),
                    whoId: id('003', who),
                    activityDate: what === 'open' && i % 3 === 0 ? NONE : day
                }
            };
        }),
        ...roles.map(({ deal, contact, role }) => ({
            kind: 'role' as const,
            row: { opportunityId: id('006', deal), contactId: id('003', contact), role }
        }))
    ]);

const shuffled = anyRows.chain((rows) =>
    fc.tuple(
        fc.constant(rows),
        fc.shuffledSubarray(rows, { minLength: rows.length, maxLength: rows.length }),
        fc.nat(rows.length - 1)
    )
);

function everythingOf(rows: Row[]): unknown {
    const features = gather(rows);
    const ids = rows.flatMap((one) => (one.kind === 'opportunity' ? [one.row.id] : []));
    return { facts: ids.map((dealId) => plainFacts(features, dealId)), learned: learnFromFeatures(features) };
}

test('facts and learning are the same whatever the order of rows', () => {
    fc.assert(
        fc.property(shuffled, ([rows, inOtherOrder]) => {
            const ids = (all: Row[]): string[] =>
                all.flatMap((one) => (one.kind === 'opportunity' ? [one.row.id] : [])).sort();
            const sortedDeals = (all: Row[]): Row[] =>
                all.toSorted((a, b) =>
                    a.kind === 'opportunity' && b.kind === 'opportunity' ? (a.row.id < b.row.id ? -1 : 1) : 0
                );
            expect(ids(inOtherOrder)).toEqual(ids(rows));
            const one = gather(rows);
            const other = gather(inOtherOrder);
            for (const dealId of ids(sortedDeals(rows)))
                expect(plainFacts(other, dealId)).toEqual(plainFacts(one, dealId));
            expect(learnFromFeatures(other)).toEqual(learnFromFeatures(one));
        })
    );
});

test('a row that is delivered twice counts once', () => {
    fc.assert(
        fc.property(shuffled, ([rows, , twice]) => {
            expect(
                everythingOf(
                    [...rows, ...rows.slice(twice, twice + 1)].filter(
                        (_, i) => i < rows.length || rows[twice]!.kind !== 'opportunity'
                    )
                )
            ).toEqual(everythingOf(rows));
        })
    );
});

/** The same facts told plainly from sorted lists. */
function told(rows: Row[], dealId: string): Partial<DealFacts> {
    const deal = rows.find((one) => one.kind === 'opportunity' && one.row.id === dealId)!
        .row as OpportunityRow;
    if (deal.isClosed)
        return {
            closePushCount: 0,
            backwardMoveCount: 0,
            lastTwoWayOn: NONE,
            outboundSinceTwoWay: 0,
            contactRoleCount: 0
        };
    const changes = rows
        .flatMap((one) => (one.kind === 'history' && one.row.opportunityId === dealId ? [one.row] : []))
        .sort((a, b) => a.createdAtMs - b.createdAtMs || (a.id < b.id ? -1 : 1));
    const touches = rows.flatMap((one) =>
        one.kind === 'activity' &&
        one.row.whatId === dealId &&
        one.row.activityDate <= asOf &&
        one.row.isClosed
            ? [one.row]
            : []
    );
    const rank = (name: string): number => STAGES.findIndex((stage) => stage.name === name);
    const twoWay = Math.max(
        NONE,
        ...touches
            .filter((row) => row.subtype === 'Call' || row.object === 'Event')
            .map((row) => row.activityDate)
    );
    return {
        closePushCount: changes.filter((row, i) => i > 0 && row.closeDate > changes[i - 1]!.closeDate).length,
        backwardMoveCount: changes.filter(
            (row, i) =>
                i > 0 && rank(row.stageName) >= 0 && rank(row.stageName) < rank(changes[i - 1]!.stageName)
        ).length,
        lastTwoWayOn: twoWay,
        outboundSinceTwoWay: touches.filter((row) => row.subtype === 'Email' && row.activityDate > twoWay)
            .length,
        contactRoleCount: new Set(
            rows.flatMap((one) =>
                one.kind === 'role' && one.row.opportunityId === dealId ? [one.row.contactId] : []
            )
        ).size
    };
}

test('facts equal those told plainly from the sorted rows', () => {
    fc.assert(
        fc.property(anyRows, (rows) => {
            const features = gather(rows);
            for (const one of rows)
                if (one.kind === 'opportunity')
                    expect(plainFacts(features, one.row.id)).toMatchObject(told(rows, one.row.id));
        })
    );
});
