// Records of the CRM as facts of the allow-list: calls, mails, meetings, deals added, moved, closed, open pipeline day by day, quotas
// and commits by month, checks of open deals. A fact names its record, so that every figure leads back to it.
import type { DayNumber } from '../pipeline/types.ts';
import type { Fact, Person } from '../scorecards/types.ts';
import { UNITS_PER_ONE } from '../scorecards/units.ts';
import { commitsOfMonths } from './commits-kept.ts';
import { monthShares } from './month-shares.ts';
import type { DealFact, PeopleFacts, AmountSpan } from './people-facts.ts';

/** A stage not touched for longer than this fails its check. */
const STAGE_TOUCHED_DAYS = 30;
const SOURCE = 'crm';
/** Amounts come in hundredths, facts are in ten-thousandths. */
const MONEY_UNITS = UNITS_PER_ONE / 100;

export function crmFacts({
    asOf,
    nowMs,
    people,
    deals,
    work,
    quotas,
    commits
}: Pick<PeopleFacts, 'asOf' | 'nowMs' | 'people' | 'deals' | 'work' | 'quotas' | 'commits'>): Fact[] {
    const fact = (
        signal: string,
        person: string,
        day: DayNumber,
        value: number,
        key: string,
        more: Partial<Pick<Fact, 'attributes' | 'subject'>> = {}
    ): Fact => ({
        signal,
        person,
        day,
        value,
        n: 1,
        source: SOURCE,
        sourceId: `${signal}:${key}`,
        extractedAt: nowMs,
        subject: null,
        attributes: {},
        ...more
    });
    // The CRM knows today's owner only: what is older than that person's first day was a predecessor's.
    const joined = new Map(people.map((person) => [person.id, person.joined]));
    return [
        ...work.map(({ id, ownerId, on, kind }) =>
            fact(kind, ownerId, on, UNITS_PER_ONE, id, { subject: id })
        ),
        ...deals.flatMap((deal) => dealFacts(deal, asOf, fact)),
        ...quotas
            .filter(isOwnQuota(people, deals))
            .flatMap((quota) =>
                monthShares(quota).map(({ day, amountMinor }) =>
                    fact('quota', quota.personId, day, amountMinor * MONEY_UNITS, `${quota.id}:${day}`)
                )
            ),
        ...commitsOfMonths(commits).map(({ id, personId, day, amountMinor }) =>
            fact('commit', personId, day, amountMinor * MONEY_UNITS, `${id}:${day}`, { subject: id })
        )
    ].filter(({ day, person }) => day <= asOf && day >= (joined.get(person) ?? day));
}

/** The quota of a manager who owns no deal is that of the team, which its people bring. */
function isOwnQuota(people: readonly Person[], deals: readonly DealFact[]): (quota: AmountSpan) => boolean {
    const owners = new Set(deals.map(({ ownerId }) => ownerId));
    const managers = new Set(
        people.filter(({ roles }) => roles.at(-1)?.role === 'manager').map(({ id }) => id)
    );
    return ({ personId }) => !managers.has(personId) || owners.has(personId);
}

type MakeFact = (
    signal: string,
    person: string,
    day: DayNumber,
    value: number,
    key: string,
    more?: Partial<Pick<Fact, 'attributes' | 'subject'>>
) => Fact;

function dealFacts(deal: DealFact, asOf: DayNumber, fact: MakeFact): Fact[] {
    const { id, ownerId, createdOn, closedOn, outcome, redSince } = deal;
    const amount = (deal.amountMinor ?? 0) * MONEY_UNITS;
    const about = { subject: id };
    const real = [redSince, closedOn].filter((day) => day !== null);
    const kind: Record<string, string> =
        deal.isNewClient === null ? {} : { kind: deal.isNewClient ? 'new-client' : 'existing-client' };
    return [
        fact('opportunity-added', ownerId, createdOn, amount, id, about),
        fact('open-pipeline', ownerId, createdOn, amount, `${id}:from`, about),
        fact('real-pipeline', ownerId, createdOn, amount, `${id}:from`, about),
        ...(real.length === 0
            ? []
            : [fact('real-pipeline', ownerId, Math.max(createdOn, Math.min(...real)), 0, `${id}:to`, about)]),
        ...deal.moves.map(({ on, outcome: how }, index) =>
            fact('stage-exit', ownerId, on, UNITS_PER_ONE, `${id}:${index}`, {
                ...about,
                attributes: { outcome: how }
            })
        ),
        ...(closedOn === null
            ? checksOf(deal, asOf, fact)
            : [
                  fact('open-pipeline', ownerId, closedOn, 0, `${id}:to`, about),
                  fact('opportunity-closed', ownerId, closedOn, amount, id, {
                      ...about,
                      attributes: { outcome: outcome === 'won' ? 'won' : 'lost', ...kind }
                  }),
                  ...(outcome === 'won'
                      ? [
                            fact(
                                'won-cycle-days',
                                ownerId,
                                closedOn,
                                (closedOn - createdOn) * UNITS_PER_ONE,
                                id,
                                about
                            )
                        ]
                      : [])
              ])
    ];
}

/** Of an open deal, on the day: what was so on earlier days is not kept by the CRM. */
function checksOf(deal: DealFact, asOf: DayNumber, fact: MakeFact): Fact[] {
    const checks: [string, boolean][] = [
        ['next-step', deal.hasNextStep],
        ['close-date', deal.closeDate !== null && deal.closeDate >= asOf],
        ['stage', asOf - deal.stageSince <= STAGE_TOUCHED_DAYS]
    ];
    return checks.map(([key, isPassed]) =>
        fact('hygiene-check', deal.ownerId, asOf, UNITS_PER_ONE, `${deal.id}:${key}`, {
            subject: deal.id,
            attributes: { outcome: isPassed ? 'passed' : 'failed' }
        })
    );
}
