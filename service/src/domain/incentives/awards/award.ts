// What a deferred award is and what can happen to it: tranches, dated events, and the movements they make. No behaviour; the life of
// an award is lived in live-award.ts. Amounts of instruments are their value at award: prices are not this module's business.
import type { Problem } from '../../problem.ts';
import type { Ratio } from '../../ratio.ts';
import type { RoundingRule } from '../../rounding.ts';
import type { Approval } from '../approval.ts';
import type { IsoDay } from '../plan.ts';

export interface Award {
    id: string;
    payeeId: string;
    awardedOn: IsoDay;
    currency: string;
    amount: Ratio;
    /** sum to the amount; what is paid at once is a tranche that vests on the day of the award */
    tranches: Tranche[];
    /** last day on which vested pay can be taken back; null: never */
    clawbackUntil: IsoDay | null;
    leaverRules: LeaverRule[];
    /** people whose own pay hangs on the same decisions: they approve nothing here */
    payLine: string[];
    rounding: Pick<RoundingRule, 'unit' | 'mode' | 'residual'>;
}

export interface Tranche {
    key: string;
    vestsOn: IsoDay;
    form: 'cash' | 'instrument';
    amount: Ratio;
}

/** What becomes of unvested tranches when the payee leaves for the reason. */
export interface LeaverRule {
    reason: string;
    unvested: LeaverTreatment;
}

export const LEAVER_TREATMENTS = [
    /** nothing is left */
    'lapse',
    /** everything vests on its day, as if the payee had stayed */
    'keep',
    /** the part for the months served since the award vests on its day, the rest lapses */
    'proRata',
    /** everything vests on the day of leaving */
    'vestAtOnce'
] as const;
export type LeaverTreatment = (typeof LEAVER_TREATMENTS)[number];

export type AwardEvent = { id: string; date: IsoDay } &
    /** cancels what has not vested: of one tranche, or of all in proportion (tranche ''); a part from 0 to 1, or money */
    (
        | { kind: 'malus'; tranche: string; take: Take; approval: Approval }
        /** asks back what has vested; of one tranche, or of all in proportion (tranche '') */
        | { kind: 'clawback'; tranche: string; take: Take; approval: Approval }
        /** the payee pays back what was asked for */
        | { kind: 'repayment'; amount: Ratio }
        | { kind: 'leave'; reason: string }
    );

export type Take = { amount: Ratio } | { part: Ratio };

/** The first five always sum to the award. `owed`: asked back and not yet repaid. */
export const LEDGERS = ['unvested', 'vested', 'cancelled', 'lapsed', 'clawedBack', 'owed'] as const;
export type LedgerName = (typeof LEDGERS)[number];

export interface Movement {
    date: IsoDay;
    ledger: LedgerName;
    /** '' in `owed` */
    tranche: string;
    amount: Ratio;
    /** what moved it: award, vesting, malus ... */
    what: 'award' | 'vesting' | 'repayment' | 'leaving' | 'malus' | 'clawback';
    /** id of the event; '' for the award itself and for vesting */
    event: string;
    /** where somebody had to decide */
    approval: Approval | null;
}

export interface AwardLife {
    award: Award;
    asOf: IsoDay;
    movements: Movement[];
    /** events that were refused, each named; they moved nothing */
    refused: { event: string; problem: Problem }[];
}
