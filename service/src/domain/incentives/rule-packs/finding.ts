// What a check of a rule pack tells: verdict, what was found against which limit, on whose authority, and what to change.
import type { FigureStatus, RuleFigure, RulePack } from './rule-pack.ts';

/** `toBeReviewed`: somebody must look, because something is missing or the rule asks for judgement. */
export type Verdict = 'pass' | 'fail' | 'toBeReviewed' | 'notApplicable';

export interface Finding {
    pack: string;
    packVersion: string;
    check: string;
    verdict: Verdict;
    /** what was found, in words and figures */
    found: string;
    /** what it was held against; '' where there is no figure */
    limit: string;
    /** places of the plan, or parts of the award */
    where: string[];
    /** what to change, or what to find out; '' where nothing is to be done */
    fix: string;
    citation: string;
    figures: FigureUsed[];
    /** the rule, or a figure it rests on, was not read in the text of whoever makes it */
    isToBeConfirmed: boolean;
}

export interface FigureUsed {
    key: string;
    text: string;
    status: FigureStatus;
    citation: string;
}

export const TO_BE_CONFIRMED = 'to be confirmed by compliance';

/** `PRA PS21/25, Remuneration reform, 3.4 (2025-10-15)` */
export function citationOf(pack: RulePack, sourceKey: string, clause: string): string {
    const source = pack.sources.find(({ key }) => key === sourceKey)!;
    const place = clause === '' ? '' : `, ${clause}`;
    return `${source.title}${place}${source.published === '' ? '' : ` (${source.published})`}`;
}

export function figureUsed(pack: RulePack, { key, text, status, source, clause }: RuleFigure): FigureUsed {
    return { key, text, status, citation: citationOf(pack, source, clause) };
}

export function isToBeConfirmed(figures: readonly FigureUsed[]): boolean {
    return figures.some(({ status }) => status !== 'stated');
}
