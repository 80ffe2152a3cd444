// Parts of a plan that name each other or belong together: credit rules, measures, quotas, components, dates.
import type { Problem } from '../../problem.ts';
import { didYouMean } from '../nearest.ts';
import type { Component, CreditRule, Plan, Quota } from '../plan.ts';
import { constantOf } from './constant.ts';
import { ratePlace } from './placed-expressions.ts';

/** Periods in a year, where every year has the same number. */
const PERIODS_A_YEAR: Partial<Record<Plan['period'], number>> = {
    month: 12,
    quarter: 4,
    'half-year': 2,
    year: 1
};

export function checkParts(plan: Plan): Problem[] {
    return [
        ...ofPlan(plan),
        ...plan.parameters.flatMap(ofParameter),
        ...plan.crediting.flatMap((rule, index) => ofCreditRule(rule, index, plan)),
        ...plan.quotas.flatMap((quota) => ofQuota(quota, plan)),
        ...plan.components.flatMap((component) => ofComponent(component, plan)),
        ...plan.payout.flatMap((step) =>
            step.kind === 'limit' ? turned(step.least, step.most, `payout.${step.key}.limit`, plan) : []
        ),
        ...clawbackTwice(plan)
    ];
}

/** What a decision asks back is owed once. */
function clawbackTwice({ payout }: Plan): Problem[] {
    return payout
        .filter(({ kind }) => kind === 'clawback')
        .slice(1)
        .map(({ key }) =>
            wrong(
                'CLAWBACK_TWICE',
                `payout.${key}`,
                key,
                'Keep one step clawback: a decision is carried out once.'
            )
        );
}

function ofPlan({ effectiveFrom, effectiveTo, components, crediting }: Plan): Problem[] {
    const problems: Problem[] = [];
    if (effectiveTo !== null && effectiveTo < effectiveFrom)
        problems.push(
            wrong(
                'DATES_TURNED',
                'effective',
                `${effectiveFrom} to ${effectiveTo}`,
                'A plan must end after it begins.'
            )
        );
    if (components.length === 0)
        problems.push(wrong('MISSING', 'components', '', 'Write at least one component: what is paid.'));
    const needsCredits = components.some(({ per }) => per === 'credit');
    if (needsCredits && crediting.length === 0)
        problems.push(
            wrong(
                'MISSING',
                'crediting',
                '',
                'Write at least one credit rule, e.g. { key: direct, to: owner }.'
            )
        );
    return problems;
}

function ofParameter({ key, values }: Plan['parameters'][number]): Problem[] {
    return values.slice(1).flatMap(({ from }, index) => {
        const before = values[index]!.from;
        if (from !== null && (before === null || before < from)) return [];
        const place = `parameters.${key}.values[${index + 2}].from`;
        return [
            wrong(
                'DATES_ORDER',
                place,
                from ?? '',
                'Write dated values with from:, earliest first, each day once.'
            )
        ];
    });
}

function ofCreditRule({ key, to, only }: CreditRule, index: number, plan: Plan): Problem[] {
    const problems = only.flatMap((measure, position) =>
        unknown('MEASURE_UNKNOWN', `crediting.${key}.only[${position + 1}]`, measure, plan.measures)
    );
    if (to.kind !== 'manager') return problems;
    const earlier = plan.crediting.slice(0, index);
    return [
        ...problems,
        ...unknown(
            'RULE_UNKNOWN',
            `crediting.${key}.to.manager`,
            to.of,
            earlier,
            'Name a credit rule before this one.'
        )
    ];
}

function ofQuota({ measure, ramp, seasonality }: Quota, plan: Plan): Problem[] {
    const place = `quotas.${measure}`;
    const problems = unknown(
        'MEASURE_UNKNOWN',
        place,
        measure,
        plan.measures,
        'A quota has the key of its measure.'
    );
    ramp.slice(1).forEach(({ fromMonth }, index) => {
        if (fromMonth <= ramp[index]!.fromMonth)
            problems.push(
                wrong(
                    'RAMP_ORDER',
                    `${place}.ramp[${index + 2}].fromMonth`,
                    String(fromMonth),
                    'Write the steps earliest first, each month once.'
                )
            );
    });
    const count = PERIODS_A_YEAR[plan.period];
    if (seasonality.length > 0 && count !== undefined && seasonality.length !== count)
        problems.push(
            wrong(
                'SEASONALITY_COUNT',
                `${place}.seasonality`,
                String(seasonality.length),
                `Write ${count} parts, one for each ${plan.period} of the year.`
            )
        );
    return problems;
}

function ofComponent(component: Component, plan: Plan): Problem[] {
    const place = `components.${component.key}`;
    return [
        ...component.credits.flatMap((rule, index) =>
            unknown('RULE_UNKNOWN', `${place}.credits[${index + 1}]`, rule, plan.crediting)
        ),
        ...payingNothing(component, place),
        ...perMismatch(component, place),
        ...component.rates.flatMap((rate, index) => {
            const isLast = index === component.rates.length - 1;
            if (isLast || rate.when !== null) return [];
            return [
                wrong(
                    'RATE_NEVER_REACHED',
                    `${place}.${ratePlace(component, index)}`,
                    '',
                    'It always holds, so those after it never do: give it a when, or move it last.'
                )
            ];
        }),
        ...twice(component.limits.map(({ key }) => key)).map((key) =>
            wrong('KEY_TWICE', `${place}.limits`, key, 'Give each limit a key of its own.')
        ),
        ...turned(component.rateFloor, component.rateCeiling, `${place}.rateFloor`, plan),
        ...component.limits.flatMap(({ least, most, beyond }, index) => {
            const where = `${place}.limits[${index + 1}]`;
            const empty = least === null && most === null;
            if (empty) return [wrong('MISSING', where, '', 'Write least, most or both.')];
            if (beyond !== null && most === null)
                return [
                    wrong(
                        'MISSING',
                        `${where}.most`,
                        '',
                        'beyond is the share of what exceeds most: write most.'
                    )
                ];
            return turned(least, most, where, plan);
        })
    ];
}

function payingNothing({ base, rates, pool }: Component, place: string): Problem[] {
    if (base !== null || rates.length > 0 || pool !== null) return [];
    return [wrong('PAYS_NOTHING', place, '', 'Write base, rate or pool: what it pays.')];
}

/** Parts that only make sense for each credit, or only for a period. */
function perMismatch(component: Component, place: string): Problem[] {
    const { per, schedule, limits, toDate, pool, chargeback } = component;
    const onlyFor = (wanted: Component['per'], key: string): Problem =>
        wrong('PER_MISMATCH', `${place}.${key}`, `per: ${per}`, `Write per: ${wanted}, or leave this out.`);
    if (per === 'credit')
        return [
            ...(toDate === null ? [] : [onlyFor('period', 'toDate')]),
            ...(pool === null ? [] : [onlyFor('period', 'pool')])
        ];
    return [
        ...(schedule?.kind === 'release' ? [onlyFor('credit', 'schedule.release')] : []),
        ...(chargeback ? [onlyFor('credit', 'chargeback')] : []),
        ...limits.flatMap(({ scope }, index) =>
            scope === 'credit' ? [onlyFor('credit', `limits[${index + 1}].scope`)] : []
        )
    ];
}

function turned(
    least: Component['rateFloor'],
    most: Component['rateFloor'],
    place: string,
    plan: Plan
): Problem[] {
    const [low, high] = [constantOf(least, plan), constantOf(most, plan)];
    if (!low || !high || low.compare(high) <= 0) return [];
    return [wrong('LIMITS_TURNED', place, `${low} to ${high}`, 'The least must not be above the most.')];
}

function unknown(code: string, where: string, key: string, known: { key: string }[], hint = ''): Problem[] {
    if (known.some((one) => one.key === key)) return [];
    const keys = known.map((one) => one.key);
    const list = keys.length === 0 ? 'The plan has none here.' : `Known here: ${keys.join(', ')}.`;
    return [wrong(code, where, key, [didYouMean(key, keys).trim(), hint, list].filter(Boolean).join(' '))];
}

function twice(keys: string[]): string[] {
    return keys.filter((key, index) => keys.indexOf(key) !== index);
}

function wrong(code: string, where: string, value: string, fix: string): Problem {
    return { code, where, value, fix };
}
