// The list of all plans, and which plan proves which published case.
import { table } from './markdown.ts';
import { summaryOf, type PlanWithCases } from './plan-page.ts';

export function indexPage(plans: PlanWithCases[]): string {
    return [
        '<!-- Written by `npm run --silent plan -- docs`; do not edit. -->',
        '# Plans and their cases',
        '',
        'Each plan is data in `config/plans`; its page says it in words and works its cases. The language: [plan-language.md](../plan-language.md).',
        '',
        ...table(
            ['plan', 'cases', 'published cases', 'in short'],
            plans.map((one) => [
                `[${one.plan.name}](${one.plan.key}.md)`,
                String(one.cases.length),
                published(one.cases.map(({ source }) => source)),
                summaryOf(one)
            ])
        ),
        ''
    ].join('\n');
}

function published(sources: string[]): string {
    const ids = sources.flatMap((source) => /^IC-\d+/.exec(source)?.[0] ?? []);
    return [...new Set(ids)].join(', ');
}
