// Names, functions and tables that expressions use must exist where the expression stands.
import type { Problem } from '../../problem.ts';
import type { Expression } from '../expression.ts';
import { FUNCTIONS } from '../evaluate.ts';
import { didYouMean } from '../nearest.ts';
import { UNREADABLE } from '../plan-file/part-reader.ts';
import { writeExpression } from '../plan-file/write-expression.ts';
import type { Plan, RateTable } from '../plan.ts';
import { ALL_ROOTS, membersOf, OWN_WORDS, PLACES, ROOTS, WITH_TRANSACTION } from './known-names.ts';
import {
    placedExpressions,
    ratePlace,
    tableExpressions,
    type Placed,
    type Standing
} from './placed-expressions.ts';
import { isTextWanted, kindOf } from './kind-of.ts';

const GROUPS: Record<string, Standing> = {
    team: 'period',
    organisation: 'period',
    everyone: 'period',
    days: 'period',
    credits: 'credit',
    transactions: 'transaction'
};
const NO_GROUPS: Standing[] = ['transaction', 'share', 'parameter'];
const OF_GROUPS = ['sum', 'count', 'average', 'rank'];

interface TableUse {
    table: RateTable;
    standing: Standing;
    before: Placed['before'];
}

export function checkExpressions(plan: Plan): Problem[] {
    const check = new ExpressionCheck(plan);
    for (const placed of placedExpressions(plan)) check.check(placed);
    for (const component of plan.components)
        component.rates.forEach((rate, index) => {
            if (rate.kind !== 'table') return;
            const place = `components.${component.key}.${ratePlace(component, index)}`;
            check.useTable(rate.table, rate.columnAt !== null, `${place}.table`, component.per, {});
        });
    check.checkTables();
    return check.problems;
}

class ExpressionCheck {
    readonly problems: Problem[] = [];
    readonly #plan: Plan;
    readonly #uses: TableUse[] = [];

    constructor(plan: Plan) {
        this.#plan = plan;
    }

    check(placed: Placed): void {
        if (placed.expression === UNREADABLE) return;
        this.#checkKind(placed);
        this.#walk(placed.expression, placed, false);
    }

    /** Tables take their names from where they are used; one used from nowhere is checked as for a period. */
    checkTables(): void {
        const done = new Set<string>();
        for (const table of this.#plan.tables)
            if (!this.#uses.some((use) => use.table === table))
                this.#uses.push({ table, standing: 'period', before: {} });
        // The list grows while tables that name tables are checked.
        for (const { table, standing, before } of this.#uses) {
            const key = `${table.key} ${standing}`;
            if (done.has(key)) continue;
            done.add(key);
            for (const placed of tableExpressions(table)) this.check({ ...placed, standing, before });
        }
    }

    useTable(
        key: string,
        hasColumn: boolean,
        place: string,
        standing: Standing,
        before: Placed['before']
    ): void {
        const table = this.#plan.tables.find((one) => one.key === key);
        if (!table) {
            const known = this.#plan.tables.map((one) => one.key);
            this.#report('TABLE_UNKNOWN', place, key, `${didYouMean(key, known)}${listOf('tables', known)}`);
            return;
        }
        this.#uses.push({ table, standing, before });
        if (hasColumn && table.columns.length === 0)
            this.#report(
                'COLUMN_TOO_MANY',
                place,
                key,
                'The table has no columns: leave out the second value.'
            );
        if (!hasColumn && table.columns.length > 0)
            this.#report(
                'COLUMN_MISSING',
                place,
                key,
                'The table has columns: say where to look in them as well.'
            );
    }

    #checkKind({ expression, wants, place }: Placed): void {
        const kind = kindOf(expression);
        if (wants === 'figure' && kind === 'condition')
            this.#report(
                'FIGURE_WANTED',
                place,
                writeExpression(expression),
                'A condition stands here: write a figure, e.g. if(condition, 5%, 0).'
            );
        if (wants === 'condition' && kind === 'figure')
            this.#report(
                'CONDITION_WANTED',
                place,
                writeExpression(expression),
                'A figure stands here: write a condition, e.g. units > 10.'
            );
    }

    #walk(expression: Expression, placed: Placed, inGroup: boolean): void {
        switch (expression.kind) {
            case 'name':
                return this.#checkName(expression.path, placed, inGroup);
            case 'minus':
            case 'not':
                return this.#walk(expression.of, placed, inGroup);
            case 'binary':
                this.#walk(expression.left, placed, inGroup);
                return this.#walk(expression.right, placed, inGroup);
            case 'in':
                for (const one of [expression.left, ...expression.options]) this.#walk(one, placed, inGroup);
                return;
            case 'call':
                return this.#checkCall(expression, placed, inGroup);
        }
    }

    #checkCall(call: Expression & { kind: 'call' }, placed: Placed, inGroup: boolean): void {
        const { name, arguments: args } = call;
        const known = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name]! : null;
        if (!known) {
            const names = Object.keys(FUNCTIONS);
            this.#report(
                'FUNCTION_UNKNOWN',
                placed.place,
                name,
                `${didYouMean(name, names)}${listOf('functions', names)}`
            );
        } else if (args.length < known.least || args.length > known.most) {
            const wanted =
                known.least === known.most
                    ? `${known.least}`
                    : known.most === 99
                      ? `at least ${known.least}`
                      : `${known.least} to ${known.most}`;
            this.#report(
                'ARGUMENTS',
                placed.place,
                writeExpression(call),
                `Values ${name} takes: ${wanted}.`
            );
        } else if (OF_GROUPS.includes(name)) {
            return this.#checkGroup(name, args, placed);
        } else if (name === 'table') {
            this.#checkTableCall(args, placed);
        }
        for (const argument of args) this.#walk(argument, placed, inGroup);
    }

    #checkGroup(name: string, [group, x]: Expression[], placed: Placed): void {
        const word = group!.kind === 'name' ? group!.path.join('.') : '';
        const standing = Object.hasOwn(GROUPS, word) ? GROUPS[word]! : null;
        const names = Object.keys(GROUPS);
        if (standing === null)
            this.#report(
                'GROUP_UNKNOWN',
                placed.place,
                word,
                `${didYouMean(word, names)}${listOf('groups', names)}`
            );
        else if (NO_GROUPS.includes(placed.standing))
            this.#report(
                'GROUP_HERE',
                placed.place,
                `${name}(${word}, ...)`,
                'Groups are known for credits and periods only.'
            );
        else this.#walk(x!, { ...placed, standing }, true);
    }

    #checkTableCall([key, , column]: Expression[], placed: Placed): void {
        if (key!.kind !== 'text')
            this.#report(
                'TABLE_UNKNOWN',
                placed.place,
                '',
                "Write the table's key in quotes: table('grid', x)."
            );
        else this.useTable(key!.value, column !== undefined, placed.place, placed.standing, placed.before);
    }

    #checkName(path: string[], placed: Placed, inGroup: boolean): void {
        const name = path.join('.');
        const fix =
            path.length === 1 ? this.#wrongWord(name, placed) : this.#wrongMember(path, placed, inGroup);
        if (fix !== null) this.#report('NAME_UNKNOWN', placed.place, name, fix);
    }

    /** Why a word without a point cannot stand here; null when it can. */
    #wrongWord(word: string, { standing, expression }: Placed): string | null {
        const own = Object.hasOwn(OWN_WORDS, word) ? OWN_WORDS[word]! : null;
        if (own)
            return own.includes(standing)
                ? null
                : `It is known ${own.map((one) => PLACES[one]).join(', ')} only.`;
        if (WITH_TRANSACTION.includes(standing)) return null;
        const meant = this.#longNames(word);
        if (meant.length > 0) return `Write ${meant.join(' or ')}.`;
        if (isTextWanted(expression, word)) return `Write '${word}' in quotes if the word is meant.`;
        return `Fields of a transaction are known for credits only: calculate per: credit, write sum(credits, ${word}), or use a measure.`;
    }

    #wrongMember(
        [root, key, ...more]: string[],
        { standing, before }: Placed,
        inGroup: boolean
    ): string | null {
        if (!ALL_ROOTS.includes(root!))
            return `${didYouMean(root!, ALL_ROOTS)}${listOf(
                'names',
                ROOTS[standing].map((one) => `${one}.x`)
            )}`;
        if (!ROOTS[standing].includes(root!))
            return `${root}.x is not known ${PLACES[standing]}; there ${ROOTS[standing].map((one) => `${one}.x`).join(', ')} are.`;
        if (more.length > 0) return `Write one word after ${root}.`;
        const members = membersOf(root!, this.#plan, inGroup ? { ...before, measures: undefined } : before);
        if (members === null || members.includes(key!)) return this.#keptApart(root!, key!, standing);
        const later = membersOf(root!, this.#plan, {})!;
        if (later.includes(key!))
            return `${root}.${key} is calculated after this: only what stands before it in the plan is known.`;
        if (
            (root === 'quota' || root.startsWith('attainment')) &&
            this.#plan.measures.some((one) => one.key === key)
        )
            return `The measure has no quota: write it under quotas:.`;
        const known = members.map((member) => `${root}.${member}`);
        return `${didYouMean(`${root}.${key}`, known)}${listOf('names', known)}`;
    }

    /** A sum that is kept apart by a field is known where there is a credit, which has that field. */
    #keptApart(root: string, key: string, standing: Standing): string | null {
        const isSum = ['measure', 'before', 'attainment', 'attainmentBefore'].includes(root);
        const by = this.#plan.measures.find((one) => one.key === key)?.by;
        if (!isSum || !by || standing === 'credit' || standing === 'reversal') return null;
        return `It is kept apart by ${by}, so that only a credit has one: calculate per: credit, or write inPeriod.${key} for what all add.`;
    }

    /** `measure.bookings` for `bookings`, where there is one. */
    #longNames(word: string): string[] {
        const { parameters, measures, components } = this.#plan;
        const kinds: [string, { key: string }[]][] = [
            ['param', parameters],
            ['measure', measures],
            ['earning', components]
        ];
        return kinds
            .filter(([, parts]) => parts.some(({ key }) => key === word))
            .map(([root]) => `${root}.${word}`);
    }

    #report(code: string, where: string, value: string, fix: string): void {
        const isTold = this.problems.some(
            (told) => told.code === code && told.where === where && told.value === value
        );
        if (!isTold) this.problems.push({ code, where, value, fix });
    }
}

function listOf(what: string, known: string[]): string {
    return known.length === 0
        ? `The plan has no ${what} of this kind here.`
        : `Known ${what}: ${known.join(', ')}.`;
}
