// `npm run winmodel`: learns won against lost from a table of attributes, scores another one and says why, or says that
// there is nothing to learn. Scores go to a file, the record to stdout, warnings and problems to stderr.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import {
    fillAttributes,
    useOfColumns,
    type ColumnUse
} from '../../service/src/domain/outcomes/attribute-features.ts';
import { trainAttributeModel } from '../../service/src/domain/outcomes/attribute-model.ts';
import { DAY_MS } from '../../service/src/domain/outcomes/deal-features.ts';
import { explainRow, type OutcomeModel } from '../../service/src/domain/outcomes/outcome-model.ts';
import { topReasons } from '../../service/src/domain/outcomes/reasons.ts';
import { csvLine, readCsvTable, timeOf, valueReader, type CsvTable } from '../backtest/csv-table.ts';
import { runCommand } from '../backtest/run-command.ts';
import { findRoles, standingOf, type Roles } from './columns.ts';
import { HELP, readOptions } from './options.ts';

const REASONS = 3;
const FEWEST_CLOSED = 50;

function run(args: string[]): void {
    const options = readOptions(args);
    const train = readCsvTable(options.train, []);
    const score = readCsvTable(options.score, []);
    const roles = findRoles(train, score, options);
    const standing = columnOf(train, roles.label).map(standingOf);
    const usable = train.columns.filter(
        (name) =>
            score.columns.includes(name) &&
            !options.ignore.includes(name) &&
            !/(^|_)id$/i.test(name) &&
            !Object.values(roles).includes(name)
    );
    const uses = useOfColumns(
        usable.map((name) => ({ name, values: columnOf(train, name) })),
        standing
    );
    for (const use of uses)
        if (use.use === 'none') console.error(`Column ${use.name} is not used: ${use.why}.`);
    const model = trainOn(train, standing, uses, roles);
    tell(model);
    mkdirSync(dirname(options.out), { recursive: true });
    writeFileSync(options.out, `${scoreLines(model, uses, train, score, roles, options.asOf).join('\n')}\n`);
}

function columnOf(table: CsvTable, name: string): string[] {
    const value = valueReader(table);
    return table.rows.map((row) => value(row, name));
}

function trainOn(train: CsvTable, standing: string[], uses: ColumnUse[], roles: Roles): OutcomeModel {
    const closed = train.rows.filter((_, row) => standing[row] !== 'open');
    const closedTable = { ...train, rows: closed };
    const began =
        roles.created === null ? closed.map(() => NaN) : columnOf(closedTable, roles.created).map(timeOf);
    return trainAttributeModel({
        table: fillAttributes(uses, closed.length, (name) => columnOf(closedTable, name)),
        won: Uint8Array.from(
            standing.filter((each) => each !== 'open'),
            (each) => (each === 'won' ? 1 : 0)
        ),
        began: Float64Array.from(began)
    });
}

function tell(model: OutcomeModel): void {
    if (model.status === 'notEnoughHistory') {
        console.log(`Not enough history: ${model.why}. No probabilities are given.`);
        return;
    }
    const { record } = model;
    for (const { key, auc, brier, expectedCalibrationError, skill, deals } of record.candidates)
        console.log(
            `${key}: AUC ${auc?.toFixed(4) ?? 'none'}, Brier ${brier.toFixed(4)}, ECE ${expectedCalibrationError.toFixed(4)}, ` +
                `skill over the base rate ${skill.estimate.toFixed(3)} (95 %: ${skill.low.toFixed(3)} to ${skill.high.toFixed(3)}), ${deals} deals`
        );
    if (model.status === 'ready')
        console.log(
            `${record.winner} won the race and gives the probabilities (calibration ${record.calibration.kind}).`
        );
    else
        console.log(
            'No signal: these attributes do not tell won from lost; no model beats the base rate beyond chance. p_win is the base rate.'
        );
}

function scoreLines(
    model: OutcomeModel,
    uses: ColumnUse[],
    train: CsvTable,
    score: CsvTable,
    roles: Roles,
    asOf: number | null
): string[] {
    const table = fillAttributes(uses, score.rows.length, (name) => columnOf(score, name));
    const ages = agesOf(train, score, roles, asOf);
    const lines = columnOf(score, roles.id).map((id, row) => {
        const explanation = explainRow(model, table, row);
        const reasons =
            explanation === null || model.status !== 'ready'
                ? []
                : topReasons(explanation, table, row, REASONS);
        return csvLine([
            id,
            explanation === null ? '' : explanation.probability.toFixed(6),
            model.status === 'ready' ? model.record.winner : model.status,
            ages[row]!.zombie,
            ages[row]!.days,
            ...Array.from({ length: REASONS }, (_, i) => reasonText(reasons[i]))
        ]);
    });
    const zombies = ages.filter(({ zombie }) => zombie === 'yes').length;
    if (roles.created !== null)
        console.log(`${zombies} open deals are older than the longest cycle that ever closed (zombies).`);
    return ['id,p_win,basis,zombie,age_days,reason_1,reason_2,reason_3', ...lines];
}

function reasonText(reason: { words: string; points: number } | undefined): string {
    if (reason === undefined) return '';
    return `${reason.points >= 0 ? '+' : ''}${reason.points.toFixed(1)} points: ${reason.words}`;
}

/** Age of open rows, and whether it is beyond the longest cycle of any closed one; '' where dates are missing. */
function agesOf(
    train: CsvTable,
    score: CsvTable,
    roles: Roles,
    asOf: number | null
): { zombie: string; days: string }[] {
    const { created, closed, label } = roles;
    if (created === null || closed === null) return score.rows.map(() => ({ zombie: '', days: '' }));
    const began = columnOf(train, created).map(timeOf);
    const ended = columnOf(train, closed).map(timeOf);
    const cycles = began.map((at, row) => ended[row]! - at).filter((cycle) => cycle >= 0);
    const longest =
        cycles.length < FEWEST_CLOSED ? Infinity : cycles.reduce((most, cycle) => Math.max(most, cycle), 0);
    const scoreBegan = columnOf(score, created).map(timeOf);
    const scoreEnded = score.columns.includes(closed) ? columnOf(score, closed) : score.rows.map(() => '');
    const labels = score.columns.includes(label) ? columnOf(score, label) : score.rows.map(() => '');
    const days = [...began, ...ended, ...scoreBegan].filter((at) => !Number.isNaN(at));
    const now = asOf ?? days.reduce((latest, at) => Math.max(latest, at), -Infinity);
    return scoreBegan.map((at, row) => {
        const isOpen = scoreEnded[row] === '' && standingOf(labels[row]!) === 'open';
        if (Number.isNaN(at) || !isOpen) return { zombie: isOpen ? '' : 'no', days: '' };
        return { zombie: now - at > longest ? 'yes' : 'no', days: String(Math.round((now - at) / DAY_MS)) };
    });
}

process.exitCode = runCommand(process.argv.slice(2), HELP, run);
