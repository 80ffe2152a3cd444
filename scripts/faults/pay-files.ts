// The files for payroll and accounting, asked of the org as the page asks: the same Apex, the page's own module for what is in a
// file and whether it may be offered. Owns asking, and the watch that asks all the time while something else is under way.
import { setTimeout as pause } from 'node:timers/promises';
import type { ConnectedOrg } from '../../service/test/support/local-org.ts';
import { PAYER } from '../../service/test/support/pay-org.ts';

/** A module of the page: it imports nothing, so it runs here as it is. */
interface PageModule {
    payrollFile(rows: object[], totals: object[]): { content: string };
    scheduleFile: PageModule['payrollFile'];
}
const PAGE = new URL('../../force-app/main/incentives/lwc/payFiles/payFiles.js', import.meta.url);
const { payrollFile, scheduleFile } = (await import(PAGE.href)) as PageModule;

export type Apex = (className: string, method: string, params: object) => Promise<unknown>;

export interface PayFile {
    /** empty where the page offers none */
    content: string;
    /** that were read for it */
    rowCount: number;
}

/** By name. */
export type PayFiles = Map<string, PayFile>;

interface Detail {
    period: { periodId: string; periodKey: string; status: string };
    draftCount: number;
    runs: { kind: string; status: string; totals: object[] }[];
}
interface Row {
    rowId: string;
}

/** As the person who pays, past the network, so that faults of the org are left to those they are meant for. */
export function apexOf({ org }: ConnectedOrg): Apex {
    const user = org.users.context(PAYER);
    return (className, method, params) =>
        org.apex.invokeAura(user, className, method, params as Record<string, unknown>);
}

export async function payFiles(apex: Apex, details?: readonly Detail[]): Promise<PayFiles> {
    const files: PayFiles = new Map();
    for (const { period, draftCount, runs } of details ?? (await detailsOf(apex))) {
        const totals = runs.find(isFinished)?.totals;
        const isPublished = ['Published', 'Locked'].includes(period.status) && draftCount === 0;
        const payroll = isPublished ? await readAll(apex, 'getPayroll', period.periodId) : [];
        const schedule = await readAll(apex, 'getSchedule', period.periodId);
        const { periodKey } = period;
        files.set(`payroll-${periodKey}.csv`, fileOf(payroll, totals, payrollFile));
        files.set(`accruals-${periodKey}.csv`, fileOf(schedule, totals, scheduleFile));
    }
    return files;
}

function fileOf(rows: Row[], totals: object[] | undefined, make: PageModule['payrollFile']): PayFile {
    return { content: totals ? make(rows, totals).content : '', rowCount: rows.length };
}

/** What the console shows of each period. */
export async function detailsOf(apex: Apex): Promise<Detail[]> {
    const periods = (await apex('CompensationController', 'getPeriods', {})) as Detail['period'][];
    const details: Detail[] = [];
    for (const { periodId } of periods)
        details.push((await apex('CompensationController', 'getPeriod', { periodId })) as Detail);
    return details;
}

function isFinished({ kind, status }: Detail['runs'][number]): boolean {
    return kind !== 'Simulation' && ['Succeeded', 'Partial'].includes(status);
}

async function readAll(apex: Apex, method: string, periodId: string): Promise<Row[]> {
    const rows: Row[] = [];
    for (;;) {
        const afterId = rows.at(-1)?.rowId ?? null;
        const page = (await apex('PayExportController', method, { periodId, afterId })) as Row[];
        if (page.length === 0) return rows;
        rows.push(...page);
    }
}

/** As lines that are held against those of another org; the numbers the org gives to statements are left out. */
export function linesOf(files: PayFiles): string[] {
    return [...files].map(
        ([name, { content }]) =>
            `${name}\t${JSON.stringify([['bytes', content.replaceAll(/ST-\d+/g, 'its number')]])}`
    );
}

const PAUSE_MS = 40;

/** Asks for the files again and again, on a page read anew and on one that was read at the start. */
export class FileWatch {
    readonly #apex: Apex;
    readonly #seen = new Map<string, Set<string>>();
    #isOver = false;
    #asking: Promise<void> = Promise.resolve();
    asked = 0;
    offered = 0;

    constructor(apex: Apex) {
        // Between two calls of a page the org does what others ask of it.
        this.#apex = async (...call) => {
            await pause(1);
            return apex(...call);
        };
    }

    async begin(): Promise<void> {
        this.#keep(await payFiles(this.#apex));
        this.#seen.forEach((contents) => contents.add(''));
        const atStart = await detailsOf(this.#apex);
        this.#asking = this.#askOn(atStart);
        // What goes wrong is told at the end.
        this.#asking.catch(() => undefined);
    }

    /** In sentences: every file that is neither that of the beginning nor that of the end. */
    async end(): Promise<string[]> {
        this.#isOver = true;
        await this.#asking;
        const whole = await payFiles(this.#apex);
        return [...this.#seen].flatMap(([name, contents]) => {
            const [before, ...others] = contents;
            const half = others.filter(
                (content) => ![before, whole.get(name)?.content, ''].includes(content)
            );
            return half.map((content) => `${name} was offered with ${linesIn(content)} rows, not whole`);
        });
    }

    async #askOn(atStart: readonly Detail[]): Promise<void> {
        for (let turn = 0; !this.#isOver; turn += 1) {
            const files = await payFiles(this.#apex, turn % 2 === 0 ? atStart : undefined);
            const ofRows = [...files.values()].filter(({ rowCount }) => rowCount > 0);
            this.asked += ofRows.length;
            this.offered += ofRows.filter(({ content }) => content !== '').length;
            this.#keep(files);
            await pause(PAUSE_MS);
        }
    }

    #keep(files: PayFiles): void {
        for (const [name, { content }] of files)
            this.#seen.set(name, (this.#seen.get(name) ?? new Set()).add(content));
    }
}

function linesIn(content: string): number {
    return content.split('\r\n').length - 2;
}
