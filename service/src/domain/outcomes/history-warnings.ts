// What is odd in a known history, in words for an admin: renamed stages, reopened deals, clocks that disagree, silence.
// Owns the looking; none of it stops the models, each says what was done with it.
import { DAY_MS } from './deal-features.ts';
import type { EventLog } from './event-log.ts';
import type { Fates } from './fates.ts';
import type { PipelineMeaning } from './meaning.ts';

const MANY_STAGE_EVENTS = 500;
const LONG_SILENCE_DAYS = 60;
const SKEW_MS = 3_600_000;
const COMMON_SHARE = 0.02;
const OWNS_ALL_SHARE = 0.9;
const FEWEST_DEALS = 20;

export function historyWarnings(
    log: EventLog,
    meaning: PipelineMeaning,
    meaningOf: Int8Array,
    fates: Fates,
    asOf: number
): string[] {
    return [
        ...oddDeals(log, fates),
        ...restlessDeals(log),
        ...oneSidedHistory(log, fates),
        ...silence(log, asOf),
        ...stageNames(log, meaning, meaningOf)
    ];
}

function oddDeals(log: EventLog, fates: Fates): string[] {
    let noAmount = 0;
    let endsBeforeBeginning = 0;
    let skewed = 0;
    for (let deal = 0; deal < log.dealIds.length; deal++) {
        if (!(log.amount[deal]! > 0)) noAmount++;
        if (fates.endedAt[deal]! < log.createdAt[deal]!) endsBeforeBeginning++;
        const first = log.start[deal]!;
        if (first < log.end[deal]! && log.at[first]! < log.createdAt[deal]! - SKEW_MS) skewed++;
    }
    return [
        ...told(noAmount, 'without an amount above 0: they count as deals and add nothing to amounts'),
        ...told(endsBeforeBeginning, 'closed before they were created: their age then counts as 0'),
        ...told(
            skewed,
            'with events more than an hour before their creation: clocks disagree; times are taken as written'
        ),
        ...told(fates.closedSpells.size, 'reopened after they were closed: their last end counts')
    ];
}

function told(count: number, what: string): string[] {
    return count === 0 ? [] : [`${count} deal${count === 1 ? '' : 's'} ${what}.`];
}

function restlessDeals(log: EventLog): string[] {
    return log.dealIds.flatMap((id, deal) => {
        let stageEvents = 0;
        for (let event = log.start[deal]!; event < log.end[deal]!; event++)
            if (log.kinds[log.kind[event]!]!.table === 'stage') stageEvents++;
        return stageEvents > MANY_STAGE_EVENTS
            ? [
                  `Deal ${id} has ${stageEvents} stage events: counts act by their logarithm, so it weighs like others.`
              ]
            : [];
    });
}

function oneSidedHistory(log: EventLog, fates: Fates): string[] {
    let closed = 0;
    let won = 0;
    for (let deal = 0; deal < log.dealIds.length; deal++) {
        if (fates.endedAt[deal] === Infinity) continue;
        closed++;
        won += fates.won[deal]!;
    }
    const warnings: string[] = [];
    if (closed >= FEWEST_DEALS && (won === closed || won === 0))
        warnings.push(
            `${won === 0 ? 'None' : 'All'} of ${closed} closed deals ${won === 0 ? 'was' : 'were'} won: a model has nothing to tell apart.`
        );
    const owned = new Map<number, number>();
    let byPeople = 0;
    for (let event = 0; event < log.actor.length; event++) {
        if (log.actor[event] === 0) continue;
        byPeople++;
        owned.set(log.actor[event]!, (owned.get(log.actor[event]!) ?? 0) + 1);
    }
    const most = Math.max(0, ...owned.values());
    if (byPeople >= FEWEST_DEALS && most > OWNS_ALL_SHARE * byPeople)
        warnings.push(
            `One person did ${Math.round((100 * most) / byPeople)} % of the recorded work: who works on a deal tells little.`
        );
    return warnings;
}

function silence(log: EventLog, asOf: number): string[] {
    const days = new Set<number>();
    for (const at of log.at) days.add(Math.floor(at / DAY_MS));
    const sorted = [...days].sort((a, b) => a - b);
    sorted.push(Math.floor(asOf / DAY_MS));
    const warnings: string[] = [];
    for (let i = 1; i < sorted.length; i++) {
        const gap = sorted[i]! - sorted[i - 1]!;
        if (gap > LONG_SILENCE_DAYS)
            warnings.push(
                `Nothing at all was recorded for ${gap} days from ${day(sorted[i - 1]!)} on: deals open then look stale.`
            );
    }
    return warnings;
}

function day(number: number): string {
    return new Date(number * DAY_MS).toISOString().slice(0, 10);
}

/** A frequent name without a meaning that appears late, or a stage that is no longer reached: a renaming, perhaps. */
function stageNames(log: EventLog, meaning: PipelineMeaning, meaningOf: Int8Array): string[] {
    const first = new Float64Array(log.kinds.length).fill(Infinity);
    const last = new Float64Array(log.kinds.length).fill(-Infinity);
    const count = new Float64Array(log.kinds.length);
    for (let event = 0; event < log.at.length; event++) {
        const kind = log.kind[event]!;
        first[kind] = Math.min(first[kind]!, log.at[event]!);
        last[kind] = Math.max(last[kind]!, log.at[event]!);
        count[kind]!++;
    }
    const begin = first.reduce((low, at) => Math.min(low, at), Infinity);
    const end = last.reduce((high, at) => Math.max(high, at), -Infinity);
    const middle = (begin + end) / 2;
    return log.kinds.flatMap(({ name, table }, kind) => {
        if (table !== 'stage' || count[kind]! < COMMON_SHARE * log.dealIds.length) return [];
        if (meaningOf[kind] === 0 && first[kind]! > middle)
            return [
                `Stage event ${name} first appears on ${day(first[kind]! / DAY_MS)} and has no meaning yet: if a stage was renamed, add the name to that stage.`
            ];
        if (meaningOf[kind]! > 0 && last[kind]! < middle)
            return [
                `Stage ${meaning.stages[meaningOf[kind]! - 1]!.label} was last reached by ${name} on ${day(last[kind]! / DAY_MS)}: if it was renamed, add the new name to it.`
            ];
        return [];
    });
}
