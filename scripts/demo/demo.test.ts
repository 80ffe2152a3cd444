// The demo as a person runs it: through start.mjs, as a process, ended by Ctrl-C or worse.
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createTerminal, type Terminal } from './test/terminal.ts';

let terminal: Terminal;
const TINY = ['--size', 'tiny'];
const QUICK = [...TINY, '--quick'];
const WELCOME = /Ctrl-C ends everything/;

beforeAll(async () => {
    terminal = await createTerminal();
});
afterEach(() => terminal.killAll());
afterAll(() => terminal.close());

async function expectNothingLeft(): Promise<void> {
    expect(await terminal.portsInUse()).toEqual([]);
    expect(terminal.processesLeft()).toEqual([]);
}

describe('a demo started twice', () => {
    test('makes a firm, says which page to open as whom, answers, and ends with one Ctrl-C', async () => {
        const demo = terminal.start(TINY);
        await demo.untilPrinted(WELCOME);
        expect(demo.output()).toMatch(/Loading data +[\d,]+ rows/);
        expect(demo.output()).toMatch(/Computing deal health +succeeded: [\d,]{4,} rows read/);
        expect(demo.output()).toContain(`Open ${terminal.orgUrl}/lightning`);
        expect(demo.output().match(/^ {2}\S+@plumbline\.example +\S/gm)).toHaveLength(10);
        expect(demo.output()).toMatch(
            /calculates and reviews[^]*approves pay[^]*publishes approved pay[^]*compliance: sees conduct/
        );
        expect(demo.output().match(/Closing .* reviewed, approved, published, locked/g)).toHaveLength(3);
        expect(demo.output()).toMatch(/Asking about a line of pay +one dispute/);
        expect((await fetch(`${terminal.orgUrl}/lightning`)).status).toBe(200);
        expect((await fetch(`${terminal.serviceUrl}/health/live`)).status).toBe(200);
        demo.pressCtrlC();
        expect(await demo.ended()).toBe(0);
        expect(demo.errors()).toBe('');
        await expectNothingLeft();
    });

    test('reuses what is there', async () => {
        const demo = terminal.start(QUICK);
        await demo.untilPrinted(WELCOME);
        expect(demo.output()).not.toMatch(/Loading data|Deploying|Connecting/);
        // As npm does it: the signal arrives more than once.
        demo.signal('SIGINT');
        demo.signal('SIGINT');
        expect(await demo.ended()).toBe(0);
        await expectNothingLeft();
    });

    test('reads only changes, keeps others away from its folder, and says when its service dies', async () => {
        const demo = terminal.start(QUICK);
        await demo.untilPrinted(WELCOME);
        expect(demo.output()).toMatch(/Computing deal health +succeeded: \d{1,2} rows read/);
        const second = terminal.start(QUICK, { onOtherPorts: true });
        expect(await second.ended()).toBe(1);
        expect(second.errors()).toMatch(/another demo is using .*demo-tiny.*PLUMBLINE_HOME/);

        terminal.killService();
        expect(await demo.ended()).toBe(1);
        expect(demo.errors()).toMatch(/the service ended by itself .*service\.log/);
        await expectNothingLeft();
    });
});

describe('a first start cut short', () => {
    const home = 'cut';

    test('by Ctrl-C while loading ends cleanly', async () => {
        const demo = terminal.start(QUICK, { home });
        await demo.untilPrinted(/Deploying the package .*\n/);
        demo.pressCtrlC();
        expect(await demo.ended()).toBe(0);
        expect(demo.output()).toContain('Stopped before everything was running');
        expect(demo.errors()).toBe('');
        await expectNothingLeft();
    });

    test('by kill -9 while loading is begun anew by the next, and by kill -9 in the run is gone on with', async () => {
        const killedLoading = terminal.start(QUICK, { home });
        await killedLoading.untilPrinted(/Deploying the package .*\n/);
        killedLoading.signal('SIGKILL');
        await killedLoading.ended();

        const killedRunning = terminal.start(QUICK, { home });
        await killedRunning.untilPrinted(/Connecting org and service .*\n/);
        expect(killedRunning.output()).toMatch(/Loading data +[\d,]+ rows/);
        await terminal.untilServiceAnswers();
        killedRunning.signal('SIGKILL');
        await killedRunning.ended();
        expect(killedRunning.output()).not.toContain('Computing deal health');

        const last = terminal.start([...QUICK, '--exit'], { home });
        expect(await last.ended()).toBe(0);
        expect(last.output()).not.toContain('Loading data');
        expect(last.output()).toMatch(/Computing deal health +succeeded: [\d,]{4,} rows read/);
        await expectNothingLeft();
    });
});

describe('a start that cannot be', () => {
    const refused = async (args: string[], sentence: RegExp): Promise<void> => {
        const demo = terminal.start(args, { home: 'refused' });
        expect(await demo.ended()).toBe(1);
        expect(demo.errors()).toMatch(sentence);
        expect(demo.errors()).not.toMatch(/^\s+at /m);
        expect(demo.output()).toBe('');
    };

    test.each<[string, string[], RegExp]>([
        ['a size that is none', ['--size', 'huge'], /--size huge is not one of tiny, small, medium, large\./],
        ['an option that is none', ['--sise', 'small'], /Unknown option '--sise'[^]*npm run demo/],
        ['a port that is none', ['--port', '80a'], /--port 80a is no port number/],
        [
            'a folder that is not there',
            ['--data', 'no/such/folder'],
            /no\/such\/folder\/deals\.csv cannot be read/
        ],
        ['one port for both', ['--port', '9001', '--service-port', '9001'], /two different ports/]
    ])('says so: %s', async (_what, args, sentence) => refused(args, sentence));

    test.each(['--port', '--service-port'])('names %s when that port is taken', async (option) => {
        const port = await terminal.freePort();
        const other = createServer();
        await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
        try {
            await refused(
                [option, String(port)],
                new RegExp(`port ${port} .* is not free .*npm run demo -- ${option} ${port + 1}`)
            );
        } finally {
            other.close();
        }
    });

    test('prints its options when asked', async () => {
        const demo = terminal.start(['--help']);
        expect(await demo.ended()).toBe(0);
        expect(demo.output()).toMatch(/--data FOLDER[^]*--size NAME[^]*--service-port N/);
    });
});

describe('data of one’s own', () => {
    let folder: string;
    const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
    const GOOD = 'deal_id,created_at,amount_eur,closed_at,outcome\n1,2011-12-20 08:00:00,5000.0,,Open\n';

    beforeAll(() => {
        folder = join(terminal.folder, 'loans');
        mkdirSync(folder);
        write('stage_history.csv', 'deal_id,at,event\n1,2011-12-20 08:00:00,A_SUBMITTED\n');
        write(
            'activities.csv',
            'deal_id,at,activity,step,user_id\n1,2011-12-22 09:00:00,Validate application,start,11181\n'
        );
    });
    afterAll(() => rmSync(folder, { recursive: true }));

    const load = (): ReturnType<Terminal['start']> =>
        terminal.start(['--data', folder, '--exit'], { home: 'own' });

    test('is refused at the malformed row, and imported whole once that is put right', async () => {
        write('deals.csv', `${GOOD}2,2011-12-21 08:00:00,5000.0\n`);
        const malformed = load();
        expect(await malformed.ended()).toBe(1);
        expect(malformed.errors()).toMatch(/deals\.csv: .*line 3.*nothing was imported/);
        expect(malformed.errors()).not.toMatch(/^\s+at /m);

        write('deals.csv', GOOD);
        const corrected = load();
        expect(await corrected.ended()).toBe(0);
        expect(corrected.output()).toMatch(/Loading data +3 rows/);
    });

    test('is imported again when the files changed, and malformed files cost nothing that is there', async () => {
        write('deals.csv', `${GOOD}2,2011-12-21 08:00:00,not much,,Open\n`);
        const malformed = load();
        expect(await malformed.ended()).toBe(1);
        expect(malformed.errors()).toMatch(/deals\.csv.*line 3.*amount_eur.*not much/);
        expect(existsSync(join(terminal.folder, 'own', 'demo-loans', 'ready.json'))).toBe(true);

        write('deals.csv', `${GOOD}2,2011-12-21 08:00:00,6000.0,,Open\n`);
        const changed = load();
        expect(await changed.ended()).toBe(0);
        expect(changed.output()).toMatch(/Loading data +4 rows/);
    });
});
