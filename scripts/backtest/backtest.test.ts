// The back-test and win model commands as processes, on invented files.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { invent, MEANING } from '../../service/test/domain/outcomes/small-pipeline.ts';
import { seeded } from '../../service/src/domain/outcomes/seeded.ts';
import { csvLine, timeOf } from './csv-table.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
let folder = '';

beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'plumbline-backtest-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function command(script: string, args: string[]) {
    const { status, stdout, stderr } = spawnSync(
        process.execPath,
        [join(root, 'scripts', script, 'main.ts'), ...args],
        {
            cwd: folder,
            encoding: 'utf8',
            env: { ...process.env, INIT_CWD: folder }
        }
    );
    return { status, stdout, stderr };
}

function writeTable(file: string, header: string, rows: (string | number)[][]): void {
    writeFileSync(join(folder, file), `${[header, ...rows.map(csvLine)].join('\n')}\n`);
}

const text = (ms: number): string => new Date(ms).toISOString().slice(0, 19).replace('T', ' ');

function writePipeline(name: string, deals: number): void {
    mkdirSync(join(folder, name));
    const history = invent({ deals });
    writeTable(
        `${name}/deals.csv`,
        'deal_id,created_at,amount_eur',
        history.deals.map(({ id, createdAt, amount }) => [id, text(createdAt), amount])
    );
    const stage = history.events.filter(({ step }) => step === '');
    const work = history.events.filter(({ step }) => step !== '');
    writeTable(
        `${name}/stage_history.csv`,
        'deal_id,at,event',
        stage.map(({ deal, at, name: event }) => [deal, text(at), event])
    );
    writeTable(
        `${name}/activities.csv`,
        'deal_id,at,activity,step,user_id',
        work.map(({ deal, at, name: kind, step, actor }) => [deal, text(at), kind, step, actor])
    );
    writeFileSync(join(folder, name, 'stages.json'), JSON.stringify(MEANING));
}

describe('backtest', () => {
    test('writes predictions, forecast, reasons and model cards without outcome columns', () => {
        writePipeline('good', 300);
        const ran = command('backtest', ['good', '--as-of', '2025-05-06,2025-05-13', '--out', 'out']);
        expect(ran.stderr).toBe('');
        expect(ran.status).toBe(0);
        expect(ran.stdout).toContain('won in the end:');
        const lines = readFileSync(join(folder, 'out/predictions.csv'), 'utf8').trim().split('\n');
        expect(lines[0]).toBe(
            'deal_id,as_of,p_win,p_win_14d,p_win_30d,p_stall_14d,close_p10,close_p50,close_p90'
        );
        const values = lines[1]!.split(',');
        expect(values[1]).toBe('2025-05-06');
        expect(Number(values[2])).toBeGreaterThan(0);
        expect(timeOf(values[6]!)).toBeLessThanOrEqual(timeOf(values[8]!));
        const forecast = readFileSync(join(folder, 'out/forecast.csv'), 'utf8').trim().split('\n');
        expect(forecast).toHaveLength(3);
        expect(forecast[0]).toBe('as_of,horizon_days,p10,p50,p90');
        expect(readFileSync(join(folder, 'out/reasons.csv'), 'utf8')).toContain('2025-05-13');
        const cards = JSON.parse(readFileSync(join(folder, 'out/model-cards.json'), 'utf8')) as {
            models: object[];
        }[];
        expect(cards[0]!.models).toHaveLength(4);
    });

    test('too short a history leaves the probabilities empty and says why', () => {
        writePipeline('short', 60);
        const ran = command('backtest', [
            'short',
            '--as-of',
            '2025-05-06',
            '--out',
            'short-out',
            '--close',
            'days'
        ]);
        expect(ran.status).toBe(0);
        expect(ran.stdout).toContain('not enough history');
        expect(readFileSync(join(folder, 'short-out/predictions.csv'), 'utf8')).toMatch(
            /\nD\d+,2025-05-06,,,,,/
        );
    });

    test.each([
        [['nowhere', '--as-of', '2025-05-06', '--out', 'o'], 1, 'deals.csv cannot be read'],
        [['good', '--as-of', '2025-02-30', '--out', 'o'], 2, '"2025-02-30" is no date'],
        [['good', '--out', 'o'], 2, '--as-of is missing'],
        [['good', '--as-of', '2025-05-06', '--out', 'o', '--fast', 'yes'], 2, 'There is no option --fast'],
        [['good', '--as-of', '2025-05-06', '--out', 'o', '--close', 'weeks'], 2, '--close is dates or days']
    ])('%j ends with %i and says what is wrong', (args, status, words) => {
        const ran = command('backtest', args);
        expect(ran.status).toBe(status);
        expect(ran.stderr).toContain(words);
        expect(existsSync(join(folder, 'o'))).toBe(false);
    });

    test('rows that cannot be read are left out with a warning; a missing column is an error', () => {
        writePipeline('odd', 60);
        writeTable('odd/activities.csv', 'deal_id,at,activity,step', [
            ['D1', 'yesterday', 'Call', 'complete'],
            ['NOBODY', '2025-02-01', 'Call', 'complete']
        ]);
        const ran = command('backtest', ['odd', '--as-of', '2025-05-06', '--out', 'odd-out']);
        expect(ran.stderr).toContain(
            'activities.csv: rows without a readable time, left out: 1, the first is "yesterday"'
        );
        expect(ran.stderr).toContain('rows of deals that deals.csv does not have, left out: 1');
        expect(ran.status).toBe(0);
        writeTable('odd/activities.csv', 'deal,when', []);
        const broken = command('backtest', ['odd', '--as-of', '2025-05-06', '--out', 'o']);
        expect(broken.status).toBe(1);
        expect(broken.stderr).toContain('has no column deal_id, at, activity, step');
    });
});

describe('winmodel', () => {
    /** Colour decides when `signal`, chance otherwise; old open rows are zombies. */
    function writeOpportunities(file: string, signal: boolean): void {
        const random = seeded(11);
        const rows = Array.from({ length: 300 }, (_, i) => {
            const colour = random() < 0.5 ? 'red' : 'blue';
            const won = random() < (signal ? (colour === 'red' ? 0.85 : 0.15) : 0.5);
            const day = `2025-01-${String((i % 28) + 1).padStart(2, '0')}`;
            if (i % 10 === 0) return [`O${i}`, i < 150 ? '2024-01-01' : '2025-02-20', colour, 'Open', '', ''];
            return [`O${i}`, day, colour, won ? 'Won' : 'Lost', '2025-02-25', won ? 900 : 0];
        });
        writeTable(file, 'opportunity_id,engage_date,colour,outcome,close_date,paid', rows);
    }

    test('scores with reasons where there is signal, finds every zombie and leaves out what only the end tells', () => {
        writeOpportunities('signal.csv', true);
        const ran = command('winmodel', [
            '--train',
            'signal.csv',
            '--score',
            'signal.csv',
            '--out',
            'scores.csv'
        ]);
        expect(ran.status).toBe(0);
        expect(ran.stdout).toContain('won the race');
        expect(ran.stdout).toContain('15 open deals are older than the longest cycle that ever closed');
        expect(ran.stderr).toContain('Column paid is not used');
        const lines = readFileSync(join(folder, 'scores.csv'), 'utf8').trim().split('\n');
        expect(lines[0]).toBe('id,p_win,basis,zombie,age_days,reason_1,reason_2,reason_3');
        expect(lines.filter((line) => line.includes(',yes,'))).toHaveLength(15);
        expect(lines[1]).toMatch(/points: colour: (red|blue)/);
    });

    test('says that there is no signal and gives every row the base rate', () => {
        writeOpportunities('noise.csv', false);
        const ran = command('winmodel', [
            '--train',
            'noise.csv',
            '--score',
            'noise.csv',
            '--out',
            'noise-scores.csv'
        ]);
        expect(ran.status).toBe(0);
        expect(ran.stdout).toContain('No signal');
        const scores = readFileSync(join(folder, 'noise-scores.csv'), 'utf8').trim().split('\n').slice(1);
        expect(new Set(scores.map((line) => line.split(',')[1])).size).toBe(1);
    });

    test('wrong use and wrong files are told', () => {
        expect(command('winmodel', ['--train', 'a.csv']).stderr).toContain('--score, --out missing');
        writeTable('bare.csv', 'name', [['x']]);
        const ran = command('winmodel', ['--train', 'bare.csv', '--score', 'bare.csv', '--out', 'o.csv']);
        expect(ran.status).toBe(1);
        expect(ran.stderr).toContain('no column looks like the id');
    });
});
