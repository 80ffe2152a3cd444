// Calendar days in a time zone: the user's for date literals and formulas. Owns the arithmetic between instants (ms), days since 1970-01-01 and their text
// as stored; formulas, date literals and DAY functions all use it.

export const DAY_MS = 86_400_000;
/** Offsets change on the quarter hour at the finest, so one offset serves a quarter hour. */
const STEP_MS = 900_000;
const CACHE_LIMIT = 20_000;

export interface TimeZone {
    /** The calendar day (days since 1970-01-01) of an instant. */
    dayOf(ms: number): number;
    /** The instant at which a calendar day starts. */
    startOf(day: number): number;
    /** The instant as if the local clock showed UTC: for reading hours and days off it. */
    localMs(ms: number): number;
}

const zones = new Map<string, TimeZone>();

export function timeZone(name: string): TimeZone {
    let zone = zones.get(name);
    if (!zone) zones.set(name, (zone = createTimeZone(name)));
    return zone;
}

function createTimeZone(name: string): TimeZone {
    const format = new Intl.DateTimeFormat('en-US', {
        timeZone: name,
        hourCycle: 'h23',
        ...{ year: 'numeric', month: 'numeric', day: 'numeric' },
        ...{ hour: 'numeric', minute: 'numeric', second: 'numeric', era: 'short' }
    });
    const offsets = new Map<number, number>();
    const offsetAt = (ms: number): number => {
        const step = Math.floor(ms / STEP_MS);
        let offset = offsets.get(step);
        if (offset === undefined) {
            if (offsets.size > CACHE_LIMIT) offsets.clear();
            offset = readOffset(format, step * STEP_MS);
            offsets.set(step, offset);
        }
        return offset;
    };
    const localMs = (ms: number): number => ms + offsetAt(ms);
    return {
        localMs,
        dayOf: (ms) => Math.floor(localMs(ms) / DAY_MS),
        startOf(day) {
            const wall = day * DAY_MS;
            const guess = wall - offsetAt(wall);
            return wall - offsetAt(guess);
        }
    };
}

function readOffset(format: Intl.DateTimeFormat, ms: number): number {
    const parts = Object.fromEntries(format.formatToParts(ms).map((part) => [part.type, part.value]));
    const year = parts.era === 'BC' ? 1 - Number(parts.year) : Number(parts.year);
    const wall = new Date(0);
    wall.setUTCFullYear(year, Number(parts.month) - 1, Number(parts.day));
    wall.setUTCHours(Number(parts.hour), Number(parts.minute), Number(parts.second));
    return wall.getTime() - ms;
}

/** Days since 1970-01-01 of a calendar date; months may overflow (month 13 is January after). */
export function dayNumber(year: number, month: number, day: number): number {
    const date = new Date(0);
    date.setUTCFullYear(year, month - 1, day);
    return Math.round(date.getTime() / DAY_MS);
}

/** `2026-01-31` to days since 1970-01-01; null when it is no calendar date. */
export function parseDay(text: string): number | null {
    const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(text);
    if (!match) return null;
    const day = dayNumber(Number(match[1]), Number(match[2]), Number(match[3]));
    return formatDay(day) === match[0] ? day : null;
}

export function formatDay(day: number): string {
    return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** As stored: `2026-01-31T10:00:00.000Z`, whole seconds. */
export function formatInstant(ms: number): string {
    return new Date(ms).toISOString();
}
