// The firm of the scorecard bench: people in tens under a manager, one in twenty of them new, and facts of every signal spread over the
// year 2026 by hash, so that every engine can make the same ones. Raw: in no order, and nothing summed before.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDay } from '../../../service/src/domain/calendar.ts';
import type { Definitions } from '../../../service/src/domain/scorecards/checks/check-definitions.ts';
import { emptyColumns, type FactColumns } from '../../../service/src/domain/scorecards/columns/fact-table.ts';
import { monthGrid, type Grid } from '../../../service/src/domain/scorecards/columns/grid.ts';
import { monthNumberOf } from '../../../service/src/domain/scorecards/months.ts';
import { readDefinitions } from '../../../service/src/domain/scorecards/read-definitions.ts';
import {
    ROLE_KEYS,
    type Person,
    type RoleKey,
    type Signal
} from '../../../service/src/domain/scorecards/types.ts';
import { mix } from '../pay/workload.ts';

export const FIRST_DAY = parseDay('2026-01-01');
export const DAYS = 365;
export const AS_OF = parseDay('2026-12-31');
export const SUBJECTS = 20;
/** Facts of a person in the year: with ten thousand people five million. */
const FACTS_A_PERSON = 500;
const TEAM = 10;

export function peopleFor(rows: number): number {
    return Math.max(TEAM, Math.round(rows / FACTS_A_PERSON));
}

export function definitions(): Definitions {
    const folder = join(import.meta.dirname, '..', '..', '..', 'config', 'scorecards');
    const text = (file: string): string => readFileSync(join(folder, file), 'utf8');
    const templates = ROLE_KEYS.map(
        (role) => [`${role}/scorecard.yaml`, text(`${role}/scorecard.yaml`)] as const
    );
    const { definitions: found, problems } = readDefinitions({
        signals: text('signals.yaml'),
        metrics: text('metrics.yaml'),
        standards: text('standards.yaml'),
        templates: Object.fromEntries(templates)
    });
    if (found === null) throw new Error(problems.map(({ code, where }) => `${code} at ${where}`).join('\n'));
    return found;
}

export function yearGrid(): Grid {
    return monthGrid(monthNumberOf(FIRST_DAY), monthNumberOf(AS_OF));
}

export function managerOf(person: number): number {
    return person - (person % TEAM);
}

export function people(count: number): Person[] {
    const id = (person: number): string => `p${String(person).padStart(6, '0')}`;
    const roles: RoleKey[] = ['adviser', 'asset-servicing', 'operations'];
    return Array.from({ length: count }, (_, person) => {
        const joined = person % 20 === 7 ? parseDay('2025-12-01') : parseDay('2015-01-01');
        const isManager = managerOf(person) === person;
        const role = isManager ? 'manager' : roles[person % 3]!;
        return {
            id: id(person),
            joined,
            left: null,
            unit: null,
            roles: [{ role, from: joined, to: null }],
            managers: isManager ? [] : [{ manager: id(managerOf(person)), from: joined, to: null }]
        };
    });
}

/** How values of a signal are made. */
export const VALUE_KINDS = { one: 0, score: 1, time: 2, amount: 3, present: 4 } as const;

export function valueKind({ unit, grain }: Signal): number {
    if (unit === 'count') return grain === 'level' ? VALUE_KINDS.present : VALUE_KINDS.one;
    if (unit === 'score') return VALUE_KINDS.score;
    return unit === 'amount' ? VALUE_KINDS.amount : VALUE_KINDS.time;
}

export interface Tags {
    list: Record<string, string>[];
    first: number[];
    size: number[];
}

/** Every combination of attributes of every signal, one after another. */
export function tagsOf(signals: readonly Signal[]): Tags {
    const tags: Tags = { list: [{}], first: [], size: [] };
    for (const { attributes } of signals) {
        const combinations = Object.entries(attributes).reduce<Record<string, string>[]>(
            (all, [name, values]) => all.flatMap((one) => values.map((value) => ({ ...one, [name]: value }))),
            [{}]
        );
        const hasNone = Object.keys(attributes).length === 0;
        tags.first.push(hasNone ? 0 : tags.list.length);
        tags.size.push(combinations.length);
        if (!hasNone) tags.list.push(...combinations);
    }
    return tags;
}

export function rawFacts(rows: number, signals: readonly Signal[], tags: Tags): FactColumns {
    const facts = emptyColumns(rows);
    const count = peopleFor(rows);
    const kinds = signals.map(valueKind);
    const isLevel = signals.map(({ grain }) => grain === 'level');
    for (let row = 0; row < rows; row++) {
        const signal = mix(row, 3) % signals.length;
        facts.signal[row] = signal;
        facts.person[row] = mix(row, 1) % count;
        facts.day[row] = FIRST_DAY + (mix(row, 2) % DAYS);
        facts.value[row] = valueOf(kinds[signal]!, mix(row, 4));
        facts.n[row] = 1;
        facts.subject[row] = isLevel[signal] ? mix(row, 6) % SUBJECTS : -1;
        facts.tag[row] = tags.first[signal]! + (mix(row, 5) % tags.size[signal]!);
    }
    return facts;
}

function valueOf(kind: number, random: number): number {
    switch (kind) {
        case VALUE_KINDS.one:
            return 10_000;
        case VALUE_KINDS.score:
            return (random % 11) * 10_000;
        case VALUE_KINDS.time:
            return (random % 5000) * 1000;
        case VALUE_KINDS.amount:
            return random % 1_000_000_000;
        default:
            return random % 8 === 0 ? 0 : 10_000;
    }
}
