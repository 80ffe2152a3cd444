// Collects what a run has to say, counted by code and sentence; sorted, so that the same run says it the same way.
import type { Notes } from './ports/org.ts';
import type { RunNote, RunRecord } from './ports/runs.ts';

const MOST_NOTES = 50;

export class NoteBook {
    #notes = new Map<string, RunNote>();

    readonly add: Notes = (code, message, count = 1) => {
        const key = `${code}\n${message}`;
        const known = this.#notes.get(key);
        if (known) known.count += count;
        else this.#notes.set(key, { code, message, count });
    };

    get isEmpty(): boolean {
        return this.#notes.size === 0;
    }

    list(): RunNote[] {
        const sorted = [...this.#notes.values()].sort((a, b) =>
            `${a.code}${a.message}` < `${b.code}${b.message}` ? -1 : 1
        );
        return sorted.slice(0, MOST_NOTES);
    }
}

/** What a run that was carried out says of itself in the end. */
export function endRun(run: RunRecord, warnings: NoteBook, failures: NoteBook, failedCount: number): void {
    run.warnings = warnings.list();
    run.errors = failures.list();
    run.status = failedCount === 0 ? 'Succeeded' : 'Partial';
}
