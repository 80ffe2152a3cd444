// Period rows around today: fiscal months, quarters and years, as Setup > Fiscal Year makes them for a standard year.
// Custom fiscal years (4-4-5) are loaded by a seed as its own Period rows.

export interface PeriodRow extends Record<string, unknown> {
    Type: 'Month' | 'Quarter' | 'Year';
    StartDate: string;
    EndDate: string;
    Number: number;
    IsForecastPeriod: boolean;
    FullyQualifiedLabel: string;
}

const YEARS_BACK = 4;
const YEARS_AHEAD = 3;

/** A fiscal year is named after the calendar year it ends in. `startMonth` 1 = January. */
export function fiscalPeriods(now: Date, startMonth: number): PeriodRow[] {
    const rows: PeriodRow[] = [];
    const current = now.getUTCFullYear();
    for (let year = current - YEARS_BACK; year <= current + YEARS_AHEAD; year++) {
        const firstMonth = startMonth - 1;
        const calendarYear = startMonth === 1 ? year : year - 1;
        rows.push(period('Year', calendarYear, firstMonth, 12, 1, `FY ${year}`));
        for (let quarter = 0; quarter < 4; quarter++) {
            const label = `Q${quarter + 1} FY ${year}`;
            rows.push(period('Quarter', calendarYear, firstMonth + quarter * 3, 3, quarter + 1, label));
        }
        for (let month = 0; month < 12; month++) {
            const label = `Month ${month + 1} FY ${year}`;
            rows.push(period('Month', calendarYear, firstMonth + month, 1, month + 1, label));
        }
    }
    return rows;
}

function period(
    type: PeriodRow['Type'],
    year: number,
    month: number,
    months: number,
    number: number,
    label: string
): PeriodRow {
    return {
        Type: type,
        StartDate: isoDay(Date.UTC(year, month, 1)),
        EndDate: isoDay(Date.UTC(year, month + months, 0)),
        Number: number,
        IsForecastPeriod: type !== 'Year',
        FullyQualifiedLabel: label
    };
}

function isoDay(time: number): string {
    return new Date(time).toISOString().slice(0, 10);
}
