// Whom a row credits, and how many credits and lines that makes: what must be known before the passes make room for them.
import { ProblemError } from '../../problem.ts';
import { kindOf } from './batch.ts';
import { DoesNotFit } from './does-not-fit.ts';
import type { Frame } from './frame.ts';
import type { Program } from './program.ts';
import { NOBODY, type TransactionColumns } from './transactions.ts';
import { isSafe } from './whole.ts';

export interface Counts {
    credits: number;
    lines: number;
}

/** What the credits of one kind make: by split, and the entries that credit somebody else. */
interface KindCounts {
    perSplit: Counts;
    /** entries to a holder or a payee, with their lines */
    singles: { entry: number; lines: number; holder: number }[];
    /** a rule must find somebody */
    needsSomebody: boolean;
    problem: ProblemError | null;
}

export function kindCounts({ shape, layout, kinds, numbers }: Program): KindCounts[] {
    return kinds.map((kind, number) => {
        const perSplit = { credits: 0, lines: 0 };
        const counts: KindCounts = { perSplit, singles: [], needsSomebody: false, problem: null };
        if (kind instanceof ProblemError) return { ...counts, problem: kind };
        for (const { rule } of kind) {
            const entry = number * shape.rules.length + rule;
            const { target, holder } = layout.groups[layout.groupOf[rule]!]!;
            const first = entry * layout.lineStride;
            const lines = numbers.linePays
                .subarray(first, first + layout.lineStride)
                .reduce((sum, pays) => sum + pays, 0);
            if (shape.rules[rule]!.target.kind !== 'role') counts.needsSomebody = true;
            if (target === 'splits') {
                perSplit.credits++;
                perSplit.lines += lines;
            } else counts.singles.push({ entry, lines, holder: target === 'payee' ? -1 : holder });
        }
        return counts;
    });
}

/** Credits and lines of a range of rows; throws DoesNotFit where a row is for the reference engine to judge. */
export function countsOf(
    program: Program,
    frame: Frame,
    from: number,
    to: number,
    columns: Pick<TransactionColumns, 'isSplit' | 'idOf'>
): Counts {
    const byKind = kindCounts(program);
    const alike = creditsOfEverySplit(byKind);
    if (alike && columns.isSplit) {
        const count = frame.splitStart[to]! - frame.splitStart[from]!;
        return { credits: count * alike.credits, lines: count * alike.lines };
    }
    const splits = splitsByKind(byKind.length, frame, from, to);
    const others = otherCredits(byKind, frame, from, to, columns.idOf);
    if (program.layout.groups.some(({ hasShare }) => hasShare)) assertRoom(program, frame, from, to);
    for (const [kind, { perSplit }] of byKind.entries()) {
        others.credits += perSplit.credits * splits[kind]!;
        others.lines += perSplit.lines * splits[kind]!;
    }
    return others;
}

/** Where every kind makes the same of a split and credits nobody else, splits only need to be counted. */
function creditsOfEverySplit(byKind: readonly KindCounts[]): Counts | null {
    const [{ perSplit }] = byKind as [KindCounts];
    const isAlike = byKind.every(
        ({ perSplit: own, singles, problem }) =>
            own.credits === perSplit.credits &&
            own.lines === perSplit.lines &&
            singles.length === 0 &&
            !problem
    );
    return isAlike ? perSplit : null;
}

function splitsByKind(kinds: number, frame: Frame, from: number, to: number): Float64Array {
    const count = new Float64Array(kinds);
    for (let row = from; row < to; row++)
        count[kindOf(frame, row)]! += frame.splitStart[row + 1]! - frame.splitStart[row]!;
    return count;
}

/** Credits that are no splits, and rows that should credit somebody and do not. */
function otherCredits(
    byKind: readonly KindCounts[],
    frame: Frame,
    from: number,
    to: number,
    idOf: (row: number) => string
): Counts {
    const counts = { credits: 0, lines: 0 };
    for (let row = from; row < to; row++) {
        const { perSplit, singles, needsSomebody, problem } = byKind[kindOf(frame, row)]!;
        if (problem) throw new DoesNotFit(`transaction ${idOf(row)}`, problem.message);
        let own = 0;
        for (const { holder, lines } of singles) {
            if (holder !== -1 && frame.holders[holder]![row] === NOBODY) continue;
            own++;
            counts.lines += lines;
        }
        counts.credits += own;
        const splits = perSplit.credits * (frame.splitStart[row + 1]! - frame.splitStart[row]!);
        if (own + splits === 0 && needsSomebody)
            throw new DoesNotFit(`transaction ${idOf(row)}`, 'credits nobody');
    }
    return counts;
}

/** Credits with a share of their own must stay whole numbers. */
function assertRoom(
    { numbers: { creditParts } }: Program,
    { amount }: Frame,
    from: number,
    to: number
): void {
    let largest = 0;
    for (let row = from; row < to; row++)
        if (Math.abs(amount[row]!) > largest) largest = Math.abs(amount[row]!);
    for (const parts of creditParts)
        if (!isSafe(parts * largest))
            throw new DoesNotFit(
                'crediting',
                'shares of these amounts need more digits than there is room for'
            );
}

/** Payees with a line that is NaN. */
export function payeesWithoutWorth(program: Program, frame: Frame, count: number): Set<number> {
    const { linePays } = program.numbers;
    const { lineStride } = program.layout;
    const found = new Set<number>();
    let line = 0;
    for (let row = 0; row < count; row++)
        creditsOfRow(program, frame, row, (payee, entry) => {
            for (let place = entry * lineStride; place < (entry + 1) * lineStride; place++)
                if (linePays[place] === 1 && Number.isNaN(frame.worth[line++]!)) found.add(payee);
        });
    return found;
}

/** Payees a row credits and by which entry, in the order of its credits. */
export function creditsOfRow(
    program: Program,
    frame: Frame,
    row: number,
    visit: (payee: number, entry: number) => void
): void {
    const { splitStart, splitPayee, holders, fixedPayee } = frame;
    const { layout, shape, kinds } = program;
    const number = kindOf(frame, row);
    const kind = kinds[number]!;
    if (kind instanceof ProblemError) return;
    for (const { rule } of kind) {
        const entry = number * shape.rules.length + rule;
        const { target, holder } = layout.groups[layout.groupOf[rule]!]!;
        if (target === 'splits') {
            for (let split = splitStart[row]!; split < splitStart[row + 1]!; split++)
                visit(splitPayee[split]!, entry);
            continue;
        }
        const payee = target === 'payee' ? fixedPayee[entry]! : holders[holder]![row]!;
        if (payee !== NOBODY) visit(payee, entry);
    }
}
