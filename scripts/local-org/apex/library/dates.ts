// Date, Datetime, Time and TimeZone.
import { ApexDate, ApexDatetime, ApexTime, daysInMonth, formatPattern, zoneOffsetMs } from '../dates.ts';
import type { WallClock } from '../dates.ts';
import { apexError } from '../errors.ts';
import { equals } from '../operators.ts';
import type { Frame } from '../transaction.ts';
import type { Value } from '../values.ts';
import { PlatformObject } from '../values.ts';
import type { InstanceTable, StaticTable } from './native.ts';
import { date, datetime, text, whole } from './native.ts';

const DAY_MS = 86_400_000;
const zoneOf = (frame: Frame): string => frame.tx.user.timeZone;

/** Short form of a day in the user's locale; users of the local org read en-US. */
const shortDate = (value: ApexDate): string => `${value.month}/${value.day}/${value.year}`;

function monthsBetween(from: ApexDate, to: ApexDate): number {
    return (to.year - from.year) * 12 + to.month - from.month;
}

export const dateMethods: InstanceTable<ApexDate> = {
    'adddays/1': (self, [days]) => new ApexDate(self.days + whole(days)),
    'addmonths/1': (self, [months]) => self.plusMonths(whole(months)),
    'addyears/1': (self, [years]) => self.plusMonths(12 * whole(years)),
    'daysbetween/1': (self, [other]) => date(other).days - self.days,
    'monthsbetween/1': (self, [other]) => monthsBetween(self, date(other)),
    'year/0': (self) => self.year,
    'month/0': (self) => self.month,
    'day/0': (self) => self.day,
    'dayofyear/0': (self) => self.days - ApexDate.of(self.year, 1, 1).days + 1,
    'tostartofmonth/0': (self) => ApexDate.of(self.year, self.month, 1),
    'tostartofweek/0': (self) => new ApexDate(self.days - self.utc.getUTCDay()),
    'issameday/1': (self, [other]) => date(other).days === self.days,
    'format/0': (self) => shortDate(self),
    'equals/1': (self, [other]) => equals(self, other),
    'tostring/0': (self) => self.toString()
};

const plusMs = (self: ApexDatetime, count: Value, unitMs: number): ApexDatetime =>
    new ApexDatetime(self.ms + whole(count) * unitMs);

function plusMonths(self: ApexDatetime, months: number, zone: string): ApexDatetime {
    const { year, month, day } = self.dateIn(zone).plusMonths(months);
    return ApexDatetime.ofWallClock({ ...self.wallClock(zone), year, month, day }, zone);
}

function formatted(self: ApexDatetime, pattern: Value, zone: string): string {
    try {
        return formatPattern(self, text(pattern), zone);
    } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        throw apexError('IllegalArgumentException', `Illegal pattern character '${error.message}'`);
    }
}

const part =
    (name: keyof WallClock) =>
    (self: ApexDatetime, _args: Value[], frame: Frame): Value =>
        self.wallClock(zoneOf(frame))[name];
const gmtPart =
    (name: keyof WallClock) =>
    (self: ApexDatetime): Value =>
        self.wallClock('GMT')[name];

export const datetimeMethods: InstanceTable<ApexDatetime> = {
    'addseconds/1': (self, [count]) => plusMs(self, count, 1000),
    'addminutes/1': (self, [count]) => plusMs(self, count, 60_000),
    'addhours/1': (self, [count]) => plusMs(self, count, 3_600_000),
    'adddays/1': (self, [count]) => plusMs(self, count, DAY_MS),
    'addmonths/1': (self, [count], frame) => plusMonths(self, whole(count), zoneOf(frame)),
    'addyears/1': (self, [count], frame) => plusMonths(self, 12 * whole(count), zoneOf(frame)),
    'date/0': (self, _args, frame) => self.dateIn(zoneOf(frame)),
    'dategmt/0': (self) => self.dateIn('GMT'),
    'time/0': (self, _args, frame) => new ApexTime(timeOfDay(self, zoneOf(frame))),
    'timegmt/0': (self) => new ApexTime(timeOfDay(self, 'GMT')),
    'gettime/0': (self) => BigInt(self.ms),
    'year/0': part('year'),
    'month/0': part('month'),
    'day/0': part('day'),
    'hour/0': part('hour'),
    'minute/0': part('minute'),
    'second/0': part('second'),
    'millisecond/0': part('millisecond'),
    'yeargmt/0': gmtPart('year'),
    'monthgmt/0': gmtPart('month'),
    'daygmt/0': gmtPart('day'),
    'hourgmt/0': gmtPart('hour'),
    'minutegmt/0': gmtPart('minute'),
    'secondgmt/0': gmtPart('second'),
    'issameday/1': (self, [other], frame) =>
        self.dateIn(zoneOf(frame)).days === datetime(other).dateIn(zoneOf(frame)).days,
    'format/0': (self, _args, frame) => formatPattern(self, 'M/d/yyyy, h:mm a', zoneOf(frame)),
    'format/1': (self, [pattern], frame) => formatted(self, pattern, zoneOf(frame)),
    'format/2': (self, [pattern, zone]) => formatted(self, pattern, text(zone)),
    'formatgmt/1': (self, [pattern]) => formatted(self, pattern, 'GMT'),
    'equals/1': (self, [other]) => equals(self, other),
    'tostring/0': (self, _args, frame) => self.textIn(zoneOf(frame))
};

function timeOfDay(value: ApexDatetime, zone: string): number {
    const local = value.ms + zoneOffsetMs(value.ms, zone);
    return ((local % DAY_MS) + DAY_MS) % DAY_MS;
}

export const timeMethods: InstanceTable<ApexTime> = {
    'hour/0': (self) => Math.floor(self.ms / 3_600_000),
    'minute/0': (self) => Math.floor(self.ms / 60_000) % 60,
    'second/0': (self) => Math.floor(self.ms / 1000) % 60,
    'millisecond/0': (self) => self.ms % 1000,
    'tostring/0': (self) => self.toString()
};

export const timeZoneMethods: InstanceTable<PlatformObject<string>> = {
    'getid/0': (self) => self.state,
    'tostring/0': (self) => self.state,
    'getoffset/1': (self, [at]) => zoneOffsetMs(datetime(at).ms, self.state)
};

function parsedDate(value: Value, frame: Frame): ApexDate {
    if (value instanceof ApexDatetime) return value.dateIn(zoneOf(frame));
    if (value instanceof ApexDate) return value;
    const parsed = ApexDate.parse(text(value));
    if (!parsed) throw apexError('TypeException', `Invalid date: ${text(value)}`);
    return parsed;
}

function parsedDatetime(value: Value, zone: string): ApexDatetime {
    if (value instanceof ApexDatetime) return value;
    const match = /^(\d{4})-(\d\d?)-(\d\d?) (\d\d?):(\d\d?):(\d\d?)$/.exec(text(value));
    if (!match) throw apexError('TypeException', `Invalid date/time: ${text(value)}`);
    const [year, month, day, hour, minute, second] = match.slice(1).map(Number);
    return ApexDatetime.ofWallClock({ year, month, day, hour, minute, second, millisecond: 0 }, zone);
}

function wallClockOf(args: Value[]): WallClock {
    const [year, month, day, hour = 0, minute = 0, second = 0] = args.map(whole);
    return { year, month, day, hour, minute, second, millisecond: 0 };
}

function newDatetime(frame: Frame, args: Value[], zone = zoneOf(frame)): ApexDatetime {
    const [first, time] = args;
    if (args.length === 1) return new ApexDatetime(whole(first));
    if (first instanceof ApexDate && time instanceof ApexTime) {
        const { year, month, day } = first;
        const start = { year, month, day, hour: 0, minute: 0, second: 0, millisecond: time.ms };
        return ApexDatetime.ofWallClock(start, zone);
    }
    return ApexDatetime.ofWallClock(wallClockOf(args), zone);
}

const local = (frame: Frame, args: Value[]): Value => newDatetime(frame, args);
const gmt = (frame: Frame, args: Value[]): Value => newDatetime(frame, args, 'GMT');
const today = (frame: Frame): ApexDate => now(frame).dateIn(zoneOf(frame));
const now = (frame: Frame): ApexDatetime => new ApexDatetime(frame.tx.now().getTime());

export const dateStatics: StaticTable = {
    'date.today/0': today,
    'system.today/0': today,
    'date.newinstance/3': (_frame, [year, month, day]) => ApexDate.of(whole(year), whole(month), whole(day)),
    'date.valueof/1': (frame, [value]) => parsedDate(value, frame),
    'date.daysinmonth/2': (_frame, [year, month]) => daysInMonth(whole(year), whole(month)),
    'date.isleapyear/1': (_frame, [year]) => daysInMonth(whole(year), 2) === 29,
    'datetime.now/0': now,
    'system.now/0': now,
    'system.currenttimemillis/0': (frame) => BigInt(frame.tx.now().getTime()),
    'datetime.newinstance/1': local,
    'datetime.newinstance/2': local,
    'datetime.newinstance/3': local,
    'datetime.newinstance/6': local,
    'datetime.newinstancegmt/2': gmt,
    'datetime.newinstancegmt/3': gmt,
    'datetime.newinstancegmt/6': gmt,
    'datetime.valueof/1': (frame, [value]) => parsedDatetime(value, zoneOf(frame)),
    'datetime.valueofgmt/1': (_frame, [value]) => parsedDatetime(value, 'GMT'),
    'time.newinstance/4': (_frame, args) => {
        const [hour, minute, second, ms] = args.map(whole);
        return new ApexTime(((hour * 60 + minute) * 60 + second) * 1000 + ms);
    },
    'timezone.gettimezone/1': (_frame, [id]) => new PlatformObject('TimeZone', text(id))
};
