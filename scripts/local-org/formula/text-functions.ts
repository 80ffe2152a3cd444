// Formula functions on text, picklists and ids. HYPERLINK and IMAGE give the markup that pages show.
import { formatDay } from '../soql/time-zone.ts';
import { isRecordId, to18 } from '../ids.ts';
import { checkCount, checkType, plain, typeName } from './builders.ts';
import type { Build } from './builders.ts';
import { FormulaProblem } from './parse.ts';
import { textOfInstant, textOfNumber } from './values.ts';
import type { FormulaType } from './values.ts';

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

const image = (url: string, alt: string, height?: number, width?: number): string => {
    const size = height === undefined ? '' : ` style="height:${height}px; width:${width ?? height}px;"`;
    return `<img src="${url}" alt="${alt}"${size} border="0"/>`;
};

const link = (url: string, name: string, target = '_blank'): string =>
    `<a href="${url}" target="${target}">${name}</a>`;

const capitalised = (value: string): string =>
    value.toLowerCase().replace(/(^|[^\p{L}\p{N}])(\p{L})/gu, (_, before: string, letter: string) => {
        return before + letter.toUpperCase();
    });

const T = 'text';
const N = 'number';

export const TEXT_FUNCTIONS: Record<string, Build> = {
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
        (part: string, value: string, start = 1) => (part === '' ? 0 : value.indexOf(part, start - 1) + 1),
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
    HYPERLINK: plain([T, T, T], T, link, 2),
    IMAGE: plain([T, T, N, N], T, image, 2),
    CASESAFEID: plain([T], T, (value: string) => (isRecordId(value) ? to18(value) : value)),
    ASCII: plain([T], N, (value: string) => (value === '' ? null : (value.codePointAt(0) as number))),
    CHR: plain([N], T, (code: number) => String.fromCodePoint(Math.trunc(code))),
    INITCAP: plain([T], T, capitalised),
    REVERSE: plain([T], T, (value: string) => [...value].reverse().join('')),
    ISPICKVAL: picked('picklist', (value, wanted) => value === wanted),
    INCLUDES: picked('multipicklist', (value, wanted) => value.split(';').includes(wanted)),
    PICKLISTCOUNT: picklistCount
};

function picklistCount(name: string, args: Parameters<Build>[1]): ReturnType<Build> {
    checkCount(name, args, 1, 1);
    checkType(name, args[0], ['multipicklist']);
    return {
        type: 'number',
        run: (env) => {
            const value = String(args[0].run(env) ?? '');
            return value === '' ? 0 : value.split(';').length;
        }
    };
}
