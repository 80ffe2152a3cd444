// What a case gives (people, facts, a month) to the input of a calculation. Cases are short: a person with one role and one manager from
// joining on is written in one line, facts have a source and an id of their own.
import { formatDay, MS_PER_DAY, parseDay } from '../../calendar.ts';
import { isObject, parseExactJson, shown, type Json } from '../../incentives/input-file/exact-json.ts';
import { ProblemError } from '../../problem.ts';
import type { Definitions } from '../checks/check-definitions.ts';
import type { ScorecardInput } from '../build-scorecards.ts';
import { firstDayOf, parseMonth } from '../months.ts';
import { ROLE_KEYS, type Fact, type Person, type RoleKey } from '../types.ts';
import { parseUnits } from '../units.ts';

/** Throws a ProblemError where what is given cannot be read. */
export function caseInput(given: string, definitions: Definitions): ScorecardInput {
    const json = mapOf(parseExactJson(given, 'given'), 'given');
    const month = textOf(json['month'], 'given.month');
    const number = parseMonth(month);
    if (number === null) throw wrong('given.month', month, 'Write a month, e.g. 2026-10.');
    const asOf = json['asOf'] === undefined ? firstDayOf(number + 1) : dayOf(json['asOf'], 'given.asOf');
    return {
        definitions,
        asOf,
        months: { first: month, last: month },
        people: listOf(json['people'], 'given.people').map(personOf),
        facts: listOf(json['facts'] ?? [], 'given.facts').map((fact, index) => factOf(fact, index, asOf))
    };
}

function personOf(json: Json, index: number): Person {
    const where = `given.people[${index + 1}]`;
    const map = mapOf(json, where);
    const joined = dayOf(map['joined'], `${where}.joined`);
    const ofWhole = (key: string) =>
        map[key] === undefined ? [] : [{ [key]: map[key], from: map['joined']! }];
    const dated = (key: string, single: string): Json[] =>
        map[key] === undefined ? ofWhole(single) : listOf(map[key], `${where}.${key}`);
    return {
        id: textOf(map['id'], `${where}.id`),
        joined,
        left: map['left'] === undefined ? null : dayOf(map['left'], `${where}.left`),
        unit: map['unit'] === undefined ? null : textOf(map['unit'], `${where}.unit`),
        roles: dated('roles', 'role').map((one, at) => {
            const place = `${where}.roles[${at + 1}]`;
            return { role: roleOf(mapOf(one, place)['role'], place), ...daysOf(one, place) };
        }),
        managers: dated('managers', 'manager').map((one, at) => {
            const place = `${where}.managers[${at + 1}]`;
            return { manager: textOf(mapOf(one, place)['manager'], place), ...daysOf(one, place) };
        })
    };
}

function daysOf(json: Json, where: string): { from: number; to: number | null } {
    const map = mapOf(json, where);
    const to = map['to'] === undefined ? null : dayOf(map['to'], `${where}.to`);
    return { from: dayOf(map['from'], `${where}.from`), to };
}

function roleOf(json: Json | undefined, where: string): RoleKey {
    const text = textOf(json, where);
    const role = ROLE_KEYS.find((one) => one === text);
    if (!role) throw wrong(where, text, `Write one of ${ROLE_KEYS.join(', ')}.`);
    return role;
}

function factOf(json: Json, index: number, asOf: number): Fact {
    const where = `given.facts[${index + 1}]`;
    const map = mapOf(json, where);
    const text = (key: string, otherwise: string): string =>
        map[key] === undefined ? otherwise : textOf(map[key], `${where}.${key}`);
    const value = parseUnits(text('value', '1'));
    if (value === null) throw wrong(`${where}.value`, text('value', '1'), 'Write a number.');
    const extracted =
        map['extracted'] === undefined ? asOf + 1 : dayOf(map['extracted'], `${where}.extracted`);
    return {
        signal: text('signal', ''),
        person: text('person', ''),
        day: dayOf(map['day'], `${where}.day`),
        value,
        n: Number(text('n', '1')),
        source: text('source', 'case'),
        sourceId: text('id', `row ${index + 1}`),
        extractedAt: extracted * MS_PER_DAY,
        subject: map['subject'] === undefined ? null : textOf(map['subject'], `${where}.subject`),
        attributes: Object.fromEntries(
            Object.entries(mapOf(map['where'] ?? {}, `${where}.where`)).map(([name, one]) => [
                name,
                textOf(one, `${where}.where.${name}`)
            ])
        )
    };
}

function mapOf(json: Json, where: string): { [key: string]: Json } {
    if (!isObject(json)) throw wrong(where, shown(json), 'Write keys and values.');
    return json;
}

function listOf(json: Json | undefined, where: string): Json[] {
    if (!Array.isArray(json)) throw wrong(where, shown(json), 'Write a list.');
    return json;
}

function textOf(json: Json | undefined, where: string): string {
    if (json === undefined || json === null || Array.isArray(json) || isObject(json))
        throw wrong(where, shown(json), 'Write one value.');
    return String(json);
}

function dayOf(json: Json | undefined, where: string): number {
    const day = parseDay(textOf(json, where));
    if (formatDay(day) === '') throw wrong(where, '', 'Write a day as YYYY-MM-DD.');
    return day;
}

function wrong(where: string, value: string, fix: string): ProblemError {
    return new ProblemError({ code: 'CASE_INVALID', where, value, fix });
}
