// Whether an award's terms give what a pack asks for the person's year: one finding for each requirement.
import { Ratio } from '../../ratio.ts';
import type { IsoDay } from '../plan.ts';
import { amountOf, termOf, type AwardTerms, type VestingAsked } from './award-terms.ts';
import { isToBeConfirmed, type Finding, type Verdict } from './finding.ts';
import { standingOf } from './pack-in-force.ts';
import { askedOf, requirementsFor, type Asked, type PersonYear } from './requirements.ts';
import type { RulePack, Subject } from './rule-pack.ts';

const TWELVE_MONTHS = Ratio.of(12);

/** What a subject is called, and what to change where it falls short. */
const WORDS: Record<Subject, { name: string; fix: string }> = {
    variablePart: {
        name: 'variable pay',
        fix: 'Award less, or find out whether a higher ratio was approved.'
    },
    deferredPart: { name: 'deferred part', fix: 'Defer more of the award.' },
    deferralMonths: { name: 'months of deferral', fix: 'Let the last tranche vest later.' },
    firstVestingMonths: { name: 'months to the first vesting', fix: 'Let the first tranche vest later.' },
    vestedEarly: { name: 'vested before pro rata', fix: 'Make the early tranches smaller, or later.' },
    instrumentsPart: { name: 'part in instruments', fix: 'Give more of the award in instruments.' },
    upfrontInstrumentsPart: {
        name: 'part in instruments at once',
        fix: 'Give more of what is paid at once in instruments.'
    },
    deferredInstrumentsPart: {
        name: 'deferred part in instruments',
        fix: 'Give more of what is deferred in instruments.'
    },
    upfrontRetentionMonths: { name: 'months of retention at once', fix: 'Have the instruments kept longer.' },
    deferredRetentionMonths: {
        name: 'months of retention when vested',
        fix: 'Have the instruments kept longer.'
    },
    clawbackMonths: {
        name: 'months in which it can be taken back',
        fix: 'Agree on a longer clawback window.'
    }
};

export function checkAward(pack: RulePack, person: PersonYear, award: AwardTerms): Finding[] {
    const asked = requirementsFor(pack, person, award);
    const vesting = vestingAsked(asked);
    return [
        ...datingFinding(pack, person.yearStart),
        ...asked.map((one) =>
            compare(pack, one, amountOf(award).isZero ? null : termOf(award, one.subject, vesting))
        )
    ];
}

function vestingAsked(asked: readonly Asked[]): VestingAsked {
    return {
        firstMonths: Number((askedOf(asked, 'firstVestingMonths') ?? TWELVE_MONTHS).floor()),
        deferralMonths: Number((askedOf(asked, 'deferralMonths') ?? Ratio.ZERO).floor())
    };
}

/** Only where the pack is not simply in force. */
export function datingFinding(pack: RulePack, day: IsoDay): Finding[] {
    const standing = standingOf(pack, day);
    if (standing === 'inForce') return [];
    const isOptional = standing === 'optional';
    const from = `in force from ${pack.effectiveFrom}${pack.effectiveTo === null ? '' : ` to ${pack.effectiveTo}`}`;
    return [
        {
            ...about(pack, 'dates'),
            verdict: isOptional ? 'toBeReviewed' : 'fail',
            found: day,
            limit: from,
            where: [],
            fix: isOptional
                ? 'The firm may apply it before it must: keep the decision to do so.'
                : `Use the pack of ${pack.regime} that is in force on this day.`,
            citation: pack.authority,
            figures: [],
            isToBeConfirmed: false
        }
    ];
}

function compare(pack: RulePack, asked: Asked, found: Ratio | null): Finding {
    const { subject, bound, amount, problem, exemptBy, citation, figures } = asked;
    const { name, fix } = WORDS[subject];
    const common = {
        ...about(pack, asked.requirement),
        where: [subject],
        citation,
        figures,
        isToBeConfirmed: isToBeConfirmed(figures)
    };
    if (problem !== null)
        return {
            ...common,
            verdict: 'toBeReviewed',
            found: `${problem.value} was not given`,
            limit: '',
            fix: problem.fix
        };
    if (exemptBy !== '')
        return { ...common, verdict: 'notApplicable', found: `exempt: ${exemptBy}`, limit: '', fix: '' };
    const limit = `at ${bound} ${amount!}`;
    if (found === null)
        return {
            ...common,
            verdict: 'notApplicable',
            found: `no ${name}: nothing to hold it against`,
            limit,
            fix: ''
        };
    const difference = found.compare(amount!);
    const verdict: Verdict = (bound === 'least' ? difference >= 0 : difference <= 0) ? 'pass' : 'fail';
    return { ...common, verdict, found: `${name} ${found}`, limit, fix: verdict === 'pass' ? '' : fix };
}

function about(pack: RulePack, check: string): Pick<Finding, 'pack' | 'packVersion' | 'check'> {
    return { pack: pack.key, packVersion: pack.version, check };
}
