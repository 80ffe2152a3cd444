// A plan in words, from the same data that pays: for plan letters, the page of the plan, `plan -- explain`.
import { COUNTED, complexityOf, type Complexity } from './complexity.ts';
import type { CreditRule, CreditTarget, Measure, Plan, Quota, TouchSource } from './plan.ts';
import { componentInWords } from './plan-words/component-in-words.ts';
import { conditionInWords, inWords } from './plan-words/expression-in-words.ts';
import { stepInWords } from './plan-words/payout-in-words.ts';
import { tableHeading, tableLines } from './plan-words/table-in-words.ts';
import { everyInterval, listed, overInterval, sentence, words } from './plan-words/words.ts';
import { NO_BEGINNING } from './vocabulary.ts';

export interface PlanInWords {
    title: string;
    sections: { title: string; paragraphs: Paragraph[] }[];
    complexity: Complexity;
}

export interface Paragraph {
    text: string;
    /** clause of the plan letter, '' where none is named */
    reference: string;
    items: string[];
}

export function explainPlan(plan: Plan): PlanInWords {
    const sections = [
        { title: 'The plan', paragraphs: plain(aboutPlan(plan)) },
        {
            title: 'What is credited to you',
            paragraphs: named(plan, 'crediting', plan.crediting, ruleInWords)
        },
        { title: 'What is measured', paragraphs: named(plan, 'measures', plan.measures, measureInWords) },
        { title: 'Your goals', paragraphs: goals(plan) },
        {
            title: 'What you earn',
            paragraphs: plan.components.flatMap((one) => componentParagraphs(plan, one))
        },
        { title: 'The tables', paragraphs: tableParagraphs(plan) },
        {
            title: 'From what you earn to what you are paid',
            paragraphs: named(plan, 'payout', plan.payout, (step) => sentence(stepInWords(step)))
        },
        { title: 'Rates and amounts that may change', paragraphs: parameterParagraphs(plan) },
        {
            title: 'Also shown',
            paragraphs: named(plan, 'figures', plan.figures, ({ key, value }) =>
                sentence(`${words(key)}: ${inWords(value)}`)
            )
        }
    ];
    return {
        title: plan.name === plan.key ? words(plan.key.replaceAll('-', ' ')) : plan.name,
        sections: sections.filter(({ paragraphs }) => paragraphs.length > 0),
        complexity: complexityOf(plan)
    };
}

/** Markdown. */
export function explanationAsText({ title, sections, complexity }: PlanInWords): string {
    const lines = [`# ${sentence(title).slice(0, -1)}`];
    for (const section of sections) {
        lines.push('', `## ${section.title}`, '');
        for (const { text, reference, items } of section.paragraphs) {
            lines.push(`- ${text}${reference === '' ? '' : ` (${reference})`}`);
            lines.push(...items.map((item) => `    - ${item}`));
        }
    }
    const counts = COUNTED.filter((name) => complexity.counts[name] > 0).map(
        (name) => `${words(name)} ${complexity.counts[name]}`
    );
    lines.push('', '## How complex it is', '', `Complexity index ${complexity.index}: ${counts.join(', ')}.`);
    return [...lines, ...complexity.warnings.map((warning) => `Warning: ${warning}`)].join('\n');
}

function aboutPlan(plan: Plan): string[] {
    const { effectiveFrom: from, effectiveTo: to, rounding, yearStart } = plan;
    const begin = from === NO_BEGINNING ? '' : ` from ${from}`;
    const end = to === null ? '' : ` to ${to}`;
    const stage = { line: 'each line', component: 'each component', payout: 'what is paid' }[rounding.at];
    return [
        `Version ${plan.version}. It pays ${everyInterval(plan.period)}, in ${plan.currency}.`,
        ...(begin + end === '' ? [] : [`It holds${begin}${end}.`]),
        ...(yearStart === '01-01' ? [] : [`Its year begins on ${yearStart} (month and day).`]),
        `Everything is exact until ${stage} is rounded to ${rounding.unit.toString()} (${rounding.mode}).`
    ];
}

function plain(texts: string[]): Paragraph[] {
    return texts.map((text) => ({ text, reference: '', items: [] }));
}

function named<T extends { key: string }>(
    plan: Plan,
    list: string,
    parts: T[],
    write: (part: T) => string
): Paragraph[] {
    return parts.map((part) => ({
        text: write(part),
        reference: plan.references[`${list}.${part.key}`] ?? '',
        items: []
    }));
}

function ruleInWords(rule: CreditRule): string {
    const condition = rule.when ? ` where ${conditionInWords(rule.when)}` : '';
    const before = rule.before.map(({ key, amount }) => `${words(key)} (${inWords(amount)})`);
    const factors = [
        ...(rule.payable ? [`${inWords(rule.payable)} of it counts for pay`] : []),
        ...(rule.quota ? [`${inWords(rule.quota)} of it counts for quota`] : []),
        ...(rule.count ? [`it counts as ${inWords(rule.count)} of a deal`] : [])
    ];
    return [
        sentence(
            `${words(rule.key)}: ${rule.share ? `${inWords(rule.share)} of a deal` : 'a deal'} ${targetInWords(rule.to)}${condition}`
        ),
        ...(before.length === 0 ? [] : [sentence(`First comes off: ${listed(before)}`)]),
        ...(factors.length === 0 ? [] : [sentence(listed(factors))])
    ].join(' ');
}

function targetInWords(to: CreditTarget): string {
    switch (to.kind) {
        case 'owner':
            return 'is credited to its owner';
        case 'splits':
            return 'is credited to those it was split among, by their shares';
        case 'role':
            return `is credited to whoever was its ${to.role}`;
        case 'payee':
            return `is credited to ${to.payee}`;
        case 'payees':
            return `is credited to everybody for whom ${conditionInWords(to.when)}`;
        case 'manager':
            return `is credited to the managers of those credited by “${words(to.of)}”, ${to.levels === 1 ? 'one level' : `${to.levels} levels`} up`;
        case 'handOver':
            return handOverInWords(to);
        case 'touches':
            return `is credited to those who touched it${sourcesInWords(to)}: ${touchesInWords(to)}`;
    }
}

function handOverInWords({ by, from }: CreditTarget & { kind: 'handOver' }): string {
    const had = from === 'owner' ? 'owned it' : 'had it';
    const how = {
        days: `the days each ${had}`,
        stages: 'the stages each completed',
        date: `who ${had} on its date`
    }[by];
    if (from === 'owner') return `is credited to its owners by ${how}`;
    if (from === 'splits') return `is credited to those it was split among, by their shares and ${how}`;
    return `is credited to whoever was its ${from.role}, by ${how}`;
}

const SOURCES_IN_WORDS: Record<TouchSource, string> = {
    activities: 'calls, mails and meetings',
    campaigns: 'a campaign of theirs that its contacts responded to',
    primaryCampaign: 'the campaign of theirs that it came from'
};

function sourcesInWords({ from }: CreditTarget & { kind: 'touches' }): string {
    if (from.length === 0) return '';
    return ` by ${listed(
        from.map((one) => SOURCES_IN_WORDS[one]),
        'or'
    )}`;
}

function touchesInWords({ method }: CreditTarget & { kind: 'touches' }): string {
    switch (method.method) {
        case 'first':
            return 'all to the first';
        case 'last':
            return 'all to the last';
        case 'linear':
            return 'in equal parts';
        case 'shapley':
            return 'to each by what they add to the others (Shapley)';
        case 'position':
            return `${inWords(method.first)} to the first, ${inWords(method.last)} to the last, the rest in equal parts between`;
    }
}

function measureInWords(measure: Measure): string {
    const { key, of, when, divideBy } = measure;
    const condition = when ? ` where ${conditionInWords(when)}` : '';
    const divided = divideBy ? `, divided by ${inWords(divideBy)}` : '';
    return sentence(`${words(key)}: ${inWords(of)}${condition}, added up ${overInterval(measure)}${divided}`);
}

function goals(plan: Plan): Paragraph[] {
    const parts = plan.quotas.map((quota) => ({ ...quota, key: quota.measure }));
    return named(plan, 'quotas', parts, quotaInWords).map((paragraph, index) => ({
        ...paragraph,
        items: parts[index]!.ramp.map(
            ({ fromMonth, amount }) => `from your month ${fromMonth}: ${inWords(amount)}`
        )
    }));
}

function quotaInWords({ measure, amount, ramp, seasonality, prorate }: Quota): string {
    const goal = amount
        ? inWords(amount)
        : ramp.length > 0
          ? 'rises with your months on the job'
          : 'as told to you';
    const seasons =
        seasonality.length === 0
            ? ''
            : ` Of the year's goal the periods have ${listed(seasonality.map(inWords))}.`;
    const part = prorate === 'none' ? '' : ` It is reduced to the ${prorate} you were on the plan.`;
    return `${sentence(`${words(measure)}: ${goal}`)}${seasons}${part}`;
}

function componentParagraphs(plan: Plan, component: Plan['components'][number]): Paragraph[] {
    const title = component.name === component.key ? words(component.key) : component.name;
    const reference = plan.references[`components.${component.key}`] ?? '';
    return [{ text: sentence(title), reference, items: componentInWords(component) }];
}

function tableParagraphs(plan: Plan): Paragraph[] {
    return plan.tables.map((table) => ({
        text: sentence(tableHeading(table)),
        reference: plan.references[`tables.${table.key}`] ?? '',
        items: tableLines(table)
    }));
}

function parameterParagraphs(plan: Plan): Paragraph[] {
    return named(plan, 'parameters', plan.parameters, ({ key, values }) => {
        const dated = values.map(
            ({ from, value }) => `${inWords(value)}${from === null ? '' : ` from ${from}`}`
        );
        return sentence(`${words(key)}: ${listed(dated)}`);
    });
}
