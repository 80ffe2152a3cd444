// Expressions of a plan for the checker: text becomes a function of what names stand for. Written from plan-language.md,
// Expressions; shares nothing with the engine's parser or evaluator.
import {
    add,
    compare,
    divide,
    exact,
    least,
    most,
    multiply,
    negative,
    readExact,
    sign,
    subtract,
    total,
    wholeBelow,
    ZERO,
    type Exact
} from './exact.ts';
import { daysFrom, monthsFrom, plusMonths } from './days.ts';
import { rounded } from './rounded.ts';
import { asExact, asTruth, CannotDerive, inOrder, isSameValue, shown, type Value } from './values.ts';

/** What names, tables and groups stand for where a formula is worked out; undefined and null: nothing. */
export interface Place {
    name(name: string): Value | undefined;
    table(key: string, x: Exact, y: Exact | null): Exact;
    group(name: string): Place[] | null;
}

export interface Formula {
    (place: Place): Value;
    /** names it mentions, in order of writing; what it asks of a group is one of them */
    readonly mentions: readonly Mention[];
}

export interface Mention {
    /** `measure.bookings`, or `sum(team, ...)` */
    name: string;
    value: (place: Place) => Value | undefined;
}

const TOKEN =
    /\s*(\d{4}-\d\d-\d\d(?!\w)|\d+(?:\.\d+)?(?:%|bp\b)?|'(?:''|[^'])*'|"(?:""|[^"])*"|[A-Za-z_][\w.]*|<=|>=|!=|[-+*/()<>=,])/y;
const known = new Map<string, Formula>();

export function formulaOf(text: string): Formula {
    let formula = known.get(text);
    if (!formula) {
        formula = new Reader(text).read();
        known.set(text, formula);
    }
    return formula;
}

type Part = (place: Place) => Value;

/** By level, loosest first. `and` and `or` look at the right side only when they must. */
const OPERATORS: Record<string, (left: Part, right: Part) => Part>[] = [
    { or: (a, b) => (place) => asTruth(a(place)) || asTruth(b(place)) },
    { and: (a, b) => (place) => asTruth(a(place)) && asTruth(b(place)) },
    {
        '=': (a, b) => (place) => isSameValue(a(place), b(place)),
        '!=': (a, b) => (place) => !isSameValue(a(place), b(place)),
        '<=': ordered((order) => order <= 0),
        '>=': ordered((order) => order >= 0),
        '<': ordered((order) => order < 0),
        '>': ordered((order) => order > 0)
    },
    { '+': counted(add), '-': counted(subtract) },
    { '*': counted(multiply), '/': counted(quotient) }
];
const COMPARING = 2;

function ordered(holds: (order: number) => boolean): (a: Part, b: Part) => Part {
    return (a, b) => (place) => holds(inOrder(a(place), b(place)));
}

function counted(operation: (a: Exact, b: Exact) => Exact): (a: Part, b: Part) => Part {
    return (a, b) => (place) => operation(asExact(a(place)), asExact(b(place)));
}

function quotient(a: Exact, b: Exact): Exact {
    if (sign(b) === 0) throw new CannotDerive('division by zero');
    return divide(a, b);
}

class Reader {
    readonly #text: string;
    readonly #tokens: string[] = [];
    readonly #mentions: Mention[] = [];
    #next = 0;

    constructor(text: string) {
        this.#text = text;
        const end = text.trimEnd().length;
        for (TOKEN.lastIndex = 0; TOKEN.lastIndex < end;) {
            const found = TOKEN.exec(text);
            if (!found) throw new CannotDerive(`the plan's expression cannot be read: ${text}`);
            this.#tokens.push(found[1]!);
        }
    }

    read(): Formula {
        const part = this.#level(0);
        if (this.#next < this.#tokens.length) throw this.#unreadable();
        return Object.assign((place: Place) => part(place), { mentions: this.#mentions });
    }

    #level(level: number): Part {
        const operators = OPERATORS[level];
        if (!operators) return this.#signed();
        if (level === COMPARING && this.#take('not')) {
            const inner = this.#level(level);
            return (place) => !asTruth(inner(place));
        }
        let left = this.#level(level + 1);
        if (level === COMPARING && this.#take('in')) return this.#among(left);
        while (Object.hasOwn(operators, this.#token)) {
            const operator = operators[this.#tokens[this.#next++]!]!;
            left = operator(left, this.#level(level + 1));
            if (level === COMPARING) break;
        }
        return left;
    }

    #among(left: Part): Part {
        const options = this.#list();
        return (place) => {
            const value = left(place);
            return options.some((option) => isSameValue(value, option(place)));
        };
    }

    #signed(): Part {
        if (this.#take('+')) return this.#signed();
        if (!this.#take('-')) return this.#simple();
        const inner = this.#signed();
        return (place) => negative(asExact(inner(place)));
    }

    #simple(): Part {
        if (this.#take('(')) {
            const inner = this.#level(0);
            if (!this.#take(')')) throw this.#unreadable();
            return inner;
        }
        const token = this.#tokens[this.#next++];
        if (token === undefined) throw this.#unreadable();
        if (/^\d{4}-/.test(token)) return () => token;
        if (/^\d/.test(token)) {
            const value = readExact(token)!;
            return () => value;
        }
        const quote = token[0]!;
        if (quote === "'" || quote === '"') {
            const text = token.slice(1, -1).replaceAll(quote + quote, quote);
            return () => text;
        }
        if (token === 'true' || token === 'false') return () => token === 'true';
        if (!/^[A-Za-z_]/.test(token)) throw this.#unreadable();
        return this.#token === '(' ? this.#call(token) : this.#name(token);
    }

    #name(name: string): Part {
        this.#mentions.push({ name, value: (place) => place.name(name) });
        const part: Part = (place) => {
            const value = place.name(name);
            if (value === undefined) throw new CannotDerive(`${name} is not given`);
            return value;
        };
        return Object.assign(part, { soleName: name });
    }

    #call(name: string): Part {
        if (['sum', 'count', 'average', 'rank'].includes(name)) return this.#ofGroup(name);
        const make = FUNCTIONS[name];
        if (!make) throw this.#unreadable();
        return make(this.#list());
    }

    /** Names inside are those of the members, not of the place. */
    #ofGroup(name: string): Part {
        const mentioned = this.#mentions.length;
        const [{ soleName: group = '' }, each] = this.#list() as [Part & { soleName?: string }, Part];
        const part: Part = (place) => {
            const members = place.group(group);
            if (!members) throw new CannotDerive(`there is no group ${group} here`);
            if (name === 'count') return exact(members.filter((member) => asTruth(each(member))).length);
            const values = members.map((member) => asExact(each(member)));
            if (name === 'rank') {
                const own = asExact(each(place));
                return exact(values.filter((value) => compare(value, own) > 0).length + 1);
            }
            const sum = total(values);
            return name === 'sum' ? sum : members.length === 0 ? ZERO : divide(sum, exact(members.length));
        };
        this.#mentions.splice(mentioned, Infinity, { name: `${name}(${group}, ...)`, value: part });
        return part;
    }

    #list(): Part[] {
        const parts: Part[] = [];
        if (!this.#take('(')) throw this.#unreadable();
        if (this.#take(')')) return parts;
        do parts.push(this.#level(0));
        while (this.#take(','));
        if (!this.#take(')')) throw this.#unreadable();
        return parts;
    }

    get #token(): string {
        return this.#tokens[this.#next] ?? '';
    }

    #take(token: string): boolean {
        if (this.#token !== token) return false;
        this.#next++;
        return true;
    }

    #unreadable(): CannotDerive {
        return new CannotDerive(`the plan's expression cannot be read: ${this.#text}`);
    }
}

const figures = (parts: Part[], place: Place): Exact[] => parts.map((part) => asExact(part(place)));
const text = (part: Part, place: Place): string => shown(part(place));
const isGiven = (part: Part & { soleName?: string }, place: Place): boolean =>
    part.soleName === undefined || place.name(part.soleName) !== undefined;

const FUNCTIONS: Record<string, (parts: Part[]) => Part> = {
    if:
        ([condition, then, otherwise]) =>
        (place) =>
            (asTruth(condition!(place)) ? then! : otherwise!)(place),
    default:
        ([first, second]) =>
        (place) =>
            (isGiven(first!, place) ? first! : second!)(place),
    given:
        ([first]) =>
        (place) =>
            isGiven(first!, place),
    min: (parts) => (place) => figures(parts, place).reduce(least),
    max: (parts) => (place) => figures(parts, place).reduce(most),
    abs:
        ([x]) =>
        (place) => {
            const value = asExact(x!(place));
            return sign(value) < 0 ? negative(value) : value;
        },
    floor:
        ([x]) =>
        (place) =>
            exact(wholeBelow(asExact(x!(place)))),
    ceil:
        ([x]) =>
        (place) =>
            exact(-wholeBelow(negative(asExact(x!(place))))),
    round:
        ([x, unit, mode]) =>
        (place) =>
            rounded(asExact(x!(place)), asExact(unit!(place)), mode ? text(mode, place) : 'half-even'),
    days:
        ([from, to]) =>
        (place) =>
            exact(daysFrom(text(from!, place), text(to!, place))),
    months:
        ([from, to]) =>
        (place) =>
            exact(monthsFrom(text(from!, place), text(to!, place))),
    addMonths:
        ([day, count]) =>
        (place) =>
            plusMonths(text(day!, place), Number(wholeBelow(asExact(count!(place))))),
    year:
        ([day]) =>
        (place) =>
            exact(BigInt(text(day!, place).slice(0, 4))),
    month:
        ([day]) =>
        (place) =>
            exact(BigInt(text(day!, place).slice(5, 7))),
    table:
        ([key, x, y]) =>
        (place) =>
            place.table(text(key!, place), asExact(x!(place)), y ? asExact(y(place)) : null)
};
