import { basisText, observedText } from 'c/flagWording';

const days = (ruleKey, observedDays) => ({ ruleKey, unit: 'Days', observedDays, observedBusinessDays: 999 });
const businessDays = (ruleKey, observedBusinessDays) => ({
    ruleKey,
    unit: 'BusinessDays',
    observedDays: 999,
    observedBusinessDays
});
const count = (ruleKey, observedValue) => ({ ruleKey, unit: 'Count', observedValue });

describe('what was observed', () => {
    it.each([
        [businessDays('R1', 23), 'No two-way contact with the client for 23 business days'],
        [businessDays('R2', 1), 'No answer to our messages for 1 business day'],
        [days('R3', 41), 'The close date passed 41 days ago'],
        [days('R3', 1), 'The close date passed 1 day ago'],
        [count('R4', 5), 'The close date was moved to a later day 5 times'],
        [{ ruleKey: 'R4', unit: 'Days', observedValue: 121 }, 'The close date was moved by 121 days in all'],
        [businessDays('R5', 38), 'In this stage for 38 business days'],
        [count('R6', 0), 'No person at the client is on this deal'],
        [count('R6', 1), 'Only one person at the client is on this deal'],
        [count('R6', 2), 'Only 2 people at the client are on this deal'],
        [days('R7', 44), 'No contact with the decision maker for 44 days'],
        [
            { ruleKey: 'R8', unit: 'Percent', observedValue: 55.5 },
            'The amount changed by 55.5% late in the deal'
        ],
        [
            { ruleKey: 'R8', unit: 'Amount', observedValue: 4500000 },
            'At $4,500,000 this is larger than nearly every deal we won'
        ],
        [count('R9', 0), 'No next step and no open task'],
        [days('R9', 3), 'The next step is 3 days past due'],
        [count('R10', 1), 'Moved back to an earlier stage 1 time'],
        [count('R10', 2), 'Moved back to an earlier stage 2 times'],
        [
            { ruleKey: 'R11', unit: 'Percent', observedValue: 15 },
            'The chance of winning by the close date is about 15%'
        ],
        [
            { ruleKey: 'R11', unit: 'Percent', observedValue: 0 },
            'Winning by the close date is next to impossible'
        ],
        [count('R12', 1), 'Rule R12 is met']
    ])('%j reads: %s', (warning, sentence) => {
        expect(observedText(warning)).toBe(sentence);
    });

    it('writes amounts in the currency of the deal', () => {
        expect(observedText({ ruleKey: 'R8', unit: 'Amount', observedValue: 1000 }, 'EUR')).toContain(
            '€1,000'
        );
    });
});

describe('the limit and where it comes from', () => {
    it.each([
        [
            {
                ruleKey: 'R1',
                unit: 'BusinessDays',
                threshold: 15,
                thresholdBasis: 'Segment',
                thresholdSampleSize: 64
            },
            'Limit: 15 business days, learnt from 64 won deals of this type'
        ],
        [
            {
                ruleKey: 'R1',
                unit: 'BusinessDays',
                threshold: 15,
                thresholdBasis: 'Team',
                thresholdSampleSize: 1200
            },
            'Limit: 15 business days, learnt from 1,200 won deals of this team'
        ],
        [
            {
                ruleKey: 'R2',
                unit: 'BusinessDays',
                threshold: 5,
                thresholdBasis: 'Policy',
                thresholdSampleSize: 0
            },
            'Limit: 5 business days, set by your firm'
        ],
        [
            { ruleKey: 'R4', unit: 'Count', threshold: 3, thresholdBasis: 'Policy' },
            'Limit: more than 3, set by your firm'
        ],
        [
            { ruleKey: 'R6', unit: 'Count', threshold: 2, thresholdBasis: 'Policy' },
            'Limit: fewer than 2 people, set by your firm'
        ],
        [
            {
                ruleKey: 'R11',
                unit: 'Percent',
                threshold: 20,
                thresholdBasis: 'Firm',
                thresholdSampleSize: 80
            },
            'Limit: below 20%, learnt from 80 won deals of the firm'
        ],
        [
            { ruleKey: 'R9', unit: 'Count', threshold: 1, thresholdBasis: 'Policy' },
            'Every open deal needs a next step'
        ],
        [{ ruleKey: 'R3', unit: 'Days', threshold: 1 }, 'Limit: 1 day']
    ])('%j reads: %s', (warning, sentence) => {
        expect(basisText(warning)).toBe(sentence);
    });

    const longInStage = {
        ruleKey: 'R5',
        unit: 'BusinessDays',
        threshold: 24,
        thresholdBasis: 'Segment',
        thresholdSampleSize: 64
    };

    it('names the median of won deals for a deal too long in its stage', () => {
        expect(basisText(longInStage, { stageMedianDays: 12 })).toBe(
            'Won deals in this stage: median 12 business days, from 64 deals. Limit: 24 business days'
        );
    });

    it('claims no median when the limit is the shipped one', () => {
        const warning = { ...longInStage, thresholdBasis: 'Default', thresholdSampleSize: 0 };
        expect(basisText(warning, { stageMedianDays: null })).toBe(
            'Limit: 24 business days, the usual limit, because too few deals were won to learn one'
        );
    });
});
