// Payout steps of a plan file: each names what it does by one key.
import type { Interval, PayoutStep } from '../plan.ts';
import { INTERVALS, PAYOUT_KINDS } from '../vocabulary.ts';
import { UNREADABLE, type PartReader } from './part-reader.ts';

type StepKind<T = PayoutStep> = T extends unknown ? Omit<T, 'key' | 'when'> : never;

export function readPayoutStep(part: PartReader, key: string, period: Interval): PayoutStep | null {
    const when = part.expression('when');
    const kinds = PAYOUT_KINDS.filter((kind) => part.has(kind));
    if (kinds.length === 1) return { key, when, ...stepOf(kinds[0]!, part, period) } as PayoutStep;
    part.report('STEP_KIND', '', kinds.join(' and '), `Write exactly one of ${PAYOUT_KINDS.join(', ')}.`);
    return null;
}

function stepOf(kind: PayoutStep['kind'], part: PartReader, period: Interval): StepKind {
    switch (kind) {
        case 'add':
            return { kind, amount: part.expression('add') ?? UNREADABLE };
        case 'multiply':
            return { kind, by: part.expression('multiply') ?? UNREADABLE };
        case 'limit':
            return { kind, ...(part.part('limit', (limit) => limitOf(limit, period)) ?? NO_LIMIT) };
        case 'draw':
            return { kind, ...(part.part('draw', drawOf) ?? NO_DRAW) };
        case 'advance':
            return { kind, ...(part.part('advance', advanceOf) ?? { ledger: '', scope: null }) };
        case 'carryNegative':
            if (!part.truth('carryNegative', true))
                part.report('CARRY_NEGATIVE', 'carryNegative', 'false', 'Leave the step out instead.');
            return { kind };
        case 'deferral':
            return { kind, ...(part.part('deferral', deferralOf) ?? NO_DEFERRAL) };
        case 'clawback':
            return {
                kind,
                ...(part.part('clawback', clawbackOf) ?? { windowMonths: 0, recoverShare: null })
            };
        case 'grossUp':
            return {
                kind,
                rate: part.part('grossUp', (up) => up.needExpression('rate', '40%')) ?? UNREADABLE
            };
    }
}

const NO_LIMIT = { least: null, most: null, interval: 'plan' as const };
const NO_DRAW = {
    amount: UNREADABLE,
    recoverable: true,
    recoverShare: null,
    recoverFromPeriod: 1,
    forgiveAfterPeriods: null
};
const NO_DEFERRAL = {
    deferred: UNREADABLE,
    tranches: [],
    instruments: null,
    clawbackMonths: null,
    afterLeaving: null
};

function limitOf(part: PartReader, period: Interval): Omit<StepKind & { kind: 'limit' }, 'kind'> {
    return {
        least: part.expression('least'),
        most: part.expression('most'),
        interval: part.choice('interval', INTERVALS, period)
    };
}

function drawOf(part: PartReader): Omit<StepKind & { kind: 'draw' }, 'kind'> {
    if (!part.has('recoverable')) part.reportMissing('recoverable', 'true');
    return {
        amount: part.needExpression('amount', '2000'),
        recoverable: part.truth('recoverable', true),
        recoverShare: part.expression('recoverShare'),
        recoverFromPeriod: part.whole('recoverFromPeriod', 1) ?? 1,
        forgiveAfterPeriods: part.whole('forgiveAfterPeriods', 1)
    };
}

function advanceOf(part: PartReader): Omit<StepKind & { kind: 'advance' }, 'kind'> {
    return { ledger: part.needText('ledger', 'advance'), scope: part.text('scope') };
}

function deferralOf(part: PartReader): Omit<StepKind & { kind: 'deferral' }, 'kind'> {
    return {
        deferred: part.needExpression('deferred', 'due * 40%'),
        tranches: part.needParts('tranches', '[{ afterMonths: 12, share: 100% }]', (tranche) => ({
            afterMonths: tranche.needWhole('afterMonths', 0),
            share: tranche.needExpression('share', '25%')
        })),
        instruments: part.expression('instruments'),
        clawbackMonths: part.whole('clawbackMonths', 0),
        afterLeaving: part.expression('afterLeaving')
    };
}

function clawbackOf(part: PartReader): Omit<StepKind & { kind: 'clawback' }, 'kind'> {
    return { windowMonths: part.needWhole('windowMonths', 1), recoverShare: part.expression('recoverShare') };
}
