// The day an instant falls on in the org's time zone, for millions of instants. Offsets come from Node's time zone
// tables once per UTC day; only on days whose offset changes (summer time) is every minute looked up and remembered.
import { MS_PER_DAY } from './calendar.ts';
import { ProblemError } from './problem.ts';
import { NONE, type DayNumber } from './pipeline/types.ts';

const MS_PER_MINUTE = 60_000;
/** 1970-01-01 to 2105: the days that are worth a table; older and later ones are looked up each time. */
const TABLE_DAYS = 49_310;
const UNKNOWN = -0x8000_0000;
const CHANGES = -0x7fff_ffff;

export interface OrgTimeZone {
    readonly name: string;
    /** Day number in the org of an instant in milliseconds since 1970 UTC. */
    dayOfInstant(epochMs: number): DayNumber;
    /** The same for whoever has read a UTC day and the milliseconds since it began, below MS_PER_DAY. */
    dayOfUtc(utcDay: number, msOfDay: number): DayNumber;
}

export function orgTimeZone(name: string): OrgTimeZone {
    const wallClock = wallClockOf(name);
    const offsetAt = (epochMs: number): number => {
        const whole = Math.floor(epochMs / 1000) * 1000;
        return wallClock(whole) - whole;
    };
    const offsetOfDay = new Int32Array(TABLE_DAYS).fill(UNKNOWN);
    const offsetOfMinute = new Map<number, number>();

    const lookUp = (utcDay: number, epochMs: number): number => {
        if (utcDay < 0 || utcDay >= TABLE_DAYS) return offsetAt(epochMs);
        if (offsetOfDay[utcDay] === UNKNOWN) {
            const first = offsetAt(utcDay * MS_PER_DAY);
            offsetOfDay[utcDay] = first === offsetAt((utcDay + 1) * MS_PER_DAY) ? first : CHANGES;
        }
        if (offsetOfDay[utcDay] !== CHANGES) return offsetOfDay[utcDay]!;
        const minute = Math.floor(epochMs / MS_PER_MINUTE);
        let offset = offsetOfMinute.get(minute);
        if (offset === undefined) {
            offset = offsetAt(minute * MS_PER_MINUTE);
            offsetOfMinute.set(minute, offset);
        }
        return offset;
    };

    const dayOfUtc = (utcDay: number, msOfDay: number): DayNumber => {
        const known = utcDay >= 0 && utcDay < TABLE_DAYS ? offsetOfDay[utcDay]! : UNKNOWN;
        const offset = known > CHANGES ? known : lookUp(utcDay, utcDay * MS_PER_DAY + msOfDay);
        const local = msOfDay + offset;
        const day = local < 0 ? utcDay - 1 : local < MS_PER_DAY ? utcDay : utcDay + 1;
        return day === NONE ? NONE - 1 : day;
    };

    return {
        name,
        dayOfUtc,
        dayOfInstant: (epochMs) => {
            const utcDay = Math.floor(epochMs / MS_PER_DAY);
            return dayOfUtc(utcDay, epochMs - utcDay * MS_PER_DAY);
        }
    };
}

/** Milliseconds since 1970 that the clock on the wall of this zone would show as UTC. */
function wallClockOf(timeZone: string): (epochMs: number) => number {
    let format: Intl.DateTimeFormat;
    try {
        format = new Intl.DateTimeFormat('en-US', {
            timeZone,
            calendar: 'gregory',
            numberingSystem: 'latn',
            hourCycle: 'h23',
            era: 'short',
            year: 'numeric',
            month: 'numeric',
            day: 'numeric',
            hour: 'numeric',
            minute: 'numeric',
            second: 'numeric'
        });
    } catch {
        throw new ProblemError({
            code: 'TIME_ZONE_UNKNOWN',
            where: 'Organization.TimeZoneSidKey',
            value: timeZone,
            fix: 'Use a name of the IANA time zone database, for example Europe/London.'
        });
    }
    return (epochMs) => {
        const part: Record<string, string> = {};
        for (const { type, value } of format.formatToParts(epochMs)) part[type] = value;
        const year = part['era'] === 'BC' ? 1 - Number(part['year']) : Number(part['year']);
        const date = new Date(0);
        // setUTCFullYear, because Date.UTC takes the years 0 to 99 for 1900 to 1999.
        date.setUTCFullYear(year, Number(part['month']) - 1, Number(part['day']));
        date.setUTCHours(Number(part['hour']), Number(part['minute']), Number(part['second']));
        return date.getTime();
    };
}
