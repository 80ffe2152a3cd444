// Apex Date, Datetime and Time values and their text in a time zone. No Apex method names here: those are in
// library/dates.ts.

const DAY_MS = 86_400_000;
const pad = (value: number, width = 2): string => String(value).padStart(width, '0');

export class ApexDate {
    /** Days since 1970-01-01. */
    readonly days: number;
    constructor(days: number) {
        this.days = days;
    }

    static of(year: number, month: number, day: number): ApexDate {
        const date = new Date(0);
        date.setUTCFullYear(year, month - 1, day);
        return new ApexDate(Math.round(date.getTime() / DAY_MS));
    }

    static parse(text: string): ApexDate | undefined {
        const match = /^(\d{4})-(\d{1,2})-(\d{1,2})/.exec(text);
        if (!match) return undefined;
        const [year, month, day] = match.slice(1, 4).map(Number);
        if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
        return ApexDate.of(year, month, day);
    }

    get utc(): Date {
        return new Date(this.days * DAY_MS);
    }
    get year(): number {
        return this.utc.getUTCFullYear();
    }
    get month(): number {
        return this.utc.getUTCMonth() + 1;
    }
    get day(): number {
        return this.utc.getUTCDate();
    }

    /** The same day `months` later, or the last day of that month. */
    plusMonths(months: number): ApexDate {
        const index = this.year * 12 + this.month - 1 + months;
        const [year, month] = [Math.floor(index / 12), (((index % 12) + 12) % 12) + 1];
        return ApexDate.of(year, month, Math.min(this.day, daysInMonth(year, month)));
    }

    toString(): string {
        return `${pad(this.year, 4)}-${pad(this.month)}-${pad(this.day)}`;
    }
}

export function daysInMonth(year: number, month: number): number {
    return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

export class ApexTime {
    readonly ms: number;
    constructor(ms: number) {
        this.ms = ms;
    }
    toString(): string {
        return `${new Date(this.ms).toISOString().slice(11, 23)}Z`;
    }
}

export interface WallClock {
    year: number;
    month: number;
    day: number;
    hour: number;
    minute: number;
    second: number;
    millisecond: number;
}

export class ApexDatetime {
    readonly ms: number;
    constructor(ms: number) {
        this.ms = ms;
    }

    /** The instant at which clocks in `zone` show `wall`. */
    static ofWallClock(wall: WallClock, zone: string): ApexDatetime {
        const { year, month, day, hour, minute, second, millisecond } = wall;
        const asUtc = Date.UTC(year, month - 1, day, hour, minute, second, millisecond);
        const first = asUtc - zoneOffsetMs(asUtc, zone);
        return new ApexDatetime(asUtc - zoneOffsetMs(first, zone));
    }

    static parseIso(text: string): ApexDatetime | undefined {
        const normal = text.trim().replace(/([+-]\d\d)(\d\d)$/, '$1:$2');
        const ms = Date.parse(normal);
        return Number.isNaN(ms) ? undefined : new ApexDatetime(ms);
    }

    wallClock(zone: string): WallClock {
        const local = new Date(this.ms + zoneOffsetMs(this.ms, zone));
        return {
            year: local.getUTCFullYear(),
            month: local.getUTCMonth() + 1,
            day: local.getUTCDate(),
            hour: local.getUTCHours(),
            minute: local.getUTCMinutes(),
            second: local.getUTCSeconds(),
            millisecond: local.getUTCMilliseconds()
        };
    }

    dateIn(zone: string): ApexDate {
        return new ApexDate(Math.floor((this.ms + zoneOffsetMs(this.ms, zone)) / DAY_MS));
    }

    /** `yyyy-MM-dd HH:mm:ss`, as String.valueOf shows a Datetime. */
    textIn(zone: string): string {
        return formatPattern(this, 'yyyy-MM-dd HH:mm:ss', zone);
    }

    toIso(): string {
        return new Date(this.ms).toISOString();
    }
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** How far clocks in `zone` are ahead of UTC at `ms`. */
export function zoneOffsetMs(ms: number, zone: string): number {
    if (zone === 'GMT' || zone === 'UTC') return 0;
    let formatter = formatters.get(zone);
    if (!formatter) {
        formatter = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
        formatters.set(zone, formatter);
    }
    const name = formatter.formatToParts(ms).find((part) => part.type === 'timeZoneName')!.value;
    const match = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?/.exec(name)!;
    if (!match[1]) return 0;
    const seconds = Number(match[2]) * 3600 + Number(match[3]) * 60 + Number(match[4] ?? 0);
    return (match[1] === '-' ? -1 : 1) * seconds * 1000;
}

const MONTHS = 'January February March April May June July August September October November December'.split(
    ' '
);
const WEEKDAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

/** SimpleDateFormat patterns; letters it does not know throw RangeError with the letter. */
export function formatPattern(value: ApexDatetime, pattern: string, zone: string): string {
    const wall = value.wallClock(zone);
    return pattern.replace(
        /'((?:[^']|'')*)'|([A-Za-z])\2*/g,
        (part, quoted: string | undefined, letter: string) =>
            quoted === undefined
                ? formatField(wall, letter, part.length, value, zone)
                : quoted.replaceAll("''", "'") || "'"
    );
}

function formatField(
    wall: WallClock,
    letter: string,
    width: number,
    value: ApexDatetime,
    zone: string
): string {
    switch (letter) {
        case 'y':
            return width === 2 ? pad(wall.year % 100) : pad(wall.year, width);
        case 'M':
            if (width >= 4) return MONTHS[wall.month - 1];
            return width === 3 ? MONTHS[wall.month - 1].slice(0, 3) : pad(wall.month, width);
        case 'd':
            return pad(wall.day, width);
        case 'H':
            return pad(wall.hour, width);
        case 'h':
            return pad(wall.hour % 12 || 12, width);
        case 'm':
            return pad(wall.minute, width);
        case 's':
            return pad(wall.second, width);
        case 'S':
            return pad(wall.millisecond, width);
        case 'a':
            return wall.hour < 12 ? 'AM' : 'PM';
        case 'E': {
            const name = WEEKDAYS[value.dateIn(zone).utc.getUTCDay()];
            return width >= 4 ? name : name.slice(0, 3);
        }
        case 'u':
            return pad(value.dateIn(zone).utc.getUTCDay() || 7, width);
        case 'Z':
        case 'X':
            return offsetText(
                zoneOffsetMs(value.ms, zone),
                letter === 'X' && width === 3 ? ':' : '',
                letter === 'X'
            );
        default:
            throw new RangeError(letter);
    }
}

function offsetText(offsetMs: number, separator: string, zuluForZero: boolean): string {
    if (offsetMs === 0 && zuluForZero) return 'Z';
    const minutes = Math.abs(offsetMs) / 60_000;
    return `${offsetMs < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60))}${separator}${pad(minutes % 60)}`;
}
