// What earlier runs left open, as rows of an input file: what they scheduled, in the form a result tells it, and decisions that part
// of it will never be paid. Whether a decision is good is judged where it takes effect: payout/malus.ts.
import { Ratio } from '../../ratio.ts';
import type { TrancheDecision } from '../input.ts';
import { didYouMean } from '../nearest.ts';
import type { Plan } from '../plan.ts';
import type { ScheduledAmount } from '../scheduled-amount.ts';
import type { RowReader } from './row-reader.ts';

const KINDS: readonly ScheduledAmount['kind'][] = ['instalment', 'release', 'tranche', 'amortisation'];
const FORMS: readonly ScheduledAmount['form'][] = ['cash', 'instrument', 'expense'];

/** Its source may be a part that this version of the plan does not have: it falls due all the same. */
export function readScheduled(row: RowReader): ScheduledAmount {
    return {
        payeeId: row.needText('payee'),
        period: row.needText('period'),
        source: row.needText('component'),
        transaction: row.text('transaction'),
        kind: oneOf(row, 'kind', KINDS),
        dueOn: row.day('dueOn') || null,
        event: row.text('event'),
        form: oneOf(row, 'form', FORMS),
        amount: row.needFigure('amount'),
        clawbackUntil: row.day('clawbackUntil') || null
    };
}

export function readDecision(row: RowReader, kind: TrancheDecision['kind'], plan: Plan): TrancheDecision {
    const event = row.text('event');
    const adjustment = kind === 'clawback' ? row.text('adjustment') : '';
    const decision = {
        kind,
        payeeId: row.needText('payee'),
        step: adjustment === '' ? row.needText('component') : '',
        adjustment,
        paid: adjustment === '' ? Ratio.ZERO : row.needFigure('paid'),
        award: row.needText('award'),
        transaction: row.text('transaction'),
        dueOn: event === '' ? row.needDay('dueOn') : row.day('dueOn'),
        event,
        form: oneOf(row, 'form', FORMS),
        period: row.needText('period'),
        on: row.day('on'),
        amount: row.needFigure('amount'),
        reason: row.text('reason'),
        requestedBy: row.text('requestedBy'),
        approvedBy: row.text('approvedBy')
    };
    checkDecided(row, decision, plan);
    return decision;
}

/** Steps that defer; for malus components that schedule what they give, for clawback those that pay, where the plan claws back. */
function checkDecided(row: RowReader, { kind, step, adjustment }: TrancheDecision, plan: Plan): void {
    const deferring = plan.payout.filter((one) => one.kind === 'deferral');
    const isClawedBack = plan.payout.some((one) => one.kind === 'clawback');
    const paying = plan.components.filter(({ schedule, pays }) =>
        kind === 'malus' ? schedule : isClawedBack && pays
    );
    const known = [...deferring, ...paying].map(({ key }) => key);
    if (adjustment !== '' && !isClawedBack)
        row.report('UNKNOWN_IN_PLAN', 'adjustment', adjustment, 'Give the plan a step clawback.');
    if (step === '' || known.includes(step)) return;
    const what =
        kind === 'malus'
            ? 'defers, or a component with a schedule'
            : 'defers, or, of a plan with a step clawback, a component that pays';
    const list = known.length === 0 ? 'It has none.' : `It has ${known.join(', ')}.`;
    const fix = `${didYouMean(step, known)}Name a step of the plan that ${what}. ${list}`;
    row.report('UNKNOWN_IN_PLAN', 'component', step, fix);
}

function oneOf<T extends string>(row: RowReader, field: string, words: readonly T[]): T {
    const given = row.needText(field);
    const found = words.find((word) => word === given);
    if (found === undefined && given !== '')
        row.report('CHOICE_UNKNOWN', field, given, `${didYouMean(given, words)}Write ${words.join(' or ')}.`);
    return found ?? words[0]!;
}
