// What a fuzz run says: a table of requests and answers, what the service holds, and the verdict.
import type { FuzzReport } from './fuzz.ts';

const COLUMNS = ['2xx', '3xx', '4xx', '429', 'shed', '5xx', 'closed', 'silent'];
/** A leak grows with the requests; what is kept once (journal pages, compiled code) does not. */
const HEAP_MB_A_HUNDRED_THOUSAND = 20;
const HEAP_MB_ONCE = 15;

/** What is wrong, in sentences; none when all is well. */
export function verdictOf({ sent, faults, before, after }: FuzzReport): string[] {
    const allowed = HEAP_MB_ONCE + (HEAP_MB_A_HUNDRED_THOUSAND * sent) / 100_000;
    const grown = after.heapMb - before.heapMb;
    const sockets = (after.handles['TCPSocketWrap'] ?? 0) - (before.handles['TCPSocketWrap'] ?? 0);
    return [
        ...faults.map(({ what, count, example }) => `${count} x ${what}; first: ${example}`),
        ...(grown > allowed
            ? [`the heap grew by ${grown.toFixed(1)} MB; at most ${allowed.toFixed(0)} are allowed`]
            : []),
        ...(sockets > 2 ? [`${sockets} sockets more are open than before`] : []),
        ...after.leaks.map((line) => `the log holds what may not be in it: ${line.trim()}`)
    ];
}

export function reportLines(report: FuzzReport, seed: number): string[] {
    const { sent, seconds, operations, table, shed, before, after, slowestMs } = report;
    const width = Math.max(...[...table.keys()].map((kind) => kind.length));
    const cells = (row: Map<string, number>): string =>
        COLUMNS.map((column) => String(row.get(column) ?? 0).padStart(8)).join('');
    const total = new Map<string, number>();
    for (const row of table.values())
        for (const [column, count] of row) total.set(column, (total.get(column) ?? 0) + count);
    const verdict = verdictOf(report);
    return [
        `${sent} requests of seed ${seed} to ${operations.length} operations (${operations.join(', ')})`,
        `in ${seconds.toFixed(0)} s; slowest answer ${slowestMs.toFixed(0)} ms; "shed" is 503 with Retry-After`,
        '',
        `${''.padEnd(width)}${COLUMNS.map((column) => column.padStart(8)).join('')}`,
        ...[...table].map(([kind, row]) => `${kind.padEnd(width)}${cells(row)}`),
        `${'all'.padEnd(width)}${cells(total)}`,
        `shed: ${[...shed].map(([code, count]) => `${count} ${code}`).join(', ') || 'none'}`,
        '',
        `heap after collection: ${before.heapMb.toFixed(1)} MB before, ${after.heapMb.toFixed(1)} MB after`,
        `handles: ${JSON.stringify(before.handles)} before, ${JSON.stringify(after.handles)} after`,
        `the service was busy with one thing for ${after.longestStallMs.toFixed(0)} ms at most`,
        `log: ${after.logLines} lines searched for secrets and for texts of requests`,
        '',
        ...(verdict.length === 0 ? ['No fault was found.'] : verdict.map((one) => `FAULT ${one}`)),
        ...after.errors.map((line) => `logged: ${line.trim()}`)
    ];
}
