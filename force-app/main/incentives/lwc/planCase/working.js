// How the result of a worked example came to be: every line with its bands and steps, what is paid, balances, what falls due later. As
// the engine tells it; nothing is calculated here.
import { fillLabel, formatDaysIn } from 'c/labelText';
import { amountText, exactPercentText, exactText, nameInWords, numberOf } from 'c/payFigures';
import { valueText } from './given';
import bandLine from '@salesforce/label/c.SpmPayBandLine';
import paidHeading from '@salesforce/label/c.SpmCasePaid';
import notPaid from '@salesforce/label/c.SpmCaseNotPaid';
import tableOf from '@salesforce/label/c.SpmCaseTableOf';
import quotaPart from '@salesforce/label/c.SpmCaseQuotaPart';
import rowPaid from '@salesforce/label/c.SpmCaseRowPaid';
import rowBalance from '@salesforce/label/c.SpmCaseRowBalance';
import openingText from '@salesforce/label/c.SpmCaseOpening';
import shownOnly from '@salesforce/label/c.SpmCaseShownOnly';
import ofDeal from '@salesforce/label/c.SpmCaseOfDeal';
import stepText from '@salesforce/label/c.SpmCaseStep';
import stepPlain from '@salesforce/label/c.SpmCaseStepPlain';
import whenEvent from '@salesforce/label/c.SpmCaseWhenEvent';
import problemText from '@salesforce/label/c.SpmCaseProblem';

const CENTS = /^-?\d+\.\d{2}$/;
/** Longer schedules are cut: sixty months of an expense say no more than the first and the last. */
const SCHEDULES_SHOWN = 12;

/** @param {any} result as service/docs/plan-language.md describes it */
export function workingOf(result) {
    const money = (text) => (CENTS.test(text) ? amountText(text, result.currency) : exactText(text));
    return {
        people: Object.entries(result.payees).map(([id, payee]) => ({
            key: id,
            heading:
                payee.total === null
                    ? fillLabel(notPaid, id)
                    : fillLabel(paidHeading, id, money(payee.total)),
            periods: Object.entries(payee.periods).map(([period, told]) => ({
                key: period,
                period,
                caption: fillLabel(tableOf, id, period),
                rows: periodRows(told, money).map((one, key) => ({ key, ...one, how: keyed(one.how) }))
            }))
        })),
        later: laterRows(result.schedules, money),
        laterCount: result.schedules.length,
        isLaterCut: result.schedules.length > SCHEDULES_SHOWN,
        problems: result.problems.map(({ where, value, fix }, key) => ({
            key,
            text: fillLabel(problemText, [where, value].filter(Boolean).join(' '), fix)
        }))
    };
}

function periodRows(told, money) {
    return [
        ...Object.entries(told.measures).map(([name, measure]) => measureRow(name, measure)),
        ...told.credits.flatMap(({ transaction, figures }) => figureRows(figures, transaction)),
        ...Object.entries(told.components).flatMap(([component, { lines }]) =>
            lines.map((line) => lineRow(component, line, money))
        ),
        ...told.payout.map(({ key, after, working }) =>
            row(nameInWords(key), stepsOf(working), money(after))
        ),
        { ...row(rowPaid, [], money(told.paid)), style: 'total' },
        ...Object.entries(told.balances)
            .filter(hasMoved)
            .map(([ledger, balance]) => balanceRow(ledger, balance, money)),
        ...figureRows(told.figures, '')
    ];
}

function row(what, how, amount) {
    return { what, how, amount, style: '' };
}

function measureRow(name, { toDate, quota, attainment }) {
    const how =
        quota === null
            ? []
            : [fillLabel(quotaPart, attainment === null ? '–' : partText(attainment), exactText(quota))];
    return row(nameInWords(name), how, exactText(toDate));
}

/** 4/3 of a quota is 133.3333%: for reading. */
function partText(figure) {
    return exactPercentText(figure.includes('/') ? String(numberOf(figure).toFixed(6)) : figure);
}

function lineRow(component, { kind, transaction, amount, bands, working }, money) {
    const name = nameInWords(kind === 'earning' ? component : `${component} (${kind})`);
    const what = transaction ? fillLabel(ofDeal, name, transaction) : name;
    return row(what, bands.length > 0 ? bandsOf(bands, money) : stepsOf(working), money(amount));
}

function bandsOf(bands, money) {
    return bands.map(({ quantity, rate, amount }) =>
        fillLabel(bandLine, exactText(quantity), rateText(rate), money(amount))
    );
}

/** Rates below one are parts; others are amounts for each unit, or multiples. */
function rateText(rate) {
    return Math.abs(numberOf(rate)) < 1 ? partText(rate) : exactText(rate);
}

function stepsOf(steps) {
    return steps.map(({ what, inputs, result }) => {
        const from = inputs.map(
            ({ name, value }) => `${nameInWords(name).toLowerCase()} ${valueText(value)}`
        );
        return from.length === 0
            ? fillLabel(stepPlain, nameInWords(what), valueText(result))
            : fillLabel(stepText, nameInWords(what), from.join(', '), valueText(result));
    });
}

function hasMoved([, { opening, closing, movements }]) {
    return movements.length > 0 || /[1-9]/.test(opening + closing);
}

function balanceRow(ledger, { opening, movements, closing }, money) {
    const how = [
        fillLabel(openingText, money(opening)),
        ...movements.map(({ what, amount }) => `${nameInWords(what).toLowerCase()} ${money(amount)}`)
    ];
    return row(fillLabel(rowBalance, nameInWords(ledger).toLowerCase()), how, money(closing));
}

function figureRows(figures, transaction) {
    return Object.entries(figures ?? {}).map(([key, value]) => {
        const name = transaction ? fillLabel(ofDeal, nameInWords(key), transaction) : nameInWords(key);
        return row(fillLabel(shownOnly, name), [], valueText(value));
    });
}

function laterRows(schedules, money) {
    const shown =
        schedules.length > SCHEDULES_SHOWN
            ? [...schedules.slice(0, SCHEDULES_SHOWN - 1), schedules.at(-1)]
            : schedules;
    return shown.map(({ payee, component, transaction, kind, dueOn, event, form, amount }, key) => ({
        key,
        payee,
        what: [nameInWords(component), transaction].filter(Boolean).join(', '),
        kind: [nameInWords(kind), form].filter(Boolean).join(', '),
        due: dueOn ? formatDaysIn(dueOn) : fillLabel(whenEvent, event),
        amount: money(amount)
    }));
}

function keyed(texts) {
    return texts.map((text, key) => ({ key, text }));
}
