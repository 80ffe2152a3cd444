// What was tried and how it ended, one line for each kind of fault and what was running, and the table of it.

export interface Line {
    fault: string;
    running: string;
    tried: number;
    /** The service ended by itself, and went on when it was started again. */
    died: number;
    lost: number;
}

/** A tally as it is written to a file, to be gone on with. */
export interface KeptTally {
    lines: Line[];
    differences: string[];
    deaths: string[];
    idle: string[];
    /** missing where it was kept by an earlier version */
    files?: AskedFiles;
}

/** Files of pay that were asked for while something was under way, and how many of them were offered. */
export interface AskedFiles {
    asked: number;
    offered: number;
}

export class Tally {
    readonly #lines = new Map<string, Line>();
    readonly differences: string[];
    readonly deaths: string[];
    /** Faults that were set and found nothing to strike: nothing is claimed of them. */
    readonly idle: Set<string>;
    readonly files: AskedFiles;

    constructor(kept?: KeptTally) {
        for (const line of kept?.lines ?? []) this.#lines.set(keyOf(line), { ...line });
        this.differences = [...(kept?.differences ?? [])];
        this.deaths = [...(kept?.deaths ?? [])];
        this.idle = new Set(kept?.idle);
        this.files = { asked: 0, offered: 0, ...kept?.files };
    }

    addFiles({ asked, offered }: AskedFiles): void {
        this.files.asked += asked;
        this.files.offered += offered;
    }

    /** @param wrong what differs afterwards, in sentences; several faults of one run are lost together */
    add(
        fault: string,
        running: string,
        struck: number,
        wrong: readonly string[],
        deaths: readonly string[] = []
    ): void {
        if (struck === 0 && wrong.length === 0 && deaths.length === 0) {
            this.idle.add(`${fault} during ${running}`);
            return;
        }
        const key = keyOf({ fault, running });
        const line = this.#lines.get(key) ?? { fault, running, tried: 0, died: 0, lost: 0 };
        line.tried += Math.max(struck, 1);
        if (wrong.length > 0) line.lost += Math.max(struck, 1);
        else if (deaths.length > 0) line.died += Math.max(struck, 1);
        this.#lines.set(key, line);
        for (const what of deaths) this.deaths.push(`${fault} during ${running}: ${what}`);
        for (const what of wrong) this.differences.push(`${fault} during ${running}: ${what}`);
    }

    get lines(): Line[] {
        return [...this.#lines.values()];
    }

    get tried(): number {
        return this.lines.reduce((sum, { tried }) => sum + tried, 0);
    }

    get kept(): KeptTally {
        const { lines, differences, deaths, idle, files } = this;
        return { lines, differences, deaths, idle: [...idle], files };
    }

    get isClean(): boolean {
        return this.lines.every(({ died, lost }) => died === 0 && lost === 0);
    }
}

function keyOf({ fault, running }: Pick<Line, 'fault' | 'running'>): string {
    return `${fault}\0${running}`;
}

const COLUMNS = ['fault', 'running', 'tried', 'survived', 'died', 'lost'] as const;

export function tableLines(tally: Tally, leftOut: readonly string[]): string[] {
    const { lines } = tally;
    const sum = (of: (line: Line) => number): number => lines.reduce((total, line) => total + of(line), 0);
    const cells = [
        [...COLUMNS],
        ...lines.map(row),
        row({
            fault: 'all',
            running: '',
            tried: sum(({ tried }) => tried),
            died: sum(({ died }) => died),
            lost: sum(({ lost }) => lost)
        })
    ];
    const widths = COLUMNS.map((_, column) => Math.max(...cells.map((cell) => cell[column]!.length)));
    const idle = [...tally.idle].filter(
        (one) => !lines.some((line) => one === `${line.fault} during ${line.running}`)
    );
    return [
        ...cells.map((cell) =>
            cell
                .map((text, at) => (at < 2 ? text.padEnd(widths[at]!) : text.padStart(widths[at]!)))
                .join('  ')
        ),
        '',
        ...(idle.length > 0 ? [`Found nothing to strike, so not tried: ${idle.join('; ')}.`] : []),
        ...(tally.files.asked > 0 ? [filesLine(tally.files)] : []),
        ...leftOut.map((one) => `Left out: ${one}`),
        ...tally.deaths.map((one) => `DIED ${one}`),
        ...(tally.differences.length === 0
            ? ['Nothing was lost, nothing doubled.']
            : tally.differences.map((one) => `LOST ${one}`))
    ];
}

function filesLine({ asked, offered }: AskedFiles): string {
    return `Files of pay asked for meanwhile of rows that were there: ${asked}. Offered ${offered}, refused ${asked - offered}.`;
}

function row({ fault, running, tried, died, lost }: Line): string[] {
    return [fault, running, ...[tried, tried - died - lost, died, lost].map(String)];
}
