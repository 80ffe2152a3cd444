// The names of the language as a rep knows the things.
import { words } from './words.ts';

const OWN: Record<string, string> = {
    amount: 'the amount of the deal',
    payable: 'the amount credited to you',
    quotaCredit: 'the amount credited to your quota',
    countCredit: 'the number of deals credited to you',
    share: 'your share of the deal',
    level: 'the level of the override',
    date: 'the date of the deal',
    elapsedMonths: 'the months since the original deal',
    monthsInForce: 'the months the deal was in force',
    elapsedDays: 'the days since the original deal',
    paidToDate: 'what was paid since the year began',
    due: 'what is due',
    paid: 'what is paid',
    served: 'the part of the time to vesting that you served'
};

const PERIOD: Record<string, string> = {
    start: 'the first day of the period',
    end: 'the last day of the period',
    number: 'the number of the period in the year',
    days: 'the days of the period',
    months: 'the months of the period'
};

const ASSIGNED: Record<string, string> = {
    days: 'the days you were on the plan in the period',
    months: 'the months you were on the plan in the period',
    part: 'the part of the period you were on the plan'
};

const ROOTS: Record<string, (key: string) => string> = {
    measure: (key) => `your ${key} so far`,
    before: (key) => `your ${key} before this`,
    inPeriod: (key) => `your ${key} of the period`,
    quota: (key) => `your quota of ${key}`,
    attainment: (key) => `your attainment of the ${key} quota`,
    attainmentBefore: (key) => `your attainment of the ${key} quota before this`,
    earning: (key) => `what “${key}” earns`,
    earningToDate: (key) => `what “${key}” earned since the year began`,
    earningBefore: (key) => `what “${key}” earned since the year began, before the period`,
    events: (key) => `the day of “${key}”`,
    team: (key) => `whoever was ${key} of the deal`,
    balance: (key) => `the balance of “${key}”`,
    payee: (key) => `your ${key}`,
    source: (key) => `the ${key} of whoever was credited first`,
    param: (key) => `the ${key}`,
    fact: (key) => `the ${key} reported for the period`
};

export function nameInWords(path: readonly string[]): string {
    const [root = '', key] = path;
    if (key === undefined) return Object.hasOwn(OWN, root) ? OWN[root]! : `the ${words(root)} of the deal`;
    if (root === 'period' && Object.hasOwn(PERIOD, key)) return PERIOD[key]!;
    if (root === 'assigned' && Object.hasOwn(ASSIGNED, key)) return ASSIGNED[key]!;
    return Object.hasOwn(ROOTS, root) ? ROOTS[root]!(words(key)) : path.join('.');
}
