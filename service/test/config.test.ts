import { describe, expect, test } from '@jest/globals';
import { ConfigError, loadConfig } from '../src/config.ts';
import { tenant } from './support/test-app.ts';

const files: Record<string, string> = { '/tenants.json': JSON.stringify([tenant()]) };
const readFile = (path: string): string => {
    if (path in files) return files[path];
    throw new Error('no such file');
};
const env = { PLUMBLINE_STATE_FILE: '/state.db', PLUMBLINE_TENANTS_FILE: '/tenants.json' };

function problemsOf(variables: Record<string, string>, tenants?: unknown): string[] {
    const read = tenants === undefined ? readFile : () => JSON.stringify(tenants);
    try {
        loadConfig(variables, read);
    } catch (error) {
        if (error instanceof ConfigError) return error.problems.map(({ where, what }) => `${where} ${what}`);
        throw error;
    }
    return [];
}

describe('the environment', () => {
    test('needs a state file and a tenants file; the rest has defaults', () => {
        expect(loadConfig(env, readFile)).toMatchObject({
            host: '127.0.0.1',
            port: 8787,
            logLevel: 'info',
            scheduleMinutes: 1,
            forecastHour: null,
            metricsPort: null,
            operatorHost: '127.0.0.1',
            operatorPort: 8788,
            changeEvents: null,
            deltaOverlapMs: 600_000,
            deltaSafetyMs: 120_000,
            tenants: [tenant()]
        });
    });

    test('is refused with all its problems at once, each saying where', () => {
        const problems = problemsOf({
            PLUMBLINE_PORT: '99999',
            PLUMBLINE_LOG_LEVEL: 'loud',
            PLUMBLINE_SCHEDULE_MINUTES: 'often',
            PLUMBLINE_TENANTS_FILE: '/nowhere.json',
            PLUMBLINE_PROT: '1'
        });
        expect(problems.map((problem) => problem.split(' ')[0]).sort()).toEqual([
            'PLUMBLINE_LOG_LEVEL',
            'PLUMBLINE_PORT',
            'PLUMBLINE_PROT',
            'PLUMBLINE_SCHEDULE_MINUTES',
            'PLUMBLINE_STATE_FILE',
            'PLUMBLINE_TENANTS_FILE'
        ]);
    });

    test('says whether changes are heard of and where: without TLS only on this machine, and only where that is allowed', () => {
        const heard = { ...env, PLUMBLINE_CHANGE_EVENTS: 'true' };
        expect(loadConfig(heard, readFile).changeEvents).toEqual({
            address: 'api.pubsub.salesforce.com:7443',
            isPlain: false
        });
        const local = { ...heard, PLUMBLINE_PUBSUB_ADDRESS: '127.0.0.1:7443' };
        expect(problemsOf(local)).toEqual(['PLUMBLINE_PUBSUB_ADDRESS is on this machine']);
        expect(
            loadConfig({ ...local, PLUMBLINE_ALLOW_LOOPBACK: 'true' }, readFile).changeEvents
        ).toMatchObject({ isPlain: true });
        expect(problemsOf({ ...heard, PLUMBLINE_PUBSUB_ADDRESS: 'api.pubsub.salesforce.com:99999' })).toEqual(
            ['PLUMBLINE_PUBSUB_ADDRESS has a port above 65535']
        );
        expect(problemsOf({ ...heard, PLUMBLINE_PUBSUB_ADDRESS: 'https://elsewhere' })).toHaveLength(1);
    });

    test('has the state in one place: a file, or a PostgreSQL database', () => {
        const { PLUMBLINE_STATE_FILE, ...withoutFile } = env;
        const databaseUrl = 'postgresql://plumbline@db.internal:5432/plumbline';
        expect(loadConfig(env, readFile)).toMatchObject({
            stateFile: PLUMBLINE_STATE_FILE,
            databaseUrl: null,
            runSlots: 4,
            runRetries: 3,
            runRetrySeconds: 10
        });
        expect(loadConfig({ ...withoutFile, PLUMBLINE_DATABASE_URL: databaseUrl }, readFile)).toMatchObject({
            stateFile: null,
            databaseUrl
        });
        expect(problemsOf(withoutFile)).toEqual(['PLUMBLINE_STATE_FILE is not set']);
        expect(problemsOf({ ...env, PLUMBLINE_DATABASE_URL: databaseUrl })).toEqual([
            'PLUMBLINE_STATE_FILE is set beside PLUMBLINE_DATABASE_URL'
        ]);
        // It may hold a password.
        expect(problemsOf({ ...withoutFile, PLUMBLINE_DATABASE_URL: 'mysql://db' })).toEqual([
            'PLUMBLINE_DATABASE_URL is not such an address'
        ]);
    });

    test('the hour of forecasts is one of the day, or none', () => {
        expect(loadConfig({ ...env, PLUMBLINE_FORECAST_HOUR: '0' }, readFile).forecastHour).toBe(0);
        expect(loadConfig({ ...env, PLUMBLINE_FORECAST_HOUR: '23' }, readFile).forecastHour).toBe(23);
        for (const wrong of ['24', '3:30', '-1'])
            expect(problemsOf({ ...env, PLUMBLINE_FORECAST_HOUR: wrong })[0]).toContain(
                `PLUMBLINE_FORECAST_HOUR is "${wrong}"`
            );
    });

    test('without a tenants file needs an operator key, and the operator needs keys that seal', () => {
        const alone = { PLUMBLINE_STATE_FILE: '/state.db' };
        const operator = { ...alone, PLUMBLINE_OPERATOR_KEY_SHA256: 'a'.repeat(64) };
        const secretKeys = `2026:${Buffer.alloc(32, 1).toString('base64')}`;
        expect(problemsOf(alone)).toEqual([
            'PLUMBLINE_TENANTS_FILE is not set, and neither is PLUMBLINE_OPERATOR_KEY_SHA256'
        ]);
        expect(problemsOf(operator)).toEqual(['PLUMBLINE_SECRET_KEYS is not set, and the operator needs it']);
        const config = loadConfig({ ...operator, PLUMBLINE_SECRET_KEYS: secretKeys }, readFile);
        expect(config).toMatchObject({ tenants: [], operatorKeySha256: 'a'.repeat(64) });
        expect(config.secretKeys?.map(({ id }) => id)).toEqual(['2026']);
    });

    test('never shows a key that seals in a problem', () => {
        const short = `2026:${Buffer.alloc(16, 1).toString('base64')}`;
        const problems = problemsOf({ ...env, PLUMBLINE_SECRET_KEYS: short });
        expect(problems).toEqual(['PLUMBLINE_SECRET_KEYS is not a list of keys']);
    });

    test('an empty variable counts as not set', () => {
        expect(loadConfig({ ...env, PLUMBLINE_PORT: '' }, readFile).port).toBe(8787);
        expect(loadConfig({ ...env, PLUMBLINE_METRICS_PORT: '9464' }, readFile).metricsPort).toBe(9464);
        expect(problemsOf({ ...env, PLUMBLINE_STATE_FILE: '' })).toEqual(['PLUMBLINE_STATE_FILE is not set']);
    });
});

describe('the tenants file', () => {
    test.each([
        ['no list', {}, ['tenants file is not a list of at least one tenant']],
        ['an empty list', [], ['tenants file is not a list of at least one tenant']],
        ['a 15-character org id', [tenant({ orgId: '00D000000000001' })], ['tenant 1.orgId is not valid']],
        [
            'a mistyped org id',
            [tenant({ orgId: '00D000000000001EAB' })],
            ['tenant 1.orgId has a wrong checksum']
        ],
        [
            'three keys',
            [tenant({ keySha256: ['a', 'b', 'c'].map((c) => c.repeat(64)) })],
            ['tenant 1.keySha256 is not valid']
        ],
        [
            'a key that is not a hash',
            [tenant({ keySha256: ['plain key'] })],
            ['tenant 1.keySha256 is not valid']
        ],
        [
            'an unknown property',
            [{ ...tenant(), password: 'x' }],
            ['tenant 1.password is not a known property']
        ],
        ['the same org twice', [tenant(), tenant()], [`tenant 2.orgId repeats ${tenant().orgId}`]]
    ])('with %s is refused', (_what, tenants, expected) => {
        expect(problemsOf(env, tenants)).toEqual(expected);
    });

    test('that is not JSON is refused', () => {
        expect(() => loadConfig(env, () => '[{')).toThrow(/tenants file is not JSON/);
    });

    test('never shows a secret in a problem', () => {
        try {
            loadConfig(env, () =>
                JSON.stringify([tenant({ myDomain: 'http://evil.example', clientSecret: 'hush-hush' })])
            );
            throw new Error('should have been refused');
        } catch (error) {
            expect(String(error)).toContain('tenant 1.myDomain');
            expect(String(error)).not.toContain('hush-hush');
        }
    });

    test('takes the local org only when loopback is allowed', () => {
        const local = [tenant({ myDomain: 'http://127.0.0.1:8800' })];
        expect(problemsOf(env, local)).toHaveLength(1);
        expect(problemsOf({ ...env, PLUMBLINE_ALLOW_LOOPBACK: 'true' }, local)).toEqual([]);
    });
});
