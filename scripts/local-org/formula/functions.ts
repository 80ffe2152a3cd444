// The functions formulas may call: arguments, result and meaning of each. Anything Salesforce has and this table has not
// is refused by name when the formula is deployed.
import { DAY_MS, dayNumber, formatDay, parseDay } from '../soql/time-zone.ts';
import { FormulaProblem } from './parse.ts';
import { roundHalfUp, textOfInstant, textOfNumber } from './values.ts';
import type { Environment, FormulaType, FormulaValue } from './values.ts';

/** A part of a formula with its type, ready to run. */
export interface Part {
    type: FormulaType;
    run: (env: Environment) => FormulaValue;
}

type Build = (name: string, args: Part[]) => Part;

const NAMES: Record<FormulaType, string> = {
    number: 'Number',
    text: 'Text',
    boolean: 'Boolean',
    date: 'Date',
    datetime: 'Date/Time',
    picklist: 'Picklist',
    multipicklist: 'Multi-Select Picklist',
    null: 'Null'
};

export function typeName(type: FormulaType): string {
    return NAMES[type];
}

/** A function over plain values: blank when a number or date it needs is blank. */
function plain(
    wanted: FormulaType[],
    result: FormulaType,
    compute: (...values: never[]) => FormulaValue,
    required = wanted.length
): Build {
    return (name, args) => {
        checkCount(name, args, required, wanted.length);
        for (const [index, arg] of args.entries()) checkType(name, arg, [wanted[index]]);
        return {
            type: result,
            run: (env) => {
                const values = args.map((arg) => arg.run(env));
                return values.includes(null) ? null : compute(...(values as never[]));
            }
        };
    };
}

/** Any count of numbers. */
function many(compute: (values: number[]) => number): Build {
    return (name, args) => {
        checkCount(name, args, 1, Number.POSITIVE_INFINITY);
        for (const arg of args) checkType(name, arg, ['number']);
        return {
            type: 'number',
            run: (env) => {
                const values = args.map((arg) => arg.run(env));
                return values.includes(null) ? null : compute(values as number[]);
            }
        };
    };
}

export function checkCount(name: string, args: Part[], least: number, most: number): void {
    if (args.length >= least && args.length <= most) return;
    const expected = args.length < least ? least : most;
    throw new FormulaProblem(
        `Incorrect number of parameters for function '${name}()'. Expected ${expected}, received ${args.length}`
    );
}

export function checkType(name: string, arg: Part, wanted: FormulaType[]): void {
    if (arg.type === 'null' || wanted.includes(arg.type)) return;
    if (arg.type === 'picklist') {
        throw new FormulaProblem(
            `Picklist fields are only supported in certain functions, and ${name}() is none of them. Use TEXT() or ISPICKVAL().`
        );
    }
    throw new FormulaProblem(
        `Incorrect parameter type for function '${name}()'. Expected ${wanted.map(typeName).join(', ')}, received ${typeName(arg.type)}`
    );
}

const dateOf = (day: number): Date => new Date(day * DAY_MS);
const wholeDigits = (value: number): number => Number(value.toPrecision(15));
const awayFromZero = (value: number): number => (value < 0 ? Math.floor(value) : Math.ceil(value));

const now: Build = (name, args) => {
    checkCount(name, args, 0, 0);
    return { type: 'datetime', run: (env) => Math.floor(env.now / 1000) * 1000 };
};

const today: Build = (name, args) => {
    checkCount(name, args, 0, 0);
    return { type: 'date', run: (env) => env.zone.dayOf(env.now) };
};

const dateValue: Build = (name, args) => {
    checkCount(name, args, 1, 1);
    const [arg] = args;
    checkType(name, arg, ['datetime', 'text', 'date']);
    return {
        type: 'date',
        run: (env) => {
            const value = arg.run(env);
            if (value === null || value === '') return null;
            if (arg.type === 'date') return value;
            return typeof value === 'number' ? env.zone.dayOf(value) : parseDay(String(value));
        }
    };
};

const datetimeValue: Build = (name, args) => {
    checkCount(name, args, 1, 1);
    const [arg] = args;
    checkType(name, arg, ['date', 'text', 'datetime']);
    return {
        type: 'datetime',
        run: (env) => {
            const value = arg.run(env);
            if (value === null || value === '') return null;
            if (arg.type === 'date') return (value as number) * DAY_MS;
            if (typeof value === 'number') return value;
            const ms = Date.parse(`${String(value).trim().replace(' ', 'T').replace(/Z$/, '')}Z`);
            return Number.isNaN(ms) ? null : ms;
        }
    };
};

const text: Build = (name, args) => {
    checkCount(name, args, 1, 1);
    const [arg] = args;
    checkType(name, arg, ['number', 'date', 'datetime', 'picklist']);
    const show = { date: (value: number) => formatDay(value), datetime: textOfInstant, number: textOfNumber };
    return {
        type: 'text',
        run: (env) => {
            const value = arg.run(env);
            if (typeof value !== 'number') return value ?? '';
            return show[arg.type as keyof typeof show](value);
        }
    };
};

/** INCLUDES of a multi-select field, ISPICKVAL of a picklist. */
function picked(type: FormulaType, holds: (value: string, wanted: string) => boolean): Build {
    return (name, args) => {
        checkCount(name, args, 2, 2);
        const [field, wanted] = args;
        if (field.type !== type) {
            throw new FormulaProblem(
                `Incorrect parameter type for function '${name}()'. Expected ${typeName(type)}, received ${typeName(field.type)}`
            );
        }
        checkType(name, wanted, ['text']);
        return {
            type: 'boolean',
            run: (env) => holds(String(field.run(env)), String(wanted.run(env) ?? ''))
        };
    };
}

const isBlank: Build = (name, args) => {
    checkCount(name, args, 1, 1);
    return { type: 'boolean', run: (env) => blank(args[0].run(env)) };
};

/** ISNULL is never true of text: text without a value is empty, not null. */
const isNull: Build = (name, args) => {
    checkCount(name, args, 1, 1);
    return { type: 'boolean', run: (env) => args[0].run(env) === null };
};

function instead(isMissing: (value: FormulaValue) => boolean): Build {
    return (name, args) => {
        checkCount(name, args, 2, 2);
        const [first, second] = args;
        const type = commonType(name, [first, second]);
        return {
            type,
            run: (env) => {
                const value = first.run(env);
                return isMissing(value) ? second.run(env) : value;
            }
        };
    };
}

export function blank(value: FormulaValue): boolean {
    return value === null || value === '';
}

/** The type all branches share; NULL fits any. */
export function commonType(name: string, parts: Part[]): FormulaType {
    const typed = parts.filter((part) => part.type !== 'null');
    const [first] = typed;
    if (!first) return 'null';
    for (const part of typed) checkType(name, part, [first.type]);
    return first.type;
}

const T = 'text';
const N = 'number';
const D = 'date';

export const FUNCTIONS: Record<string, Build> = {
    TODAY: today,
    NOW: now,
    DATEVALUE: dateValue,
    DATETIMEVALUE: datetimeValue,
    DATE: plain([N, N, N], D, (year: number, month: number, day: number) => {
        const made = dayNumber(Math.trunc(year), Math.trunc(month), Math.trunc(day));
        const valid = month >= 1 && month < 13 && dateOf(made).getUTCDate() === Math.trunc(day);
        return valid ? made : null;
    }),
    YEAR: plain([D], N, (day: number) => dateOf(day).getUTCFullYear()),
    MONTH: plain([D], N, (day: number) => dateOf(day).getUTCMonth() + 1),
    DAY: plain([D], N, (day: number) => dateOf(day).getUTCDate()),
    WEEKDAY: plain([D], N, (day: number) => dateOf(day).getUTCDay() + 1),
    ADDMONTHS: plain([D, N], D, (day: number, months: number) => {
        const from = dateOf(day);
        const [year, month] = [from.getUTCFullYear(), from.getUTCMonth() + 1 + Math.trunc(months)];
        const last = dayNumber(year, month + 1, 0);
        const isLast = dateOf(day + 1).getUTCDate() === 1;
        return isLast ? last : Math.min(dayNumber(year, month, 1) + from.getUTCDate() - 1, last);
    }),
    ABS: plain([N], N, (value: number) => Math.abs(value)),
    SQRT: plain([N], N, (value: number) => (value < 0 ? null : Math.sqrt(value))),
    EXP: plain([N], N, (value: number) => Math.exp(value)),
    LN: plain([N], N, (value: number) => (value > 0 ? Math.log(value) : null)),
    LOG: plain([N], N, (value: number) => (value > 0 ? Math.log10(value) : null)),
    MOD: plain([N, N], N, (value: number, divisor: number) =>
        divisor === 0 ? null : wholeDigits(value % divisor)
    ),
    // FLOOR and CEILING go by the size of the number: towards and away from zero.
    FLOOR: plain([N], N, (value: number) => Math.trunc(wholeDigits(value))),
    CEILING: plain([N], N, (value: number) => awayFromZero(wholeDigits(value))),
    MFLOOR: plain([N], N, (value: number) => Math.floor(wholeDigits(value))),
    MCEILING: plain([N], N, (value: number) => Math.ceil(wholeDigits(value))),
    ROUND: plain([N, N], N, (value: number, digits: number) => roundHalfUp(value, Math.trunc(digits))),
    MIN: many((values) => Math.min(...values)),
    MAX: many((values) => Math.max(...values)),
    TEXT: text,
    VALUE: plain([T], N, (value: string) =>
        value.trim() === '' || Number.isNaN(Number(value)) ? null : Number(value)
    ),
    ISNUMBER: plain([T], 'boolean', (value: string) => value.trim() !== '' && !Number.isNaN(Number(value))),
    LEN: plain([T], N, (value: string) => value.length),
    LEFT: plain([T, N], T, (value: string, count: number) => value.slice(0, Math.max(0, count))),
    RIGHT: plain([T, N], T, (value: string, count: number) => (count > 0 ? value.slice(-count) : '')),
    MID: plain([T, N, N], T, (value: string, start: number, count: number) => {
        const from = Math.max(0, start - 1);
        return value.slice(from, from + Math.max(0, count));
    }),
    UPPER: plain([T], T, (value: string) => value.toUpperCase()),
    LOWER: plain([T], T, (value: string) => value.toLowerCase()),
    TRIM: plain([T], T, (value: string) => value.trim()),
    CONTAINS: plain([T, T], 'boolean', (value: string, part: string) => value.includes(part)),
    BEGINS: plain([T, T], 'boolean', (value: string, start: string) => value.startsWith(start)),
    FIND: plain(
        [T, T, N],
        N,
        (part: string, value: string, start = 1) => value.indexOf(part, start - 1) + 1,
        2
    ),
    SUBSTITUTE: plain([T, T, T], T, (value: string, old: string, by: string) =>
        old === '' ? value : value.split(old).join(by)
    ),
    LPAD: plain(
        [T, N, T],
        T,
        (value: string, width: number, by = ' ') => value.padStart(width, by).slice(0, width),
        2
    ),
    RPAD: plain(
        [T, N, T],
        T,
        (value: string, width: number, by = ' ') => value.padEnd(width, by).slice(0, width),
        2
    ),
    BR: plain([], T, () => '\n'),
    ISPICKVAL: picked('picklist', (value, wanted) => value === wanted),
    INCLUDES: picked('multipicklist', (value, wanted) => value.split(';').includes(wanted)),
    ISBLANK: isBlank,
    ISNULL: isNull,
    BLANKVALUE: instead(blank),
    NULLVALUE: instead((value) => value === null)
};

/** Functions of Salesforce formulas that this org refuses, so that the message can say so. */
export const REFUSED = new Set(
    (
        'HYPERLINK IMAGE VLOOKUP REGEX ISNEW ISCHANGED PRIORVALUE ISCLONE GETSESSIONID URLFOR LINKTO REQUIRESCRIPT INCLUDE ' +
        'PARENTGROUPVAL PREVGROUPVAL DISTANCE GEOLOCATION CURRENCYRATE TIMEVALUE TIMENOW HOUR MINUTE SECOND MILLISECOND ' +
        'JUNCTIONIDLIST GETRECORDIDS HTMLENCODE JSENCODE JSINHTMLENCODE URLENCODE PREDICT CHR ASCII UNICODE INITCAP ' +
        'CASESAFEID TRUNC UNIXTIMESTAMP FROMUNIXTIME ISOWEEK ISOYEAR DAYOFYEAR FORMATDURATION PI RAND IMAGEPROXYURL ' +
        'PICKLISTCOUNT SIN COS TAN ASIN ACOS ATAN ATAN2 REVERSE'
    ).split(' ')
);
