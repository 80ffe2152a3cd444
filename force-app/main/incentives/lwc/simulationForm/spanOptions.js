// The periods a simulation can begin and end with: those of the org, and before the first of them as many of the same length as make
// three years. An org without periods gets those of the calendar.
import LOCALE from '@salesforce/i18n/locale';
import { spanText } from 'c/simulationWording';

const MONTHS = { Month: 1, Quarter: 3, HalfYear: 6, Year: 12, Plan: 3 };
const YEARS_BACK = 3;
const LEAST_MONTHS = 12;

const month = new Intl.DateTimeFormat(LOCALE, { month: 'short', year: 'numeric', timeZone: 'UTC' });

/**
 * Oldest first, all over before `today`.
 * @param {{ name: string, interval: string, startDate: string, endDate: string }[]} periods of the org that are over, oldest first
 * @param {string} interval
 * @param {string} today
 */
export function periodOptions(periods, interval, today) {
    const own = periods
        .filter((period) => period.interval === interval)
        .map(({ name, startDate, endDate }) => ({ start: startDate, end: endDate, label: name }));
    const known = own.length > 0 ? own : [calendarPeriod(interval, today)].filter(({ end }) => end < today);
    const first = known[0]?.start ?? calendarPeriod(interval, today).start;
    const goal = addMonths(today, -12 * YEARS_BACK);
    const before = [];
    for (let start = previous(first, interval); start >= goal; start = previous(start, interval))
        before.unshift(labelled(start, interval));
    return [...before, ...known];
}

/** The last twelve months or a little more, ending with the last period; fewer where there are not so many. */
export function defaultSpan(options) {
    const last = options.at(-1);
    if (!last) return { start: undefined, end: undefined };
    const first = options.findLast(({ start }) => isLongEnough(start, last.end)) ?? options[0];
    return { start: first.start, end: last.end };
}

/** Twelve months at least: less would show no seasons. */
export function isLongEnough(start, end) {
    return addMonths(start, LEAST_MONTHS) <= addDays(end, 1);
}

function previous(start, interval) {
    return interval === 'Week' ? addDays(start, -7) : addMonths(start, -MONTHS[interval]);
}

function labelled(start, interval) {
    const end = endOf(start, interval);
    return { start, end, label: periodLabel(start, end, interval) };
}

function endOf(start, interval) {
    return interval === 'Week' ? addDays(start, 6) : addDays(addMonths(start, MONTHS[interval]), -1);
}

/** The period `today` lies in, as the calendar has them. */
function calendarPeriod(interval, today) {
    if (interval === 'Week') {
        const weekday = (new Date(today).getUTCDay() + 6) % 7;
        return labelled(addDays(today, -weekday), interval);
    }
    const number = Number(today.slice(5, 7)) - 1;
    const first = number - (number % MONTHS[interval]);
    return labelled(`${today.slice(0, 4)}-${String(first + 1).padStart(2, '0')}-01`, interval);
}

function periodLabel(start, end, interval) {
    const [year, monthNumber, day] = start.split('-').map(Number);
    if (day !== 1 || interval === 'Week') return spanText(start, end);
    if (interval === 'Month') return month.format(new Date(start));
    if (interval === 'Quarter' && monthNumber % 3 === 1) return `Q${(monthNumber + 2) / 3} ${year}`;
    return interval === 'Year' && monthNumber === 1 ? String(year) : spanText(start, end);
}

function addMonths(day, count) {
    const [year, monthNumber, dayNumber] = day.split('-').map(Number);
    const last = new Date(Date.UTC(year, monthNumber + count, 0)).getUTCDate();
    return new Date(Date.UTC(year, monthNumber - 1 + count, Math.min(dayNumber, last)))
        .toISOString()
        .slice(0, 10);
}

function addDays(day, count) {
    const [year, monthNumber, dayNumber] = day.split('-').map(Number);
    return new Date(Date.UTC(year, monthNumber - 1, dayNumber + count)).toISOString().slice(0, 10);
}
