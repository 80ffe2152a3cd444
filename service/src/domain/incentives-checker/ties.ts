// Sums that hold whatever the plan says, from the figures of the result alone: parts make wholes, each amount goes on where the
// one before left it. They need neither formulas nor rules, so that what the checker and the engine might both have misread
// still cannot lose a cent.
import type { Finding } from './compare.ts';
import { asText, isTable, tables, type Table } from './data.ts';
import { add, divide, isSame, ONE, sign, subtract, total, written, type Exact } from './exact.ts';
import type { Review } from './review.ts';
import { rounded, type Rounding } from './rounded.ts';
import { numberAt } from './statement.ts';

interface Sheet {
    where: string;
    payee: string;
    period: number;
    key: string;
    told: Table;
}

export function ties(review: Review): Finding[] {
    const sheets = sheetsOf(review);
    return [
        ...sheets.flatMap((sheet) => [
            ...ofMeasures(sheet),
            ...ofComponents(sheet, review.plan.rounding),
            ...ofPayout(sheet, review.plan.rounding),
            ...ofBalances(sheet, review),
            ...ofTranches(sheet, sheets, review)
        ]),
        ...ofTotals(review),
        ...ofShares(sheets, review),
        ...ofSchedules(sheets, review)
    ];
}

function sheetsOf({ input, told }: Review): Sheet[] {
    return [...input.payees.keys()].flatMap((payee) =>
        input.periods.flatMap(({ key }, period) => {
            const statement = told.period(payee, period);
            return statement
                ? [{ where: `payees.${payee}.periods.${key}`, payee, period, key, told: statement }]
                : [];
        })
    );
}

function tie(where: string, told: Exact, derived: Exact, why: string): Finding[] {
    return isSame(told, derived) ? [] : [{ where, told: written(told), derived: written(derived), why }];
}

const entries = (table: unknown): [string, Table][] => Object.entries((table ?? {}) as Record<string, Table>);
const amounts = (rows: readonly Table[]): Exact => total(rows.map((row) => numberAt(row, 'amount')));

function ofMeasures({ where, told }: Sheet): Finding[] {
    return entries(told['measures']).flatMap(([key, measure]) => {
        if (measure['attainment'] === null || measure['quota'] === null) return [];
        const attained = divide(numberAt(measure, 'toDate'), numberAt(measure, 'quota'));
        return tie(
            `${where}.measures.${key}.attainment`,
            numberAt(measure, 'attainment'),
            attained,
            'it is toDate / quota'
        );
    });
}

function ofComponents({ where, told }: Sheet, { unit, mode, at }: Rounding): Finding[] {
    return entries(told['components']).flatMap(([key, component]) => {
        const lines = tables(component['lines']);
        const takenBack = lines.filter(isTakenBack);
        const anew = amounts(lines.filter((line) => !isTakenBack(line)));
        const sum = add(at === 'component' ? rounded(anew, unit, mode) : anew, amounts(takenBack));
        return [
            ...tie(
                `${where}.components.${key}.earning`,
                numberAt(component, 'earning'),
                sum,
                'its lines sum to this'
            ),
            ...lines.flatMap((line, index) => ofBands(line, `${where}.components.${key}.lines[${index}]`))
        ];
    });
}

/** By reversals or malus. */
function isTakenBack({ kind }: Table): boolean {
    return kind === 'chargeback' || kind === 'malus';
}

/** The parts of the bands make what the table gave. */
function ofBands(line: Table, where: string): Finding[] {
    const bands = tables(line['bands']);
    const step = tables(line['working']).find(({ rule }) => asText(rule).startsWith('tables.'));
    if (bands.length === 0 || !step) return [];
    return tie(
        `${where}.bands`,
        amounts(bands),
        numberAt(step, 'result'),
        'the bands make what the table gives'
    );
}

function ofPayout({ where, told }: Sheet, { unit, mode }: Rounding): Finding[] {
    let left = numberAt(told, 'due');
    const findings = tables(told['payout']).flatMap((step, index) => {
        const before = numberAt(step, 'before');
        const broken = tie(`${where}.payout[${index}].before`, before, left, 'the step before left this');
        left = numberAt(step, 'after');
        return broken;
    });
    return [
        ...findings,
        ...tie(`${where}.paid`, numberAt(told, 'paid'), rounded(left, unit, mode), 'the payout leaves this')
    ];
}

function ofBalances({ where, payee, period, told }: Sheet, review: Review): Finding[] {
    return entries(told['balances']).flatMap(([ledger, page]) => {
        const place = `${where}.balances.${ledger}`;
        const before = total(review.told.balancesBefore(payee, period, ledger).values());
        return [
            ...tie(`${place}.opening`, numberAt(page, 'opening'), before, 'the last closing balance'),
            ...ofPage(page, place),
            ...entries(page['scopes']).flatMap(([scope, own]) => ofPage(own, `${place}.scopes.${scope}`))
        ];
    });
}

function ofPage(page: Table, where: string): Finding[] {
    const closing = add(numberAt(page, 'opening'), amounts(tables(page['movements'])));
    return tie(`${where}.closing`, numberAt(page, 'closing'), closing, 'opening and movements make this');
}

/** Tranches of a period make what was deferred in it, where neither malus nor leaving took of them. */
function ofTranches({ where, payee, key, told }: Sheet, sheets: readonly Sheet[], review: Review): Finding[] {
    return entries(told['balances']).flatMap(([ledger, page]) => {
        const own = sheetsOfPayee(sheets, payee, review).map((sheet) => pageOf(sheet, ledger));
        const isTaken = ({ what }: Table): boolean => what === 'malus' || what === 'lapsed';
        if (own.some((one) => tables(one?.['movements']).some(isTaken))) return [];
        const deferred = tables(page['movements']).filter(({ what }) => what === 'deferred');
        const tranches = schedulesOf(review, payee).filter(
            (one) => one['kind'] === 'tranche' && one['period'] === key && one['component'] === ledger
        );
        return tie(
            `${where}.balances.${ledger}`,
            amounts(deferred),
            amounts(tranches),
            'the tranches make what is deferred'
        );
    });
}

function pageOf({ told }: Sheet, ledger: string): Table | undefined {
    return entries(told['balances']).find(([key]) => key === ledger)?.[1];
}

function ofTotals({ input, told }: Review): Finding[] {
    return [...input.payees.keys()].flatMap((payee) => {
        if (told.hasProblems(payee) || !told.payee(payee)) return [];
        const paid = total(input.periods.map((_, period) => numberAt(told.period(payee, period), 'paid')));
        return tie(
            `payees.${payee}.total`,
            numberAt(told.payee(payee), 'total'),
            paid,
            'its periods sum to this'
        );
    });
}

/** Where nobody has a problem, nothing of a transaction that is shared out is lost. */
function ofShares(sheets: readonly Sheet[], { plan, told: { result } }: Review): Finding[] {
    if (tables(result['problems']).length > 0) return [];
    const isShared = ([, { to, total: sum }]: [string, Table]): boolean =>
        sum !== 'any' &&
        (to === 'splits' || (isTable(to) && (to['handOver'] ?? to['touches']) !== undefined));
    const rules = new Set(plan.crediting.filter(isShared).map(([key]) => key));
    const credits = sheets
        .flatMap(({ told }) => tables(told['credits']))
        .filter(({ rule }) => rules.has(asText(rule)));
    const shared = Map.groupBy(
        credits,
        ({ transaction, rule }) => `${asText(transaction)} by ${asText(rule)}`
    );
    return [...shared].flatMap(([which, parts]) => {
        const shares = total(parts.map((part) => numberAt(part, 'share')));
        return tie(`credits of ${which}`, shares, ONE, 'the shares make the whole');
    });
}

/** Parts of a schedule make what was earned, where neither reversals nor malus took of them. */
function ofSchedules(sheets: readonly Sheet[], review: Review): Finding[] {
    const { plan } = review;
    return sheets.flatMap(({ where, payee, key, told }) =>
        entries(told['components']).flatMap(([name, component]) => {
            const all = schedulesOf(review, payee);
            const isOurs = (one: Table): boolean => one['period'] === key && one['component'] === name;
            const isReduced = sheetsOfPayee(sheets, payee, review).some((sheet) =>
                linesOf(sheet, name).some(isTakenBack)
            );
            const anew = numberAt(component, 'earning');
            const isFractional = sign(subtract(rounded(anew, plan.rounding.unit, 'down'), anew)) !== 0;
            if (isReduced || isFractional || plan.rounding.at === 'payout') return [];
            const paying = all.filter((one) => isOurs(one) && one['kind'] !== 'amortisation');
            const expensed = all.filter((one) => isOurs(one) && one['kind'] === 'amortisation');
            return [paying, expensed].flatMap((parts) =>
                parts.length === 0
                    ? []
                    : tie(
                          `${where}.components.${name}.earning`,
                          anew,
                          amounts(parts),
                          'its schedule makes this'
                      )
            );
        })
    );
}

/** What is scheduled for a payee. */
function schedulesOf(review: Review, payee: string): readonly Table[] {
    const byPayee = review.noted('schedules by payee', () =>
        Map.groupBy(tables(review.told.result['schedules']), (one) => asText(one['payee']))
    );
    return byPayee.get(payee) ?? [];
}

function sheetsOfPayee(sheets: readonly Sheet[], payee: string, review: Review): readonly Sheet[] {
    const byPayee = review.noted('sheets by payee', () => Map.groupBy(sheets, (one) => one.payee));
    return byPayee.get(payee) ?? [];
}

function linesOf({ told }: Sheet, component: string): Table[] {
    const found = entries(told['components']).find(([key]) => key === component);
    return found ? tables(found[1]['lines']) : [];
}
