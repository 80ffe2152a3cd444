// String and Id.
import { notSupported as orgDoesNotSupport } from '../../org.ts';
import { apexError } from '../errors.ts';
import { textIn } from '../objects.ts';
import { compareText } from '../operators.ts';
import { idOf, STRING } from '../types.ts';
import type { Value } from '../values.ts';
import { ApexList, ApexSet } from '../values.ts';
import { ApexBlob } from '../values.ts';
import type { InstanceTable, StaticTable } from './native.ts';
import { list, text, whole } from './native.ts';
import { objectToken } from './schema.ts';

const strings = (items: string[]): ApexList => new ApexList(STRING, items);
const isBlank = (value: Value): boolean => value === null || text(value).trim() === '';
const capitalized = (value: string): string => value.charAt(0).toUpperCase() + value.slice(1);

function checkRange(value: string, start: number, end: number): void {
    if (start < 0 || start > value.length)
        throw apexError('StringException', `Starting position out of bounds: ${start}`);
    if (end > value.length || end < start)
        throw apexError('StringException', `Ending position out of bounds: ${end}`);
}

function substring(value: string, start: number, end: number): string {
    checkRange(value, start, end);
    return value.slice(start, end);
}

function before(value: string, position: number): string {
    return position < 0 ? value : value.slice(0, position);
}

/** Java syntax that JavaScript reads otherwise or not at all. */
const JAVA_ONLY = /\\[pPQEAZzGhHRvVX]|\(\?[a-z]|\(\?>|[*+?}]\+|&&/;

function pattern(source: string, flags = 'g'): RegExp {
    if (JAVA_ONLY.test(source)) throw orgDoesNotSupport(`the regular expression ${source} in Apex`);
    try {
        return new RegExp(source, flags);
    } catch {
        throw apexError('StringException', `Invalid regex: ${source}`);
    }
}

function split(value: string, separator: string, limit: number): string[] {
    const parts: string[] = [];
    let rest = value;
    while (limit <= 0 || parts.length < limit - 1) {
        const match = pattern(separator, '').exec(rest);
        if (!match || rest === '') break;
        const end = match.index + match[0].length;
        if (end === 0) {
            parts.push(rest[0]);
            rest = rest.slice(1);
            continue;
        }
        parts.push(rest.slice(0, match.index));
        rest = rest.slice(end);
    }
    parts.push(rest);
    if (limit === 0) while (parts.length > 1 && parts.at(-1) === '') parts.pop();
    return parts;
}

function abbreviate(value: string, width: number): string {
    if (width < 4) throw apexError('IllegalArgumentException', 'Minimum abbreviation width is 4');
    return value.length <= width ? value : `${value.slice(0, width - 3)}...`;
}

const pad = (value: string, width: number, filler: string, isLeft: boolean): string =>
    isLeft ? value.padStart(width, filler) : value.padEnd(width, filler);

function levenshtein(left: string, right: string): number {
    let row = Array.from({ length: right.length + 1 }, (_, index) => index);
    for (let i = 1; i <= left.length; i++) {
        const next = [i];
        for (let j = 1; j <= right.length; j++) {
            const change = row[j - 1] + (left[i - 1] === right[j - 1] ? 0 : 1);
            next.push(Math.min(row[j] + 1, next[j - 1] + 1, change));
        }
        row = next;
    }
    return row[right.length];
}

function hash(value: string): number {
    let code = 0;
    for (let index = 0; index < value.length; index++)
        code = (Math.imul(31, code) + value.charCodeAt(index)) | 0;
    return code;
}

export const stringMethods: InstanceTable<string> = {
    'length/0': (self) => self.length,
    'tolowercase/0': (self) => self.toLowerCase(),
    'touppercase/0': (self) => self.toUpperCase(),
    'trim/0': (self) => self.trim(),
    'substring/1': (self, [start]) => substring(self, whole(start), self.length),
    'substring/2': (self, [start, end]) => substring(self, whole(start), whole(end)),
    'left/1': (self, [count]) => self.slice(0, Math.max(0, whole(count))),
    'right/1': (self, [count]) => (whole(count) <= 0 ? '' : self.slice(-whole(count))),
    'mid/2': (self, [start, count]) => self.substr(whole(start), whole(count)),
    'indexof/1': (self, [part]) => self.indexOf(text(part)),
    'indexof/2': (self, [part, from]) => self.indexOf(text(part), whole(from)),
    'lastindexof/1': (self, [part]) => self.lastIndexOf(text(part)),
    'contains/1': (self, [part]) => self.includes(text(part)),
    'containsignorecase/1': (self, [part]) => self.toLowerCase().includes(text(part).toLowerCase()),
    'startswith/1': (self, [part]) => self.startsWith(text(part)),
    'startswithignorecase/1': (self, [part]) => self.toLowerCase().startsWith(text(part).toLowerCase()),
    'endswith/1': (self, [part]) => self.endsWith(text(part)),
    'endswithignorecase/1': (self, [part]) => self.toLowerCase().endsWith(text(part).toLowerCase()),
    'equals/1': (self, [other]) => self === other,
    'equalsignorecase/1': (self, [other]) =>
        typeof other === 'string' && self.toLowerCase() === other.toLowerCase(),
    'compareto/1': (self, [other]) => compareText(self, text(other)),
    'hashcode/0': (self) => hash(self),
    'tostring/0': (self) => self,
    'replace/2': (self, [from, to]) => self.replaceAll(text(from), () => text(to)),
    'replaceall/2': (self, [from, to]) => self.replace(pattern(text(from)), text(to)),
    'replacefirst/2': (self, [from, to]) => self.replace(pattern(text(from), ''), text(to)),
    'split/1': (self, [separator]) => strings(split(self, text(separator), 0)),
    'split/2': (self, [separator, limit]) => strings(split(self, text(separator), whole(limit))),
    'substringbefore/1': (self, [part]) => before(self, self.indexOf(text(part))),
    'substringbeforelast/1': (self, [part]) => before(self, self.lastIndexOf(text(part))),
    'substringafter/1': (self, [part]) =>
        self.includes(text(part)) ? self.slice(self.indexOf(text(part)) + text(part).length) : '',
    'substringafterlast/1': (self, [part]) =>
        self.includes(text(part)) ? self.slice(self.lastIndexOf(text(part)) + text(part).length) : '',
    'substringbetween/2': (self, [open, close]) => {
        const start = self.indexOf(text(open));
        const end = start < 0 ? -1 : self.indexOf(text(close), start + text(open).length);
        return end < 0 ? null : self.slice(start + text(open).length, end);
    },
    'removestart/1': (self, [part]) => (self.startsWith(text(part)) ? self.slice(text(part).length) : self),
    'removeend/1': (self, [part]) =>
        self.endsWith(text(part)) ? self.slice(0, self.length - text(part).length) : self,
    'remove/1': (self, [part]) => (text(part) === '' ? self : self.replaceAll(text(part), '')),
    'abbreviate/1': (self, [width]) => abbreviate(self, whole(width)),
    'capitalize/0': (self) => capitalized(self),
    'uncapitalize/0': (self) => self.charAt(0).toLowerCase() + self.slice(1),
    'reverse/0': (self) => [...self].reverse().join(''),
    'repeat/1': (self, [times]) => self.repeat(Math.max(0, whole(times))),
    'leftpad/1': (self, [width]) => pad(self, whole(width), ' ', true),
    'leftpad/2': (self, [width, filler]) => pad(self, whole(width), text(filler), true),
    'rightpad/1': (self, [width]) => pad(self, whole(width), ' ', false),
    'rightpad/2': (self, [width, filler]) => pad(self, whole(width), text(filler), false),
    'isnumeric/0': (self) => /^\d+$/.test(self),
    'isalpha/0': (self) => /^\p{L}+$/u.test(self),
    'isalphanumeric/0': (self) => /^[\p{L}\p{N}]+$/u.test(self),
    'iswhitespace/0': (self) => self.trim() === '',
    'charat/1': (self, [at]) => {
        checkRange(self, whole(at), whole(at) + 1);
        return self.charCodeAt(whole(at));
    },
    'countmatches/1': (self, [part]) => (text(part) === '' ? 0 : self.split(text(part)).length - 1),
    'normalizespace/0': (self) => self.trim().replace(/\s+/g, ' '),
    'deletewhitespace/0': (self) => self.replace(/\s/g, ''),
    'getlevenshteindistance/1': (self, [other]) => levenshtein(self, text(other)),
    'escapehtml4/0': (self) =>
        self
            .replaceAll('&', '&amp;')
            .replaceAll('<', '&lt;')
            .replaceAll('>', '&gt;')
            .replaceAll('"', '&quot;'),
    // A text variable that holds an id answers as an Id.
    'to15/0': (self) => idOf(self).slice(0, 15),
    'getsobjecttype/0': (self, _args, frame) => {
        const object = frame.tx.org.schema.objectByKeyPrefix(idOf(self).slice(0, 3));
        if (!object) throw apexError('SObjectException', `Cannot locate Apex Type for ID: ${self}`);
        return objectToken(object.name);
    }
};

function format(template: string, args: ApexList, textOf: (value: Value) => string): string {
    const parts = template.split(/('(?:[^']|'')*')/);
    return parts
        .map((part, index) => {
            if (index % 2 === 1) return part === "''" ? "'" : part.slice(1, -1).replaceAll("''", "'");
            return part.replace(/\{(\d+)\}/g, (whole, at: string) => {
                const position = Number(at);
                return position < args.items.length ? textOf(args.items[position]) : whole;
            });
        })
        .join('');
}

export const stringStatics: StaticTable = {
    'string.valueof/1': (frame, [value]) => (value === null ? null : textIn(frame, value)),
    'string.isblank/1': (_frame, [value]) => isBlank(value),
    'string.isnotblank/1': (_frame, [value]) => !isBlank(value),
    'string.isempty/1': (_frame, [value]) => value === null || text(value) === '',
    'string.isnotempty/1': (_frame, [value]) => value !== null && text(value) !== '',
    'string.join/2': (frame, [items, separator]) => {
        const values = items instanceof ApexSet ? [...items.members.values()] : list(items).items;
        return values.map((item) => (item === null ? '' : textIn(frame, item))).join(text(separator));
    },
    'string.format/2': (frame, [template, args]) =>
        format(text(template), list(args), (value) => textIn(frame, value)),
    'string.escapesinglequotes/1': (_frame, [value]) => text(value).replace(/\\?'/g, "\\'"),
    'string.fromchararray/1': (_frame, [codes]) => String.fromCharCode(...list(codes).items.map(whole)),
    'id.valueof/1': (_frame, [value]) => idOf(text(value)),
    'blob.valueof/1': (_frame, [value]) => new ApexBlob(Buffer.from(text(value), 'utf8'))
};
