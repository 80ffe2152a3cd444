// What the search for manufactured numbers reads and tells. Its findings go to compliance and admins, who look at the records and
// decide; they never enter a score, a rank or a person's page. Only data.
import type { DayNumber } from '../../../pipeline/types.ts';
import type { Problem } from '../../../problem.ts';

/** A mail that was logged as work on a client's record. */
export interface LoggedMail {
    id: string;
    /** who logged it */
    person: string;
    atMs: number;
    /** mails with one client belong together; '' when logged on none */
    client: string;
    isReceived: boolean;
    /** addresses it went to, copies included, or the record of who has none; empty when not kept */
    recipients: readonly string[];
}

/** A change of a deal's close date. */
export interface CloseDateMove {
    id: string;
    dealId: string;
    /** who moved it */
    person: string;
    on: DayNumber;
    before: DayNumber;
    after: DayNumber;
}

/** A day on which the client of a deal answered or was met. */
export interface ClientContact {
    dealId: string;
    on: DayNumber;
}

/** What one person is credited with of one deal. */
export interface SplitShare {
    id: string;
    dealId: string;
    ownerId: string;
    person: string;
    /** of 100 */
    percent: number;
    on: DayNumber;
}

export interface GamingInput {
    asOf: DayNumber;
    /** addresses by person; mail to them alone reached nobody else */
    ownAddresses: ReadonlyMap<string, readonly string[]>;
    /** domains of the firm itself, lower case */
    ownDomains: readonly string[];
    mails: readonly LoggedMail[];
    moves: readonly CloseDateMove[];
    contacts: readonly ClientContact[];
    splits: readonly SplitShare[];
}

export const GAMING_KINDS = ['SelfCopies', 'UnansweredBursts', 'DateResets', 'SplitGames'] as const;
export type GamingKind = (typeof GAMING_KINDS)[number];

export interface GamingFinding {
    /** `<person>:gaming-<kind>:<first day>` */
    key: string;
    kind: GamingKind;
    person: string;
    since: DayNumber;
    /** how many records carry it */
    count: number;
    /** chance of as many by ordinary work; null where the pattern itself is the finding */
    luck: number | null;
    /** one sentence, at most 255 characters */
    words: string;
    /** ids of the records, newest first, at most 50 */
    evidence: string[];
    /** others who take part, in order of ids */
    with: string[];
}

export interface GamingResult {
    /** by person, then kind */
    findings: GamingFinding[];
    /** what could not be looked at, and why */
    problems: Problem[];
}
