// Which columns of the two files are the id, the outcome, the beginning and the end. Owns finding them by name.
import { CommandError, type CsvTable } from '../backtest/csv-table.ts';
import type { Standing } from '../../service/src/domain/outcomes/attribute-features.ts';
import type { Options } from './options.ts';

export interface Roles {
    id: string;
    label: string;
    created: string | null;
    closed: string | null;
}

const LABELS = ['outcome', 'status', 'result', 'is_won', 'iswon', 'won'];
const CREATED = ['engage_date', 'created_at', 'created_date', 'createddate'];
const CLOSED = ['close_date', 'closed_at', 'closed_date', 'closedate'];

export function findRoles(train: CsvTable, score: CsvTable, options: Options): Roles {
    const created = find(train, options.created, (name) => CREATED.includes(name), '--created');
    return {
        id: needed(
            find(score, options.id, (name) => /(^|_)id$/.test(name), '--id'),
            score,
            'id',
            '--id'
        ),
        label: needed(
            find(train, options.label, (name) => LABELS.includes(name), '--label'),
            train,
            'outcome',
            '--label'
        ),
        created: created !== null && score.columns.includes(created) ? created : null,
        closed: find(train, options.closed, (name) => CLOSED.includes(name), '--closed')
    };
}

function find(
    table: CsvTable,
    named: string | null,
    fits: (name: string) => boolean,
    option: string
): string | null {
    if (named === null) return table.columns.find((column) => fits(column.toLowerCase())) ?? null;
    if (table.columns.includes(named)) return named;
    throw new CommandError(
        `${table.file} has no column ${named} (${option}); it has ${table.columns.join(', ')}.`
    );
}

function needed(column: string | null, table: CsvTable, role: string, option: string): string {
    if (column !== null) return column;
    throw new CommandError(
        `${table.file}: no column looks like the ${role}; it has ${table.columns.join(', ')}. Name it with ${option}.`
    );
}

const WON = ['won', 'closed won', '1', 'true', 'yes'];
const LOST = ['lost', 'closed lost', '0', 'false', 'no', 'declined', 'cancelled'];

export function standingOf(label: string): Standing {
    const word = label.trim().toLowerCase();
    if (WON.includes(word)) return 'won';
    return LOST.includes(word) ? 'lost' : 'open';
}
