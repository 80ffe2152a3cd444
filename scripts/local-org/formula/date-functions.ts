// Formula functions on dates and times.
import { DAY_MS, dayNumber, parseDay } from '../soql/time-zone.ts';
import { checkCount, checkType, plain } from './builders.ts';
import type { Build } from './builders.ts';

const dateOf = (day: number): Date => new Date(day * DAY_MS);

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

/** The Thursday of an ISO week names the year the week belongs to. */
const thursdayOf = (day: number): Date => dateOf(day + 4 - (dateOf(day).getUTCDay() || 7));

const dayOfYear = (date: Date): number =>
    Math.floor(date.getTime() / DAY_MS) - dayNumber(date.getUTCFullYear(), 1, 1) + 1;

const N = 'number';
const D = 'date';

export const DATE_FUNCTIONS: Record<string, Build> = {
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
    DAYOFYEAR: plain([D], N, (day: number) => dayOfYear(dateOf(day))),
    ISOWEEK: plain([D], N, (day: number) => Math.ceil(dayOfYear(thursdayOf(day)) / 7)),
    ISOYEAR: plain([D], N, (day: number) => thursdayOf(day).getUTCFullYear()),
    UNIXTIMESTAMP: plain(['datetime'], N, (ms: number) => ms / 1000),
    FROMUNIXTIME: plain([N], 'datetime', (seconds: number) => seconds * 1000)
};
