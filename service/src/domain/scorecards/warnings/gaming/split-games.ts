// Token shares that go round: colleagues put each other on deals at two percent or less, so that everybody counts as taking part in
// everything. Told of people who gave and got at least four token shares in half a year within one circle of three or more.
import { formatDay } from '../../../calendar.ts';
import { MOST_EVIDENCE } from './chance.ts';
import type { GamingFinding, GamingInput, SplitShare } from './types.ts';

const DAYS = 183;
const TOKEN_PERCENT = 2;
const LEAST_EACH_WAY = 4;
const LEAST_PEOPLE = 3;

export function splitGames({ asOf, splits }: GamingInput): GamingFinding[] {
    const tokens = amongActive(
        splits.filter(
            ({ person, ownerId, percent, on }) =>
                person !== ownerId &&
                percent > 0 &&
                percent <= TOKEN_PERCENT &&
                on > asOf - DAYS &&
                on <= asOf
        )
    );
    return circlesOf(tokens).flatMap((circle) =>
        [...circle].flatMap((person) => {
            const others = [...circle].filter((other) => other !== person);
            const given = tokens.filter((share) => share.ownerId === person && circle.has(share.person));
            const got = tokens.filter((share) => share.person === person && circle.has(share.ownerId));
            if (given.length < LEAST_EACH_WAY || got.length < LEAST_EACH_WAY) return [];
            const all = [...given, ...got].sort((a, b) => b.on - a.on || (a.id < b.id ? -1 : 1));
            const since = all.at(-1)!.on;
            return [
                {
                    key: `${person}:gaming-SplitGames:${formatDay(since)}`,
                    kind: 'SplitGames' as const,
                    person,
                    since,
                    count: all.length,
                    luck: null,
                    words:
                        `Token shares of ${TOKEN_PERCENT} % or less going round among ${circle.size} people: ` +
                        `${given.length} given, ${got.length} got.`,
                    evidence: all.slice(0, MOST_EVIDENCE).map(({ id }) => id),
                    with: others
                }
            ];
        })
    );
}

/** Shares between people who each gave and got enough of them; others cannot be in a circle that is told. */
function amongActive(tokens: readonly SplitShare[]): SplitShare[] {
    const given = Map.groupBy(tokens, ({ ownerId }) => ownerId);
    const got = Map.groupBy(tokens, ({ person }) => person);
    const isActive = (id: string): boolean =>
        (given.get(id)?.length ?? 0) >= LEAST_EACH_WAY && (got.get(id)?.length ?? 0) >= LEAST_EACH_WAY;
    return tokens.filter(({ ownerId, person }) => isActive(ownerId) && isActive(person));
}

/** Groups in which shares can come back to who gave them: everybody reaches everybody along gifts (strongly connected). */
function circlesOf(tokens: readonly SplitShare[]): Set<string>[] {
    const gifts = new Map<string, Set<string>>();
    for (const { ownerId, person } of tokens)
        gifts.set(ownerId, (gifts.get(ownerId) ?? new Set<string>()).add(person));
    const reached = new Map([...gifts.keys()].map((person) => [person, reachedFrom(person, gifts)]));
    const circles: Set<string>[] = [];
    const placed = new Set<string>();
    for (const person of [...gifts.keys()].sort()) {
        if (placed.has(person)) continue;
        const back = [...reached.get(person)!].filter((other) => reached.get(other)?.has(person));
        const circle = new Set([person, ...back].sort());
        for (const member of circle) placed.add(member);
        if (circle.size >= LEAST_PEOPLE) circles.push(circle);
    }
    return circles;
}

function reachedFrom(person: string, gifts: ReadonlyMap<string, ReadonlySet<string>>): Set<string> {
    const reached = new Set<string>();
    const next = [person];
    for (let from = next.pop(); from !== undefined; from = next.pop())
        for (const to of gifts.get(from) ?? [])
            if (!reached.has(to)) {
                reached.add(to);
                next.push(to);
            }
    return reached;
}
