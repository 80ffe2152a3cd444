// The measured part of service/docs/early-warnings.md, between its two marks; the rest of the page is written by hand.
import { wilsonInterval } from '../../../service/src/domain/statistics/proportions.ts';
import type { Playbook } from '../../../service/src/domain/scorecards/week/types.ts';
import { LUCK } from '../../../service/src/domain/scorecards/warnings/watch-series.ts';
import { METHODS } from './methods.ts';
import type { Measured, Tally } from './measure.ts';

export const BEGIN = '<!-- measured: npm run --silent scorecards -- docs -->';
export const END = '<!-- end of what is measured -->';

export function withMeasured(page: string, measured: string): string {
    const [before, after] = [page.indexOf(BEGIN), page.indexOf(END)];
    if (before === -1 || after < before)
        throw new Error(`early-warnings.md has lost its marks ${BEGIN} and ${END}.`);
    return `${page.slice(0, before + BEGIN.length)}\n\n${measured}\n${page.slice(after)}`;
}

export function measuredPart(seeds: readonly number[], measured: Measured, playbook: Playbook): string {
    const name = (metric: string): string => playbook.watch.find(({ id }) => id === metric)!.name;
    return [
        `Firms with the seeds ${seeds[0]} to ${seeds.at(-1)}, ${measured.people} people in all, 26 weeks each; tuned on seeds 1 to 3 alone.`,
        '',
        '### What managers are told',
        '',
        ...table(
            [
                ...[...measured.metrics].map(([metric, tally]): [string, Tally] => [name(metric), tally]),
                ['**all**', measured.told]
            ],
            true
        ),
        '',
        `Of a manager's people at most ${measured.mostPerManagerWeek} were told of for the first time in one week (cap ` +
            `${playbook.alerts.perManagerPerWeek}); ${measured.heldBack} times somebody was held back.`,
        '',
        '### Ways to notice, compared',
        '',
        `Each on the same weeks and the same usual course; the charts at a chance of ${LUCK * 100} % by luck in 13 weeks.`,
        '',
        ...table(
            METHODS.map(({ key, words }): [string, Tally] => [words, measured.methods.get(key)!]),
            true
        ),
        '',
        '### Manufactured numbers',
        '',
        ...table(
            [...measured.gaming].map(([kind, tally]): [string, Tally] => [GAMES[kind], tally]),
            false
        ),
        ''
    ].join('\n');
}

const GAMES: Record<string, string> = {
    SelfCopies: 'mails to oneself',
    UnansweredBursts: 'bursts nobody answers',
    DateResets: 'close dates reset in bulk',
    SplitGames: 'token splits that go round'
};

function table(rows: readonly [string, Tally][], isTimed: boolean): string[] {
    const timed = isTimed
        ? ['median weeks after it began', 'median weeks before results fall', 'found before results fall']
        : [];
    const head = ['', 'planted', 'found', 'false', 'precision (95 %)', 'recall', ...timed];
    return [
        line(head),
        line(head.map(() => '---')),
        ...rows.map(([name, tally]) => line([name, ...figures(tally), ...(isTimed ? times(tally) : [])]))
    ];
}

function figures({ planted, found, false: wrong }: Tally): string[] {
    const { low, high } = wilsonInterval(found, found + wrong);
    return [
        String(planted),
        String(found),
        String(wrong),
        found + wrong === 0
            ? 'none raised'
            : `${percent(found / (found + wrong))} (${percent(low)} to ${percent(high)})`,
        percent(found / planted)
    ];
}

function times({ delayWeeks, leadWeeks, planted }: Tally): string[] {
    const early = leadWeeks.filter((weeks) => weeks > 0).length;
    return [weeks(delayWeeks), weeks(leadWeeks), percent(early / planted)];
}

function weeks(values: readonly number[]): string {
    const sorted = [...values].sort((a, b) => a - b);
    const middle = sorted[Math.floor(sorted.length / 2)];
    return middle === undefined ? '-' : middle.toFixed(1);
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
