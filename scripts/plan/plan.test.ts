// The plan commands as processes, with files named from another folder.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const LANGUAGE = readFileSync(join(root, 'service/docs/plan-language.md'), 'utf8');

/** The first plan of the documentation and its input. */
const [PLAN, INPUT] = LANGUAGE.split('## A first plan')[1]!
    .split('the result pays')[0]!
    .split('With the input')
    .map((text) => text.replaceAll(/^ {4}/gm, '')) as [string, string];

let folder: string;

beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'plan-'));
    writeFileSync(join(folder, 'plan.yaml'), PLAN);
    writeFileSync(join(folder, 'input.json'), INPUT);
    writeFileSync(join(folder, 'wrong.yaml'), PLAN.replace('scale: quota.bookings', 'scale: quota.bokings'));
    writeFileSync(join(folder, 'wrong.json'), INPUT.replace('"2026-02-10"', '"2026-02-30"'));
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Ended {
    code: number | null;
    out: string;
    err: string;
}

function plan(args: string[], input = ''): Ended {
    return node(['scripts/plan/main.ts', ...args], input);
}

function node(args: string[], input = ''): Ended {
    const env = { ...process.env, INIT_CWD: folder };
    const { status, stdout, stderr } = spawnSync('node', args, { cwd: root, env, encoding: 'utf8', input });
    return { code: status, out: stdout, err: stderr };
}

describe('run', () => {
    test('prints the result of the documented example as JSON and nothing else', () => {
        const { code, out, err } = plan(['run', 'plan.yaml', 'input.json']);
        expect({ code, err }).toEqual({ code: 0, err: '' });
        const result = JSON.parse(out) as { payees: { rep: { total: string } }; problems: [] };
        expect([result.payees.rep.total, result.problems]).toEqual(['33125.00', []]);
    });

    test('prints the same through the first step of every npm script', () => {
        const { out, err } = node([
            'scripts/start.mjs',
            'scripts/plan/main.ts',
            'run',
            'plan.yaml',
            'input.json'
        ]);
        expect({ out, err }).toEqual({ out: plan(['run', 'plan.yaml', 'input.json']).out, err: '' });
    });

    test('twice prints the same bytes, and reads an input from stdin', () => {
        expect(plan(['run', 'plan.yaml', '-'], INPUT).out).toBe(plan(['run', 'plan.yaml', 'input.json']).out);
    });

    test('tells a wrong input in the result and in words, and no figure of whom it concerns', () => {
        const { code, out, err } = plan(['run', 'plan.yaml', 'wrong.json']);
        expect(code).toBe(1);
        const result = JSON.parse(out) as { payees: { rep: { total: null } }; problems: { code: string }[] };
        expect(result.problems.map((problem) => problem.code)).toEqual(['DATE_INVALID']);
        expect(result.payees.rep.total).toBeNull();
        expect(err).toContain('wrong.json: transaction t1, date: DATE_INVALID "2026-02-30"');
    });

    test('a wrong plan calculates nothing', () => {
        const { code, out } = plan(['run', 'wrong.yaml', 'input.json']);
        expect(code).toBe(1);
        expect(JSON.parse(out)).toMatchObject({
            plan: null,
            payees: {},
            problems: [{ code: 'NAME_UNKNOWN' }]
        });
    });
});

describe('validate', () => {
    test('says that all is well', () => {
        expect(plan(['validate', 'plan.yaml', 'input.json'])).toMatchObject({
            code: 0,
            err: 'No problems.\n'
        });
    });

    test('says where, which value and what to do', () => {
        const { code, out, err } = plan(['validate', 'wrong.yaml']);
        expect(code).toBe(1);
        expect(JSON.parse(out)).toMatchObject({
            problems: [{ code: 'NAME_UNKNOWN', value: 'quota.bokings' }]
        });
        expect(err).toMatch(
            /wrong\.yaml: tables\.accelerator\.scale \(line \d+, column 5\): NAME_UNKNOWN "quota\.bokings"/
        );
        expect(err).toContain('Did you mean quota.bookings?');
        expect(err).toContain('1 problem.');
    });

    test('tells the problems of an input as well', () => {
        const { code, err } = plan(['validate', 'plan.yaml', 'wrong.json']);
        expect([code, err.includes('DATE_INVALID')]).toEqual([1, true]);
    });
});

test('explain prints the plan in words with its complexity', () => {
    const { code, out } = plan(['explain', 'plan.yaml']);
    expect(code).toBe(0);
    expect(out).toContain('# Saas seller');
    expect(out).toContain('Complexity index 6');
    expect(plan(['explain', 'wrong.yaml'])).toMatchObject({ code: 1, out: '' });
});

describe('test', () => {
    function caseFolder(name: string, total: string): string {
        mkdirSync(join(folder, name));
        writeFileSync(join(folder, name, 'plan.yaml'), PLAN);
        const expected = `expect: { payees.rep.total: ${total} }`;
        writeFileSync(
            join(folder, name, 'cases.yaml'),
            `- name: a third above\n  given: ${INPUT.replaceAll('\n', ' ')}\n  ${expected}\n`
        );
        return name;
    }

    test('runs the cases beside a plan and names what differs', () => {
        expect(plan(['test', caseFolder('good', '33125')])).toMatchObject({
            code: 0,
            out: 'ok     saas-seller: a third above\n1 case as expected, 0 not.\n'
        });
        const failed = plan(['test', 'good', caseFolder('bad', '33126')]);
        expect(failed.code).toBe(1);
        expect(failed.out).toContain('payees.rep.total: expected 33126, is 33125.00');
        expect(failed.out).toContain('1 case as expected, 1 not.');
    });

    test('runs every plan of a folder of plans', () => {
        mkdirSync(join(folder, 'all'));
        caseFolder('all/one', '33125');
        caseFolder('all/two', '33125');
        expect(plan(['test', 'all']).out).toContain('2 cases as expected, 0 not.');
    });

    test('a plan without cases proves nothing', () => {
        expect(plan(['test', '.'])).toMatchObject({ code: 2, out: '' });
    });
});

test('check derives every figure of a result anew, and names one that does not follow', () => {
    const { out } = plan(['run', 'plan.yaml', 'input.json']);
    writeFileSync(join(folder, 'result.json'), out);
    writeFileSync(join(folder, 'other.json'), out.replaceAll('33125.00', '33125.01'));
    expect(plan(['check', 'plan.yaml', 'input.json', 'result.json'])).toEqual({
        code: 0,
        out: 'Every figure follows from the plan and the input.\n',
        err: ''
    });
    const other = plan(['check', 'plan.yaml', 'input.json', 'other.json']);
    expect([other.code, other.out]).toEqual([1, expect.stringContaining('33125.01, not 33125.00')]);
});

test('packs runs the cases of every rule pack, and its page is as it was', () => {
    const { code, out } = plan(['packs', '--check']);
    expect([code, out]).toEqual([0, expect.stringMatching(/cases, 0 not as expected; .* as it was\.\n$/)]);
});

describe('used wrongly', () => {
    test.each<[string[], string]>([
        [[], 'Say what to do.'],
        [['calculate'], 'There is no command calculate.'],
        [['constructor'], 'There is no command constructor.'],
        [['run', 'plan.yaml'], 'Name input.json.'],
        [['validate', 'plan.yaml', 'input.json', 'more.json'], 'more.json is one file too many.'],
        [['explain', '--fast'], 'There is no option --fast.'],
        [['test', 'nowhere'], 'There is no plan.yaml in nowhere.']
    ])('%j ends with 2, says why, and how it is done', (args, why) => {
        const { code, out, err } = plan(args);
        expect({ code, out }).toEqual({ code: 2, out: '' });
        expect(err).toContain(why);
        expect(err).toContain('npm run --silent plan -- run');
    });

    test.each([
        ['nowhere.json', /^nowhere\.json cannot be read: there is no file \S+nowhere\.json\.\n$/],
        ['.', /^\. cannot be read: it is a folder; name a file in it\.\n$/],
        ['bytes.json', /^bytes\.json cannot be read: it is no UTF-8 text\.\n$/]
    ])('a file that cannot be read is told in one sentence: %s', (file, told) => {
        writeFileSync(join(folder, 'bytes.json'), Uint8Array.of(0x7b, 0xff, 0xfe));
        const { code, out, err } = plan(['run', 'plan.yaml', file]);
        expect({ code, out }).toEqual({ code: 2, out: '' });
        expect(err).toMatch(told);
    });

    test('help is no mistake', () => {
        expect(plan(['--help'])).toMatchObject({ code: 0, err: '' });
        expect(plan(['run', '--help']).out).toContain('every problem at once');
    });
});
