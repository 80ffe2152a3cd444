// What a number of a plan is called: by the component or table it stands in, as an analyst would say it.
import { bandInWords } from '../plan-words/table-in-words.ts';
import { inWords } from '../plan-words/expression-in-words.ts';
import { words } from '../plan-words/words.ts';
import type { Component, Plan, RateTable } from '../plan.ts';
import type { PlanNumber } from './plan-numbers.ts';

/** Last words of places of components. */
const PARTS: Readonly<Record<string, string>> = {
    base: 'what it is paid on',
    when: 'condition',
    rate: 'rate',
    rateFloor: 'lowest rate',
    rateCeiling: 'highest rate',
    least: 'floor',
    most: 'cap',
    beyond: 'part paid above the cap',
    pool: 'pool',
    chargeback: 'taken back after a cancellation'
};

export function numberInWords(plan: Plan, { place, quota }: PlanNumber): string {
    if (quota !== null) return `Quotas of ${words(quota)}`;
    const [part, key, ...path] = place.split('.') as [string, string, ...string[]];
    switch (part) {
        case 'tables':
            return inTable(plan, key, path);
        case 'components':
            return `${nameOf(plan.components.find((one) => one.key === key)!)}: ${inComponent(path)}`;
        case 'parameters':
            return `Parameter ${quoted(key)}${fromDay(plan, key, path[0])}`;
        case 'crediting':
            return `Credit rule ${quoted(key)}: ${words(path.at(-1)!)}`;
        default:
            return `Measure ${quoted(key)}`;
    }
}

function inComponent([list, key]: string[]): string {
    if (list === 'gates') return `condition ${quoted(key!)}`;
    if (list === 'factors') return `factor ${quoted(key!)}`;
    if (list === 'rateAdjustments') return `change of the rate ${quoted(key!)}`;
    const word = /^limits/.test(list!) ? key! : list!.replace(/\[\d+\]$/, '');
    return PARTS[word] ?? words(word);
}

function inTable(plan: Plan, key: string, path: string[]): string {
    const table = plan.tables.find((one) => one.key === key)!;
    const users = plan.components.filter(({ rates }) =>
        rates.some((rate) => rate.kind === 'table' && rate.table === key)
    );
    const owner = users.length === 1 ? nameOf(users[0]!) : `Table ${quoted(key)}`;
    return `${owner}: ${ofTable(table, path)}`;
}

function ofTable(table: RateTable, [list, what]: string[]): string {
    const of = table.scale ? ` of ${inWords(table.scale).replace(/^your /, 'the ')}` : '';
    if (list === 'scale') return 'what the bounds are parts of';
    const [, kind, number] = /^(\w+)\[(\d+)\]$/.exec(list!)!;
    const index = Number(number) - 1;
    if (kind === 'columns') return `column from ${inWords(table.columns[index]!.from)}`;
    const row = table.rows[index]!;
    if (what === 'from' || what === 'to')
        return `threshold at ${inWords(what === 'from' ? row.from : row.to!)}${of}`;
    const band = table.mode === 'interpolated' ? `at ${inWords(row.from)}` : bandInWords(row);
    const column = /^values\[(\d+)\]$/.exec(what!)?.[1];
    const across = column ? `, ${bandInWords(table.columns[Number(column) - 1]!)}` : '';
    return `rate ${band}${of}${across}`;
}

function nameOf({ name, key }: Component): string {
    return name || words(key);
}

function quoted(key: string): string {
    return `‘${words(key)}’`;
}

/** Of parameters with values by day. */
function fromDay({ parameters }: Plan, key: string, row: string | undefined): string {
    const index = Number(/\[(\d+)\]/.exec(row ?? '')?.[1] ?? 0) - 1;
    const from = parameters.find((one) => one.key === key)!.values[index]?.from;
    return from ? ` from ${from}` : '';
}
