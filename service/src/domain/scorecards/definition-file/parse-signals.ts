// signals.yaml: the list of what may be known about people at work. What is not on it is refused, wherever it comes from.
import type { PartReader } from '../../incentives/plan-file/part-reader.ts';
import type { Problem } from '../../problem.ts';
import { DATA_CLASSES, UNITS, type Signal } from '../types.ts';
import { repeatedIds } from './repeated.ts';
import { oneOrMore, readDefinitionFile } from './read-file.ts';
import { ATTRIBUTES } from './read-formula.ts';

/** Least number of people behind an anonymous figure. */
const LEAST_RATERS = 3;
/** Longest time a fact about a person may be kept for scorecards. */
const MOST_MONTHS = 84;

export function parseSignals(
    yaml: string,
    file = 'signals.yaml'
): { signals: Signal[] | null; problems: Problem[] } {
    const { value, problems } = readDefinitionFile(yaml, file, (part) => {
        const signals = part.needParts('signals', '- { id: meeting, ... }', readSignal);
        repeatedIds(part, 'signals', signals);
        return signals;
    });
    return { signals: value, problems };
}

function readSignal(part: PartReader): Signal {
    const isAnonymous = part.truth('anonymous', false);
    return {
        id: part.needText('id', 'meeting'),
        name: part.needText('name', 'Meetings held'),
        unit: part.needChoice('unit', UNITS, 'count'),
        source: part.needChoice('source', ['crm', 'import'], 'import'),
        sourceObjects: part.needText('sourceObjects', 'Event'),
        grain: part.needChoice('grain', ['event', 'level'], 'event'),
        purpose: part.needText('purpose', 'To see whether clients are met often enough.'),
        retentionMonths: retentionOf(part),
        dataClass: part.needChoice('dataClass', DATA_CLASSES, 'work-activity'),
        isAnonymous,
        leastRaters: ratersOf(part, isAnonymous),
        absence: part.needChoice('absence', ['zero', 'unknown'], 'unknown'),
        attributes: part.part('attributes', attributesOf) ?? {}
    };
}

function retentionOf(part: PartReader): number {
    const months = part.needWhole('retentionMonths', 1);
    if (months > MOST_MONTHS)
        part.report(
            'RETENTION_TOO_LONG',
            'retentionMonths',
            String(months),
            `Keep facts about people for at most ${MOST_MONTHS} months.`
        );
    return months;
}

function ratersOf(part: PartReader, isAnonymous: boolean): number {
    const least = part.whole('leastRaters', 1);
    if (!isAnonymous) return least ?? 1;
    if (least !== null && least < LEAST_RATERS)
        part.report(
            'TOO_FEW_RATERS',
            'leastRaters',
            String(least),
            `Ask for at least ${LEAST_RATERS}, so that nobody can be told from the figure.`
        );
    return least ?? LEAST_RATERS;
}

function attributesOf(part: PartReader): Record<string, string[]> {
    const named = ATTRIBUTES.filter((name) => part.has(name));
    return Object.fromEntries(named.map((name) => [name, oneOrMore(part, name)]));
}
