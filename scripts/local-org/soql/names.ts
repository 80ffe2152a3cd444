// The function names of SOQL and what this org does with each.

export const AGGREGATES = new Set(['COUNT', 'COUNT_DISTINCT', 'SUM', 'AVG', 'MIN', 'MAX']);

export const DATE_FUNCTIONS = new Set([
    'CALENDAR_YEAR',
    'CALENDAR_QUARTER',
    'CALENDAR_MONTH',
    'FISCAL_YEAR',
    'FISCAL_QUARTER',
    'FISCAL_MONTH',
    'DAY_IN_MONTH',
    'DAY_IN_WEEK',
    'DAY_IN_YEAR',
    'DAY_ONLY',
    'HOUR_IN_DAY',
    'WEEK_IN_MONTH',
    'WEEK_IN_YEAR'
]);

/** Functions that change how a value is shown. */
export const DISPLAY_FUNCTIONS = new Set(['FORMAT', 'TOLABEL', 'CONVERTCURRENCY']);

/** Functions that stand inside others, or with GROUP BY ROLLUP and CUBE only. */
export const HELPER_FUNCTIONS = new Set(['CONVERTTIMEZONE', 'GROUPING']);

/** Functions of SOQL that are refused by name. */
export const REFUSED_FUNCTIONS = new Set(['DISTANCE', 'GEOLOCATION']);

/** What USING SCOPE may name in Salesforce; to-sql.ts says which of them this org has. */
export const SCOPES = new Set([
    'delegated',
    'everything',
    'mine',
    'mine_and_my_groups',
    'my_territory',
    'my_team_territory',
    'team'
]);

export const DATE_LITERALS = new Set([
    'YESTERDAY',
    'TODAY',
    'TOMORROW',
    'LAST_90_DAYS',
    'NEXT_90_DAYS',
    ...['WEEK', 'MONTH', 'QUARTER', 'YEAR', 'FISCAL_QUARTER', 'FISCAL_YEAR'].flatMap((unit) => [
        `LAST_${unit}`,
        `THIS_${unit}`,
        `NEXT_${unit}`
    ])
]);

/** Date literals that are followed by `:n`. */
export const COUNTED_DATE_LITERALS = new Set(
    ['DAYS', 'WEEKS', 'MONTHS', 'QUARTERS', 'YEARS', 'FISCAL_QUARTERS', 'FISCAL_YEARS'].flatMap((unit) => [
        `LAST_N_${unit}`,
        `NEXT_N_${unit}`,
        `N_${unit}_AGO`
    ])
);
