// What a demo org is filled with, whoever made it: the generated firm or an imported data set.
import type { Stage } from './firm/market.ts';
import type { People } from './firm/people.ts';
import type { Quarter } from './pay/quarters.ts';
import type { ScorecardContent } from './scorecards/content.ts';

export type Row = Record<string, string | number | boolean | null>;

export interface OrgContent {
    /** one line for the progress display */
    title: string;
    timeZone: string;
    /** ISO code of the currency its amounts are in */
    currency: string;
    people: People;
    stages: Stage[];
    /** rows by object, parents before children; one pass, nothing kept in memory */
    tables(): Iterable<{ objectName: string; rows: Row[] }>;
    /** plans and periods; without: nobody is paid in this org */
    pay?: PayContent;
    /** what scorecards are made from beyond the CRM; without: what comes with the product, and no facts */
    scorecards?: ScorecardContent;
    /** what a reader must know about the data, printed with the users */
    notes: string[];
    /** users worth opening the pages as: user name and why */
    signIns: { username: string; why: string }[];
}

/** Whom the plans in scripts/demo/pay/plans pay, and for which quarters. */
export interface PayContent {
    people: People;
    quarters: Quarter[];
    currency: string;
    /** user name of the person whose pay is worth looking at */
    bestPaid: string;
}

/** Collects rows per object and hands them on in blocks, in the order the objects were first named. */
export class TableBlocks {
    private readonly blocks = new Map<string, Row[]>();

    add(objectName: string, rows: Row[]): void {
        const block = this.blocks.get(objectName);
        if (block) block.push(...rows);
        else this.blocks.set(objectName, [...rows]);
    }

    *take(minimumRows: number): Iterable<{ objectName: string; rows: Row[] }> {
        const count = [...this.blocks.values()].reduce((sum, rows) => sum + rows.length, 0);
        if (count < minimumRows) return;
        for (const [objectName, rows] of this.blocks) yield { objectName, rows };
        this.blocks.clear();
    }
}
