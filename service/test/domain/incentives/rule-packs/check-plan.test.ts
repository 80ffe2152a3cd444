import { describe, expect, test } from '@jest/globals';
import { Ratio } from '../../../../src/domain/ratio.ts';
import { parsePlan } from '../../../../src/domain/incentives/parse-plan.ts';
import type { Plan } from '../../../../src/domain/incentives/plan.ts';
import { checkPlan } from '../../../../src/domain/incentives/rule-packs/check-plan.ts';
import type { PlanEvidence } from '../../../../src/domain/incentives/rule-packs/evidence.ts';
import type { Finding } from '../../../../src/domain/incentives/rule-packs/finding.ts';
import { PLAN_CHECKS } from '../../../../src/domain/incentives/rule-packs/plan-checks/index.ts';
import {
    NO_PROFILE,
    parsePlanProfile,
    type PlanProfile
} from '../../../../src/domain/incentives/rule-packs/plan-profile.ts';
import { packKeys, packOf } from './packs.ts';

const DAY = '2026-01-01';

function planOf(body: string): Plan {
    const { plan, problems } = parsePlan(
        `plan: p\ncurrency: GBP\nperiod: month\ncrediting: [{ key: direct, to: owner }]\n${body}`
    );
    if (plan === null) throw new Error(JSON.stringify(problems));
    return plan;
}

function profileOf(text: string): PlanProfile {
    const { profile, problems } = parsePlanProfile(text);
    if (profile === null) throw new Error(JSON.stringify(problems));
    return profile;
}

interface Situation {
    profile?: string;
    evidence?: Partial<PlanEvidence>;
}

const NOTHING: PlanEvidence = { earnings: [], productPay: [], people: [], cliffs: [] };

function found(pack: string, check: string, body: string, { profile, evidence }: Situation = {}): Finding {
    const shown = evidence ? { ...NOTHING, ...evidence } : null;
    const findings = checkPlan(
        packOf(pack),
        planOf(body),
        profile ? profileOf(profile) : NO_PROFILE,
        shown,
        DAY
    );
    return findings.find((one) => one.check === check)!;
}

function told(...args: Parameters<typeof found>): string {
    const { verdict, found: what } = found(...args);
    return `${verdict}: ${what}`;
}

const SALES = 'measures: { sales: { of: payable, interval: year } }\n';
const FLAT = `${SALES}components: { commission: { per: credit, base: payable, rate: 5% } }`;
const SURVEY = 'criteria: { fact.survey: { kind: qualitative, dataSource: client survey, each quarter } }';
const SURVEYED = `criteria:\n  fact.survey: { kind: qualitative, dataSource: client survey }\n`;
const MIXED = `components:
  commission: { per: credit, base: payable, rate: 5% }
  clients: { per: period, base: payee.salary * 10%, rate: fact.survey }`;

test('every check of the packs is one that exists, and every check is asked by a pack', () => {
    const asked = new Set(packKeys.flatMap((key) => packOf(key).checks.map(({ check }) => check)));
    expect([...asked].sort()).toEqual(Object.keys(PLAN_CHECKS).sort());
});

test('a finding names pack, figure, citation, places, and that compliance must confirm', () => {
    expect(found('eu-mifid', 'quantitativeShare', FLAT)).toEqual({
        pack: 'eu-mifid',
        packVersion: '1',
        check: 'quantitativeShare',
        verdict: 'fail',
        found: '100 % on quantitative commercial criteria alone',
        limit: '50% (most of variable pay on quantitative commercial criteria alone)',
        where: ['components.commission'],
        fix: 'Let qualitative criteria decide more of the amount, or hold it by a gate.',
        citation: 'Commission Delegated Regulation (EU) 2017/565, Article 27, Art. 27(4) (2017-03-31)',
        figures: [
            {
                key: 'predominant',
                text: '50%',
                status: 'toBeConfirmedByCompliance',
                citation: 'Commission Delegated Regulation (EU) 2017/565, Article 27, Art. 27(4) (2017-03-31)'
            }
        ],
        isToBeConfirmed: true
    });
});

test('a rule that was not read in its own text is to be confirmed too, even without a figure', () => {
    expect(found('eu-mifid', 'zeroReachable', FLAT)).toMatchObject({ figures: [], isToBeConfirmed: true });
    expect(found('us-reg-bi', 'productContests', FLAT).isToBeConfirmed).toBe(false);
});

test('a plan that begins before the pack is told so', () => {
    const [dates] = checkPlan(packOf('us-reg-bi'), planOf(FLAT), NO_PROFILE, null, '2020-06-29');
    expect(dates).toMatchObject({ check: 'dates', verdict: 'fail', limit: 'in force from 2020-06-30' });
});

describe('share on quantitative commercial criteria', () => {
    const earned = (commission: number, clients: number): Situation => ({
        profile: SURVEYED,
        evidence: {
            earnings: [
                { component: 'commission', amount: Ratio.of(commission) },
                { component: 'clients', amount: Ratio.of(clients) }
            ]
        }
    });

    test('is known of the amounts of a replay: 80 of 100 fail, 50 of 100 pass', () => {
        expect(told('eu-mifid', 'quantitativeShare', MIXED, earned(80, 20))).toBe(
            'fail: 80 % on quantitative commercial criteria alone'
        );
        expect(told('eu-mifid', 'quantitativeShare', MIXED, earned(50, 50))).toBe(
            'pass: 50 % on quantitative commercial criteria alone'
        );
    });

    test('is not known before, where some of the plan rests on other criteria', () => {
        expect(told('eu-mifid', 'quantitativeShare', MIXED, { profile: SURVEYED })).toBe(
            'toBeReviewed: 1 of 2 components rest on quantitative commercial criteria alone, 0 also on others'
        );
    });

    test('a gate on a qualitative criterion tempers pay for sales, which somebody must weigh', () => {
        const gated =
            'components: { commission: { per: credit, base: payable, rate: 5%, gates: [{ key: g, when: fact.survey >= 7, otherwise: zero }] } }';
        const evidence = { earnings: [{ component: 'commission', amount: Ratio.of(100) }] };
        expect(told('eu-mifid', 'quantitativeShare', gated, { profile: SURVEYED, evidence })).toBe(
            'toBeReviewed: 0 % on quantitative commercial criteria alone, 100 % with what other criteria temper'
        );
    });

    test('no pay for sales at all passes', () => {
        const none = 'components: { clients: { per: period, base: payee.salary * 10%, rate: fact.survey } }';
        expect(told('eu-mifid', 'quantitativeShare', none, { profile: SURVEYED })).toBe(
            'pass: no variable pay on quantitative commercial criteria'
        );
    });

    test('is followed through parameters, tables and earlier components', () => {
        const through = `${SALES}parameters: { part: 50% }
tables: { grid: { mode: step, rows: [{ from: 0, to: 10, value: 1 }, { from: 10, value: fact.survey }] } }
components:
  commission: { per: credit, base: payable, rate: 5% }
  bonus: { per: period, base: earning.commission * param.part }
  other: { per: period, base: 100, rate: { table: grid, at: payee.grade } }`;
        const evidence = {
            earnings: ['commission', 'bonus', 'other'].map((component) => ({
                component,
                amount: Ratio.of(1)
            }))
        };
        expect(told('eu-mifid', 'quantitativeShare', through, { profile: SURVEYED, evidence })).toBe(
            'fail: about 66.66 % on quantitative commercial criteria alone'
        );
    });
});

describe('qualitative criteria', () => {
    test('must be there, declared, and have a data source', () => {
        expect(told('eu-mifid', 'qualitativeSource', FLAT)).toBe('fail: no qualitative criterion');
        expect(told('eu-mifid', 'qualitativeSource', MIXED)).toBe('toBeReviewed: not declared: fact.survey');
        expect(
            told('eu-mifid', 'qualitativeSource', MIXED, {
                profile: 'criteria: { fact.survey: { kind: qualitative } }'
            })
        ).toBe('fail: no data source: fact.survey');
        expect(told('eu-mifid', 'qualitativeSource', MIXED, { profile: SURVEYED })).toBe(
            'pass: 1 qualitative criteria with a data source: fact.survey'
        );
    });

    test('a profile that is written wrongly is told with its places', () => {
        expect(
            parsePlanProfile(
                `audience: retail\ncriteria: { fact.x: { kind: nice } }\nfixedpay: 1\n`
            ).problems.map(({ code, where }) => `${code} ${where}`)
        ).toEqual([
            'CHOICE_UNKNOWN audience (line 1, column 1)',
            'CHOICE_UNKNOWN criteria.fact.x.kind (line 2, column 23)',
            'KEY_UNKNOWN fixedpay (line 3, column 1)'
        ]);
        expect(parsePlanProfile(SURVEY).problems).not.toEqual([]);
    });
});

describe('nothing can be paid', () => {
    test('unless something is guaranteed', () => {
        expect(told('eu-mifid', 'zeroReachable', FLAT)).toBe('pass: nothing is paid where nothing is earned');
        expect(
            told(
                'eu-mifid',
                'zeroReachable',
                `${FLAT}\npayout: [{ key: floor, limit: { least: 1000, interval: month } }]`
            )
        ).toBe('fail: something is always paid: payout.floor');
        expect(
            told(
                'eu-mifid',
                'zeroReachable',
                `${FLAT}\npayout: [{ key: draw, draw: { amount: 2000, recoverable: false } }]`
            )
        ).toBe('fail: something is always paid: payout.draw');
    });

    test('a recoverable draw is a loan, no guarantee', () => {
        expect(
            told(
                'eu-mifid',
                'zeroReachable',
                `${FLAT}\npayout: [{ key: draw, draw: { amount: 2000, recoverable: true } }]`
            )
        ).toMatch(/^pass/);
    });

    test('a guarantee under a condition, or of a figure that is not known, must be looked at', () => {
        expect(
            told(
                'eu-mifid',
                'zeroReachable',
                `${FLAT}\npayout: [{ key: floor, when: payee.isNew, limit: { least: 1000, interval: month } }]`
            )
        ).toBe('toBeReviewed: something may always be paid: payout.floor');
        expect(
            told(
                'eu-mifid',
                'zeroReachable',
                `components: { share: { per: period, base: payee.salary, rate: 10% } }`
            )
        ).toBe('toBeReviewed: something may always be paid: components.share');
    });
});

describe('fixed and variable pay', () => {
    const people = (paid: number, fixed: number | null): Situation => ({
        evidence: {
            people: [{ payeeId: 'ada', paid: Ratio.of(paid), fixed: fixed === null ? null : Ratio.of(fixed) }]
        }
    });

    test('at most so much of fixed pay', () => {
        expect(told('eu-banks', 'fixedToVariable', FLAT, people(60_000, 60_000))).toBe(
            'pass: at most 100 % of fixed pay (payee ada)'
        );
        expect(told('eu-banks', 'fixedToVariable', FLAT, people(75_000, 60_000))).toBe(
            'fail: at most 125 % of fixed pay (payee ada), 1 above the limit'
        );
        expect(told('eu-banks', 'fixedToVariable', FLAT, people(75_000, null))).toBe(
            'toBeReviewed: fixed pay is not known'
        );
        expect(told('eu-banks', 'fixedToVariable', FLAT, { profile: 'fixedPay: 0' })).toBe(
            'fail: pay is variable alone'
        );
    });
});

const TABLE = (mode: string, rates: string[]): string => `${SALES}tables:
  grid:
    mode: ${mode}
    rows: [{ from: 0, to: 100, value: ${rates[0]} }, { from: 100, value: ${rates[1]} }]
components: { commission: { per: period, base: inPeriod.sales, rate: { table: grid, at: measure.sales } } }`;

describe('shape', () => {
    test('accelerators are told with their size, decelerators are none', () => {
        expect(told('uk-sales-incentives', 'accelerators', TABLE('marginal', ['6%', '12%']))).toBe(
            'toBeReviewed: table grid: highest rate 200 % of the lowest'
        );
        expect(told('uk-sales-incentives', 'accelerators', TABLE('marginal', ['6%', '3%']))).toBe(
            'pass: no rate rises with results'
        );
        expect(told('uk-sales-incentives', 'accelerators', FLAT)).toBe('pass: no rate rises with results');
    });

    test('a retroactive table may be a cliff; how large it is the replay says', () => {
        const cliff = {
            payeeId: 'ada',
            measure: 'sales',
            at: Ratio.of(100),
            jump: Ratio.of(6),
            share: Ratio.of(3, 50)
        };
        expect(told('uk-sales-incentives', 'cliffs', TABLE('marginal', ['6%', '12%']))).toBe(
            'pass: no table or gate in which pay jumps'
        );
        expect(told('uk-sales-incentives', 'cliffs', TABLE('slab', ['6%', '12%']))).toBe(
            'toBeReviewed: pay may jump: components.commission.rate (slab table grid)'
        );
        expect(
            told('uk-sales-incentives', 'cliffs', TABLE('slab', ['6%', '12%']), {
                evidence: { cliffs: [cliff] }
            })
        ).toBe('toBeReviewed: 6 % of target pay at 100 (payee ada)');
        expect(
            told('uk-sales-incentives', 'cliffs', TABLE('slab', ['6%', '12%']), {
                evidence: { cliffs: [{ ...cliff, share: Ratio.of(1, 20) }] }
            })
        ).toBe('pass: 5 % of target pay at 100 (payee ada)');
    });

    test('minimum sales: gates, conditions, and first rows of nothing', () => {
        expect(told('uk-sales-incentives', 'minimumSales', FLAT)).toBe(
            'pass: pay begins with the first sale'
        );
        expect(found('uk-sales-incentives', 'minimumSales', TABLE('marginal', ['0%', '5%'])).where).toEqual([
            'components.commission.rate (first row of table grid)'
        ]);
        const gated = `${SALES}components: { c: { per: period, base: inPeriod.sales, when: measure.sales > 10, gates: [{ key: g, when: measure.sales > 5, otherwise: zero }] } }`;
        expect(found('uk-sales-incentives', 'minimumSales', gated).where).toEqual([
            'components.c.gates.g',
            'components.c.when'
        ]);
    });

    test('pay by place among others is found, the sum of a team is not', () => {
        const team = `${SALES}components: { c: { per: period, base: sum(team, inPeriod.sales), rate: 1% } }`;
        expect(told('uk-sales-incentives', 'leagueTables', team)).toBe(
            'pass: nobody is paid by their place among others'
        );
        const rank = `${SALES}components: { c: { per: period, base: "if(rank(everyone, inPeriod.sales) <= 3, 500, 0)" } }`;
        expect(found('uk-sales-incentives', 'leagueTables', rank)).toMatchObject({
            verdict: 'toBeReviewed',
            where: ['components.c.base']
        });
        const pool = `${SALES}components: { c: { per: period, pool: { amount: 1000, by: inPeriod.sales } } }`;
        expect(found('uk-sales-incentives', 'leagueTables', pool).where).toEqual(['components.c.pool']);
    });

    test('one level of managers passes, two are told', () => {
        const plan = (rules: string): string =>
            `components: { c: { per: credit, base: payable, rate: 1% } }`.replace(/^/, rules);
        const managed = (levels: number): Plan => {
            const { plan: parsed, problems } = parsePlan(
                `plan: p\ncurrency: GBP\nperiod: month\ncrediting: [{ key: direct, to: owner }, { key: up, to: { manager: direct, levels: ${levels} } }]\n${plan('')}`
            );
            if (parsed === null) throw new Error(JSON.stringify(problems));
            return parsed;
        };
        const verdict = (levels: number): string =>
            checkPlan(packOf('eu-mifid'), managed(levels), NO_PROFILE, null, DAY).find(
                ({ check }) => check === 'multiLevel'
            )!.verdict;
        expect([verdict(1), verdict(2)]).toEqual(['pass', 'toBeReviewed']);
    });
});

const PRODUCT =
    "components: { c: { per: credit, base: payable, rate: [{ when: product = 'fund', value: 6% }, { value: 4% }] } }";

describe('products', () => {
    const pay = (fund: number, bond: number): Situation => ({
        evidence: {
            productPay: [
                { product: 'fund', paid: Ratio.of(fund) },
                { product: 'bond', paid: Ratio.of(bond) }
            ]
        }
    });

    test('the ratio of the same deals as one product and as another', () => {
        expect(told('eu-mifid', 'productBias', FLAT)).toBe('pass: no part of the plan looks at the product');
        expect(told('eu-mifid', 'productBias', PRODUCT)).toBe('toBeReviewed: 1 parts look at the product');
        expect(told('eu-mifid', 'productBias', PRODUCT, pay(600, 400))).toBe(
            'fail: the same deals pay 600 as fund and 400 as bond, ratio 1.5'
        );
        expect(told('eu-mifid', 'productBias', PRODUCT, pay(500, 400))).toMatch(/^pass/);
        expect(told('eu-mifid', 'productBias', PRODUCT, pay(500, 0))).toBe(
            'fail: fund pays and bond does not'
        );
    });

    test('a contest on a product with an end is blocked for retail recommendations', () => {
        const contest =
            "components: { spiff: { per: credit, when: product = 'fund' and date <= '2026-03-31', base: 100 } }";
        const retail = { profile: 'audience: retailRecommendations' };
        expect(told('us-reg-bi', 'productContests', contest, retail)).toBe(
            'fail: pay by product for a limited time: components.spiff'
        );
        expect(told('us-reg-bi', 'productContests', contest, { profile: 'audience: other' })).toBe(
            'notApplicable: no recommendations to retail clients'
        );
        expect(told('us-reg-bi', 'productContests', contest)).toMatch(/^toBeReviewed/);
    });

    test('a quota on a product is one too, a contest on total production is not', () => {
        const retail = { profile: 'audience: retailRecommendations' };
        const quota = `measures: { funds: { of: payable, when: product = 'fund', interval: quarter } }
quotas: { funds: { amount: 1000 } }
components: { c: { per: period, base: inPeriod.funds, rate: 1% } }`;
        expect(told('us-reg-bi', 'productContests', quota, retail)).toBe(
            'fail: pay by product for a limited time: quotas.funds'
        );
        const total = "components: { spiff: { per: credit, when: date <= '2026-03-31', base: 100 } }";
        expect(told('us-reg-bi', 'productContests', total, retail)).toBe(
            'pass: no part of the plan looks at the product'
        );
    });

    test('pay by product without an end passes, in a plan that ends it must be looked at', () => {
        const retail = { profile: 'audience: retailRecommendations' };
        expect(told('us-reg-bi', 'productContests', PRODUCT, retail)).toBe('pass: pay by product has no end');
        const ending = `effective: { from: 2026-01-01, to: 2026-12-31 }\n${PRODUCT}`;
        expect(told('us-reg-bi', 'productContests', ending, retail)).toBe(
            'toBeReviewed: pay by product in a plan that ends on 2026-12-31'
        );
    });
});

describe('conduct', () => {
    const conduct = {
        profile: 'criteria: { fact.breaches: { kind: conduct, dataSource: compliance register } }'
    };
    const withGate = (gate: string): string =>
        `components: { c: { per: credit, base: payable, rate: 5%, gates: [${gate}] } }`;

    test('a gate on conduct must stand before every component that pays for sales', () => {
        expect(told('uk-sales-incentives', 'conductGate', FLAT)).toBe('fail: no conduct criterion');
        expect(told('uk-sales-incentives', 'conductGate', FLAT, conduct)).toBe(
            'fail: no gate on conduct: components.commission'
        );
        expect(
            told(
                'uk-sales-incentives',
                'conductGate',
                withGate('{ key: clean, when: fact.breaches = 0, otherwise: zero }'),
                conduct
            )
        ).toMatch(/^pass/);
        expect(
            told(
                'uk-sales-incentives',
                'conductGate',
                `${FLAT}\npayout: [{ key: conduct, multiply: "if(fact.breaches > 0, 50%, 100%)" }]`,
                conduct
            )
        ).toBe('pass: conduct multiplies everything that is paid');
    });

    test('worse conduct never pays more, and the part that does is named', () => {
        const right = withGate('{ key: clean, when: fact.breaches = 0, otherwise: zero }');
        expect(told('uk-sales-incentives', 'payoutInBreaches', right, conduct)).toBe(
            'pass: worse conduct never pays more: components.c.gates.clean by fact.breaches'
        );
        const wrong = withGate('{ key: clean, when: fact.breaches > 0, otherwise: { multiply: 50% } }');
        expect(told('uk-sales-incentives', 'payoutInBreaches', wrong, conduct)).toBe(
            'fail: worse conduct pays more: components.c.gates.clean by fact.breaches'
        );
        const open = withGate('{ key: clean, when: "abs(fact.breaches - 2) > 1", otherwise: zero }');
        expect(told('uk-sales-incentives', 'payoutInBreaches', open, conduct)).toMatch(
            /^toBeReviewed: not certain/
        );
    });

    test('of a score a higher figure is better', () => {
        const score = {
            profile:
                'criteria: { fact.score: { kind: conduct, dataSource: quality reviews, moreIs: better } }'
        };
        expect(
            told(
                'uk-sales-incentives',
                'payoutInBreaches',
                withGate('{ key: clean, when: fact.score >= 80%, otherwise: zero }'),
                score
            )
        ).toMatch(/^pass/);
        expect(
            told(
                'uk-sales-incentives',
                'payoutInBreaches',
                withGate('{ key: clean, when: fact.score <= 80%, otherwise: zero }'),
                score
            )
        ).toMatch(/^fail/);
    });

    test('a gate that can be waived is shown', () => {
        const waivable = withGate('{ key: clean, when: fact.breaches = 0, otherwise: zero, waivable: true }');
        expect(found('uk-sales-incentives', 'waivers', waivable, conduct)).toMatchObject({
            verdict: 'toBeReviewed',
            where: ['components.c.gates.clean']
        });
        expect(told('uk-sales-incentives', 'waivers', FLAT, conduct)).toMatch(/^pass/);
    });

    test('pay must be adjustable afterwards', () => {
        expect(told('uk-banks-2025', 'exPostAdjustment', FLAT)).toBe(
            'fail: pay cannot be adjusted afterwards'
        );
        const back =
            'components: { c: { per: credit, base: payable, rate: 5%, chargeback: { part: 100% } } }';
        expect(told('uk-banks-2025', 'exPostAdjustment', back)).toBe(
            'pass: pay can be taken back: components.c.chargeback'
        );
    });
});

describe('the deferral of a plan', () => {
    const person = { profile: 'person: { isSeniorManager: false, isUnderInvestigation: false }' };
    const deferring = (deferred: string, months: number[], instruments = '100%'): string => `${FLAT}
tables: { part: { mode: marginal, rows: [{ from: 0, to: 660000, value: 40% }, { from: 660000, value: 60% }] } }
payout:
  - key: deferral
    deferral:
      deferred: ${deferred}
      tranches: [${months.map((month) => `{ afterMonths: ${month}, share: 1/${months.length} }`).join(', ')}]
      instruments: ${instruments}
      clawbackMonths: 84
`;

    test('is tried at the thresholds of the pack', () => {
        // At 1,320,000 the marginal table defers 264000 + 660000 x 60% = 660000: half in instruments is reached by the deferred part alone.
        const right = deferring("max(table('part', due), due * 50%)", [12, 24, 36, 48]);
        expect(told('uk-banks-2025', 'deferralTerms', right, person)).toBe('pass: holds at 660000, 1320000');
    });

    test('a part that is too small above the band is told with amount and limit', () => {
        expect(
            told('uk-banks-2025', 'deferralTerms', deferring('due * 45%', [12, 24, 36, 48], '0%'), person)
        ).toBe(
            'fail: deferral at 660000: part in instruments 0, at least 330000; ' +
                'deferral at 1320000: deferred part 594000, at least 660000, part in instruments 0, at least 660000'
        );
    });

    test('three years are too short', () => {
        expect(
            found('uk-banks-2025', 'deferralTerms', deferring('due * 60%', [12, 24, 36]), person).found
        ).toContain('months of deferral 36, at least 48');
    });

    test('a plan without one is told, and one that rests on unknown facts asks for them', () => {
        expect(told('uk-banks-2025', 'deferralTerms', FLAT, person)).toBe('fail: no deferral');
        expect(
            told('uk-banks-2025', 'deferralTerms', deferring('due * payee.part', [12, 24, 36, 48]), person)
        ).toBe('toBeReviewed: payout.deferral needs payee.part');
        expect(
            told(
                'uk-banks-2025',
                'deferralTerms',
                deferring("max(table('part', due), due * 50%)", [12, 24, 36, 48])
            )
        ).toBe('toBeReviewed: isSeniorManager was not given');
    });
});
