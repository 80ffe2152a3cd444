// Moves the data forward by whole days, so that its last day is yesterday: silence and age of the open deals are then as
// they were. Week days move with it, for won and open deals alike.
// Times in the files are wall-clock times in Amsterdam; the org stores UTC.

const MS_PER_DAY = 86_400_000;
const ZONE = 'Europe/Amsterdam';
const wallClock = new Intl.DateTimeFormat('en-CA', {
    timeZone: ZONE,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit'
});

export interface ShiftedTime {
    days: number;
    /** '2011-10-01 00:38:44' to an UTC moment, moved forward */
    moment(local: string): string;
    /** the local day of it, moved forward */
    date(local: string): string;
}

export function createShiftedTime(cutoff: string, today: Date): ShiftedTime {
    const days = Math.max(0, Math.floor((today.getTime() - Date.parse(`${cutoff}T00:00:00Z`)) / MS_PER_DAY));
    const wall = (local: string): number => {
        const ms = Date.parse(`${local.replace(' ', 'T')}Z`);
        if (Number.isNaN(ms)) throw new RangeError(`"${local}" is not a time such as 2011-10-01 00:38:44`);
        return ms + days * MS_PER_DAY;
    };
    return {
        days,
        moment: (local) => new Date(utcOfWallClock(wall(local))).toISOString(),
        date: (local) => new Date(wall(local)).toISOString().slice(0, 10)
    };
}

const offsets = new Map<number, number>();

/** Amsterdam's distance to UTC is a whole number of hours and changes only at a full hour. */
function utcOfWallClock(wallMs: number): number {
    const hour = Math.floor(wallMs / 3_600_000);
    let offset = offsets.get(hour);
    if (offset === undefined) {
        const guess = hour * 3_600_000;
        offset = readWallClock(guess) - guess;
        offset = readWallClock(guess - offset) - (guess - offset);
        offsets.set(hour, offset);
    }
    return wallMs - offset;
}

function readWallClock(utcMs: number): number {
    const parts = Object.fromEntries(wallClock.formatToParts(utcMs).map((part) => [part.type, part.value]));
    return Date.parse(
        `${parts['year']}-${parts['month']}-${parts['day']}T${parts['hour']}:${parts['minute']}:${parts['second']}Z`
    );
}
