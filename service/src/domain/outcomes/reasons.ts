// Why a deal got its probability, in words: the features that moved it most, with sign and size. Owns the grouping of
// features, the sentence and the size in percentage points.
//
// Size of a reason: how far the probability would move to the other side without it, p - sigmoid(logit(p) - c). Worked:
// p = 50 %, c = +0.4 log-odds: 50 % - 40.1 % = +9.9 points.
import type { FeatureTable } from './feature-table.ts';
import { logitOf, probabilityOf } from './learners/learner.ts';
import type { Explanation } from './outcome-model.ts';

export interface Reason {
    words: string;
    /** in log-odds; base and all contributions add up to the score */
    contribution: number;
    /** in percentage points, signed */
    points: number;
}

export function topReasons(
    explanation: Explanation,
    table: FeatureTable,
    row: number,
    most: number
): Reason[] {
    const groups = new Map<string, { sum: number; feature: number }>();
    explanation.contributions.forEach((contribution, f) => {
        const { group, kind } = table.features[f]!;
        const stage = group.startsWith('stage is ') ? 'stage' : group;
        const held = groups.get(stage);
        const applies = kind !== 'flag' || table.columns[f]![row] === 1;
        if (held === undefined) groups.set(stage, { sum: contribution, feature: applies ? f : -1 });
        else {
            held.sum += contribution;
            if (held.feature < 0 && applies) held.feature = f;
        }
    });
    const logit = logitOf(explanation.probability);
    return [...groups]
        .sort((a, b) => Math.abs(b[1].sum) - Math.abs(a[1].sum) || (a[0] < b[0] ? -1 : 1))
        .slice(0, most)
        .map(([group, { sum, feature }]) => ({
            words: wordsOf(table, row, group, feature),
            contribution: sum,
            points: 100 * (explanation.probability - probabilityOf(logit - sum))
        }));
}

function wordsOf(table: FeatureTable, row: number, group: string, feature: number): string {
    if (feature < 0) return `${group}: none`;
    const { key, kind, group: own } = table.features[feature]!;
    if (kind === 'flag') return own.startsWith('stage is ') ? own : `${group}: ${flagWords(key)}`;
    const value = table.columns[feature]![row]!;
    return `${group}: ${value < 0 ? 'never' : rounded(value)}`;
}

function flagWords(key: string): string {
    return key
        .replace(/^(last_event|before_last|last|pending)_/, '')
        .replace(/_/g, ' ')
        .replace(/^.*? = /, '');
}

function rounded(value: number): string {
    return value >= 100 ? String(Math.round(value)) : String(Math.round(value * 10) / 10);
}
