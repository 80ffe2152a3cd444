// What happens between what is earned and what is paid, one sentence for each step.
import type { PayoutStep } from '../plan.ts';
import { conditionInWords, inWords } from './expression-in-words.ts';
import { listed, sentence, words } from './words.ts';

export function stepInWords(step: PayoutStep): string {
    const when = step.when ? ` This applies where ${conditionInWords(step.when)}.` : '';
    return `${words(step.key)}: ${sentence(stepText(step))}${when}`;
}

function stepText(step: PayoutStep): string {
    switch (step.kind) {
        case 'add':
            return `${inWords(step.amount)} is added`;
        case 'multiply':
            return `what is due is multiplied by ${inWords(step.by)}`;
        case 'limit': {
            const bounds = [
                ...(step.least ? [`at least ${inWords(step.least)}`] : []),
                ...(step.most ? [`at most ${inWords(step.most)}`] : [])
            ];
            return `you are paid ${listed(bounds)} in one ${step.interval}`;
        }
        case 'draw':
            return drawText(step);
        case 'advance': {
            const own = step.scope ? ` of the same ${words(step.scope)}` : '';
            return `what you earn first repays the advance “${words(step.ledger)}”${own}`;
        }
        case 'carryNegative':
            return 'if the sum is negative, nothing is taken from you now: it is carried to the next period';
        case 'deferral':
            return deferralText(step);
        case 'clawback': {
            const share = step.recoverShare ? `, ${inWords(step.recoverShare)} of it` : '';
            return `what was paid can be clawed back for ${step.windowMonths} months after the period it was paid in, for a reason that two people outside the line of pay decide on; it then comes off your later pay${share}`;
        }
        case 'grossUp':
            return `the amount is raised so that it is left after tax at ${inWords(step.rate)}`;
    }
}

function drawText(step: PayoutStep & { kind: 'draw' }): string {
    const { amount, recoverable, recoverShare, recoverFromPeriod, forgiveAfterPeriods } = step;
    const least = `you are paid at least ${inWords(amount)}`;
    if (!recoverable) return `${least}; what is added stays yours`;
    const share = recoverShare ? ` (${inWords(recoverShare)} of it)` : '';
    const from = recoverFromPeriod > 1 ? `, from period ${recoverFromPeriod} on` : '';
    const forgiven =
        forgiveAfterPeriods === null
            ? ''
            : `. What is still owed after ${forgiveAfterPeriods} periods is forgiven`;
    return `${least}; what is added is taken back from earnings above that${share}${from}${forgiven}`;
}

function deferralText({
    deferred,
    tranches,
    instruments,
    clawbackMonths,
    afterLeaving
}: PayoutStep & { kind: 'deferral' }): string {
    const parts = tranches.map(({ afterMonths, share }) => `${inWords(share)} after ${afterMonths} months`);
    const form = instruments ? `. Of each part ${inWords(instruments)} is in instruments` : '';
    const clawback = clawbackMonths === null ? '' : `. It can be clawed back for ${clawbackMonths} months`;
    const leaving = afterLeaving
        ? `. If you leave, this much is kept of each part that has not vested: ${inWords(afterLeaving)}`
        : '';
    return `${inWords(deferred)} is deferred and paid in parts: ${listed(parts)}${form}${clawback}${leaving}`;
}
